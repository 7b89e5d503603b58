/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "connection/pusher-deadlines-private.h"
#include "wait.h"

/* Another time than the real one, so that a mix-up of the two would show. */
#define START (100 * (gint64) G_USEC_PER_SEC)
#define HOUR (3600 * (gint64) G_USEC_PER_SEC)

typedef struct
{
  GMainContext *context;
  PusherClock clock;
  PusherDeadlines deadlines;
  gint64 now;
  guint n_calls;
  gboolean taken[PUSHER_N_DEADLINES];
} Owner;

static gint64
virtual_now (gpointer user_data)
{
  return ((Owner *) user_data)->now;
}

static gboolean
due_cb (gpointer user_data)
{
  Owner *fixture = user_data;

  fixture->n_calls++;
  for (guint i = 0; i < PUSHER_N_DEADLINES; i++)
    if (pusher_deadlines_take_due (&fixture->deadlines, i))
      {
        g_assert_false (fixture->taken[i]);
        fixture->taken[i] = TRUE;
      }
  pusher_deadlines_arm (&fixture->deadlines);

  return G_SOURCE_CONTINUE;
}

static void
set_up (Owner        *fixture,
        gconstpointer user_data)
{
  fixture->context = g_main_context_new ();
  fixture->now = START;
  g_main_context_push_thread_default (fixture->context);
  fixture->clock = (PusherClock) { virtual_now, NULL, fixture };
  pusher_deadlines_init (&fixture->deadlines, &fixture->clock, due_cb, fixture);
}

static void
tear_down (Owner        *fixture,
           gconstpointer user_data)
{
  if (fixture->deadlines.timer != NULL)
    pusher_deadlines_clear (&fixture->deadlines);
  g_assert_null (g_main_context_find_source_by_user_data (fixture->context, fixture));
  g_main_context_pop_thread_default (fixture->context);
  g_main_context_unref (fixture->context);
}

/* Whether the source wakes up in the real time that corresponds to time. The
 * call that armed it was made after the real time before. */
static void
assert_armed (Owner   *fixture,
              gint64   before,
              gint64   time)
{
  gint64 ready = g_source_get_ready_time (fixture->deadlines.timer);

  g_assert_cmpint (ready, >=, before + time - fixture->now);
  g_assert_cmpint (ready, <=, g_get_monotonic_time () + time - fixture->now);
}

static void
assert_disarmed (Owner *fixture)
{
  g_assert_cmpint (g_source_get_ready_time (fixture->deadlines.timer), ==, -1);
}

static void
test_nothing_to_wait_for (Owner        *fixture,
                          gconstpointer user_data)
{
  assert_disarmed (fixture);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 0);
  for (guint i = 0; i < PUSHER_N_DEADLINES; i++)
    g_assert_false (pusher_deadlines_take_due (&fixture->deadlines, i));
}

static void
test_armed_for_the_first (Owner        *fixture,
                          gconstpointer user_data)
{
  PusherDeadlines *deadlines = &fixture->deadlines;
  gint64 before = g_get_monotonic_time ();

  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_CONNECT, START + 3 * HOUR);
  assert_armed (fixture, before, START + 3 * HOUR);
  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_RETRY, START + HOUR);
  assert_armed (fixture, before, START + HOUR);
  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_LIVENESS, START + 2 * HOUR);
  assert_armed (fixture, before, START + HOUR);

  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_RETRY, 0);
  assert_armed (fixture, before, START + 2 * HOUR);
  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_LIVENESS, START + 4 * HOUR);
  assert_armed (fixture, before, START + 3 * HOUR);
  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_CONNECT, 0);
  assert_armed (fixture, before, START + 4 * HOUR);
  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_LIVENESS, 0);
  assert_disarmed (fixture);

  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

/* A deadline that moves with each message of the server must not cost a system
 * call each time. */
static void
test_same_time_again (Owner        *fixture,
                      gconstpointer user_data)
{
  gint64 ready, since;

  pusher_deadlines_set (&fixture->deadlines, PUSHER_DEADLINE_LIVENESS, START + HOUR);
  ready = g_source_get_ready_time (fixture->deadlines.timer);
  for (since = g_get_monotonic_time (); g_get_monotonic_time () < since + 2;)
    ;
  pusher_deadlines_set (&fixture->deadlines, PUSHER_DEADLINE_LIVENESS, START + HOUR);
  g_assert_cmpint (g_source_get_ready_time (fixture->deadlines.timer), ==, ready);
}

static void
test_take_due (Owner        *fixture,
               gconstpointer user_data)
{
  PusherDeadlines *deadlines = &fixture->deadlines;

  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_CONNECT, START + 10);
  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_RETRY, START + 20);

  fixture->now = START + 9;
  g_assert_false (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_CONNECT));
  fixture->now = START + 10;
  g_assert_true (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_CONNECT));
  g_assert_false (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_CONNECT));
  g_assert_false (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_RETRY));
  fixture->now = START + HOUR;
  g_assert_true (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_RETRY));
  g_assert_false (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_RETRY));
}

