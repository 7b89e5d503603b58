/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How often to ping, learned from what was cut and what was not. */

#include "connection/pusher-heartbeat-private.h"
#include "wait.h"

#define START SECONDS (1000)
#define HOUR SECONDS (3600)
#define LONGEST SECONDS (120)

#define assert_interval(self, now, interval) \
  g_assert_cmpint (pusher_heartbeat_get_interval (self, LONGEST, now), ==, interval)

static gboolean
cut (PusherHeartbeat *self,
     gint64           duration,
     gint64           now)
{
  const PusherSilence silence = { duration, TRUE };

  return pusher_heartbeat_cut (self, &silence, now);
}

/* A cut that was noticed only by a ping after the silence. */
static gboolean
cut_unseen (PusherHeartbeat *self,
            gint64           duration,
            gint64           now)
{
  const PusherSilence silence = { duration, FALSE };

  return pusher_heartbeat_cut (self, &silence, now);
}

static void
hold (PusherHeartbeat *self,
      gint64           silence,
      guint            n_times)
{
  while (n_times-- > 0)
    pusher_heartbeat_held (self, silence);
}

static void
test_knows_nothing (void)
{
  PusherHeartbeat heartbeat = { 0 };

  assert_interval (&heartbeat, START, LONGEST);
  hold (&heartbeat, LONGEST, 1000);
  assert_interval (&heartbeat, START + 100 * HOUR, LONGEST);
}

static void
test_seen (void)
{
  PusherHeartbeat heartbeat = { 0 };

  g_assert_true (cut (&heartbeat, SECONDS (24), START));
  assert_interval (&heartbeat, START, SECONDS (18));

  /* What was agreed upon is less */
  g_assert_cmpint (pusher_heartbeat_get_interval (&heartbeat, SECONDS (15), START), ==,
                   SECONDS (15));
}

/* The limit may lie anywhere before the ping that nobody answered. */
static void
test_unseen (void)
{
  PusherHeartbeat heartbeat = { 0 };

  g_assert_true (cut_unseen (&heartbeat, SECONDS (100), START));
  assert_interval (&heartbeat, START, SECONDS (50));
  g_assert_true (cut_unseen (&heartbeat, SECONDS (50), START + SECONDS (80)));
  assert_interval (&heartbeat, START, SECONDS (25));
}

/* … but not before what is known to be survived; and however near that is, the interval
 * gets shorter. */
static void
test_unseen_after_held (void)
{
  PusherHeartbeat heartbeat = { 0 };

  hold (&heartbeat, SECONDS (20), 1);
  g_assert_true (cut_unseen (&heartbeat, SECONDS (30), START));
  assert_interval (&heartbeat, START, SECONDS (20));

  heartbeat = (PusherHeartbeat) { 0 };
  hold (&heartbeat, SECONDS (38), 1);
  g_assert_true (cut_unseen (&heartbeat, SECONDS (40), START));
  assert_interval (&heartbeat, START, SECONDS (30));
}

/* A server may crash at any time. */
static void
test_too_short (void)
{
  PusherHeartbeat heartbeat = { 0 };

  for (gint64 i = 0; i < 10; i++)
    {
      g_assert_false (cut (&heartbeat, SECONDS (i), START + i * HOUR));
      g_assert_false (cut_unseen (&heartbeat, SECONDS (i), START + i * HOUR));
    }
  assert_interval (&heartbeat, START, LONGEST);

  g_assert_true (cut (&heartbeat, SECONDS (10), START));
  assert_interval (&heartbeat, START, SECONDS (7.5));
  g_assert_true (cut_unseen (&heartbeat, SECONDS (10), START));
  assert_interval (&heartbeat, START, PUSHER_HEARTBEAT_MIN_INTERVAL);
}

