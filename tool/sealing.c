/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "sealing.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <sodium.h>
#include <string.h>

#include "complain.h"
#include "json-text.h"
#include "output.h"

#define KEY_SIZE crypto_secretbox_KEYBYTES
#define NONCE_SIZE crypto_secretbox_NONCEBYTES

#define ENCRYPTED_PREFIX "private-encrypted-"

gboolean
tool_sealing_is_needed (const char *channel)
{
  return g_str_has_prefix (channel, ENCRYPTED_PREFIX);
}

static gboolean
derive_key (guchar      key[KEY_SIZE],
            const char *master_key,
            const char *channel,
            GError    **error)
{
  g_autofree guchar *master = NULL;
  g_autoptr (GChecksum) checksum = NULL;
  gsize size = 0;

  if (sodium_init () < 0)
    g_error ("libsodium does not work");
  if (master_key == NULL)
    {
      tool_set_usage_error (error, _("There is no master key: PUSHER_ENCRYPTION_MASTER_KEY or a "
                                     "context has it."));
      return FALSE;
    }
  master = g_base64_decode (master_key, &size);
  if (size != KEY_SIZE)
    {
      tool_set_usage_error (error, _("The master key is not Base64 of %d bytes."),
                            (int) KEY_SIZE);
      return FALSE;
    }

  checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *) channel, strlen (channel));
  g_checksum_update (checksum, master, size);
  size = KEY_SIZE;
  g_checksum_get_digest (checksum, key, &size);

  return TRUE;
}

char *
tool_sealing_derive_key (const char *master_key,
                         const char *channel,
                         GError    **error)
{
  guchar key[KEY_SIZE];

  return derive_key (key, master_key, channel, error) ? g_base64_encode (key, KEY_SIZE) : NULL;
}

char *
tool_sealing_seal (const char *master_key,
                   const char *channel,
                   const char *data,
                   GError    **error)
{
  gsize size = strlen (data);
  guchar key[KEY_SIZE];
  guchar nonce[NONCE_SIZE];
  g_autofree guchar *box = NULL;
  g_autofree char *nonce_text = NULL;
  g_autofree char *box_text = NULL;

  if (!derive_key (key, master_key, channel, error))
    return NULL;

  box = g_malloc (size + crypto_secretbox_MACBYTES);
  randombytes_buf (nonce, NONCE_SIZE);
  crypto_secretbox_easy (box, (const guchar *) data, size, nonce, key);
  nonce_text = g_base64_encode (nonce, NONCE_SIZE);
  box_text = g_base64_encode (box, size + crypto_secretbox_MACBYTES);

  return g_strdup_printf ("{\"nonce\":\"%s\",\"ciphertext\":\"%s\"}", nonce_text, box_text);
}

char *
tool_sealing_prepare (const char *master_key,
                      const char *channel,
                      const char *data_json,
                      GError    **error)
{
  gboolean is_string = data_json[0] == '"';
  g_autofree char *text = NULL;
  g_autofree char *sealed = NULL;

  if (!tool_sealing_is_needed (channel))
    return is_string ? g_strdup (data_json) : tool_output_quote (data_json);

  text = is_string ? tool_json_text_get_string (data_json) : g_strdup (data_json);
  sealed = tool_sealing_seal (master_key, channel, text, error);

  return sealed != NULL ? tool_output_quote (sealed) : NULL;
}

/* The bytes that a member of an object has in Base64; NULL if there is none. */
static guchar *
decode_member (JsonObject *object,
               const char *name,
               gsize      *size)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;
  const char *text =
    node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  return text != NULL ? g_base64_decode (text, size) : NULL;
}

char *
tool_sealing_open (const char *master_key,
                   const char *channel,
                   const char *sealed,
                   GError    **error)
{
  g_autoptr (JsonNode) node = json_from_string (sealed, NULL);
  JsonObject *object =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  gsize nonce_size = 0, box_size = 0;
  g_autofree guchar *nonce = decode_member (object, "nonce", &nonce_size);
  g_autofree guchar *box = decode_member (object, "ciphertext", &box_size);
  g_autofree char *plain = NULL;
  guchar key[KEY_SIZE];

  if (!derive_key (key, master_key, channel, error))
    return NULL;
  if (nonce_size != NONCE_SIZE || box_size < crypto_secretbox_MACBYTES)
    {
      tool_set_usage_error (error, _("The data of an encrypted channel has the form "
                                     "{\"nonce\": …, \"ciphertext\": …}; this has not."));
      return NULL;
    }

  plain = g_malloc0 (box_size - crypto_secretbox_MACBYTES + 1);
  if (crypto_secretbox_open_easy ((guchar *) plain, box, box_size, nonce, key) != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The data cannot be decrypted: it was encrypted for another channel than %s, "
                     "or with another master key."), channel);
      return NULL;
    }

  return g_steal_pointer (&plain);
}
