/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Feeds any bytes to what reads the answers of authorization endpoints, and to what opens
 * the data of encrypted channels. The first byte says to which:
 *
 *   c, u  the body of an answer for a channel, or for a user
 *   k     the base64 form of a key
 *   b     the data of an event, for a key that is always the same
 *   s     a length, a text to encrypt, and pairs of a position and a byte: changes
 *   r     the header Retry-After
 *   l     the header Location
 */

#include "auth/pusher-authorization-request-private.h"
#include "http/pusher-http-response-private.h"
#include "base/pusher-error.h"
#include "json/pusher-json-parser-private.h"
#include "protocol/pusher-secretbox-private.h"

#include "json/reference.h"

#include <sodium.h>
#include <string.h>

#define HOUR (3600 * (gint64) G_USEC_PER_SEC)
#define ENDPOINT "https://example.org:8443/auth?x=1"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         length);

/* --- Chance -------------------------------------------------------------- */

/* Each input has the same nonces each time. */
static guint8 chance;

static const char *
chance_name (void)
{
  return "counter";
}

static void
chance_fill (void  *const buffer,
             const size_t size)
{
  for (size_t i = 0; i < size; i++)
    ((guint8 *) buffer)[i] = chance++;
}

static guint32
chance_random (void)
{
  return chance++;
}

static struct randombytes_implementation chance_implementation = {
  .implementation_name = chance_name,
  .random = chance_random,
  .buf = chance_fill,
};

/* --- Base64 -------------------------------------------------------------- */

/* Returns: (transfer full) (nullable): bytes of which this is the one base64 form */
static GBytes *
decode_base64 (const char *text)
{
  gsize size;
  guchar *bytes = g_base64_decode (text, &size);
  g_autofree char *again = g_base64_encode (bytes, size);

  if (g_str_equal (again, text))
    return g_bytes_new_take (bytes, size);

  g_free (bytes);
  return NULL;
}

static gboolean
is_base64_of (const char *text,
              gsize       size)
{
  g_autoptr (GBytes) bytes = decode_base64 (text);

  return bytes != NULL && g_bytes_get_size (bytes) == size;
}

static void
check_key (const char *text)
{
  static const PusherSecretboxKey wiped;
  g_autoptr (GBytes) expected = decode_base64 (text);
  PusherSecretboxKey key;
  gboolean decoded = pusher_secretbox_key_decode (&key, text);

  if (is_base64_of (text, sizeof key.bytes))
    {
      g_autofree char *again = pusher_secretbox_key_encode (&key);

      g_assert_true (decoded);
      g_assert_cmpmem (key.bytes, sizeof key.bytes, g_bytes_get_data (expected, NULL),
                       sizeof key.bytes);
      g_assert_cmpstr (again, ==, text);
    }
  else
    {
      g_assert_false (decoded);
      g_assert_cmpmem (&key, sizeof key, &wiped, sizeof wiped);
    }
}

/* --- Boxes --------------------------------------------------------------- */

static const PusherSecretboxKey box_key = { "the key of all boxes of this one" };

typedef struct
{
  GBytes *nonce;
  GBytes *ciphertext;
} Box;

