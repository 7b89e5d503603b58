/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PUSHER_SUBSCRIPTION_PACE_N_SLOTS 18

/* How fast a server takes messages: as fast as they come until it objects, then so many
 * in any period. Knows no clock: whoever sends says what it has sent, and asks when the
 * next may go. All times are in µs. */
typedef struct
{
  guint allowance;  /* messages a period; 0 for any number */
  gint64 period;
  gboolean is_shared; /* connections that follow each other have one allowance */

  /* What was sent in the last parts of a period, of which there are 16: one of the two
   * more is the present one, and one is what two clocks may disagree by. */
  guint n_sent[PUSHER_SUBSCRIPTION_PACE_N_SLOTS];
  gint64 slot; /* the number of the last part */
} PusherSubscriptionPace;

void   pusher_subscription_pace_init    (PusherSubscriptionPace *self);
void   pusher_subscription_pace_connect (PusherSubscriptionPace *self);
void   pusher_subscription_pace_count   (PusherSubscriptionPace *self,
                                         guint                   n,
                                         gint64                  now);
guint  pusher_subscription_pace_get_n_sent
                                        (PusherSubscriptionPace *self,
                                         gint64                  now);
gint64 pusher_subscription_pace_get_next
                                        (PusherSubscriptionPace *self,
                                         gint64                  now);
void   pusher_subscription_pace_slow_down
                                        (PusherSubscriptionPace *self,
                                         guint                   n_taken,
                                         gint64                  now);

G_END_DECLS
