/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-task-list-private.h"
#include "connection/pusher-liveness-private.h"
#include "wait.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)
#define ACTIVITY (120 * SECOND)
#define PONG (30 * SECOND)

typedef struct
{
  PusherLiveness liveness;
  GPtrArray *overdue;
  gint64 due;
} Owner;

static void
set_up (Owner        *fixture,
        gconstpointer user_data)
{
  fixture->overdue = pusher_tasks_new ();
  pusher_liveness_start (&fixture->liveness, ACTIVITY, PONG, START);
}

static void
tear_down (Owner        *fixture,
           gconstpointer user_data)
{
  g_assert_cmpuint (fixture->overdue->len, ==, 0);
  pusher_liveness_stop (&fixture->liveness, fixture->overdue);
  g_ptr_array_unref (fixture->overdue);
}

static PusherLivenessVerdict
check (Owner   *fixture,
       gint64   now)
{
  fixture->due = 0;

  return pusher_liveness_check (&fixture->liveness, now, &fixture->due, fixture->overdue);
}

static void
assert_waits (Owner   *fixture,
              gint64   now,
              gint64   due)
{
  g_assert_cmpint (check (fixture, now), ==, PUSHER_LIVENESS_WAIT);
  g_assert_cmpint (fixture->due, ==, due);
}

/* What the application gets for a ping of its own. */
typedef struct
{
  guint n_returned;
  gssize round_trip;
  GError *error;
} Answer;

static void
ponged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->n_returned++;
  answer->round_trip = g_task_propagate_int (G_TASK (result), &answer->error);
}

static void
ping (Owner        *fixture,
      gint64        now,
      Answer       *answer,
      GCancellable *cancellable)
{
  *answer = (Answer) { 0 };
  pusher_liveness_pinged (&fixture->liveness, now, fixture->liveness.pong_timeout,
                          g_task_new (NULL, cancellable, ponged_cb, answer));
}

static void
pong (Owner   *fixture,
      gint64   now)
{
  pusher_liveness_received (&fixture->liveness, now);
  pusher_liveness_ponged (&fixture->liveness, now);
}

static void
assert_round_trip (const Answer *answer,
                   gint64        round_trip)
{
  settle ();
  g_assert_cmpuint (answer->n_returned, ==, 1);
  g_assert_no_error (answer->error);
  g_assert_cmpint (answer->round_trip, ==, round_trip);
}

static void
assert_waiting (const Answer *answer)
{
  settle ();
  g_assert_cmpuint (answer->n_returned, ==, 0);
}

/* Returns the tasks that are overdue, as their owner does. */
static void
assert_overdue (Owner   *fixture,
                guint    n_tasks)
{
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "overdue");

  g_assert_cmpuint (fixture->overdue->len, ==, n_tasks);
  pusher_tasks_return_error (fixture->overdue, error);
  g_ptr_array_set_size (fixture->overdue, 0);
}

