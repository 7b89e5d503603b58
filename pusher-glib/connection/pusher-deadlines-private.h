/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-clock-private.h"

G_BEGIN_DECLS

typedef enum
{
  PUSHER_DEADLINE_CONNECT,     /* of the attempt under way */
  PUSHER_DEADLINE_UNAVAILABLE, /* to tell the application */
  PUSHER_DEADLINE_RETRY,       /* of the wait for the next attempt */
  PUSHER_DEADLINE_LIVENESS,    /* to ask whether the peer is there */
  PUSHER_DEADLINE_RESUBSCRIBE, /* to try again what failed */
  PUSHER_DEADLINE_WAKE,        /* of the owner */
  PUSHER_DEADLINE_WAKE_ANYWAY, /* of the owner, connected or not */
  PUSHER_N_DEADLINES
} PusherDeadline;

/* All deadlines of a connection with one source, which is armed for the first
 * of them. Times are the clock's, in µs; 0 stands for none. */
typedef struct
{
  const PusherClock *clock;
  GSource *timer;
  gint64 times[PUSHER_N_DEADLINES];
} PusherDeadlines;

void     pusher_deadlines_init        (PusherDeadlines   *self,
                                       const PusherClock *clock,
                                       GSourceFunc        due_cb,
                                       gpointer           user_data);
void     pusher_deadlines_clear       (PusherDeadlines   *self);
void     pusher_deadlines_set         (PusherDeadlines   *self,
                                       PusherDeadline     deadline,
                                       gint64             time);
void     pusher_deadlines_set_seconds (PusherDeadlines   *self,
                                       PusherDeadline     deadline,
                                       guint              seconds);
gboolean pusher_deadlines_take_due    (PusherDeadlines   *self,
                                       PusherDeadline     deadline);
void     pusher_deadlines_arm         (PusherDeadlines   *self);

G_END_DECLS
