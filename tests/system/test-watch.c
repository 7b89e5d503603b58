/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the machine tells: to whom, in which thread, and what they may do then. */

#include "hint-listener.h"
#include "mock-system.h"
#include "system/pusher-watch-private.h"

#define N_CLIENTS 10000

/* --- The network --------------------------------------------------------- */

/* Must be the first test, because there is one network monitor a process. It is
 * made by the main loop of the global default context, not by the one that joins. */
static void
test_made_by_main_loop (void)
{
  Listener listener = { 0 };

  g_assert_false (mock_network_exists ());
  listener_join (&listener);
  g_assert_false (mock_network_exists ());
  listener_leave (&listener);
  listener_join (&listener);
  poll_until (mock_network_has_listener ());
  g_assert_true (mock_network_get_creator () == g_thread_self ());
  g_assert_cmpuint (mock_network_count_listeners (), ==, 1);
  change_network ();
  listener_assert (&listener, 1, 0);

  listener_leave (&listener);
  wait_until_deaf ();
}

static void
test_network_changed (void)
{
  Listener first = { 0 }, second = { 0 };

  listener_join_and_wait (&first);
  listener_join (&second);

  /* Not from within what made the network change */
  mock_network_change ();
  listener_assert (&first, 0, 0);
  settle ();
  listener_assert (&first, 1, 0);
  listener_assert (&second, 1, 0);
  g_assert_true (first.thread == g_thread_self ());
  settle ();
  listener_assert (&first, 1, 0);

  listener_leave (&first);
  change_network ();
  listener_assert (&first, 1, 0);
  listener_assert (&second, 2, 0);

  /* Who leaves does not hear what is under way. */
  mock_network_change ();
  listener_leave (&second);
  settle ();
  listener_assert (&second, 2, 0);
  wait_until_deaf ();

  listener_leave (&second);
}

static void
test_burst (void)
{
  Listener listener = { 0 };

  listener_join_and_wait (&listener);
  for (guint i = 0; i < 100; i++)
    mock_network_change ();
  settle ();
  listener_assert (&listener, 1, 0);
  change_network ();
  listener_assert (&listener, 2, 0);
  listener_leave (&listener);
  wait_until_deaf ();
}

static guint
count_files (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n_files = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n_files++;

  return n_files;
}

static void
test_many (void)
{
  g_autofree Listener *listeners = g_new0 (Listener, N_CLIENTS);
  Listener before = { 0 };
  guint n_files;

  listener_join_and_wait (&before);
  listener_leave (&before);
  wait_until_deaf ();
  n_files = count_files ();

  for (guint i = 0; i < N_CLIENTS; i++)
    listener_join (&listeners[i]);
  poll_until (mock_network_has_listener ());
  g_assert_cmpuint (mock_network_count_listeners (), ==, 1);
  poll_until (count_files () <= n_files + 1);

  change_network ();
  for (guint i = 0; i < N_CLIENTS; i++)
    {
      listener_assert (&listeners[i], 1, 0);
      listener_leave (&listeners[i]);
    }
  wait_until_deaf ();
  g_assert_cmpuint (count_files (), ==, n_files);
}

/* --- In a callback ------------------------------------------------------- */

static void
leave_victims (Listener *self)
{
  for (guint i = 0; i < 3; i++)
    if ((self->victims & 1u << i) != 0)
      {
        listener_leave (&self->others[i]);
        /* What it has heard so far is all that it may hear. */
        self->others[i].n_hints[PUSHER_HINT_RESUMED] =
          self->others[i].n_hints[PUSHER_HINT_NETWORK_CHANGED];
      }
}

/* Each of three lets any of them leave. */
static void
test_leave_in_callback (void)
{
  Listener keeper = { 0 };

  listener_join_and_wait (&keeper);
  for (guint actor = 0; actor < 3; actor++)
    for (guint victims = 0; victims < 8; victims++)
      {
        Listener listeners[3] = { 0 };

        for (guint i = 0; i < 3; i++)
          listener_join (&listeners[i]);
        listeners[actor].action = leave_victims;
        listeners[actor].others = listeners;
        listeners[actor].victims = victims;
        change_network ();

        for (guint i = 0; i < 3; i++)
          if ((victims & 1u << i) != 0)
            {
              g_assert_cmpuint (listeners[i].n_hints[PUSHER_HINT_NETWORK_CHANGED], ==,
                                listeners[i].n_hints[PUSHER_HINT_RESUMED]);
            }
          else
            {
              listener_assert (&listeners[i], 1, 0);
              listener_leave (&listeners[i]);
            }
      }
  listener_assert (&keeper, 24, 0);
  listener_leave (&keeper);
  wait_until_deaf ();
}

static void
leave_and_free (Listener *self)
{
  listener_leave (self);
  g_free (self);
}

static void
test_free_in_callback (void)
{
  Listener *first = g_new0 (Listener, 1);
  Listener *second = g_new0 (Listener, 1);

  first->action = leave_and_free;
  second->action = leave_and_free;
  listener_join_and_wait (first);
  listener_join (second);
  change_network ();
  wait_until_deaf ();
}

static void
join_others (Listener *self)
{
  listener_join (&self->others[0]);
}

