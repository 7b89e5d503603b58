/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-clock-private.h"
#include "base/pusher-thread-check-private.h"
#include "event/pusher-event.h"
#include "pusher-connection-types-private.h"
#include "pusher-settings-private.h"

G_BEGIN_DECLS

/* Bytes that were sent and wait for a server that does not read: with so many of them,
 * nothing more is sent for the application. */
#define PUSHER_CONNECTION_MAX_WAITING (16 * 1024 * 1024)

PusherConnection *pusher_connection_new          (const PusherConnectionListener *listener,
                                                  gpointer                        owner);
void              pusher_connection_abandon      (PusherConnection  *self);
void              pusher_connection_set_clock    (PusherConnection  *self,
                                                  const PusherClock *clock);
void              pusher_connection_check_timers (PusherConnection  *self);

PusherSettings *pusher_connection_get_settings (PusherConnection *self);

/* In the main context of the connection, for PUSHER_CHECK_THREAD () */
GSource        *pusher_connection_get_timer    (PusherConnection *self);

PusherConnectionState pusher_connection_get_state      (PusherConnection *self);
const char           *pusher_connection_get_socket_id  (PusherConnection *self);
const GError         *pusher_connection_get_last_error (PusherConnection *self);
gint64                pusher_connection_get_retry_at   (PusherConnection *self);
gint64                pusher_connection_get_now        (PusherConnection *self);
double                pusher_connection_get_random     (PusherConnection *self);
gint64                pusher_connection_get_lost_at    (PusherConnection *self);
gboolean              pusher_connection_was_cut        (PusherConnection *self);
gint64                pusher_connection_get_round_trip (PusherConnection *self);
gint64                pusher_connection_get_ping_interval
                                                       (PusherConnection *self);
const PusherCounters *pusher_connection_get_counters   (PusherConnection *self);
void                  pusher_connection_count_dropped  (PusherConnection *self);
PusherEvent         **pusher_connection_get_spare_event
                                                       (PusherConnection *self);

void     pusher_connection_open          (PusherConnection *self,
                                          GTask            *task);
void     pusher_connection_close         (PusherConnection *self,
                                          GTask            *task);
void     pusher_connection_reconnect_now (PusherConnection *self);
void     pusher_connection_ping          (PusherConnection *self,
                                          GTask            *task);
gboolean pusher_connection_is_congested  (PusherConnection *self);
gboolean pusher_connection_send          (PusherConnection *self,
                                          const char       *text);
gboolean pusher_connection_send_soon     (PusherConnection *self,
                                          const char       *text);
void     pusher_connection_resubscribe_later
                                         (PusherConnection *self);
void     pusher_connection_wake_at       (PusherConnection *self,
                                          gint64            time);
void     pusher_connection_wake_anyway_at
                                         (PusherConnection *self,
                                          gint64            time);

G_END_DECLS
