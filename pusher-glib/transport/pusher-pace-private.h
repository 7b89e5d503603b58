/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-clock-private.h"

G_BEGIN_DECLS

/* How much of the main loop's time the messages of a connection take: a burst with
 * slow handlers must not stop everything else. Reading and delivering together have
 * the time of one slice; then everything else has its turn. */
typedef struct
{
  const PusherClock *clock;
  gboolean held; /* messages that have been read wait to be delivered */
  gint64 begin; /* of the slice, in µs */
  gint64 asked; /* when there was a question for time */
  gboolean had_time; /* the answer */
} PusherPace;

void     pusher_pace_init        (PusherPace        *self,
                                  const PusherClock *clock);
void     pusher_pace_hold        (PusherPace        *self,
                                  gboolean           hold);
void     pusher_pace_start_slice (PusherPace        *self);
gboolean pusher_pace_slice_lasts (PusherPace        *self);
gboolean pusher_pace_may_read    (PusherPace        *self,
                                  gboolean           begins);
gboolean pusher_pace_has_time    (PusherPace        *self,
                                  gint64             now);

G_END_DECLS
