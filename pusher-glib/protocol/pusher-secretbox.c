/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-secretbox-private.h"

#include "json/pusher-json-pointer-private.h"
#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"

#include <sodium.h>

G_STATIC_ASSERT (PUSHER_SECRETBOX_KEY_SIZE == crypto_secretbox_KEYBYTES);

/* Picks the best implementations for the processor. */
static void
ensure_sodium (void)
{
  static gsize initialized;

  if (g_once_init_enter (&initialized))
    {
      if (sodium_init () < 0)
        g_debug ("libsodium could not be initialized: it runs slower");
      g_once_init_leave (&initialized, 1);
    }
}

/* FALSE if the text is not base64 of at most max bytes. g_base64_decode() would pass over
 * what is not base64, and libsodium 1.0.18 takes some bytes that are not ASCII for others
 * that are. */
static gboolean
decode_into (guint8     *bytes,
             gsize       max,
             const char *base64,
             gsize      *size)
{
  return g_str_is_ascii (base64) &&
         sodium_base642bin (bytes, max, base64, strlen (base64), NULL, size, NULL,
                            sodium_base64_VARIANT_ORIGINAL) == 0;
}

static guint8 *
decode_base64 (const char *base64,
               gsize      *size)
{
  gsize length = strlen (base64);
  guint8 *bytes = g_malloc (length + 1);

  if (decode_into (bytes, length + 1, base64, size))
    return bytes;

  g_free (bytes);
  return NULL;
}

static char *
encode_base64 (const guint8 *bytes,
               gsize         size)
{
  gsize length = sodium_base64_ENCODED_LEN (size, sodium_base64_VARIANT_ORIGINAL);

  return sodium_bin2base64 (g_malloc (length), length, bytes, size,
                            sodium_base64_VARIANT_ORIGINAL);
}

/* FALSE if this is not the base64 form of a key; then nothing is left of it. */
gboolean
pusher_secretbox_key_decode (PusherSecretboxKey *key,
                             const char         *base64)
{
  gsize size = 0;

  ensure_sodium ();

  if (decode_into (key->bytes, sizeof key->bytes, base64, &size) && size == sizeof key->bytes)
    return TRUE;

  pusher_secretbox_key_wipe (key);
  return FALSE;
}

char *
pusher_secretbox_key_encode (const PusherSecretboxKey *key)
{
  return encode_base64 (key->bytes, sizeof key->bytes);
}

/* The key of a channel of the application that has the master key. */
void
pusher_secretbox_key_derive (PusherSecretboxKey       *key,
                             const char               *channel_name,
                             const PusherSecretboxKey *master_key)
{
  crypto_hash_sha256_state state;

  G_STATIC_ASSERT (crypto_hash_sha256_BYTES == PUSHER_SECRETBOX_KEY_SIZE);

  crypto_hash_sha256_init (&state);
  crypto_hash_sha256_update (&state, (const guint8 *) channel_name, strlen (channel_name));
  crypto_hash_sha256_update (&state, master_key->bytes, sizeof master_key->bytes);
  crypto_hash_sha256_final (&state, key->bytes);
  sodium_memzero (&state, sizeof state);
}

void
pusher_secretbox_key_wipe (PusherSecretboxKey *key)
{
  sodium_memzero (key->bytes, sizeof key->bytes);
}

static PusherSecretboxResult
open_box (const PusherSecretboxKey *key,
          const char               *nonce_base64,
          const char               *ciphertext_base64,
          char                    **plaintext)
{
  gsize nonce_size, size;
  g_autofree guint8 *nonce = decode_base64 (nonce_base64, &nonce_size);
  g_autofree guint8 *ciphertext = decode_base64 (ciphertext_base64, &size);
  g_autofree char *opened = NULL;

  if (nonce == NULL || nonce_size != crypto_secretbox_NONCEBYTES ||
      ciphertext == NULL || size < crypto_secretbox_MACBYTES)
    return PUSHER_SECRETBOX_MALFORMED;

  size -= crypto_secretbox_MACBYTES;
  opened = g_malloc (size + 1);
  if (crypto_secretbox_open_easy ((guint8 *) opened, ciphertext,
                                  size + crypto_secretbox_MACBYTES, nonce, key->bytes) != 0)
    return PUSHER_SECRETBOX_WRONG_KEY;

  opened[size] = '\0';
  if (!g_utf8_validate (opened, (gssize) size, NULL))
    return PUSHER_SECRETBOX_MALFORMED;

  *plaintext = g_steal_pointer (&opened);
  return PUSHER_SECRETBOX_OPENED;
}

/* Opens {"nonce": base64, "ciphertext": base64}. */
PusherSecretboxResult
pusher_secretbox_open (const PusherSecretboxKey *key,
                       const char               *data,
                       gsize                     length,
                       char                    **plaintext)
{
  g_autofree char *nonce = NULL;
  g_autofree char *ciphertext = NULL;

  if (!pusher_json_validate (data, (gssize) length, NULL))
    return PUSHER_SECRETBOX_MALFORMED;

  nonce = pusher_json_pointer_dup_string ("/nonce", data, length);
  ciphertext = pusher_json_pointer_dup_string ("/ciphertext", data, length);
  if (nonce == NULL || ciphertext == NULL)
    return PUSHER_SECRETBOX_MALFORMED;

  return open_box (key, nonce, ciphertext, plaintext);
}

/* Returns the JSON text that pusher_secretbox_open() opens. */
char *
pusher_secretbox_seal (const PusherSecretboxKey *key,
                       const char               *plaintext)
{
  gsize size = strlen (plaintext);
  g_autofree guint8 *ciphertext = g_malloc (size + crypto_secretbox_MACBYTES);
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  g_autofree char *nonce_base64 = NULL;
  g_autofree char *ciphertext_base64 = NULL;
  GString *json;

  ensure_sodium ();
  randombytes_buf (nonce, sizeof nonce);
  crypto_secretbox_easy (ciphertext, (const guint8 *) plaintext, size, nonce, key->bytes);
  nonce_base64 = encode_base64 (nonce, sizeof nonce);
  ciphertext_base64 = encode_base64 (ciphertext, size + crypto_secretbox_MACBYTES);

  json = g_string_new (NULL);
  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "nonce", nonce_base64);
  pusher_json_add_string (json, "ciphertext", ciphertext_base64);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}
