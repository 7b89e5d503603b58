/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "pusher-gathered-output-private.h"

G_BEGIN_DECLS

/* Bounds what the other side of a WebSocket can make the client keep: the size of a
 * message however it is fragmented, the number of its fragments, and the answers
 * to WebSocket pings that it does not read. Tells the output of all frames.
 *
 * libsoup before 3.8 bounds the size of a frame only. There this is an extension
 * of the WebSocket, which sees each frame, and which the server does not know of. */
#define PUSHER_TYPE_MESSAGE_LIMIT (pusher_message_limit_get_type ())
G_DECLARE_FINAL_TYPE (PusherMessageLimit, pusher_message_limit, PUSHER, MESSAGE_LIMIT,
                      SoupWebsocketExtension)

#define PUSHER_MESSAGE_MAX_FRAGMENTS 16384
#define PUSHER_MESSAGE_MAX_UNREAD_PONGS 64

void                pusher_message_limit_prepare (SoupMessage             *request);
PusherMessageLimit *pusher_message_limit_new     (PusherGatheredOutput    *output,
                                                  guint64                  max_size);
void                pusher_message_limit_apply   (SoupWebsocketConnection *websocket,
                                                  guint64                  max_size);

G_END_DECLS
