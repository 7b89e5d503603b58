/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "admission/pusher-event-pace-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)
#define PERIOD (5 * SECOND / 4)

/* Sends all that may be sent at that time. */
static guint
send_all (PusherEventPace *pace,
          gint64           now)
{
  guint n_sent = 0;

  while (n_sent < 1000 && pusher_event_pace_get_next (pace, now) <= now)
    {
      pusher_event_pace_note (pace, TRUE, now);
      n_sent++;
    }

  return n_sent;
}

/* Never more than servers take in a second, and room is left for others. */
static void
test_even (void)
{
  PusherEventPace pace;
  gint64 sent[100];
  gint64 now = START;

  pusher_event_pace_init (&pace);
  for (guint i = 0; i < G_N_ELEMENTS (sent); i++)
    {
      gint64 next = pusher_event_pace_get_next (&pace, now);

      g_assert_cmpint (next, >=, now);
      now = next;
      pusher_event_pace_note (&pace, TRUE, now);
      sent[i] = now;
      if (i >= PUSHER_EVENT_PACE_N_EVENTS)
        g_assert_cmpint (now - sent[i - PUSHER_EVENT_PACE_N_EVENTS], >=, PERIOD);
    }
  g_assert_cmpint (now - START, ==, 12 * PERIOD);
}

/* What the application triggers counts, too, and does not wait. */
static void
test_others (void)
{
  PusherEventPace pace;

  pusher_event_pace_init (&pace);
  for (guint i = 0; i < 6; i++)
    pusher_event_pace_note (&pace, FALSE, START);
  g_assert_cmpuint (send_all (&pace, START), ==, 2);
  for (guint i = 0; i < 20; i++)
    pusher_event_pace_note (&pace, FALSE, START + SECOND);
  g_assert_cmpuint (send_all (&pace, START + PERIOD), ==, 0);
  g_assert_cmpuint (send_all (&pace, START + SECOND + PERIOD), ==, PUSHER_EVENT_PACE_N_EVENTS);
}

static void
test_objection (void)
{
  PusherEventPace pace;
  gint64 now = START;
  gint64 period = PERIOD;

  /* About something else */
  pusher_event_pace_init (&pace);
  pusher_event_pace_object (&pace, now);
  g_assert_cmpint (pusher_event_pace_get_next (&pace, now), ==, now);

  for (guint i = 0; i < 10; i++)
    {
      g_assert_cmpuint (send_all (&pace, now), ==, PUSHER_EVENT_PACE_N_EVENTS);
      period = MIN (2 * period, 64 * PERIOD);

      /* One for each event that was too many */
      pusher_event_pace_object (&pace, now + 1);
      pusher_event_pace_object (&pace, now + 2);
      g_assert_cmpint (pusher_event_pace_get_next (&pace, now + 2), ==, now + 1 + period);
      now += 1 + period;
    }
  g_assert_cmpint (period, ==, 80 * SECOND);

  /* It comes too late to be about what was kept. */
  g_assert_cmpuint (send_all (&pace, now), ==, PUSHER_EVENT_PACE_N_EVENTS);
  pusher_event_pace_object (&pace, now + 6 * SECOND);
  g_assert_cmpint (pusher_event_pace_get_next (&pace, now), ==, now + period);
}

static void
test_pause (void)
{
  PusherEventPace pace;

  pusher_event_pace_init (&pace);
  pusher_event_pace_pause (&pace, START + 2 * SECOND);
  pusher_event_pace_pause (&pace, START + SECOND);
  g_assert_cmpint (pusher_event_pace_get_next (&pace, START), ==, START + 2 * SECOND);
  g_assert_cmpint (pusher_event_pace_get_next (&pace, START + 3 * SECOND), ==,
                   START + 3 * SECOND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/event-pace/even", test_even);
  g_test_add_func ("/event-pace/others", test_others);
  g_test_add_func ("/event-pace/objection", test_objection);
  g_test_add_func ("/event-pace/pause", test_pause);

  return g_test_run ();
}
