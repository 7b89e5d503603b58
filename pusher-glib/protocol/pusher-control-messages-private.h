/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-message-private.h"

G_BEGIN_DECLS

/* Messages of the connection itself, which carry no event of the application. */
#define PUSHER_MESSAGE_ESTABLISHED "pusher:connection_established"
#define PUSHER_MESSAGE_ERROR "pusher:error"
#define PUSHER_MESSAGE_PING "pusher:ping"
#define PUSHER_MESSAGE_PONG "pusher:pong"

/* Bytes; a longer one is none. */
#define PUSHER_MAX_SOCKET_ID_SIZE 128

gboolean pusher_established_parse  (const PusherMessage *message,
                                    char               **socket_id,
                                    gint64              *activity_timeout,
                                    GError             **error);
GError  *pusher_server_error_parse (const PusherMessage *message);
GError  *pusher_server_error_new   (guint                code,
                                    const char          *text);

G_END_DECLS
