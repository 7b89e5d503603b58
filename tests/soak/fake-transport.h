/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "transport/pusher-transport-private.h"

G_BEGIN_DECLS

/* In place of transport/pusher-transport.c: a WebSocket without a socket, so that what
 * is counted is the work of the library alone. Nothing happens by itself: the test says
 * what the server does. */

/* Of PusherTransport, not owned: all there are; as long as none of them has gone, in the
 * order in which they came */
extern GPtrArray *fake_transports;

/* Returns: (transfer none): the last one of them */
PusherTransport *fake_transport_get_last (void);

void fake_transport_welcome (PusherTransport *self);
void fake_transport_say     (PusherTransport *self,
                             const char      *text);
void fake_transport_sayf    (PusherTransport *self,
                             const char      *format,
                             ...) G_GNUC_PRINTF (2, 3);
void fake_transport_lose    (PusherTransport *self);

G_END_DECLS
