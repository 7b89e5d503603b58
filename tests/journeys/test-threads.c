/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Clients in several threads at once, each in a main context of its own: what they share
 * is only what the machine tells. Meant for the thread sanitizer, and of use without. */

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

#define N_THREADS 4
#define N_ROUNDS 8
#define N_CHANNELS 10
#define N_EVENTS 20

typedef struct
{
  GMainContext *context;
  PusherTestServer *server;
  guint n_heard;
  guint n_done;
} Thread;

static void
event_cb (Thread *thread)
{
  thread->n_heard++;
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  ((Thread *) user_data)->n_done++;
}

static PusherClient *
new_client (Thread *thread)
{
  PusherClient *client = pusher_client_new (pusher_test_server_get_key (thread->server), NULL);

  pusher_client_set_host (client, "127.0.0.1");
  pusher_client_set_port (client, pusher_test_server_get_port (thread->server));
  pusher_client_set_use_tls (client, FALSE);
  pusher_client_use_secret (client, pusher_test_server_get_secret (thread->server),
                            "{\"user_id\":\"1\"}", NULL);

  return client;
}

static void
subscribe (Thread       *thread,
           PusherClient *client)
{
  static const char *const prefixes[] = { "", "private-", "presence-" };

  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_autofree char *name = g_strdup_printf ("%sc%u", prefixes[i % G_N_ELEMENTS (prefixes)], i);
      PusherChannel *channel = pusher_client_subscribe (client, name, NULL);

      g_signal_connect_swapped (channel, "event::e", G_CALLBACK (event_cb), thread);
      pusher_client_subscribe_async (client, name, NULL, done_cb, thread);
    }
}

static void
run_round (Thread *thread)
{
  g_autoptr (PusherClient) client = new_client (thread);
  guint n_before = thread->n_heard;

  thread->n_done = 0;
  subscribe (thread, client);
  pusher_client_open (client);
  while (thread->n_done < N_CHANNELS)
    g_main_context_iteration (thread->context, TRUE);

  for (guint i = 0; i < N_EVENTS; i++)
    pusher_test_server_publish (thread->server, "c0", "e", "{\"price\": 1.5}", NULL);
  while (thread->n_heard - n_before < N_EVENTS)
    g_main_context_iteration (thread->context, TRUE);

  pusher_client_close_async (client, NULL, done_cb, thread);
  while (thread->n_done < N_CHANNELS + 1)
    g_main_context_iteration (thread->context, TRUE);
}

static gpointer
run_thread (gpointer data)
{
  Thread thread = { .context = g_main_context_new () };
  guint *n_heard = data;

  g_main_context_push_thread_default (thread.context);
  thread.server = pusher_test_server_new ();
  g_assert_true (pusher_test_server_start (thread.server, NULL));
  for (guint i = 0; i < N_ROUNDS; i++)
    run_round (&thread);
  g_clear_object (&thread.server);
  while (g_main_context_iteration (thread.context, FALSE))
    ;
  g_main_context_pop_thread_default (thread.context);
  g_main_context_unref (thread.context);
  *n_heard = thread.n_heard;

  return NULL;
}

static void
test_load (void)
{
  GThread *threads[N_THREADS];
  guint n_heard[N_THREADS] = { 0 };

  /* Types are registered, and their classes made, before there are other threads: how
   * GObject keeps them apart is not for the sanitizer to see. */
  run_thread (&n_heard[0]);

  for (guint i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("client", run_thread, &n_heard[i]);
  for (guint i = 0; i < N_THREADS; i++)
    {
      g_thread_join (threads[i]);
      g_assert_cmpuint (n_heard[i], ==, N_ROUNDS * N_EVENTS);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/threads/load", test_load);

  return g_test_run ();
}
