/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Asks a server for a WebSocket: this server and no other, and hears out no other
 * answer than a WebSocket or a demand for a login. */
#define PUSHER_TYPE_HANDSHAKE (pusher_handshake_get_type ())
G_DECLARE_FINAL_TYPE (PusherHandshake, pusher_handshake, PUSHER, HANDSHAKE, GObject)

PusherHandshake         *pusher_handshake_new    (SoupSession        *session,
                                                  GUri               *uri);
void                     pusher_handshake_start  (PusherHandshake    *self,
                                                  const char         *origin,
                                                  GAsyncReadyCallback callback,
                                                  gpointer            user_data);
SoupWebsocketConnection *pusher_handshake_finish (PusherHandshake    *self,
                                                  GAsyncResult       *result,
                                                  GError            **error);
void                     pusher_handshake_cancel (PusherHandshake    *self);

G_END_DECLS
