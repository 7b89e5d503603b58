/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* When something has to be over. Lies in what it limits, all zero before it runs. */
typedef struct
{
  GList link;
  gint64 ends_at; /* in the clock's time, µs; 0 while it does not run */
} PusherTimeLimit;

/* The time limits of many things of a kind, in the order in which they end: whoever
 * looks after them needs no more than one timer. */
typedef struct
{
  GQueue running;
} PusherTimeLimits;

void     pusher_time_limits_start     (PusherTimeLimits *self,
                                       PusherTimeLimit  *limit,
                                       gpointer          owner,
                                       gint64            ends_at);
void     pusher_time_limits_stop      (PusherTimeLimits *self,
                                       PusherTimeLimit  *limit);
gint64   pusher_time_limits_get_first (PusherTimeLimits *self);
gpointer pusher_time_limits_take_over (PusherTimeLimits *self,
                                       gint64            now);

G_END_DECLS
