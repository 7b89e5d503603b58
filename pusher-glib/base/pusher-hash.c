/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-hash-private.h"

#include <sodium.h>
#include <string.h>

/* Another one in each process, so that nobody else knows which names collide. */
static const guint8 *
get_key (void)
{
  static guint8 key[crypto_shorthash_siphash24_KEYBYTES];
  static gsize initialized;

  if (g_once_init_enter (&initialized))
    {
      /* Without it there are only fewer sources of chance to pick from. */
      if (sodium_init () < 0)
        g_debug ("libsodium could not be initialized");
      randombytes_buf (key, sizeof key);
      g_once_init_leave (&initialized, 1);
    }

  return key;
}

guint
pusher_str_hash (gconstpointer text)
{
  guint8 bytes[crypto_shorthash_siphash24_BYTES];
  guint hash;

  crypto_shorthash_siphash24 (bytes, text, strlen (text), get_key ());
  memcpy (&hash, bytes, sizeof hash);

  return hash;
}
