/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-pace-private.h"

/* µs; less than half of what a frame has at 60 Hz */
#define SLICE 5000

/* µs; reading that goes on sooner than this has left others no time to speak of. */
#define LULL 1000

/* The clock stays the caller's. */
void
pusher_pace_init (PusherPace        *self,
                  const PusherClock *clock)
{
  *self = (PusherPace) { .clock = clock };
}

/* While messages that have been read wait, what comes after them must, too. */
void
pusher_pace_hold (PusherPace *self,
                  gboolean    hold)
{
  self->held = hold;
}

void
pusher_pace_start_slice (PusherPace *self)
{
  self->begin = pusher_clock_now (self->clock);
}

gboolean
pusher_pace_slice_lasts (PusherPace *self)
{
  return pusher_clock_now (self->clock) - self->begin < SLICE;
}

/* Whether to read on; begins: nothing was read before in this iteration of the main
 * loop. A slice goes through several iterations if each of them finds the socket
 * empty in the end, and the next one finds more: reading then never has less than
 * the usual priority, and what has less would wait for ever. */
gboolean
pusher_pace_may_read (PusherPace *self,
                      gboolean    begins)
{
  gint64 now = pusher_clock_now (self->clock);

  if (begins && (!self->had_time || now - self->asked > LULL))
    self->begin = now;

  return pusher_pace_has_time (self, now);
}

/* Whether there is time for a message now. */
gboolean
pusher_pace_has_time (PusherPace *self,
                      gint64      now)
{
  self->asked = now;
  self->had_time = !self->held && now - self->begin < SLICE;

  return self->had_time;
}
