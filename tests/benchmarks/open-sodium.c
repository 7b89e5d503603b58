/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* open-sodium NAME=VALUE…: what libsodium costs alone to decode and open the data
 * of an encrypted event. */

#include "measure.h"
#include "settings.h"

#include <sodium.h>
#include <string.h>

typedef struct
{
  guint8 key[crypto_secretbox_KEYBYTES];
  char *nonce;
  char *ciphertext;
} Sealed;

static char *
to_base64 (const guint8 *bytes,
           gsize         length)
{
  gsize size = sodium_base64_encoded_len (length, sodium_base64_VARIANT_ORIGINAL);

  return sodium_bin2base64 (g_malloc (size), size, bytes, length, sodium_base64_VARIANT_ORIGINAL);
}

static void
seal (Sealed *self,
      gsize   length)
{
  g_autofree guint8 *text = g_malloc (length);
  g_autofree guint8 *cipher = g_malloc (length + crypto_secretbox_MACBYTES);
  guint8 nonce[crypto_secretbox_NONCEBYTES];

  randombytes_buf (self->key, sizeof self->key);
  randombytes_buf (nonce, sizeof nonce);
  randombytes_buf (text, length);
  crypto_secretbox_easy (cipher, text, length, nonce, self->key);
  self->nonce = to_base64 (nonce, sizeof nonce);
  self->ciphertext = to_base64 (cipher, length + crypto_secretbox_MACBYTES);
}

static void
open_sealed (const Sealed *self)
{
  gsize size = strlen (self->ciphertext);
  g_autofree guint8 *cipher = g_malloc (size);
  g_autofree guint8 *text = g_malloc (size);
  guint8 nonce[crypto_secretbox_NONCEBYTES];
  gsize length;

  if (sodium_base642bin (nonce, sizeof nonce, self->nonce, strlen (self->nonce), NULL, NULL, NULL,
                         sodium_base64_VARIANT_ORIGINAL) != 0 ||
      sodium_base642bin (cipher, size, self->ciphertext, size, NULL, &length, NULL,
                         sodium_base64_VARIANT_ORIGINAL) != 0 ||
      crypto_secretbox_open_easy (text, cipher, length, nonce, self->key) != 0)
    g_error ("That cannot be opened");
}

int
main (int    argc,
      char **argv)
{
  Settings settings;
  Sealed sealed;

  settings_parse (&settings, argc, argv);
  if (sodium_init () < 0)
    g_error ("libsodium does not start");
  seal (&sealed, settings.payload);

  for (guint64 i = 0; i < settings.warm_up; i++)
    open_sealed (&sealed);
  measure_begin ();
  for (guint64 i = 0; i < settings.count; i++)
    open_sealed (&sealed);
  measure_end (settings.count);
  measure_done ();

  return 0;
}
