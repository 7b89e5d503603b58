/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which silences a connection has survived, and which it has not. */

#include "connection/pusher-liveness-private.h"
#include "wait.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)
#define ACTIVITY (120 * SECOND)
#define PONG (30 * SECOND)

static void
set_up (PusherLiveness *liveness,
        gconstpointer   user_data)
{
  pusher_liveness_start (liveness, ACTIVITY, PONG, START);
}

static void
tear_down (PusherLiveness *liveness,
           gconstpointer   user_data)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();

  pusher_liveness_stop (liveness, tasks);
  g_assert_cmpuint (tasks->len, ==, 0);
}

static PusherLivenessVerdict
check (PusherLiveness *liveness,
       gint64          now,
       gint64         *due)
{
  g_autoptr (GPtrArray) overdue = g_ptr_array_new ();

  return pusher_liveness_check (liveness, now, due, overdue);
}

static void
send (PusherLiveness *liveness,
      gint64          now)
{
  pusher_liveness_sent (liveness, now);
}

static void
send_ping (PusherLiveness *liveness,
           gint64          now)
{
  send (liveness, now);
  pusher_liveness_pinged (liveness, now, PONG, NULL);
}

static void
pong (PusherLiveness *liveness,
      gint64          now)
{
  pusher_liveness_received (liveness, now);
  pusher_liveness_ponged (liveness, now);
}

static void
assert_silence (PusherLiveness *liveness,
                gint64          now,
                gint64          duration,
                gboolean        exact)
{
  PusherSilence silence = pusher_liveness_get_silence (liveness, now);

  g_assert_cmpint (silence.duration, ==, duration);
  g_assert_cmpint (silence.exact, ==, exact);
}

#define assert_held(self, silence) \
  g_assert_cmpint (pusher_liveness_get_held (self), ==, silence)

static void
test_interval (PusherLiveness *liveness,
               gconstpointer   user_data)
{
  gint64 due;

  liveness->interval = 18 * SECOND;
  g_assert_cmpint (check (liveness, START, &due), ==, PUSHER_LIVENESS_WAIT);
  g_assert_cmpint (due, ==, START + 18 * SECOND);
  g_assert_cmpint (check (liveness, START + 18 * SECOND, &due), ==, PUSHER_LIVENESS_PING);

  /* The next connection begins with what was agreed upon. */
  pusher_liveness_start (liveness, ACTIVITY, PONG, START);
  g_assert_cmpint (check (liveness, START, &due), ==, PUSHER_LIVENESS_WAIT);
  g_assert_cmpint (due, ==, START + ACTIVITY);
}

/* Cut in the middle of it. */
static void
test_seen (PusherLiveness *liveness,
           gconstpointer   user_data)
{
  assert_silence (liveness, START + 24 * SECOND, 24 * SECOND, TRUE);
  pusher_liveness_received (liveness, START + 30 * SECOND);
  assert_silence (liveness, START + 54 * SECOND, 24 * SECOND, TRUE);
  send (liveness, START + 60 * SECOND);
  assert_silence (liveness, START + 99 * SECOND, 39 * SECOND, TRUE);

  /* The next connection was not silent that long. */
  pusher_liveness_start (liveness, ACTIVITY, PONG, START + 100 * SECOND);
  assert_silence (liveness, START + 101 * SECOND, SECOND, TRUE);
}

/* Cut before something was sent, and so noticed. What is silent after a ping waits for its
 * answer, however long that is. */
static void
test_unseen (PusherLiveness *liveness,
             gconstpointer   user_data)
{
  send (liveness, START + 24 * SECOND);
  assert_silence (liveness, START + 25 * SECOND, 24 * SECOND, FALSE);
  send_ping (liveness, START + 44 * SECOND);
  send (liveness, START + 80 * SECOND);
  assert_silence (liveness, START + 200 * SECOND, 24 * SECOND, FALSE);

  pusher_liveness_received (liveness, START + 201 * SECOND);
  assert_silence (liveness, START + 202 * SECOND, SECOND, TRUE);
  send_ping (liveness, START + 203 * SECOND);
  assert_silence (liveness, START + 233 * SECOND, 2 * SECOND, FALSE);
}

/* What the machine has hinted at explains the end, unless something has come since. */
static void
test_doubted (PusherLiveness *liveness,
              gconstpointer   user_data)
{
  pusher_liveness_doubt (liveness);
  assert_silence (liveness, START + 24 * SECOND, 0, FALSE);
  send_ping (liveness, START + 24 * SECOND);
  assert_silence (liveness, START + 54 * SECOND, 0, FALSE);

  pusher_liveness_received (liveness, START + 55 * SECOND);
  assert_silence (liveness, START + 79 * SECOND, 24 * SECOND, TRUE);
}

/* The answer to a ping shows that the connection survived the silence before it. */
static void
test_held (PusherLiveness *liveness,
           gconstpointer   user_data)
{
  assert_held (liveness, 0);
  send_ping (liveness, START + 24 * SECOND);
  send_ping (liveness, START + 25 * SECOND);
  assert_held (liveness, 24 * SECOND);
  pong (liveness, START + 26 * SECOND);
  assert_held (liveness, 24 * SECOND);
  pong (liveness, START + 27 * SECOND);
  assert_held (liveness, 0);

  send (liveness, START + 30 * SECOND);
  send_ping (liveness, START + 40 * SECOND);
  assert_held (liveness, 10 * SECOND);
  pong (liveness, START + 41 * SECOND);
}

/* The answers to pings that have been forgotten show nothing. */
static void
test_held_forgotten (PusherLiveness *liveness,
                     gconstpointer   user_data)
{
  gint64 now = START;
  gint64 due;

  for (guint i = 0; i <= PUSHER_LIVENESS_MAX_PINGS; i++)
    {
      now += ACTIVITY;
      send_ping (liveness, now);
      pusher_liveness_received (liveness, now);
      check (liveness, now + PONG, &due);
    }
  assert_held (liveness, 0);
  pong (liveness, now + PONG);
  assert_held (liveness, ACTIVITY);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) \
  g_test_add ("/liveness-silence/" path, PusherLiveness, NULL, set_up, test, tear_down)
  add ("interval", test_interval);
  add ("seen", test_seen);
  add ("unseen", test_unseen);
  add ("doubted", test_doubted);
  add ("held", test_held);
  add ("held/forgotten", test_held_forgotten);

  return g_test_run ();
}
