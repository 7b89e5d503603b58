/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-signature-private.h"

static char *
sign (const char *key,
      const char *secret,
      const char *text)
{
  g_autofree char *digest =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret),
                               text, -1);

  return g_strconcat (key, ":", digest, NULL);
}

/* channel_data is the exact text that is sent, or NULL. */
char *
pusher_signature_for_channel (const char *key,
                              const char *secret,
                              const char *socket_id,
                              const char *channel_name,
                              const char *channel_data)
{
  g_autofree char *text = NULL;

  if (channel_data != NULL)
    text = g_strconcat (socket_id, ":", channel_name, ":", channel_data, NULL);
  else
    text = g_strconcat (socket_id, ":", channel_name, NULL);

  return sign (key, secret, text);
}

char *
pusher_signature_for_user (const char *key,
                           const char *secret,
                           const char *socket_id,
                           const char *user_data)
{
  g_autofree char *text = g_strconcat (socket_id, "::user::", user_data, NULL);

  return sign (key, secret, text);
}
