/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "pusher-heartbeat-private.h"

G_BEGIN_DECLS

/* That have not been answered and are still of interest; the oldest of which nobody
 * waits for the answer any more makes room for a new one. */
#define PUSHER_LIVENESS_MAX_PINGS 64

/* Since a message came */
typedef struct
{
  guint64 n_received;
  gint64 longest;   /* the longest silence until something was sent, or the first ping */
  gboolean pinged;  /* what is silence after that is no idleness */
  gboolean doubted; /* the machine has hinted that something else has happened */
} PusherQuiet;

/* Whether the peer of an established connection is still there (protocol,
 * "Liveness"). Knows no clock and no socket: its owner tells it what happened
 * when, and asks it what to do. All times are in µs. */
typedef struct
{
  gint64 activity_timeout;
  gint64 interval; /* after such a silence a ping is due: at most the activity timeout */
  gint64 pong_timeout;
  gint64 last_received;
  gint64 last_sent;
  gint64 round_trip; /* of the last ping that was answered; -1 if none was */
  guint64 n_received;
  gboolean doubted; /* and not told yet */
  PusherQuiet quiet;
  GQueue pings; /* in the order in which they were sent and will be answered */
  guint64 n_forgotten; /* before them, whose answers may still come */
} PusherLiveness;

typedef enum
{
  PUSHER_LIVENESS_WAIT, /* ask again at the given time */
  PUSHER_LIVENESS_PING, /* send a ping and tell */
  PUSHER_LIVENESS_PROBE, /* the same, and do not wait for long */
  PUSHER_LIVENESS_DEAD,
} PusherLivenessVerdict;

void                  pusher_liveness_start    (PusherLiveness *self,
                                                gint64          activity_timeout,
                                                gint64          pong_timeout,
                                                gint64          now);
void                  pusher_liveness_stop     (PusherLiveness *self,
                                                GPtrArray      *tasks);
void                  pusher_liveness_received (PusherLiveness *self,
                                                gint64          now);
void                  pusher_liveness_sent     (PusherLiveness *self,
                                                gint64          now);
gboolean              pusher_liveness_may_ping (PusherLiveness *self);
void                  pusher_liveness_pinged   (PusherLiveness *self,
                                                gint64          now,
                                                gint64          timeout,
                                                GTask          *task);
void                  pusher_liveness_ponged   (PusherLiveness *self,
                                                gint64          now);
void                  pusher_liveness_doubt    (PusherLiveness *self);
PusherLivenessVerdict pusher_liveness_check    (PusherLiveness *self,
                                                gint64          now,
                                                gint64         *due,
                                                GPtrArray      *overdue);
gint64                pusher_liveness_get_held (PusherLiveness *self);
PusherSilence         pusher_liveness_get_silence
                                               (PusherLiveness *self,
                                                gint64          now);

G_END_DECLS
