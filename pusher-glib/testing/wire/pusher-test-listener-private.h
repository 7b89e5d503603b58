/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _PusherTestListener PusherTestListener;

PusherTestListener *pusher_test_listener_new        (SoupServer         *soup,
                                                     guint               port,
                                                     GError            **error);
void                pusher_test_listener_free       (PusherTestListener *self);
guint               pusher_test_listener_get_port   (PusherTestListener *self);
GSocket            *pusher_test_listener_get_socket (SoupServerMessage  *message);

G_END_DECLS
