/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-clock-private.h"

static gint64
monotonic_now (gpointer user_data)
{
  return g_get_monotonic_time ();
}

static double
random_fraction (gpointer user_data)
{
  return g_random_double ();
}

const PusherClock pusher_real_clock = { monotonic_now, random_fraction, NULL };
