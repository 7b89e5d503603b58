/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-clock-private.h"

static gint64
get_now (gpointer user_data)
{
  return *(gint64 *) user_data;
}

static double
get_quarter (gpointer user_data)
{
  return *(gint64 *) user_data / 168.0;
}

static void
test_given (void)
{
  gint64 now = 42;
  const PusherClock clock = { get_now, get_quarter, &now };

  g_assert_cmpint (pusher_clock_now (&clock), ==, 42);
  g_assert_cmpfloat_with_epsilon (pusher_clock_random (&clock), 0.25, 1e-9);
}

static void
test_real (void)
{
  gint64 before = g_get_monotonic_time ();
  guint halves[2] = { 0 };

  g_assert_cmpint (pusher_clock_now (&pusher_real_clock), >=, before);
  g_assert_cmpint (pusher_clock_now (&pusher_real_clock), <=, g_get_monotonic_time ());

  for (guint i = 0; i < 10000; i++)
    {
      double random = pusher_clock_random (&pusher_real_clock);

      g_assert_cmpfloat (random, >=, 0);
      g_assert_cmpfloat (random, <, 1);
      halves[random < 0.5]++;
    }
  g_assert_cmpuint (halves[0], >, 4500);
  g_assert_cmpuint (halves[1], >, 4500);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clock/given", test_given);
  g_test_add_func ("/clock/real", test_real);

  return g_test_run ();
}
