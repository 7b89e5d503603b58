/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-connection-status-private.h"

G_BEGIN_DECLS

void pusher_connection_take_host       (PusherConnection *self,
                                        GUri             *uri);
void pusher_connection_begin_heartbeat (PusherConnection *self,
                                        gint64            activity_timeout);
void pusher_connection_keep_heartbeat  (PusherConnection *self);
void pusher_connection_note_silence    (PusherConnection *self);
void pusher_connection_forget_silence  (PusherConnection *self);

G_END_DECLS
