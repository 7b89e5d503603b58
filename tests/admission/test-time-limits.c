/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "admission/pusher-time-limits-private.h"

typedef struct
{
  const char *name;
  PusherTimeLimit limit;
} Thing;

/* Those that are over by then, in order */
static void
assert_over (PusherTimeLimits *limits,
             gint64            now,
             const char       *names)
{
  g_autoptr (GString) over = g_string_new (NULL);
  Thing *thing;

  while ((thing = pusher_time_limits_take_over (limits, now)) != NULL)
    {
      g_assert_cmpint (thing->limit.ends_at, ==, 0);
      g_string_append (over, thing->name);
    }
  g_assert_cmpstr (over->str, ==, names);
}

static void
test_order (void)
{
  PusherTimeLimits limits = { 0 };
  Thing a = { "a" }, b = { "b" }, c = { "c" }, d = { "d" };

  g_assert_cmpint (pusher_time_limits_get_first (&limits), ==, 0);
  assert_over (&limits, G_MAXINT64, "");

  pusher_time_limits_start (&limits, &a.limit, &a, 20);
  pusher_time_limits_start (&limits, &b.limit, &b, 30);
  pusher_time_limits_start (&limits, &c.limit, &c, 10);
  pusher_time_limits_start (&limits, &d.limit, &d, 20);
  g_assert_cmpint (pusher_time_limits_get_first (&limits), ==, 10);
  assert_over (&limits, 9, "");
  assert_over (&limits, 10, "c");
  g_assert_cmpint (pusher_time_limits_get_first (&limits), ==, 20);
  assert_over (&limits, 40, "adb");
  g_assert_cmpint (pusher_time_limits_get_first (&limits), ==, 0);
}

static void
test_stop (void)
{
  PusherTimeLimits limits = { 0 };
  Thing a = { "a" }, b = { "b" };

  pusher_time_limits_stop (&limits, &a.limit);
  pusher_time_limits_start (&limits, &a.limit, &a, 10);
  pusher_time_limits_start (&limits, &b.limit, &b, 20);
  pusher_time_limits_stop (&limits, &a.limit);
  pusher_time_limits_stop (&limits, &a.limit);
  g_assert_cmpint (pusher_time_limits_get_first (&limits), ==, 20);
  assert_over (&limits, 20, "b");
}

static void
test_anew (void)
{
  PusherTimeLimits limits = { 0 };
  Thing a = { "a" }, b = { "b" };

  pusher_time_limits_start (&limits, &a.limit, &a, 10);
  pusher_time_limits_start (&limits, &b.limit, &b, 20);
  pusher_time_limits_start (&limits, &a.limit, &a, 30);
  assert_over (&limits, 30, "ba");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/time-limits/order", test_order);
  g_test_add_func ("/time-limits/stop", test_stop);
  g_test_add_func ("/time-limits/anew", test_anew);

  return g_test_run ();
}
