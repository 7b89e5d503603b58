/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "pusher-gathered-output-private.h"
#include "pusher-paced-input-private.h"

G_BEGIN_DECLS

/* The stream of a WebSocket, with a paced input and a gathered output. */
#define PUSHER_TYPE_PACED_STREAM (pusher_paced_stream_get_type ())
G_DECLARE_FINAL_TYPE (PusherPacedStream, pusher_paced_stream, PUSHER, PACED_STREAM, GIOStream)

PusherPacedStream *pusher_paced_stream_take_over     (SoupWebsocketConnection *websocket,
                                                      PusherPacedKind          kind,
                                                      PusherPace              *pace);
void               pusher_paced_stream_forget_pace   (PusherPacedStream       *self);
void               pusher_paced_stream_end           (PusherPacedStream       *self);

PusherGatheredOutput *
                   pusher_paced_stream_get_output    (PusherPacedStream       *self);

G_END_DECLS