static void
assert_timed_out (Answer *answer)
{
  settle ();
  g_assert_cmpuint (answer->n_returned, ==, 1);
  g_assert_error (answer->error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (answer->round_trip, ==, -1);
  g_clear_error (&answer->error);
}

static void
test_silence (Owner        *fixture,
              gconstpointer user_data)
{
  assert_waits (fixture, START, START + ACTIVITY);
  assert_waits (fixture, START + ACTIVITY - 1, START + ACTIVITY);
  g_assert_cmpint (check (fixture, START + ACTIVITY), ==, PUSHER_LIVENESS_PING);
  g_assert_cmpint (check (fixture, START + ACTIVITY * 10), ==, PUSHER_LIVENESS_PING);
}

static void
test_messages_put_it_off (Owner        *fixture,
                          gconstpointer user_data)
{
  gint64 now = START;

  for (guint i = 0; i < 100; i++)
    {
      now += ACTIVITY - 1;
      assert_waits (fixture, now, now + 1);
      pusher_liveness_received (&fixture->liveness, now);
      assert_waits (fixture, now, now + ACTIVITY);
    }

  g_assert_cmpint (check (fixture, now + ACTIVITY), ==, PUSHER_LIVENESS_PING);
}

static void
test_dead (Owner        *fixture,
           gconstpointer user_data)
{
  gint64 sent = START + ACTIVITY + 5;

  pusher_liveness_pinged (&fixture->liveness, sent, PONG, NULL);
  assert_waits (fixture, sent, sent + PONG);
  assert_waits (fixture, sent + PONG - 1, sent + PONG);
  g_assert_cmpint (check (fixture, sent + PONG), ==, PUSHER_LIVENESS_DEAD);
  g_assert_cmpint (check (fixture, sent + PONG + ACTIVITY), ==, PUSHER_LIVENESS_DEAD);
}

/* A ping of the application finds a dead connection sooner than the silence
 * would. The task stays for the owner, who takes the connection down. */
static void
test_dead_by_own_ping (Owner        *fixture,
                       gconstpointer user_data)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "dead");
  Answer answer;

  ping (fixture, START + 1, &answer, NULL);
  g_assert_cmpint (check (fixture, START + 1 + PONG), ==, PUSHER_LIVENESS_DEAD);
  g_assert_cmpuint (fixture->overdue->len, ==, 0);
  assert_waiting (&answer);

  pusher_liveness_stop (&fixture->liveness, tasks);
  g_assert_cmpuint (tasks->len, ==, 1);
  pusher_tasks_return_error (tasks, error);
  assert_timed_out (&answer);
}

static void
test_answered (Owner        *fixture,
               gconstpointer user_data)
{
  gint64 sent = START + ACTIVITY;

  pusher_liveness_pinged (&fixture->liveness, sent, PONG, NULL);
  pong (fixture, sent + SECOND);
  assert_waits (fixture, sent + SECOND, sent + SECOND + ACTIVITY);
  assert_waits (fixture, sent + PONG, sent + SECOND + ACTIVITY);
  g_assert_cmpint (check (fixture, sent + SECOND + ACTIVITY), ==, PUSHER_LIVENESS_PING);
}

/* Any message shows that the peer is there, even one that comes in the same
 * microsecond; the ping itself shows nothing. */
static void
test_any_message_answers (Owner        *fixture,
                          gconstpointer user_data)
{
  gint64 sent = START + ACTIVITY;

  pusher_liveness_pinged (&fixture->liveness, sent, PONG, NULL);
  pusher_liveness_received (&fixture->liveness, sent);
  assert_waits (fixture, sent + PONG, sent + ACTIVITY);

  pusher_liveness_pinged (&fixture->liveness, sent + ACTIVITY, PONG, NULL);
  g_assert_cmpint (check (fixture, sent + ACTIVITY + PONG), ==, PUSHER_LIVENESS_DEAD);
}

static void
test_message_before_ping_is_no_answer (Owner        *fixture,
                                       gconstpointer user_data)
{
  pusher_liveness_received (&fixture->liveness, START + SECOND);
  pusher_liveness_pinged (&fixture->liveness, START + SECOND, PONG, NULL);
  g_assert_cmpint (check (fixture, START + SECOND + PONG), ==, PUSHER_LIVENESS_DEAD);
}

static void
test_overdue_while_messages_flow (Owner        *fixture,
                                  gconstpointer user_data)
{
  Answer answer;
  gint64 now = START;

  ping (fixture, now, &answer, NULL);
  for (; now < START + PONG; now += SECOND)
    {
      assert_waits (fixture, now, START + PONG);
      pusher_liveness_received (&fixture->liveness, now);
      assert_waiting (&answer);
    }

  assert_waits (fixture, now, now - SECOND + ACTIVITY);
  assert_overdue (fixture, 1);
  assert_timed_out (&answer);

  assert_waits (fixture, now, now - SECOND + ACTIVITY);
  assert_overdue (fixture, 0);
}

