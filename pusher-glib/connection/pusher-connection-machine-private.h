/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-task-list-private.h"
#include "pusher-connection-private.h"
#include "pusher-deadlines-private.h"
#include "pusher-inbox-private.h"
#include "pusher-liveness-private.h"
#include "pusher-state-table-private.h"
#include "system/pusher-watch-private.h"
#include "transport/pusher-transport-private.h"

G_BEGIN_DECLS

/* What a connection waits to be told until its inbox is empty. */
typedef struct
{
  PusherInput input; /* of no meaning unless there is an error */
  GError *error;
  gint64 min_delay;
} PusherEnd;

struct _PusherConnection
{
  GObject parent_instance;

  const PusherConnectionListener *listener; /* NULL once it is abandoned */
  gpointer owner;
  PusherSettings settings;
  PusherClock clock;
  PusherDeadlines deadlines;
  PusherCounters counters;

  PusherPhase phase;
  PusherConnectionState state;
  PusherConnectionChanges changes; /* not yet told to the owner */
  char *socket_id;
  GError *last_error;

  PusherTransport *transport;
  PusherPace pace; /* of what the transport and the inbox do */
  PusherInbox inbox;
  PusherEnd end;
  PusherEvent *spare_event; /* for whoever handles messages */
  PusherLiveness liveness;
  PusherWatcher watcher; /* joined while a connection is wanted */
  gint64 pongs_since; /* a second in which this many pongs were sent */
  guint n_pongs;

  PusherTaskList openers;
  PusherTaskList *closers; /* of a close that begins */
  gint64 connected_at;
  gint64 silent_since; /* what came after it may be lost; 0 if that is not known */
  gint64 lost_at;      /* of the last connection */
  gint64 attempted_at;
  guint failures;     /* since the connection was last stable */
  gboolean needs_tls; /* the server said so */
};

/* The machine: carries out the state table. */
void pusher_connection_handle         (PusherConnection *self,
                                       PusherInput       input,
                                       const GError     *error,
                                       gint64            min_delay);
void pusher_connection_set_deadline   (PusherConnection *self,
                                       PusherDeadline    deadline,
                                       gint64            time);
void pusher_connection_set_socket_id  (PusherConnection *self,
                                       char             *socket_id);
void pusher_connection_tell_error     (PusherConnection *self,
                                       const GError     *error);

/* Messages: what comes from the transport, and what keeps it alive. */
extern const PusherTransportListener pusher_connection_transport_listener;

void     pusher_connection_deliver        (gpointer          user_data,
                                           GBytes           *message);
gboolean pusher_connection_inbox_due_cb   (gpointer          user_data);
void     pusher_connection_send_ping      (PusherConnection *self,
                                           gint64            timeout,
                                           GTask            *task);
void     pusher_connection_check_liveness (PusherConnection *self);
void     pusher_connection_probe          (PusherConnection *self);

G_END_DECLS
