/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

void listen_to_members (PusherPresenceChannel *channel);
void remember_members  (PusherPresenceChannel *channel);
void forget_members    (void);
void tell_members      (PusherPresenceChannel *channel);
void tell_member       (PusherPresenceChannel *channel,
                        const char            *id);