static void
test_pongs_in_order (Owner        *fixture,
                     gconstpointer user_data)
{
  Answer answers[3];

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    ping (fixture, START + i * SECOND, &answers[i], NULL);

  pong (fixture, START + 4 * SECOND);
  assert_round_trip (&answers[0], 4 * SECOND);
  assert_waiting (&answers[1]);
  assert_waits (fixture, START + 4 * SECOND, START + SECOND + PONG);

  pong (fixture, START + 5 * SECOND);
  assert_round_trip (&answers[1], 4 * SECOND);
  assert_waiting (&answers[2]);

  pong (fixture, START + 2 * SECOND);
  assert_round_trip (&answers[2], 0);
  assert_waits (fixture, START + 5 * SECOND, START + 2 * SECOND + ACTIVITY);
}

/* The pong of a ping that is not waited for any more must not be taken for that
 * of the next one, whose round trip would look far too short. */
static void
test_late_pong (Owner        *fixture,
                gconstpointer user_data)
{
  Answer late, next;

  ping (fixture, START, &late, NULL);
  pusher_liveness_received (&fixture->liveness, START + SECOND);
  check (fixture, START + PONG);
  assert_overdue (fixture, 1);
  assert_timed_out (&late);

  ping (fixture, START + PONG, &next, NULL);
  pong (fixture, START + PONG + 1);
  assert_waiting (&next);
  g_assert_cmpuint (late.n_returned, ==, 1);

  pong (fixture, START + PONG + SECOND);
  assert_round_trip (&next, SECOND);
}

/* A server that answers other things, but never a ping. The pongs that it owes are
 * still not taken for that of the last ping. */
static void
test_never_ponged (Owner        *fixture,
                   gconstpointer user_data)
{
  const guint n = 1000;
  gint64 now = START;
  Answer answer;

  for (guint i = 0; i < n; i++)
    {
      ping (fixture, now, &answer, NULL);
      pusher_liveness_received (&fixture->liveness, now);
      now += PONG;
      check (fixture, now);
      assert_overdue (fixture, 1);
      assert_timed_out (&answer);
      g_assert_true (pusher_liveness_may_ping (&fixture->liveness));
      g_assert_cmpuint (fixture->liveness.pings.length, <=, PUSHER_LIVENESS_MAX_PINGS);
    }

  ping (fixture, now, &answer, NULL);
  for (guint i = 0; i < n; i++)
    pong (fixture, now + SECOND);
  assert_waiting (&answer);
  pong (fixture, now + 2 * SECOND);
  assert_round_trip (&answer, 2 * SECOND);
  g_assert_cmpuint (fixture->liveness.pings.length, ==, 0);
}

/* More than may be under way */
static void
test_too_many (Owner        *fixture,
               gconstpointer user_data)
{
  Answer answers[PUSHER_LIVENESS_MAX_PINGS];

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_assert_true (pusher_liveness_may_ping (&fixture->liveness));
      ping (fixture, START, &answers[i], NULL);
    }
  g_assert_false (pusher_liveness_may_ping (&fixture->liveness));

  pong (fixture, START + SECOND);
  assert_round_trip (&answers[0], SECOND);
  g_assert_true (pusher_liveness_may_ping (&fixture->liveness));

  check (fixture, START + PONG);
  assert_overdue (fixture, G_N_ELEMENTS (answers) - 1);
  for (guint i = 1; i < G_N_ELEMENTS (answers); i++)
    assert_timed_out (&answers[i]);
}