/* Whichever is told first */
static void
test_join_in_callback (void)
{
  Listener newcomers[2] = { 0 };
  Listener listeners[2] = {
    { .action = join_others, .others = &newcomers[0] },
    { .action = join_others, .others = &newcomers[1] },
  };

  for (guint i = 0; i < 2; i++)
    listener_join_and_wait (&listeners[i]);
  for (guint n = 0; n < 2; n++)
    {
      change_network ();
      for (guint i = 0; i < 2; i++)
        {
          listener_assert (&listeners[i], n + 1, 0);
          listener_assert (&newcomers[i], n, 0);
        }
    }

  for (guint i = 0; i < 2; i++)
    {
      listener_leave (&listeners[i]);
      listener_leave (&newcomers[i]);
    }
  wait_until_deaf ();
}

static void
leave_and_join (Listener *self)
{
  listener_leave (self);
  listener_join (self);
}

static void
test_leave_and_join_in_callback (void)
{
  Listener listener = { .action = leave_and_join };

  listener_join_and_wait (&listener);
  change_network ();
  listener_assert (&listener, 1, 0);
  poll_until (mock_network_count_listeners () == 1);
  change_network ();
  listener_assert (&listener, 2, 0);
  listener_leave (&listener);
  wait_until_deaf ();
}

static void
change_network_again (Listener *self)
{
  change_network ();
  listener_assert (self, 1, 0);
}

/* A main loop inside a callback does not tell before the others have been told;
 * afterwards it is not forgotten. */
static void
test_change_in_callback (void)
{
  Listener listener = { .action = change_network_again };

  listener_join_and_wait (&listener);
  change_network ();
  listener_assert (&listener, 2, 0);
  listener_leave (&listener);
  wait_until_deaf ();
}

/* --- Contexts and threads ------------------------------------------------ */

static void
test_threads (void)
{
  Listener listener = { 0 };
  GThread *threads[2];

  listen_in_threads (threads, PUSHER_HINT_NETWORK_CHANGED);
  listener_join_and_wait (&listener);
  g_assert_cmpuint (mock_network_count_listeners (), ==, 1);
  change_network ();
  listener_assert (&listener, 1, 0);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);

  /* They have gone, and leave the others alone. */
  change_network ();
  listener_assert (&listener, 2, 0);
  listener_leave (&listener);
  wait_until_deaf ();
}

static guint n_gone;

static gpointer
come_and_go_in_thread (gpointer data)
{
  Listener listener = { 0 };

  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GMainContext) context = g_main_context_new ();

      g_main_context_push_thread_default (context);
      listener_join (&listener);
      g_main_context_iteration (context, FALSE);
      listener_leave (&listener);
      g_main_context_pop_thread_default (context);
    }
  g_atomic_int_inc (&n_gone);

  return NULL;
}

/* While the network changes all the time. */
static void
test_come_and_go (gconstpointer data)
{
  gboolean keep = GPOINTER_TO_INT (data);
  Listener listener = { 0 };
  GThread *threads[2];

  listener_join_and_wait (&listener);
  if (!keep)
    listener_leave (&listener);

  n_gone = 0;
  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("comer", come_and_go_in_thread, NULL);
  do
    change_network ();
  while (g_atomic_int_get (&n_gone) < 2);
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);

  if (keep)
    g_assert_cmpuint (listener.n_hints[PUSHER_HINT_NETWORK_CHANGED], >, 0);
  listener_leave (&listener);
  wait_until_deaf ();
}

static gboolean
never_called_cb (gpointer data)
{
  g_assert_not_reached ();
}

static void
set_true (gpointer data)
{
  *(gboolean *) data = TRUE;
}

/* Nothing waits in it, although it was never iterated. */
static void
test_context_is_freed (void)
{
  GMainContext *context = g_main_context_new ();
  GSource *canary = g_idle_source_new ();
  gboolean freed = FALSE;
  Listener listener = { 0 };

  g_source_set_callback (canary, never_called_cb, &freed, set_true);
  g_source_attach (canary, context);
  g_source_unref (canary);

  g_main_context_push_thread_default (context);
  listener_join (&listener);
  listener_leave (&listener);
  listener_join (&listener);
  g_main_context_pop_thread_default (context);

  /* Joined, it keeps its context. */
  g_main_context_unref (context);
  g_assert_false (freed);
  listener_leave (&listener);
  g_assert_true (freed);
  wait_until_deaf ();
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_system_init ();

  g_test_add_func ("/watch/made-by-main-loop", test_made_by_main_loop);
  g_test_add_func ("/watch/network-changed", test_network_changed);
  g_test_add_func ("/watch/burst", test_burst);
  g_test_add_func ("/watch/many", test_many);
  g_test_add_func ("/watch/callback/leave", test_leave_in_callback);
  g_test_add_func ("/watch/callback/free", test_free_in_callback);
  g_test_add_func ("/watch/callback/join", test_join_in_callback);
  g_test_add_func ("/watch/callback/leave-and-join", test_leave_and_join_in_callback);
  g_test_add_func ("/watch/callback/change", test_change_in_callback);
  g_test_add_func ("/watch/threads", test_threads);
  g_test_add_data_func ("/watch/come-and-go", GINT_TO_POINTER (TRUE), test_come_and_go);
  g_test_add_data_func ("/watch/come-and-go/alone", GINT_TO_POINTER (FALSE), test_come_and_go);
  g_test_add_func ("/watch/context-is-freed", test_context_is_freed);

  status = g_test_run ();
  mock_system_clear ();

  return status;
}
