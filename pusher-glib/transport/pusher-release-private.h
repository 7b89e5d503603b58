/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void     pusher_release_now   (SoupWebsocketConnection *websocket);
void     pusher_release_later (SoupWebsocketConnection *websocket,
                               gpointer                 user,
                               const guint             *n_calls);
GSource *pusher_release_watch (GDestroyNotify           gone,
                               gpointer                 user_data);

G_END_DECLS