/* The next connection owes nothing. */
static void
test_forgotten (Owner        *fixture,
                gconstpointer user_data)
{
  Answer answer;

  for (guint i = 0; i < 2 * PUSHER_LIVENESS_MAX_PINGS; i++)
    {
      pusher_liveness_pinged (&fixture->liveness, START + i * PONG, PONG, NULL);
      pusher_liveness_received (&fixture->liveness, START + i * PONG);
      check (fixture, START + (i + 1) * PONG);
    }
  pusher_liveness_stop (&fixture->liveness, fixture->overdue);
  pusher_liveness_start (&fixture->liveness, ACTIVITY, PONG, START);

  ping (fixture, START, &answer, NULL);
  pong (fixture, START + SECOND);
  assert_round_trip (&answer, SECOND);
}

static void
test_unasked_pong (Owner        *fixture,
                   gconstpointer user_data)
{
  Answer answer;

  for (guint i = 0; i < 3; i++)
    pong (fixture, START + SECOND);
  assert_waits (fixture, START + SECOND, START + SECOND + ACTIVITY);

  ping (fixture, START + 2 * SECOND, &answer, NULL);
  assert_waiting (&answer);
  pong (fixture, START + 3 * SECOND);
  assert_round_trip (&answer, SECOND);
}

/* The first is overdue because a message came after it, the second is not
 * answered by anything. */
static void
test_overdue_and_dead (Owner        *fixture,
                       gconstpointer user_data)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "dead");
  Answer first, second;

  ping (fixture, START, &first, NULL);
  pusher_liveness_received (&fixture->liveness, START + SECOND);
  ping (fixture, START + 2 * SECOND, &second, NULL);

  assert_waits (fixture, START + PONG, START + 2 * SECOND + PONG);
  assert_overdue (fixture, 1);
  assert_timed_out (&first);
  assert_waiting (&second);

  g_assert_cmpint (check (fixture, START + 2 * SECOND + PONG), ==, PUSHER_LIVENESS_DEAD);
  assert_overdue (fixture, 0);
  pusher_liveness_stop (&fixture->liveness, tasks);
  pusher_tasks_return_error (tasks, error);
  assert_timed_out (&second);
}

static void
test_many_overdue_at_once (Owner        *fixture,
                           gconstpointer user_data)
{
  Answer answers[10];

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    ping (fixture, START + i, &answers[i], NULL);
  pusher_liveness_received (&fixture->liveness, START + SECOND);

  assert_waits (fixture, START + SECOND + PONG, START + SECOND + ACTIVITY);
  assert_overdue (fixture, G_N_ELEMENTS (answers));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    assert_timed_out (&answers[i]);
}

static void
test_stop_steals (Owner        *fixture,
                  gconstpointer user_data)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  Answer answers[3];

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      ping (fixture, START + i, &answers[i], NULL);
      pusher_liveness_pinged (&fixture->liveness, START + i, PONG, NULL);
    }

  pusher_liveness_stop (&fixture->liveness, tasks);
  g_assert_cmpuint (tasks->len, ==, G_N_ELEMENTS (answers));
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      assert_waiting (&answers[i]);
      g_task_return_int (tasks->pdata[i], i);
    }
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    assert_round_trip (&answers[i], i);

  g_ptr_array_set_size (tasks, 0);
  pusher_liveness_stop (&fixture->liveness, tasks);
  g_assert_cmpuint (tasks->len, ==, 0);
}

/* An impatient ping does not wait for one that was sent before it. */
static void
test_probe (Owner        *fixture,
            gconstpointer user_data)
{
  pusher_liveness_pinged (&fixture->liveness, START, PONG, NULL);
  assert_waits (fixture, START, START + PONG);

  pusher_liveness_pinged (&fixture->liveness, START + SECOND, 5 * SECOND, NULL);
  assert_waits (fixture, START + SECOND, START + 6 * SECOND);
  g_assert_cmpint (check (fixture, START + 6 * SECOND), ==, PUSHER_LIVENESS_DEAD);
}

