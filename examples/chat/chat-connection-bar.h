/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <adwaita.h>
#include <pusher-glib/pusher.h>

G_BEGIN_DECLS

/* Tells that there is no connection, why, and when there may be one again. */
#define CHAT_TYPE_CONNECTION_BAR (chat_connection_bar_get_type ())
G_DECLARE_FINAL_TYPE (ChatConnectionBar, chat_connection_bar, CHAT, CONNECTION_BAR, AdwBin)

void chat_connection_bar_set_client (ChatConnectionBar *self,
                                     PusherClient      *client);

G_END_DECLS
