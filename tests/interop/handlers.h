/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

void listen_to_client  (PusherClient  *client);
void listen_to_channel (PusherChannel *channel);

/* Handlers of “event”, which tell via which one. */
void client_event_cb   (PusherClient  *client,
                        PusherEvent   *event,
                        const char    *via);
void channel_event_cb  (PusherChannel *channel,
                        PusherEvent   *event,
                        const char    *via);
