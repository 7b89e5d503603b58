/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "mock-transport.h"

G_BEGIN_DECLS

/* The server: what it does unasked, and how it takes what it is asked for. */
void server_asked_to_connect (PusherTransport *transport);
void server_opened           (PusherTransport *transport);
void server_received         (PusherTransport *transport);
void server_asked_to_close   (PusherTransport *transport);

void server_act        (void);
void server_make_peace (void);
void server_tick       (PusherTransport *transport,
                        const char      *channel_name);

G_END_DECLS
