/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* An HTTP authorizer, over the real libsoup, and an endpoint that answers anything. What
 * is in an answer that arrives whole is the matter of fuzz-auth.c.
 *
 * The first byte has the bits that are defined below, the second says how many requests
 * there are. Steps follow, of a letter and its parameters: see take_step().
 */

#include "auth/pusher-authorization-request-private.h"
#include "auth/pusher-authorizer-private.h"
#include "auth/pusher-http-authorizer-private.h"
#include "base/pusher-error.h"

#include "raw/input.h"
#include "raw/socket.h"

#include <string.h>

#define DRIBBLE 1 /* all is sent in small pieces */
#define BATCH 2
#define LOGIN 4   /* the authorizer has a user name and a password */
#define USER 8    /* one request is for a user */
#define CROWDED 16

#define MAX_STEPS 60
#define N_REQUESTS 5
#define N_SOCKETS 8
#define MAX_ATTEMPTS 3

/* What is left to do when the input has ended: more than all attempts of all requests */
#define MAX_ROUNDS 500

/* Seconds; more than any wait between attempts */
#define TIMEOUT 100000

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         length);

static const char *const channels[] = {
  "private-a", "presence-b", "private-encrypted-c", "private-a", "private-d",
};

static const char *const statuses[] = {
  "200 OK", "200 OK", "100 Continue", "201 Created", "204 No Content", "206 Partial Content",
  "301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect",
  "308 Permanent Redirect", "400 Bad Request", "401 Unauthorized", "403 Forbidden",
  "404 Not Found", "407 Proxy Authentication Required", "408 Request Timeout",
  "413 Too Large", "429 Too Many Requests", "500 Internal Server Error", "502 Bad Gateway",
  "503 Service Unavailable", "504 Gateway Timeout", "599 Odd", NULL,
};

typedef struct
{
  GSocket *listening;
  guint port;
  RawInput input;
  guint8 bits;
  RawSocket sockets[N_SOCKETS];
  PusherHttpAuthorizer *authorizer; /* nullable */
  PusherAuthorizationRequest *requests[N_REQUESTS];
  guint n_requests;
  guint n_answers[N_REQUESTS];
} World;

/* --- Time ---------------------------------------------------------------- */

static GPtrArray *waits;    /* of GSource, as the next */
static GPtrArray *timeouts; /* of attempts */

/* A PusherHttpTimer: none of them is over until the input says so. */
static GSource *
new_timer (gint64 delay)
{
  GSource *source = g_timeout_source_new (0);

  g_assert_cmpint (delay, >=, 0);
  g_source_set_ready_time (source, -1);
  g_ptr_array_add (delay == TIMEOUT * (gint64) G_USEC_PER_SEC ? timeouts : waits,
                   g_source_ref (source));

  return source;
}

static double
get_random (void)
{
  return 0.5;
}

static void
end_timers (GPtrArray *timers)
{
  for (guint i = 0; i < timers->len; i++)
    if (!g_source_is_destroyed (timers->pdata[i]))
      g_source_set_ready_time (timers->pdata[i], 0);
  g_ptr_array_set_size (timers, 0);
  raw_settle ();
}

/* --- Requests ------------------------------------------------------------ */

