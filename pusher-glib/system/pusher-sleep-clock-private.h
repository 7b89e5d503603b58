/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the machine has been suspended since the last time. Only the clock
 * that goes on while the machine sleeps knows; where there is none, it never
 * has. */
typedef struct
{
  int fd;       /* readable when it may have slept, or -1; costs no wake-ups */
  gint64 slept; /* µs since the machine was started */
} PusherSleepClock;

void     pusher_sleep_clock_init      (PusherSleepClock *self);
void     pusher_sleep_clock_clear     (PusherSleepClock *self);
gboolean pusher_sleep_clock_has_slept (PusherSleepClock *self);

/* In µs; goes on while the machine sleeps, if there is such a clock. */
gint64 pusher_sleep_clock_now (void);

/* For tests; NULL for the real ones. */
typedef struct
{
  gint64 (*monotonic) (void);
  gint64 (*boot) (void); /* goes on while the machine sleeps */
} PusherSleepClockSource;

void pusher_sleep_clock_set_source (const PusherSleepClockSource *source);

G_END_DECLS
