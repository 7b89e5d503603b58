/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-clock-private.h"
#include "base/pusher-enums.h"
#include "event/pusher-event.h"
#include "protocol/pusher-message-private.h"
#include "pusher-settings-private.h"

G_BEGIN_DECLS

/* Keeps one connection to a server for as long as its owner wants one. */
#define PUSHER_TYPE_CONNECTION (pusher_connection_get_type ())
G_DECLARE_FINAL_TYPE (PusherConnection, pusher_connection, PUSHER, CONNECTION, GObject)

typedef enum
{
  PUSHER_CONNECTION_CHANGE_STATE = 1 << 0,
  PUSHER_CONNECTION_CHANGE_SOCKET_ID = 1 << 1,
  PUSHER_CONNECTION_CHANGE_LAST_ERROR = 1 << 2,
  PUSHER_CONNECTION_CHANGE_RETRY_AT = 1 << 3,
} PusherConnectionChanges;

typedef struct
{
  void (*changed)       (gpointer                owner,
                         PusherConnectionChanges changes);
  void (*message)       (gpointer                owner,
                         PusherMessage          *message);
  void (*error)         (gpointer                owner,
                         const GError           *error);
  void (*connecting_in) (gpointer                owner,
                         double                  seconds);
  void (*resubscribe)   (gpointer                owner);
} PusherConnectionListener;

/* Since the connection was made; bytes of messages, without framing and TLS. */
typedef struct
{
  guint64 attempts;
  guint64 connects;
  guint64 messages_received;
  guint64 bytes_received;
  guint64 messages_dropped; /* of those received */
  guint64 messages_sent;
  guint64 bytes_sent;
} PusherCounters;

PusherConnection *pusher_connection_new          (const PusherConnectionListener *listener,
                                                  gpointer                        owner);
void              pusher_connection_abandon      (PusherConnection  *self);
void              pusher_connection_set_clock    (PusherConnection  *self,
                                                  const PusherClock *clock);
void              pusher_connection_check_timers (PusherConnection  *self);

PusherSettings *pusher_connection_get_settings (PusherConnection *self);

PusherConnectionState pusher_connection_get_state      (PusherConnection *self);
const char           *pusher_connection_get_socket_id  (PusherConnection *self);
const GError         *pusher_connection_get_last_error (PusherConnection *self);
gint64                pusher_connection_get_retry_at   (PusherConnection *self);
gint64                pusher_connection_get_now        (PusherConnection *self);
gint64                pusher_connection_get_lost_at    (PusherConnection *self);
gint64                pusher_connection_get_round_trip (PusherConnection *self);
guint64               pusher_connection_get_n_sent     (PusherConnection *self);
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
gboolean pusher_connection_send          (PusherConnection *self,
                                          const char       *text);
gboolean pusher_connection_send_soon     (PusherConnection *self,
                                          const char       *text);
void     pusher_connection_resubscribe_later
                                         (PusherConnection *self);

G_END_DECLS
