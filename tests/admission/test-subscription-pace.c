/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "admission/pusher-subscription-pace-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)
#define MARGIN (9 * SECOND) /* two parts of a period more than it */

/* Sends as many as may be sent at that time. */
static guint
send_all (PusherSubscriptionPace *pace,
          guint                   n,
          gint64                  now)
{
  guint n_sent = 0;

  while (n_sent < n && pusher_subscription_pace_get_next (pace, now) <= now)
    {
      pusher_subscription_pace_count (pace, 1, now);
      n_sent++;
    }

  return n_sent;
}

static void
test_unlimited (void)
{
  PusherSubscriptionPace pace;

  pusher_subscription_pace_init (&pace);
  g_assert_cmpuint (send_all (&pace, 5000, START), ==, 5000);
  g_assert_cmpuint (pusher_subscription_pace_get_n_sent (&pace, START + 60 * SECOND), ==, 5000);
  g_assert_cmpuint (pusher_subscription_pace_get_n_sent (&pace, START + 70 * SECOND), ==, 0);
}

/* Never more than the allowance in a period, and all of it in each. */
static void
test_limited (void)
{
  PusherSubscriptionPace pace;
  gint64 sent[200];
  gint64 now = START;
  guint n_sent = 0;

  pusher_subscription_pace_init (&pace);
  send_all (&pace, 80, now);
  pusher_subscription_pace_slow_down (&pace, 60, now);
  g_assert_cmpuint (pace.allowance, ==, 45);

  while (n_sent < G_N_ELEMENTS (sent))
    {
      gint64 next = pusher_subscription_pace_get_next (&pace, now);

      g_assert_cmpint (next, >=, now);
      now = next;
      pusher_subscription_pace_count (&pace, 1, now);
      sent[n_sent] = now;
      if (n_sent >= pace.allowance)
        g_assert_cmpint (now - sent[n_sent - pace.allowance], >=, 60 * SECOND);
      n_sent++;
    }

  g_assert_cmpint (sent[0] - START, >=, 60 * SECOND);
  g_assert_cmpint (sent[0] - START, <=, 60 * SECOND + MARGIN);
  g_assert_cmpint (sent[199] - sent[0], <=, 4 * (60 * SECOND + MARGIN));
}

/* Whatever else is sent counts too. */
static void
test_others_count (void)
{
  PusherSubscriptionPace pace;

  pusher_subscription_pace_init (&pace);
  pusher_subscription_pace_count (&pace, 20, START);
  pusher_subscription_pace_slow_down (&pace, 20, START);
  g_assert_cmpuint (pace.allowance, ==, 15);
  pusher_subscription_pace_count (&pace, 10, START + 100 * SECOND);
  g_assert_cmpuint (send_all (&pace, 100, START + 120 * SECOND), ==, 5);
  g_assert_cmpuint (send_all (&pace, 100, START + 159 * SECOND), ==, 0);
  g_assert_cmpuint (send_all (&pace, 100, START + 170 * SECOND), ==, 10);
}

/* Each connection has its own allowance, as far as is known. */
static void
test_connect (void)
{
  PusherSubscriptionPace pace;

  pusher_subscription_pace_init (&pace);
  send_all (&pace, 80, START);
  pusher_subscription_pace_slow_down (&pace, 60, START);
  g_assert_cmpuint (send_all (&pace, 100, START), ==, 0);
  pusher_subscription_pace_connect (&pace);
  g_assert_cmpuint (send_all (&pace, 100, START), ==, 45);

  /* This server takes nothing of a new one, and then for a longer time */
  pusher_subscription_pace_slow_down (&pace, 0, START);
  g_assert_cmpuint (pace.allowance, ==, 45);
  pusher_subscription_pace_connect (&pace);
  g_assert_cmpuint (send_all (&pace, 100, START), ==, 0);
  g_assert_cmpint (pusher_subscription_pace_get_next (&pace, START), <=,
                   START + 60 * SECOND + MARGIN);
  pusher_subscription_pace_slow_down (&pace, 0, START);
  g_assert_cmpint (pusher_subscription_pace_get_next (&pace, START), >=, START + 120 * SECOND);
  g_assert_cmpuint (pace.allowance, ==, 45);
}

/* Slower each time, but never for good. */
static void
test_slower (void)
{
  PusherSubscriptionPace pace;
  guint allowance;

  pusher_subscription_pace_init (&pace);
  send_all (&pace, 50, START);
  pusher_subscription_pace_slow_down (&pace, 0, START);
  g_assert_cmpuint (pace.allowance, ==, 19);
  do
    {
      allowance = pace.allowance;
      pusher_subscription_pace_slow_down (&pace, allowance, START);
      g_assert_cmpuint (pace.allowance, <=, allowance);
    }
  while (pace.allowance < allowance);
  g_assert_cmpuint (pace.allowance, >=, 1);

  for (guint i = 0; i < 100; i++)
    pusher_subscription_pace_slow_down (&pace, 0, START);
  g_assert_cmpint (pusher_subscription_pace_get_next (&pace, START), <=, START + 3600 * SECOND);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/subscription-pace/unlimited", test_unlimited);
  g_test_add_func ("/subscription-pace/limited", test_limited);
  g_test_add_func ("/subscription-pace/others-count", test_others_count);
  g_test_add_func ("/subscription-pace/connect", test_connect);
  g_test_add_func ("/subscription-pace/slower", test_slower);

  return g_test_run ();
}
