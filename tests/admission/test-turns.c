/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "admission/pusher-turns-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)
#define START (1000 * SECOND)

typedef struct
{
  const char *name;
  PusherTurn turn;
} Thing;

static void
assert_taken (PusherTurns *turns,
              gint64       now,
              const char  *names)
{
  g_autoptr (GString) taken = g_string_new (NULL);
  Thing *thing;

  while ((thing = pusher_turns_take (turns, now)) != NULL)
    {
      g_assert_null (thing->turn.queue);
      g_string_append (taken, thing->name);
    }
  g_assert_cmpstr (taken->str, ==, names);
}

static void
test_order (void)
{
  PusherTurns turns;
  Thing a = { "a" }, b = { "b" }, c = { "c" }, d = { "d" }, e = { "e" };

  pusher_turns_init (&turns);
  g_assert_cmpint (pusher_turns_get_wake (&turns, START), ==, 0);
  g_assert_cmpint (pusher_turns_get_next (&turns, FALSE, START), ==, START);

  pusher_turns_add (&turns, &a.turn, &a, FALSE, FALSE);
  g_assert_cmpint (pusher_turns_get_next (&turns, FALSE, START), >, START);
  g_assert_cmpint (pusher_turns_get_next (&turns, TRUE, START), ==, START);
  pusher_turns_add (&turns, &b.turn, &b, FALSE, FALSE);
  pusher_turns_add (&turns, &c.turn, &c, TRUE, FALSE);
  g_assert_cmpint (pusher_turns_get_next (&turns, TRUE, START), >, START);
  pusher_turns_add (&turns, &d.turn, &d, FALSE, TRUE);
  pusher_turns_add (&turns, &e.turn, &e, FALSE, FALSE);
  pusher_turns_remove (&b.turn);
  pusher_turns_remove (&b.turn);
  assert_taken (&turns, START, "cdae");

  /* Somebody waits for it now */
  pusher_turns_add (&turns, &a.turn, &a, FALSE, FALSE);
  pusher_turns_add (&turns, &b.turn, &b, FALSE, FALSE);
  pusher_turns_add (&turns, &b.turn, &b, TRUE, FALSE);
  assert_taken (&turns, START, "ba");
  pusher_turns_clear (&turns);
}

/* Nobody is sent while it is not clear what was not taken. */
static void
test_objection (void)
{
  PusherTurns turns;
  Thing a = { "a" };

  pusher_turns_init (&turns);
  pusher_turns_connect (&turns, "server", 10);
  pusher_turns_sent (&turns, 18, START);
  pusher_turns_add (&turns, &a.turn, &a, FALSE, FALSE);
  g_assert_cmpuint (pusher_turns_take_objection (&turns, START), ==, 0);
  g_assert_true (pusher_turns_object (&turns, 7, START));
  g_assert_false (pusher_turns_object (&turns, 8, START + SECOND));
  assert_taken (&turns, START + SECOND, "");
  g_assert_cmpint (pusher_turns_get_next (&turns, TRUE, START), ==, START + 3 * SECOND);
  g_assert_cmpint (pusher_turns_get_wake (&turns, START), ==, START + 3 * SECOND);
  g_assert_cmpuint (pusher_turns_take_objection (&turns, START + 3 * SECOND - 1), ==, 0);
  g_assert_cmpuint (pusher_turns_take_objection (&turns, START + 3 * SECOND), ==, 7);
  g_assert_cmpuint (pusher_turns_take_objection (&turns, START + 3 * SECOND), ==, 0);

  /* It was about something else, or not */
  g_assert_cmpint (pusher_turns_get_next (&turns, TRUE, START + 3 * SECOND), ==,
                   START + 3 * SECOND);
  pusher_turns_slow_down (&turns, 4, START + 3 * SECOND);
  g_assert_cmpuint (turns.pace.allowance, ==, 3);
  assert_taken (&turns, START + 3 * SECOND, "");
  g_assert_cmpint (pusher_turns_get_wake (&turns, START), >=, START + 60 * SECOND);
  assert_taken (&turns, START + 70 * SECOND, "a");
  pusher_turns_clear (&turns);
}

/* One connection, on which so many messages are sent, and some of them taken */
static void
lose (PusherTurns *turns,
      gboolean     cut,
      guint        n_sent,
      guint        n_taken,
      gint64       time)
{
  pusher_turns_connect (turns, "server", 0);
  pusher_turns_sent (turns, n_sent, START);
  pusher_turns_disconnect (turns, cut, n_sent - n_taken, START + time);
  pusher_turns_disconnect (turns, cut, 0, START + time);
}

/* A server that cuts at the same place again has its reason. */
static void
test_cuts (void)
{
  static const struct
  {
    gboolean cut;
    guint n_sent[3];
    guint n_taken[3];
    gint64 time;
    guint allowance;
  } stories[] = {
    { TRUE, { 80, 80 }, { 60, 60 }, SECOND, 45 },
    { TRUE, { 80, 80 }, { 60, 59 }, SECOND, 0 },
    { TRUE, { 80, 80 }, { 0, 0 }, SECOND, 0 },
    { TRUE, { 80, 80, 80 }, { 0, 0, 0 }, SECOND, 30 },
    { TRUE, { 80, 80, 80 }, { 1, 20, 3 }, SECOND, 3 },
    { TRUE, { 80, 80, 80 }, { 80, 80, 80 }, SECOND, 0 },
    { TRUE, { 80, 80, 80 }, { 60, 60, 60 }, 6 * SECOND, 0 },
    { TRUE, { 80, 80, 80 }, { 60, 80, 60 }, SECOND, 0 },
    { FALSE, { 80, 80, 80 }, { 60, 60, 60 }, SECOND, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      PusherTurns turns;

      pusher_turns_init (&turns);
      for (guint j = 0; j < 3 && stories[i].n_sent[j] > 0; j++)
        lose (&turns, stories[i].cut, stories[i].n_sent[j], stories[i].n_taken[j],
              stories[i].time);
      g_assert_cmpuint (turns.pace.allowance, ==, stories[i].allowance);
      pusher_turns_clear (&turns);
    }
}

/* A cut after an objection needs no second one. Another server has not said anything. */
static void
test_server (void)
{
  PusherTurns turns;

  pusher_turns_init (&turns);
  pusher_turns_connect (&turns, "server", 0);
  pusher_turns_sent (&turns, 80, START);
  pusher_turns_object (&turns, 80, START);
  pusher_turns_disconnect (&turns, TRUE, 20, START);
  g_assert_cmpuint (turns.pace.allowance, ==, 45);

  pusher_turns_connect (&turns, "server", 80);
  g_assert_cmpuint (turns.pace.allowance, ==, 45);
  pusher_turns_connect (&turns, "another", 80);
  g_assert_cmpuint (turns.pace.allowance, ==, 0);
  pusher_turns_clear (&turns);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/turns/order", test_order);
  g_test_add_func ("/turns/objection", test_objection);
  g_test_add_func ("/turns/cuts", test_cuts);
  g_test_add_func ("/turns/server", test_server);

  return g_test_run ();
}
