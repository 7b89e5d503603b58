/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-subscription-pace-private.h"

#include <string.h>

/* Servers count by the minute, or by less. */
#define MIN_PERIOD (60 * (gint64) G_USEC_PER_SEC)
#define MAX_PERIOD (16 * MIN_PERIOD)
#define SLOTS_PER_PERIOD 16

void
pusher_subscription_pace_init (PusherSubscriptionPace *self)
{
  *self = (PusherSubscriptionPace) { .period = MIN_PERIOD };
}

static gint64
get_slot_length (PusherSubscriptionPace *self)
{
  return self->period / SLOTS_PER_PERIOD;
}

/* Forgets what was sent so long ago that it does not matter any more. */
static void
move_on (PusherSubscriptionPace *self,
         gint64                  now)
{
  gint64 slot = now / get_slot_length (self);

  if (slot - self->slot >= PUSHER_SUBSCRIPTION_PACE_N_SLOTS)
    memset (self->n_sent, 0, sizeof self->n_sent);
  else
    for (gint64 i = self->slot + 1; i <= slot; i++)
      self->n_sent[i % PUSHER_SUBSCRIPTION_PACE_N_SLOTS] = 0;
  self->slot = MAX (slot, self->slot);
}

/* There is a new connection. */
void
pusher_subscription_pace_connect (PusherSubscriptionPace *self)
{
  if (!self->is_shared)
    memset (self->n_sent, 0, sizeof self->n_sent);
}

/* So many messages were sent. */
void
pusher_subscription_pace_count (PusherSubscriptionPace *self,
                                guint                   n,
                                gint64                  now)
{
  move_on (self, now);
  self->n_sent[self->slot % PUSHER_SUBSCRIPTION_PACE_N_SLOTS] += n;
}

/* In the last period, or a bit more than that. */
guint
pusher_subscription_pace_get_n_sent (PusherSubscriptionPace *self,
                                     gint64                  now)
{
  guint n = 0;

  move_on (self, now);
  for (guint i = 0; i < PUSHER_SUBSCRIPTION_PACE_N_SLOTS; i++)
    n += self->n_sent[i];

  return n;
}

/* When the next message may be sent: maybe now. */
gint64
pusher_subscription_pace_get_next (PusherSubscriptionPace *self,
                                   gint64                  now)
{
  guint n_sent;

  if (self->allowance == 0)
    return now;

  n_sent = pusher_subscription_pace_get_n_sent (self, now);
  if (n_sent < self->allowance)
    return now;

  /* The oldest go first. */
  for (gint64 i = self->slot + 1; i < self->slot + PUSHER_SUBSCRIPTION_PACE_N_SLOTS; i++)
    {
      n_sent -= self->n_sent[i % PUSHER_SUBSCRIPTION_PACE_N_SLOTS];
      if (n_sent < self->allowance)
        return i * get_slot_length (self);
    }

  return (self->slot + PUSHER_SUBSCRIPTION_PACE_N_SLOTS) * get_slot_length (self);
}

/* Counts what was sent anew: parts have another length. */
static void
set_period (PusherSubscriptionPace *self,
            gint64                  period,
            gint64                  now)
{
  guint n_sent = pusher_subscription_pace_get_n_sent (self, now);

  memset (self->n_sent, 0, sizeof self->n_sent);
  self->period = period;
  self->slot = now / get_slot_length (self);
  self->n_sent[self->slot % PUSHER_SUBSCRIPTION_PACE_N_SLOTS] = n_sent;
}

/* The server has objected, after it has taken so many messages in the last period. One
 * that takes nothing at all counts by a longer one, or for all connections. */
void
pusher_subscription_pace_slow_down (PusherSubscriptionPace *self,
                                    guint                   n_taken,
                                    gint64                  now)
{
  guint limit = n_taken;

  if (self->allowance == 0 && n_taken == 0)
    limit = pusher_subscription_pace_get_n_sent (self, now) / 2;
  else if (self->allowance != 0)
    limit = n_taken > 0 ? MIN (n_taken, self->allowance) : self->allowance;

  if (self->allowance != 0 && n_taken == 0 && self->is_shared)
    set_period (self, MIN (2 * self->period, MAX_PERIOD), now);
  if (self->allowance != 0 && n_taken == 0)
    self->is_shared = TRUE;
  else
    self->allowance = MAX (1, limit - limit / 4);
}