static void
box_clear (Box *self)
{
  g_clear_pointer (&self->nonce, g_bytes_unref);
  g_clear_pointer (&self->ciphertext, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Box, box_clear)

static GBytes *
get_base64 (Reference  *object,
            const char *name)
{
  Reference *member = reference_get (object, name);

  if (member == NULL || member->kind != REFERENCE_STRING || member->string.has_nul)
    return NULL;

  return decode_base64 (member->string.text->str);
}

/* FALSE if nothing can be in it. */
static gboolean
box_read (Box        *self,
          const char *data,
          gsize       length)
{
  g_autoptr (Reference) object = reference_parse (data, length);

  if (object == NULL)
    return FALSE;

  self->nonce = get_base64 (object, "nonce");
  self->ciphertext = get_base64 (object, "ciphertext");

  return self->nonce != NULL && g_bytes_get_size (self->nonce) == crypto_secretbox_NONCEBYTES &&
         self->ciphertext != NULL &&
         g_bytes_get_size (self->ciphertext) >= crypto_secretbox_MACBYTES;
}

static PusherSecretboxResult
box_open (const Box *self,
          GString   *plaintext)
{
  gsize size = g_bytes_get_size (self->ciphertext);

  g_string_set_size (plaintext, size - crypto_secretbox_MACBYTES);
  if (crypto_secretbox_open_easy ((guint8 *) plaintext->str,
                                  g_bytes_get_data (self->ciphertext, NULL), size,
                                  g_bytes_get_data (self->nonce, NULL), box_key.bytes) != 0)
    return PUSHER_SECRETBOX_WRONG_KEY;

  return g_utf8_validate (plaintext->str, (gssize) plaintext->len, NULL)
           ? PUSHER_SECRETBOX_OPENED
           : PUSHER_SECRETBOX_MALFORMED;
}

/* It opens what libsodium opens, and the data was read as a plain reader reads it.
 *
 * Returns: (transfer full) (nullable): what was in it */
static char *
check_box (const char *data,
           gsize       length)
{
  g_auto (Box) box = { NULL };
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *plaintext = NULL;
  PusherSecretboxResult result = pusher_secretbox_open (&box_key, data, length, &plaintext);

  if (box_read (&box, data, length))
    g_assert_cmpint (result, ==, box_open (&box, expected));
  else
    g_assert_cmpint (result, ==, PUSHER_SECRETBOX_MALFORMED);
  g_assert_cmpstr (plaintext, ==, result == PUSHER_SECRETBOX_OPENED ? expected->str : NULL);

  return g_steal_pointer (&plaintext);
}

/* What was sealed opens, and nothing else does: not if one bit of it is another. */
static void
check_sealed (const guint8 *bytes,
              gsize         length)
{
  gsize n_plain = length > 0 ? MIN (*bytes, length - 1) : 0;
  g_autofree char *text = g_strndup ((const char *) bytes + 1, length > 0 ? n_plain : 0);
  g_autofree char *plaintext = g_utf8_make_valid (text, -1);
  g_autofree char *data = pusher_secretbox_seal (&box_key, plaintext);
  gsize size = strlen (data);
  g_auto (Box) sealed = { NULL };
  g_auto (Box) changed = { NULL };
  g_autofree char *opened = check_box (data, size);
  g_autofree char *opened_again = NULL;

  g_assert_cmpstr (opened, ==, plaintext);
  g_assert_true (box_read (&sealed, data, size));

  for (gsize i = 1 + n_plain; i + 1 < length; i += 2)
    data[bytes[i] % size] = (char) bytes[i + 1];

  opened_again = check_box (data, size);
  if (box_read (&changed, data, size) && g_bytes_equal (changed.nonce, sealed.nonce) &&
      g_bytes_equal (changed.ciphertext, sealed.ciphertext))
    g_assert_cmpstr (opened_again, ==, plaintext);
  else
    g_assert_null (opened_again);
}

/* --- Answers ------------------------------------------------------------- */

typedef struct
{
  guint n_answers;
  char *auth;
  char *data;
  char *shared_secret;
  GError *error;
} Answer;

static void
answer_clear (Answer *self)
{
  g_free (self->auth);
  g_free (self->data);
  g_free (self->shared_secret);
  g_clear_error (&self->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answer, answer_clear)

static void
answered_cb (gpointer                   user_data,
             const PusherAuthorization *authorization,
             const GError              *error,
             gboolean                   may_pass)
{
  Answer *self = user_data;

  self->n_answers++;
  g_assert_true ((authorization == NULL) != (error == NULL));
  g_assert_false (may_pass);
  if (error != NULL)
    {
      self->error = g_error_copy (error);
      return;
    }

  self->auth = g_strdup (authorization->auth);
  self->data = g_strdup (authorization->data);
  self->shared_secret = g_strdup (authorization->shared_secret);
}

/* A member that is a string, or is not there at all; else it is not sound. */
static const char *
get_text (Reference  *object,
          const char *name,
          gboolean   *sound)
{
  Reference *member = reference_get (object, name);

  if (member == NULL || member->kind == REFERENCE_NULL)
    return NULL;
  if (member->kind == REFERENCE_STRING)
    return member->string.text->str;

  *sound = FALSE;
  return NULL;
}

static void
check_granted (const Answer *answer,
               Reference    *object,
               gboolean      for_user)
{
  gboolean sound = object != NULL && object->kind == REFERENCE_OBJECT;
  const char *auth = sound ? get_text (object, "auth", &sound) : NULL;
  const char *data =
    sound ? get_text (object, for_user ? "user_data" : "channel_data", &sound) : NULL;
  const char *shared_secret = sound ? get_text (object, "shared_secret", &sound) : NULL;

  sound = sound && auth != NULL && *auth != '\0';
  if (data != NULL)
    {
      g_autoptr (Reference) json = reference_parse (data, strlen (data));

      sound = sound && json != NULL;
    }
  if (shared_secret != NULL)
    sound = sound && is_base64_of (shared_secret, PUSHER_SECRETBOX_KEY_SIZE);

  if (!sound)
    {
      g_assert_error (answer->error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION);
      g_assert_true (g_utf8_validate (answer->error->message, -1, NULL));
      return;
    }

  g_assert_no_error (answer->error);
  g_assert_cmpstr (answer->auth, ==, auth);
  g_assert_cmpstr (answer->data, ==, data);
  g_assert_cmpstr (answer->shared_secret, ==, shared_secret);
}

static void
check_answer (const char *body,
              gboolean    for_user)
{
  g_autoptr (JsonNode) parsed = pusher_json_parse (body, -1, NULL);
  g_autoptr (Reference) object = parsed != NULL ? reference_parse (body, strlen (body)) : NULL;
  g_auto (Answer) answer = { 0 };
  g_autoptr (GError) error = NULL;
  PusherAuthorizationRequest *request =
    pusher_authorization_request_new (for_user ? PUSHER_AUTHORIZATION_KIND_USER
                                               : PUSHER_AUTHORIZATION_KIND_CHANNEL,
                                      "key", "1.2", for_user ? NULL : "private-a",
                                      answered_cb, &answer);
  gboolean granted = pusher_authorization_request_complete_json (request, body, &error);

  g_assert_cmpuint (answer.n_answers, ==, 1);
  g_assert_false (pusher_authorization_request_is_open (request));
  g_assert_cmpint (granted, ==, answer.auth != NULL);
  g_assert_cmpint (granted, ==, error == NULL);
  if (!granted)
    g_assert_cmpstr (error->message, ==, answer.error->message);
  check_granted (&answer, object, for_user);

  /* A second answer is none. */
  pusher_authorization_request_complete_json (request, body, NULL);
  g_assert_finalize_object (request);
  g_assert_cmpuint (answer.n_answers, ==, 1);
}

/* --- Headers ------------------------------------------------------------- */

static void
check_retry_after (const char *value)
{
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_POST, ENDPOINT);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  guint64 seconds;
  gint64 delay;

  soup_message_headers_append (headers, "Retry-After", value);
  delay = pusher_http_get_retry_after (message);
  g_assert_cmpint (delay, >=, 0);
  g_assert_cmpint (delay, <=, HOUR);
  if (g_ascii_string_to_unsigned (value, 10, 0, 3600, &seconds, NULL))
    g_assert_cmpint (delay, ==, (gint64) seconds * G_USEC_PER_SEC);
}

static void
check_location (const char *value)
{
  g_autoptr (GUri) here = g_uri_parse (ENDPOINT, SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GUri) there = g_uri_parse_relative (here, value, SOUP_HTTP_URI_FLAGS, NULL);

  if (there == NULL || g_uri_get_host (there) == NULL)
    return;

  if (pusher_http_same_origin (here, there))
    {
      g_assert_cmpstr (g_uri_get_scheme (there), ==, "https");
      g_assert_true (g_ascii_strcasecmp (g_uri_get_host (there), "example.org") == 0);
      g_assert_cmpint (g_uri_get_port (there), ==, 8443);
    }
  else
    {
      /* A path, a query or a fragment leads nowhere else. */
      g_assert_true (*value != '\0' && *value != '?' && *value != '#');
      g_assert_true (*value != '/' || value[1] == '/');
    }
}

/* --- All of it ----------------------------------------------------------- */

static void
check_header (char        kind,
              const char *value)
{
  g_autofree char *line = g_strndup (value, strcspn (value, "\r\n"));

  if (kind == 'r')
    check_retry_after (line);
  else
    check_location (line);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  static const char kinds[] = "cukbsrl";
  g_autofree char *text = NULL;
  char kind;

  if (length == 0)
    return 0;

  randombytes_set_implementation (&chance_implementation);
  chance = 0;
  kind = strchr (kinds, *bytes) != NULL && *bytes != '\0' ? (char) *bytes
                                                          : kinds[*bytes % strlen (kinds)];
  text = g_strndup ((const char *) bytes + 1, length - 1);
  switch (kind)
    {
    case 'k':
      check_key (text);
      break;
    case 'b':
      g_free (check_box ((const char *) bytes + 1, length - 1));
      break;
    case 's':
      check_sealed (bytes + 1, length - 1);
      break;
    case 'r':
    case 'l':
      check_header (kind, text);
      break;
    default:
      check_answer (text, kind == 'u');
    }

  return 0;
}
