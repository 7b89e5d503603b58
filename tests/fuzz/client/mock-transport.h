/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "model.h"
#include "transport/pusher-transport-private.h"

G_BEGIN_DECLS

/* In place of transport/pusher-transport.c: a WebSocket without a socket, whose other
 * end is a model of a server. What the server says waits until the main loop runs. */
gboolean mock_transport_is_connecting (PusherTransport *self);
gboolean mock_transport_is_open       (PusherTransport *self);
gboolean mock_transport_is_closing    (PusherTransport *self);
gboolean mock_transport_is_deaf       (PusherTransport *self);
Model   *mock_transport_get_model     (PusherTransport *self);

/* The server stops reading what it is sent, or reads all of it. */
void mock_transport_set_deaf (PusherTransport *self,
                              gboolean         deaf);

void mock_transport_push_open      (PusherTransport *self);
void mock_transport_push_text      (PusherTransport *self,
                                    const char      *text,
                                    gsize            length);
void mock_transport_push_bad_frame (PusherTransport *self);
void mock_transport_push_end       (PusherTransport *self,
                                    guint            close_code,
                                    const char      *reason,
                                    gboolean         with_error);

G_END_DECLS