/* Whatever cut the connection, it was not the silence. */
static void
test_survived_before (void)
{
  PusherHeartbeat heartbeat = { 0 };

  for (guint i = 0; i < 10; i++)
    {
      hold (&heartbeat, SECONDS (30), 1);
      g_assert_false (cut (&heartbeat, SECONDS (11 + i), START + i * HOUR));
      assert_interval (&heartbeat, START, LONGEST);
    }

  /* Nor was that of a ping which was a bit later than the others */
  hold (&heartbeat, SECONDS (30), 1);
  g_assert_false (cut_unseen (&heartbeat, SECONDS (30.9), START + 10 * HOUR));
  hold (&heartbeat, SECONDS (30), 1);
  g_assert_false (cut_unseen (&heartbeat, SECONDS (30.9), START + 11 * HOUR));
  hold (&heartbeat, SECONDS (30), 1);
  g_assert_true (cut_unseen (&heartbeat, SECONDS (31.1), START + 12 * HOUR));
}

/* The machine is elsewhere now. */
static void
test_survived_no_more (void)
{
  PusherHeartbeat heartbeat = { 0 };

  hold (&heartbeat, LONGEST, 100);
  g_assert_false (cut (&heartbeat, SECONDS (40), START));
  hold (&heartbeat, SECONDS (12), 1);
  g_assert_true (cut (&heartbeat, SECONDS (40), START + SECONDS (40)));
  assert_interval (&heartbeat, START, SECONDS (30));

  /* And what was survived once is forgotten: the next cut counts */
  hold (&heartbeat, SECONDS (30), 1);
  g_assert_true (cut (&heartbeat, SECONDS (36), START + SECONDS (100)));
  assert_interval (&heartbeat, START, SECONDS (27));
}

/* A server takes all its clients along when it goes. */
static void
test_survived_together (void)
{
  PusherHeartbeat heartbeat = { 0 };

  hold (&heartbeat, LONGEST, 1);
  for (guint i = 0; i < 100; i++)
    g_assert_false (cut (&heartbeat, SECONDS (20 + i), START + i * SECONDS (0.09)));
  assert_interval (&heartbeat, START, LONGEST);

  /* It went at the first of these. */
  g_assert_true (cut (&heartbeat, SECONDS (20), START + SECONDS (10)));
}

/* Others go on with what is known to be good. */
static void
test_grows (void)
{
  PusherHeartbeat heartbeat = { 0 };
  gint64 interval = SECONDS (16);
  gint64 now = START + HOUR;

  cut (&heartbeat, SECONDS (64) / 3, START);
  heartbeat.interval = interval;
  while (interval < LONGEST)
    {
      gint64 longer = MIN (interval / 4 * 5, LONGEST);

      hold (&heartbeat, interval, 9);
      assert_interval (&heartbeat, now, interval);
      hold (&heartbeat, interval, 1);
      assert_interval (&heartbeat, now, longer);
      assert_interval (&heartbeat, now, interval);
      hold (&heartbeat, longer - 1, 1);
      assert_interval (&heartbeat, now, interval);
      hold (&heartbeat, longer, 1);
      assert_interval (&heartbeat, now, longer);
      interval = longer;
    }

  hold (&heartbeat, LONGEST, 100);
  assert_interval (&heartbeat, now, LONGEST);
}

static void
test_grows_late (void)
{
  PusherHeartbeat heartbeat = { 0 };

  cut (&heartbeat, SECONDS (24), START);
  hold (&heartbeat, SECONDS (18), 1000);
  assert_interval (&heartbeat, START + HOUR - 1, SECONDS (18));

  /* Not by silences that are too short to tell */
  cut (&heartbeat, SECONDS (24), START);
  hold (&heartbeat, SECONDS (18) - 1, 1000);
  assert_interval (&heartbeat, START + HOUR, SECONDS (18));
}

/* The one that was to try the longer interval has gone. */
static void
test_untried (void)
{
  PusherHeartbeat heartbeat = { 0 };

  cut (&heartbeat, SECONDS (24), START);
  for (guint i = 0; i < 3; i++)
    {
      hold (&heartbeat, SECONDS (18), 10);
      assert_interval (&heartbeat, START + HOUR, SECONDS (22.5));
      assert_interval (&heartbeat, START + HOUR, SECONDS (18));
    }
}

