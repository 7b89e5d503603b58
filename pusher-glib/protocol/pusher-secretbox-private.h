/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PUSHER_SECRETBOX_KEY_SIZE 32

/* The key of one encrypted channel (protocol, "Encrypted channels"). */
typedef struct
{
  guint8 bytes[PUSHER_SECRETBOX_KEY_SIZE];
} PusherSecretboxKey;

typedef enum
{
  PUSHER_SECRETBOX_OPENED,
  PUSHER_SECRETBOX_WRONG_KEY, /* or it was tampered with */
  PUSHER_SECRETBOX_MALFORMED, /* no key will open it */
} PusherSecretboxResult;

gboolean              pusher_secretbox_key_decode (PusherSecretboxKey       *key,
                                                   const char               *base64);
char                 *pusher_secretbox_key_encode (const PusherSecretboxKey *key);
void                  pusher_secretbox_key_derive (PusherSecretboxKey       *key,
                                                   const char               *channel_name,
                                                   const PusherSecretboxKey *master_key);
void                  pusher_secretbox_key_wipe   (PusherSecretboxKey       *key);
PusherSecretboxResult pusher_secretbox_open       (const PusherSecretboxKey *key,
                                                   const char               *data,
                                                   gsize                     length,
                                                   char                    **plaintext);
char                 *pusher_secretbox_seal       (const PusherSecretboxKey *key,
                                                   const char               *plaintext);

G_END_DECLS
