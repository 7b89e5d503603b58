/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where time and chance come from; tests have their own. */
typedef struct
{
  gint64 (*now) (gpointer user_data);    /* monotonic, µs */
  double (*random) (gpointer user_data); /* in [0, 1) */
  gpointer user_data;
} PusherClock;

extern const PusherClock pusher_real_clock;

static inline gint64
pusher_clock_now (const PusherClock *self)
{
  return self->now (self->user_data);
}

static inline double
pusher_clock_random (const PusherClock *self)
{
  return self->random (self->user_data);
}

G_END_DECLS
