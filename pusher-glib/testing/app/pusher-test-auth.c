/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Signatures that are made with the secret of an app. */

#include "config.h"

#include "pusher-test-auth-private.h"

#include "protocol/pusher-signature-private.h"

/* Takes equally long wherever the two differ. */
static gboolean
equal (const char *a,
       const char *b)
{
  gsize length = strlen (a);
  guint8 difference = 0;

  if (strlen (b) != length)
    return FALSE;

  for (gsize i = 0; i < length; i++)
    difference |= (guint8) a[i] ^ (guint8) b[i];

  return difference == 0;
}

/*
 * pusher_test_auth_check_channel:
 * @channel_data: (nullable): as the client sent it
 * @auth: as the client sent it
 */
gboolean
pusher_test_auth_check_channel (PusherTestApp *app,
                                const char    *socket_id,
                                const char    *channel,
                                const char    *channel_data,
                                const char    *auth)
{
  g_autofree char *expected =
    pusher_signature_for_channel (app->key, app->secret,
                                  socket_id, channel, channel_data);

  return equal (expected, auth);
}

gboolean
pusher_test_auth_check_user (PusherTestApp *app,
                             const char    *socket_id,
                             const char    *user_data,
                             const char    *auth)
{
  g_autofree char *expected =
    pusher_signature_for_user (app->key, app->secret,
                               socket_id, user_data);

  return equal (expected, auth);
}

/*
 * pusher_test_auth_check_text:
 * @signature: lowercase hexadecimal, as the protocol has it
 *
 * Returns: whether @signature is that of @text, a request to the REST interface
 */
gboolean
pusher_test_auth_check_text (PusherTestApp *app,
                             const char    *text,
                             const char    *signature)
{
  const char *secret = app->secret;
  g_autofree char *expected =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret, strlen (secret),
                               text, -1);

  return equal (expected, signature);
}