/* It is over once anything came; the earlier one has its own time. */
static void
test_probe_survived (Owner        *fixture,
                     gconstpointer user_data)
{
  pusher_liveness_pinged (&fixture->liveness, START, PONG, NULL);
  pusher_liveness_pinged (&fixture->liveness, START + SECOND, 5 * SECOND, NULL);
  pusher_liveness_received (&fixture->liveness, START + 2 * SECOND);

  assert_waits (fixture, START + 6 * SECOND, START + PONG);
  assert_waits (fixture, START + PONG, START + 2 * SECOND + ACTIVITY);
}

/* A doubt is told once, also while a ping is under way, but not of what is dead. */
static void
test_doubt (Owner        *fixture,
            gconstpointer user_data)
{
  pusher_liveness_doubt (&fixture->liveness);
  g_assert_cmpint (check (fixture, START), ==, PUSHER_LIVENESS_PROBE);
  assert_waits (fixture, START, START + ACTIVITY);

  pusher_liveness_pinged (&fixture->liveness, START, PONG, NULL);
  pusher_liveness_doubt (&fixture->liveness);
  pusher_liveness_doubt (&fixture->liveness);
  g_assert_cmpint (check (fixture, START + SECOND), ==, PUSHER_LIVENESS_PROBE);
  assert_waits (fixture, START + SECOND, START + PONG);

  pusher_liveness_doubt (&fixture->liveness);
  g_assert_cmpint (check (fixture, START + PONG), ==, PUSHER_LIVENESS_DEAD);
}

/* The next connection knows nothing of the pings and the doubts of the last one. */
static void
test_restart (Owner        *fixture,
              gconstpointer user_data)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  const gint64 later = START + 5000 * SECOND;
  Answer answer;

  pusher_liveness_pinged (&fixture->liveness, START, PONG, NULL);
  pusher_liveness_doubt (&fixture->liveness);
  pusher_liveness_stop (&fixture->liveness, tasks);

  pusher_liveness_start (&fixture->liveness, 10 * SECOND, 5 * SECOND, later);
  assert_waits (fixture, later, later + 10 * SECOND);

  ping (fixture, later, &answer, NULL);
  assert_waits (fixture, later, later + 5 * SECOND);
  pong (fixture, later + SECOND);
  assert_round_trip (&answer, SECOND);
}

static void
test_cancelled (Owner        *fixture,
                gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Answer cancelled, other;

  ping (fixture, START, &cancelled, cancellable);
  ping (fixture, START, &other, NULL);
  g_cancellable_cancel (cancellable);
  assert_waiting (&other);
  g_assert_cmpuint (cancelled.n_returned, ==, 1);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancelled.error);

  /* The server answers what it was sent. */
  pong (fixture, START + SECOND);
  assert_waiting (&other);
  pong (fixture, START + 2 * SECOND);
  assert_round_trip (&other, 2 * SECOND);
  g_assert_cmpuint (cancelled.n_returned, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add ("/liveness/" path, Owner, NULL, set_up, test, tear_down)
  add ("silence", test_silence);
  add ("messages-put-it-off", test_messages_put_it_off);
  add ("dead", test_dead);
  add ("dead-by-own-ping", test_dead_by_own_ping);
  add ("answered", test_answered);
  add ("any-message-answers", test_any_message_answers);
  add ("message-before-ping-is-no-answer", test_message_before_ping_is_no_answer);
  add ("overdue-while-messages-flow", test_overdue_while_messages_flow);
  add ("pongs-in-order", test_pongs_in_order);
  add ("late-pong", test_late_pong);
  add ("never-ponged", test_never_ponged);
  add ("too-many", test_too_many);
  add ("forgotten", test_forgotten);
  add ("unasked-pong", test_unasked_pong);
  add ("overdue-and-dead", test_overdue_and_dead);
  add ("many-overdue-at-once", test_many_overdue_at_once);
  add ("stop-steals", test_stop_steals);
  add ("probe", test_probe);
  add ("probe-survived", test_probe_survived);
  add ("doubt", test_doubt);
  add ("restart", test_restart);
  add ("cancelled", test_cancelled);

  return g_test_run ();
}
