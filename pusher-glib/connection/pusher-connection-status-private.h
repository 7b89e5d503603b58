/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-task-list-private.h"
#include "event/pusher-event.h"
#include "pusher-connection-types-private.h"
#include "pusher-deadlines-private.h"
#include "pusher-inbox-private.h"
#include "pusher-liveness-private.h"
#include "pusher-settings-private.h"
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

/* The last pusher:error of a connection: it may be followed by the end, and is then why. */
typedef struct
{
  GError *error;
  gboolean told;      /* to the application */
  gint64 time;
  guint64 n_received; /* messages, until it came */
} PusherLastWords;

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
  PusherLastWords last_words;

  const PusherTransportListener *transport_listener;
  PusherTransport *transport;
  PusherPace pace; /* of what the transport and the inbox do */
  PusherInbox inbox;
  PusherEnd end;
  PusherEvent *spare_event; /* for the owner, who handles messages */
  PusherLiveness liveness;
  char *host;            /* of the last attempt, for the heartbeat */
  PusherSilence silence; /* that the last connection may have ended for */
  PusherWatcher watcher; /* joined while a connection is wanted */
  gint64 pongs_since; /* a second in which this many pongs were sent */
  guint n_pongs;
  guint64 pong_drains; /* of the transport, when the last pong was sent */

  PusherTaskList openers;
  PusherTaskList *closers; /* of a close that begins */
  gint64 connected_at;
  gint64 silent_since; /* what came after it may be lost; 0 if that is not known */
  gint64 lost_at;      /* of the last connection */
  gint64 attempted_at;
  guint failures;     /* since the connection was last stable */
  gboolean needs_tls; /* the server said so */
  gboolean cut;       /* the last connection has ended without a close frame */
};

void pusher_connection_set_deadline   (PusherConnection     *self,
                                       PusherDeadline        deadline,
                                       gint64                time);
void pusher_connection_set_socket_id  (PusherConnection     *self,
                                       char                 *socket_id);
void pusher_connection_set_state      (PusherConnection     *self,
                                       PusherConnectionState state);
void pusher_connection_set_last_error (PusherConnection     *self,
                                       const GError         *error);

void pusher_connection_forget_words   (PusherConnection     *self);

void pusher_connection_tell_changes   (PusherConnection     *self);
void pusher_connection_tell_error     (PusherConnection     *self,
                                       const GError         *error);

G_END_DECLS
