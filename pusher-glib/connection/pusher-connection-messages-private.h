/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-connection-status-private.h"

G_BEGIN_DECLS

extern const PusherTransportListener pusher_connection_transport_listener;

void     pusher_connection_deliver        (gpointer          user_data,
                                           GBytes           *message);
gboolean pusher_connection_inbox_due_cb   (gpointer          user_data);
gboolean pusher_connection_send_text      (PusherConnection *self,
                                           const char       *text,
                                           gboolean          soon);
void     pusher_connection_send_ping      (PusherConnection *self,
                                           gint64            timeout,
                                           GTask            *task);
void     pusher_connection_check_liveness (PusherConnection *self);

G_END_DECLS