static void
answered_cb (gpointer                   user_data,
             const PusherAuthorization *authorization,
             const GError              *error,
             gboolean                   may_pass)
{
  guint *n_answers = user_data;

  (*n_answers)++;
  g_assert_cmpuint (*n_answers, ==, 1);
  g_assert_true ((authorization == NULL) != (error == NULL));
  if (error == NULL)
    return;

  g_assert_true (error->domain == PUSHER_ERROR || error->domain == PUSHER_HTTP_ERROR);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
ask (World *self,
     guint  i)
{
  gboolean for_user = i == 0 && (self->bits & USER) != 0;

  self->requests[i] =
    pusher_authorization_request_new (for_user ? PUSHER_AUTHORIZATION_KIND_USER
                                               : PUSHER_AUTHORIZATION_KIND_CHANNEL,
                                      "key", "1.2", for_user ? NULL : channels[i], answered_cb,
                                      &self->n_answers[i]);
  pusher_authorizer_ask (PUSHER_AUTHORIZER (self->authorizer), self->requests[i]);
}

/* The client does not need an answer any more. */
static void
cancel_one (World *self)
{
  guint i = raw_input_byte (&self->input) % self->n_requests;

  if (self->n_answers[i] == 0)
    {
      g_autoptr (GCancellable) cancellable =
        g_object_ref (pusher_authorization_request_get_cancellable (self->requests[i]));

      pusher_authorization_request_close (self->requests[i]);
      g_cancellable_cancel (cancellable);
      self->n_answers[i] = 1;
    }
}

static gboolean
is_done (World *self)
{
  for (guint i = 0; i < self->n_requests; i++)
    if (self->n_answers[i] == 0)
      return FALSE;

  return TRUE;
}

/* --- The endpoint -------------------------------------------------------- */

/* Credentials never go elsewhere. */
static void
check_request (World     *self,
               RawSocket *socket)
{
  g_autofree char *host = g_strdup_printf ("\r\nHost: 127.0.0.1:%u\r\n", self->port);

  g_assert_cmpmem (socket->received->data, strlen ("POST /"), "POST /", strlen ("POST /"));
  g_assert_true (raw_socket_heard (socket, host));
}

static void
accept_all (World *self)
{
  for (guint i = 0; i < N_SOCKETS; i++)
    {
      if (self->sockets[i].socket == NULL)
        raw_socket_accept (&self->sockets[i], self->listening);
      self->sockets[i].dribble = (self->bits & DRIBBLE) != 0;
    }
}

/* Returns: (nullable): one that has asked, and waits for its answer */
static RawSocket *
find_asking (World *self)
{
  raw_settle ();
  accept_all (self);
  for (guint i = 0; i < N_SOCKETS; i++)
    raw_socket_receive (&self->sockets[i]);

  for (guint i = 0; i < N_SOCKETS; i++)
    if (self->sockets[i].socket != NULL && raw_socket_heard (&self->sockets[i], "\r\n\r\n"))
      {
        check_request (self, &self->sockets[i]);
        return &self->sockets[i];
      }

  return NULL;
}

static void
answer (World      *self,
        const char *text,
        gsize       length)
{
  RawSocket *socket = find_asking (self);

  if (socket == NULL)
    return;

  g_byte_array_set_size (socket->received, 0);
  raw_socket_send (socket, text, length);
  raw_settle ();
}

/* As a server does, with headers of the input's */
static void
answer_well (World *self)
{
  const char *status = raw_input_word (&self->input, statuses);
  g_autofree char *headers = raw_input_text (&self->input);
  g_autofree char *body = raw_input_text (&self->input);
  g_autofree char *text =
    g_strdup_printf ("HTTP/1.1 %s\r\n%s%sContent-Length: %" G_GSIZE_FORMAT "\r\n\r\n%s", status,
                     headers, *headers != '\0' ? "\r\n" : "", strlen (body), body);

  answer (self, text, strlen (text));
}

/* %P is the port. */
static void
redirect (World *self)
{
  const char *status = raw_input_word (&self->input, statuses);
  g_autofree char *location = raw_input_text (&self->input);
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "HTTP/1.1 %s\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", status,
                   location);
  g_string_replace (text, "%P", port, 1);
  answer (self, text->str, text->len);
}

static void
answer_oddly (World *self)
{
  g_autoptr (GBytes) bytes = raw_input_bytes (&self->input);
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  answer (self, text, length);
}

/* A body of up to 4 MB, which may say that it is longer */
static void
answer_at_length (World *self)
{
  guint64 declared = raw_input_int (&self->input, 3);
  g_autoptr (GString) text = g_string_new (NULL);
  gsize length = (gsize) raw_input_byte (&self->input) << 14;
  gsize head;

  g_string_printf (text, "HTTP/1.1 200 OK\r\nContent-Length: %" G_GUINT64_FORMAT "\r\n\r\n",
                   declared);
  head = text->len;
  g_string_set_size (text, head + length);
  memset (text->str + head, ' ', length);
  answer (self, text->str, text->len);
}

