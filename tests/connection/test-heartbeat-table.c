/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What clients of a process share of what they have learned. */

#include "connection/pusher-heartbeat-table-private.h"
#include "wait.h"

#define NOW SECONDS (1000)
#define LONGEST SECONDS (120)
#define LEARNED SECONDS (18)

static const PusherSilence silence = { SECONDS (24), TRUE };

static void
set_up (gpointer     *fixture,
        gconstpointer user_data)
{
  pusher_heartbeat_table_clear ();
}

static void
tear_down (gpointer     *fixture,
           gconstpointer user_data)
{
  pusher_heartbeat_table_clear ();
}

static char *
make_host (guint number)
{
  return g_strdup_printf ("wss://host-%u.example:443", number);
}

static void
learn (guint number)
{
  g_autofree char *host = make_host (number);

  g_assert_true (pusher_heartbeat_table_cut (host, &silence, NOW));
}

static gboolean
has_learned (guint number)
{
  g_autofree char *host = make_host (number);

  return pusher_heartbeat_table_get_interval (host, LONGEST, NOW) == LEARNED;
}

static void
test_hosts (gpointer     *fixture,
            gconstpointer user_data)
{
  learn (1);
  g_assert_true (has_learned (1));
  g_assert_false (has_learned (2));

  /* Of each what it has survived */
  pusher_heartbeat_table_held ("wss://host-3.example:443", SECONDS (30));
  g_assert_false (pusher_heartbeat_table_cut ("wss://host-3.example:443", &silence, NOW));
  learn (4);

  pusher_heartbeat_table_clear ();
  g_assert_false (has_learned (1));
}

/* The one that nobody has asked about for longest goes first, whatever the others are
 * asked. */
static void
test_bounded (gpointer     *fixture,
              gconstpointer user_data)
{
  for (guint i = 0; i < PUSHER_HEARTBEAT_TABLE_MAX_HOSTS; i++)
    learn (i);
  g_assert_true (has_learned (0));

  learn (PUSHER_HEARTBEAT_TABLE_MAX_HOSTS);
  g_assert_true (has_learned (0));
  g_assert_false (has_learned (1));
  for (guint i = 2; i <= PUSHER_HEARTBEAT_TABLE_MAX_HOSTS; i++)
    g_assert_true (has_learned (i));
  g_assert_true (has_learned (0));

  for (guint i = 0; i < 10 * PUSHER_HEARTBEAT_TABLE_MAX_HOSTS; i++)
    {
      g_autofree char *host = make_host (1000 + i);

      pusher_heartbeat_table_held (host, SECONDS (30));
      g_assert_true (has_learned (0));
    }
  g_assert_false (has_learned (PUSHER_HEARTBEAT_TABLE_MAX_HOSTS));
}

/* --- Threads ------------------------------------------------------------- */

static gpointer
use_table (gpointer data)
{
  guint seed = GPOINTER_TO_UINT (data);

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *host = make_host ((seed * 31 + i * 7) % 100);

      pusher_heartbeat_table_held (host, SECONDS (12));
      pusher_heartbeat_table_cut (host, &silence, NOW);
      g_assert_cmpint (pusher_heartbeat_table_get_interval (host, LONGEST, NOW), >=, LEARNED);
    }

  return NULL;
}

static void
test_threads (gpointer     *fixture,
              gconstpointer user_data)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("table", use_table, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) \
  g_test_add ("/heartbeat-table/" path, gpointer, NULL, set_up, test, tear_down)
  add ("hosts", test_hosts);
  add ("bounded", test_bounded);
  add ("threads", test_threads);

  return g_test_run ();
}