static void
test_dispatch (Owner        *fixture,
               gconstpointer user_data)
{
  PusherDeadlines *deadlines = &fixture->deadlines;
  gint64 before = g_get_monotonic_time ();

  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_CONNECT, START + HOUR);
  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_UNAVAILABLE, START + HOUR);
  pusher_deadlines_set (deadlines, PUSHER_DEADLINE_LIVENESS, START + 2 * HOUR);

  fixture->now = START + HOUR - 1;
  pusher_deadlines_arm (deadlines);
  assert_armed (fixture, before, START + HOUR);

  fixture->now = START + HOUR;
  pusher_deadlines_arm (deadlines);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 1);
  g_assert_true (fixture->taken[PUSHER_DEADLINE_CONNECT]);
  g_assert_true (fixture->taken[PUSHER_DEADLINE_UNAVAILABLE]);
  g_assert_false (fixture->taken[PUSHER_DEADLINE_RETRY]);
  g_assert_false (fixture->taken[PUSHER_DEADLINE_LIVENESS]);
  assert_armed (fixture, before, START + 2 * HOUR);

  fixture->now = START + 5 * HOUR;
  pusher_deadlines_arm (deadlines);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 2);
  g_assert_true (fixture->taken[PUSHER_DEADLINE_LIVENESS]);
  assert_disarmed (fixture);
}

static void
test_already_past (Owner        *fixture,
                   gconstpointer user_data)
{
  pusher_deadlines_set (&fixture->deadlines, PUSHER_DEADLINE_RETRY, START - 50);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 1);
  g_assert_true (fixture->taken[PUSHER_DEADLINE_RETRY]);
  assert_disarmed (fixture);
}

/* Every number of seconds that a setting may have. */
static void
test_seconds (Owner        *fixture,
              gconstpointer user_data)
{
  const guint seconds[] = { 1, 15, 120, 4294, 4295, 86400, G_MAXINT, G_MAXUINT };

  for (gsize i = 0; i < G_N_ELEMENTS (seconds); i++)
    {
      gint64 before = g_get_monotonic_time ();
      gint64 time = START + (gint64) seconds[i] * G_USEC_PER_SEC;

      g_test_message ("%u seconds", seconds[i]);
      pusher_deadlines_set_seconds (&fixture->deadlines, PUSHER_DEADLINE_CONNECT, seconds[i]);
      g_assert_cmpint (fixture->deadlines.times[PUSHER_DEADLINE_CONNECT], ==, time);
      assert_armed (fixture, before, time);
    }

  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

static gboolean
clear_cb (gpointer user_data)
{
  Owner *fixture = user_data;

  fixture->n_calls++;
  pusher_deadlines_clear (&fixture->deadlines);

  return G_SOURCE_CONTINUE;
}

/* A handler may drop the last reference to the client. */
static void
test_clear_while_dispatching (Owner        *fixture,
                              gconstpointer user_data)
{
  g_source_set_callback (fixture->deadlines.timer, clear_cb, fixture, NULL);
  pusher_deadlines_set (&fixture->deadlines, PUSHER_DEADLINE_RETRY, START);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 1);
  g_assert_null (fixture->deadlines.timer);
}

static void
test_clear_while_armed (Owner        *fixture,
                        gconstpointer user_data)
{
  pusher_deadlines_set (&fixture->deadlines, PUSHER_DEADLINE_RETRY, START);
  pusher_deadlines_clear (&fixture->deadlines);
  settle ();
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

static gboolean
note_time_cb (gpointer user_data)
{
  gint64 *time = user_data;

  *time = g_get_monotonic_time ();

  return G_SOURCE_CONTINUE;
}

/* Without a clock of a test: real time. */
static void
test_real (void)
{
  PusherDeadlines deadlines = { 0 };
  gint64 before = g_get_monotonic_time ();
  gint64 fired = 0;

  pusher_deadlines_init (&deadlines, &pusher_real_clock, note_time_cb, &fired);

  pusher_deadlines_set (&deadlines, PUSHER_DEADLINE_RETRY, before + 20000);
  while (fired == 0 && g_get_monotonic_time () < before + 10 * G_USEC_PER_SEC)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpint (fired, >=, before + 20000);
  g_assert_true (pusher_deadlines_take_due (&deadlines, PUSHER_DEADLINE_RETRY));

  pusher_deadlines_clear (&deadlines);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add ("/deadlines/" path, Owner, NULL, set_up, test, tear_down)
  add ("nothing-to-wait-for", test_nothing_to_wait_for);
  add ("armed-for-the-first", test_armed_for_the_first);
  add ("same-time-again", test_same_time_again);
  add ("take-due", test_take_due);
  add ("dispatch", test_dispatch);
  add ("already-past", test_already_past);
  add ("seconds", test_seconds);
  add ("clear-while-dispatching", test_clear_while_dispatching);
  add ("clear-while-armed", test_clear_while_armed);
  g_test_add_func ("/deadlines/real", test_real);

  return g_test_run ();
}