static void
hang_up (World   *self,
         gboolean reset)
{
  RawSocket *socket = find_asking (self);

  if (socket != NULL)
    raw_socket_hang_up (socket, reset);
  raw_settle ();
}

static void
finish (World *self)
{
  RawSocket *socket = find_asking (self);

  if (socket != NULL)
    raw_socket_finish (socket);
  raw_settle ();
}

/* --- Steps --------------------------------------------------------------- */

static void
take_step (World *self)
{
  switch (raw_input_step (&self->input, "wareLxfytck"))
    {
    case 'a':
      answer_well (self);
      break;
    case 'r':
      redirect (self);
      break;
    case 'e':
      answer_oddly (self);
      break;
    case 'L':
      answer_at_length (self);
      break;
    case 'x':
    case 'y':
      hang_up (self, raw_input_byte (&self->input) % 2 == 1);
      break;
    case 'f':
      finish (self);
      break;
    case 't':
      end_timers (timeouts);
      break;
    case 'c':
      cancel_one (self);
      break;
    case 'k': /* it goes on living until it has answered */
      g_clear_object (&self->authorizer);
      break;
    default:
      end_timers (waits);
    }
  raw_settle ();
}

/* --- The whole life ------------------------------------------------------ */

static void
begin (World *self)
{
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/auth", self->port);
  PusherHttpPolicy *policy;

  self->bits = raw_input_byte (&self->input);
  self->n_requests = 1 + raw_input_byte (&self->input) % N_REQUESTS;
  self->authorizer = pusher_http_authorizer_new (url);
  policy = &pusher_http_authorizer_get_settings (self->authorizer)->policy;
  policy->timeout = TIMEOUT;
  policy->max_attempts = MAX_ATTEMPTS;
  policy->new_timer = new_timer;
  policy->random = get_random;
  policy->renewal = NULL;
  pusher_http_authorizer_set_batch (self->authorizer, (self->bits & BATCH) != 0);
  pusher_http_authorizer_set_max_concurrent (self->authorizer,
                                             (self->bits & CROWDED) != 0 ? 1 : 6);
  if ((self->bits & LOGIN) != 0)
    {
      pusher_http_authorizer_set_username (self->authorizer, "user");
      pusher_http_authorizer_set_password (self->authorizer, "password");
    }

  for (guint i = 0; i < self->n_requests; i++)
    ask (self, i);
}

/* With an endpoint that is gone, each request ends, at the latest after its last
 * attempt. */
static void
end (World *self)
{
  for (guint i = 0; i < MAX_ROUNDS && !is_done (self); i++)
    {
      end_timers (waits);
      hang_up (self, FALSE);
      if (i > MAX_ROUNDS / 2)
        end_timers (timeouts);
    }
  g_assert_true (is_done (self));

  for (guint i = 0; i < self->n_requests; i++)
    g_assert_finalize_object (self->requests[i]);
  raw_settle ();
  end_timers (waits);
  end_timers (timeouts);
  if (self->authorizer != NULL)
    g_assert_finalize_object (self->authorizer);
  for (guint i = 0; i < N_SOCKETS; i++)
    raw_socket_clear (&self->sockets[i]);
  while (raw_socket_accept (&self->sockets[0], self->listening))
    raw_socket_clear (&self->sockets[0]);
  raw_settle ();
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  static GSocket *listening;
  static guint port;
  World self = { .input = { bytes, length } };

  if (listening == NULL)
    {
      listening = raw_socket_listen (&port);
      waits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
      timeouts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_source_unref);
    }
  self.listening = listening;
  self.port = port;

  begin (&self);
  for (guint i = 0; i < MAX_STEPS && self.input.left > 0; i++)
    take_step (&self);
  end (&self);
  raw_check_descriptors ();

  return 0;
}
