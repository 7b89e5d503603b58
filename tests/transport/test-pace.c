/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How long a client reads before others have a turn, to the microsecond. */

#include "transport/pusher-pace-private.h"

#define SLICE 5000
#define LULL 1000

typedef struct
{
  gint64 now;
  PusherClock clock;
  PusherPace pace;
} Test;

static gint64
get_now (gpointer user_data)
{
  return ((Test *) user_data)->now;
}

static void
set_up (Test         *test,
        gconstpointer user_data)
{
  test->now = 1000 * 1000;
  test->clock = (PusherClock) { get_now, NULL, test };
  pusher_pace_init (&test->pace, &test->clock);
}

static void
tear_down (Test         *test,
           gconstpointer user_data)
{
}

static void
test_slice (Test         *test,
            gconstpointer user_data)
{
  pusher_pace_start_slice (&test->pace);
  test->now += SLICE - 1;
  g_assert_true (pusher_pace_slice_lasts (&test->pace));
  g_assert_true (pusher_pace_has_time (&test->pace, test->now));
  test->now++;
  g_assert_false (pusher_pace_slice_lasts (&test->pace));
  g_assert_false (pusher_pace_has_time (&test->pace, test->now));
  pusher_pace_start_slice (&test->pace);
  g_assert_true (pusher_pace_slice_lasts (&test->pace));
}

/* Iterations that follow each other closely share a slice; any other begins one. */
static void
test_lull (Test         *test,
           gconstpointer user_data)
{
  g_assert_true (pusher_pace_may_read (&test->pace, TRUE));
  for (guint i = 1; i < SLICE / LULL; i++)
    {
      test->now += LULL;
      g_assert_true (pusher_pace_may_read (&test->pace, TRUE));
    }
  test->now += LULL;
  g_assert_false (pusher_pace_may_read (&test->pace, TRUE));

  /* Others have had their turn */
  g_assert_true (pusher_pace_may_read (&test->pace, TRUE));
  for (guint i = 0; i < 2 * SLICE / LULL; i++)
    {
      test->now += LULL + 1;
      g_assert_true (pusher_pace_may_read (&test->pace, TRUE));
    }

  /* The same iteration goes on */
  test->now += SLICE;
  g_assert_false (pusher_pace_may_read (&test->pace, FALSE));
  g_assert_false (pusher_pace_may_read (&test->pace, FALSE));
}

static void
test_hold (Test         *test,
           gconstpointer user_data)
{
  g_assert_true (pusher_pace_may_read (&test->pace, TRUE));
  pusher_pace_hold (&test->pace, TRUE);
  g_assert_false (pusher_pace_may_read (&test->pace, TRUE));
  g_assert_true (pusher_pace_slice_lasts (&test->pace));
  pusher_pace_hold (&test->pace, FALSE);
  g_assert_true (pusher_pace_may_read (&test->pace, TRUE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add ("/pace/" path, Test, NULL, set_up, test, tear_down)
  add ("slice", test_slice);
  add ("lull", test_lull);
  add ("hold", test_hold);

  return g_test_run ();
}