/* … or has failed: another one that holds as long was on another way, or lucky. */
static void
test_trial_failed (void)
{
  PusherHeartbeat heartbeat = { 0 };

  cut (&heartbeat, SECONDS (24), START);
  hold (&heartbeat, SECONDS (18), 10);
  assert_interval (&heartbeat, START + HOUR, SECONDS (22.5));
  g_assert_true (cut (&heartbeat, SECONDS (20), START + HOUR));
  hold (&heartbeat, SECONDS (22.5), 1);
  assert_interval (&heartbeat, START + HOUR, SECONDS (15));
}

/* What failed is not tried again for one hour, two hours, four hours, …, a day. */
static void
test_patience (void)
{
  static const guint hours[] = { 1, 2, 4, 8, 16, 24, 24 };
  PusherHeartbeat heartbeat = { 0 };
  gint64 now = START;

  for (guint i = 0; i < G_N_ELEMENTS (hours); i++)
    {
      /* Two that are cut together are one cut. */
      g_assert_true (cut (&heartbeat, SECONDS (24), now));
      g_assert_true (cut (&heartbeat, SECONDS (24.1), now + SECONDS (1)));
      now += SECONDS (1) + hours[i] * HOUR;
      hold (&heartbeat, SECONDS (18), 10);
      assert_interval (&heartbeat, now - 1, SECONDS (18));
      assert_interval (&heartbeat, now, SECONDS (22.5));
      hold (&heartbeat, SECONDS (22.5), 11);
      assert_interval (&heartbeat, now, SECONDS (28.125));
    }
}

/* --- A day behind something that cuts ------------------------------------ */

/* Returns: how many connections are lost in the time */
static guint
live (PusherHeartbeat *self,
      gint64           limit,
      gboolean         seen,
      gint64           duration)
{
  const gint64 pong_timeout = SECONDS (30);
  gint64 now = START;
  guint n_lost = 0;

  while (now < START + duration)
    {
      gint64 interval = pusher_heartbeat_get_interval (self, LONGEST, now);

      if (interval < limit)
        {
          now += interval;
          pusher_heartbeat_held (self, interval);
        }
      else if (seen)
        {
          now += limit;
          cut (self, limit, now);
          n_lost++;
        }
      else
        {
          now += interval + pong_timeout;
          cut_unseen (self, interval, now);
          n_lost++;
        }
    }

  return n_lost;
}

static void
test_cut_when_silent (void)
{
  for (guint limit = 10; limit <= 120; limit++)
    {
      PusherHeartbeat heartbeat = { 0 };

      g_assert_cmpuint (live (&heartbeat, SECONDS (limit), TRUE, HOUR), ==, 1);
      g_assert_cmpuint (live (&heartbeat, SECONDS (limit), TRUE, 24 * HOUR), <=, 6);
    }
}

static void
test_forgotten_when_silent (void)
{
  for (guint limit = 10; limit <= 120; limit++)
    {
      PusherHeartbeat heartbeat = { 0 };

      g_assert_cmpuint (live (&heartbeat, SECONDS (limit), FALSE, HOUR), <=, 4);
      g_assert_cmpuint (live (&heartbeat, SECONDS (limit), FALSE, 24 * HOUR), <=, 10);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/heartbeat/knows-nothing", test_knows_nothing);
  g_test_add_func ("/heartbeat/seen", test_seen);
  g_test_add_func ("/heartbeat/unseen", test_unseen);
  g_test_add_func ("/heartbeat/unseen/after-held", test_unseen_after_held);
  g_test_add_func ("/heartbeat/too-short", test_too_short);
  g_test_add_func ("/heartbeat/survived/before", test_survived_before);
  g_test_add_func ("/heartbeat/survived/no-more", test_survived_no_more);
  g_test_add_func ("/heartbeat/survived/together", test_survived_together);
  g_test_add_func ("/heartbeat/grows", test_grows);
  g_test_add_func ("/heartbeat/grows/late", test_grows_late);
  g_test_add_func ("/heartbeat/grows/untried", test_untried);
  g_test_add_func ("/heartbeat/grows/trial-failed", test_trial_failed);
  g_test_add_func ("/heartbeat/patience", test_patience);
  g_test_add_func ("/heartbeat/cut-when-silent", test_cut_when_silent);
  g_test_add_func ("/heartbeat/forgotten-when-silent", test_forgotten_when_silent);

  return g_test_run ();
}
