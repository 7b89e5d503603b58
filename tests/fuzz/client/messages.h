/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "mock-transport.h"

G_BEGIN_DECLS

/* What the server says, in words that it draws. With no more input, all is right. */
void say                (PusherTransport *transport,
                         const char      *event,
                         const char      *channel,
                         const char      *data_json);
void say_established    (PusherTransport *transport);
void say_pong           (PusherTransport *transport);
void say_accepted       (PusherTransport *transport,
                         const Request   *request);
void say_refused        (PusherTransport *transport,
                         const Request   *request);
void say_event          (PusherTransport *transport,
                         const char      *channel);
void say_member         (PusherTransport *transport,
                         const char      *channel);
void say_watchlist      (PusherTransport *transport);
void say_count          (PusherTransport *transport,
                         const char      *channel);
void say_error          (PusherTransport *transport,
                         const char      *channel);
void say_something_odd  (PusherTransport *transport);
void say_something_raw  (PusherTransport *transport);
void say_something_huge (PusherTransport *transport);
void say_again          (PusherTransport *transport);
void say_forget         (void);

G_END_DECLS
