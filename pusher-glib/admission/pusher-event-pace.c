/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-event-pace-private.h"

/* More than a second: what is sent evenly may arrive in a bunch. */
#define MIN_PERIOD (5 * (gint64) G_USEC_PER_SEC / 4)
#define MAX_PERIOD (80 * (gint64) G_USEC_PER_SEC)

/* An objection that comes later is about something else. */
#define OBJECTION_PERIOD (5 * (gint64) G_USEC_PER_SEC)

void
pusher_event_pace_init (PusherEventPace *self)
{
  *self = (PusherEventPace) { .period = MIN_PERIOD };
}

/* A client event was sent. */
void
pusher_event_pace_note (PusherEventPace *self,
                        gboolean         was_kept,
                        gint64           now)
{
  self->sent_at[self->oldest] = now;
  self->oldest = (self->oldest + 1) % PUSHER_EVENT_PACE_N_EVENTS;
  if (was_kept)
    self->kept_sent_at = now;
}

/* The server has said that there were too many, maybe once for each: that counts once a
 * pause. */
void
pusher_event_pace_object (PusherEventPace *self,
                          gint64           now)
{
  if (self->kept_sent_at == 0 || now - self->kept_sent_at > OBJECTION_PERIOD ||
      now < self->paused_until)
    return;

  self->period = MIN (2 * self->period, MAX_PERIOD);
  pusher_event_pace_pause (self, now + self->period);
}

void
pusher_event_pace_pause (PusherEventPace *self,
                         gint64           until)
{
  self->paused_until = MAX (self->paused_until, until);
}

/* When the next may be sent that was kept: maybe now. */
gint64
pusher_event_pace_get_next (PusherEventPace *self,
                            gint64           now)
{
  gint64 oldest = self->sent_at[self->oldest];
  gint64 next = oldest != 0 ? oldest + self->period : now;

  return MAX (MAX (next, self->paused_until), now);
}
