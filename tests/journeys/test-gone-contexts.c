/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Clients in main contexts that do not run any more when the client is dropped, or
 * soon after. Nothing is left once the context and its thread are gone. And WebSockets
 * that are dropped while a handler runs a main loop. */

#include "fixture.h"
#include "raw-peer.h"
#include "tls-files.h"

#include <unistd.h>

#define N_ROUNDS 10

typedef enum
{
  DROP_AFTER_LOOP,
  DROP_IN_HANDLER,
  DROP_IN_EVENT,
  CLOSE_AFTER_LOOP,
  CLOSE_IN_HANDLER,
  DROP_ON_LOSS,
  DROP_CONNECTING, /* and let the context run until it has nothing to do */
} Manner;

typedef struct
{
  const char *path;
  Manner manner;
  gboolean tls;
} Case;

static const Case cases[] = {
  { "/gone-contexts/drop/after-loop", DROP_AFTER_LOOP, FALSE },
  { "/gone-contexts/drop/after-loop/tls", DROP_AFTER_LOOP, TRUE },
  { "/gone-contexts/drop/in-handler", DROP_IN_HANDLER, FALSE },
  { "/gone-contexts/drop/in-handler/tls", DROP_IN_HANDLER, TRUE },
  { "/gone-contexts/drop/in-event", DROP_IN_EVENT, FALSE },
  { "/gone-contexts/drop/in-event/tls", DROP_IN_EVENT, TRUE },
  { "/gone-contexts/close/after-loop", CLOSE_AFTER_LOOP, FALSE },
  { "/gone-contexts/close/after-loop/tls", CLOSE_AFTER_LOOP, TRUE },
  { "/gone-contexts/close/in-handler", CLOSE_IN_HANDLER, FALSE },
  { "/gone-contexts/close/in-handler/tls", CLOSE_IN_HANDLER, TRUE },
  { "/gone-contexts/drop/on-loss", DROP_ON_LOSS, FALSE },
  { "/gone-contexts/drop/on-loss/tls", DROP_ON_LOSS, TRUE },
  { "/gone-contexts/drop/connecting", DROP_CONNECTING, FALSE },
  { "/gone-contexts/drop/connecting/tls", DROP_CONNECTING, TRUE },
};

/* --- The thread ---------------------------------------------------------- */

typedef struct
{
  const Case *what;
  guint port;
  PusherClient *client;
  GMainLoop *loop;

  /* For the test's thread, atomic */
  int connected;
  int ended;
} Listener;

static void
tell (int *fact)
{
  g_atomic_int_set (fact, TRUE);
  g_main_context_wakeup (NULL);
}

static void
state_cb (PusherClient *client,
          GParamSpec   *pspec,
          Listener     *self)
{
  Manner manner = self->what->manner;

  if (pusher_client_get_state (client) != PUSHER_CONNECTION_STATE_CONNECTED)
    return;

  if (manner == DROP_IN_HANDLER)
    g_clear_object (&self->client);
  else if (manner == CLOSE_IN_HANDLER)
    pusher_client_close (client);
  if (manner != DROP_IN_EVENT && manner != DROP_ON_LOSS)
    g_main_loop_quit (self->loop);
  tell (&self->connected);
}

static void
event_cb (PusherClient *client,
          PusherEvent  *event,
          Listener     *self)
{
  if (self->what->manner != DROP_IN_EVENT)
    return;

  g_clear_object (&self->client);
  g_main_loop_quit (self->loop);
}

static void
error_cb (PusherClient *client,
          const GError *error,
          Listener     *self)
{
  if (self->what->manner != DROP_ON_LOSS)
    return;

  g_clear_object (&self->client);
  g_main_loop_quit (self->loop);
}

static gpointer
listen_in_thread (gpointer data)
{
  Listener *self = data;
  GMainContext *context = g_main_context_new ();

  self->loop = g_main_loop_new (context, FALSE);
  g_main_context_push_thread_default (context);
  self->client = pusher_client_new ("key", NULL);
  g_object_set (self->client, "host", "127.0.0.1", "port", self->port, "use-tls",
                self->what->tls, NULL);
  if (self->what->tls)
    {
      g_autoptr (GTlsDatabase) database = tls_load_authority ("authority");

      soup_session_set_tls_database (pusher_client_get_session (self->client), database);
    }
  g_signal_connect (self->client, "notify::state", G_CALLBACK (state_cb), self);
  g_signal_connect (self->client, "event", G_CALLBACK (event_cb), self);
  g_signal_connect (self->client, "error", G_CALLBACK (error_cb), self);
  pusher_client_open (self->client);
  g_main_loop_run (self->loop);

  if (self->what->manner == CLOSE_AFTER_LOOP)
    pusher_client_close (self->client);
  g_clear_object (&self->client);
  if (self->what->manner == DROP_CONNECTING)
    while (g_main_context_iteration (context, FALSE))
      ;
  g_main_loop_unref (self->loop);
  g_main_context_pop_thread_default (context);
  g_main_context_unref (context);

  tell (&self->ended);

  return NULL;
}

/* --- What is there ------------------------------------------------------- */

static char *
list (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  GString *all = g_string_new (NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      g_string_append_printf (all, "%s: %s\n", name, target != NULL ? target : "");
    }

  return g_string_free (all, FALSE);
}

static guint
count (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static void
run_round (const Case *what,
           RawPeer    *peer)
{
  Listener listener = { .what = what, .port = peer->port };
  GThread *thread = g_thread_new ("listener", listen_in_thread, &listener);

  if (what->manner != DROP_CONNECTING)
    {
      raw_peer_welcome (peer);
    }
  else
    {
      wait_until (peer->connection != NULL && raw_peer_heard (peer, "\r\n\r\n"));
      g_main_loop_quit (listener.loop);
    }

  if (what->manner == DROP_ON_LOSS)
    {
      wait_until (g_atomic_int_get (&listener.connected));
      raw_peer_hang_up (peer);
    }

  wait_until (g_atomic_int_get (&listener.ended));
  g_thread_join (thread);
  wait_until (peer->connection == NULL);
}

static void
test_leftovers (gconstpointer user_data)
{
  const Case *what = user_data;
  g_autoptr (RawPeer) peer = raw_peer_new ();
  g_autofree char *before = NULL;
  guint n_files, n_threads;

  if (what->tls)
    peer->certificate = tls_load_certificate ("good");
  for (guint i = 0; i < 3; i++)
    run_round (what, peer);

  n_files = count ("/proc/self/fd");
  n_threads = count ("/proc/self/task");
  before = list ("/proc/self/fd");
  for (guint i = 0; i < N_ROUNDS; i++)
    run_round (what, peer);
  if (count ("/proc/self/fd") > n_files)
    {
      g_autofree char *after = list ("/proc/self/fd");

      g_test_message ("before:\n%s\nafter:\n%s", before, after);
    }
  g_assert_cmpuint (count ("/proc/self/fd"), <=, n_files);

  /* GLib keeps some of its own for a while. */
  g_assert_cmpuint (count ("/proc/self/task"), <, n_threads + N_ROUNDS);
}

/* --- Main loops in handlers ---------------------------------------------- */

static gboolean
reconnect_cb (gpointer client)
{
  pusher_client_reconnect_now (client);

  return G_SOURCE_REMOVE;
}

static void
run_until_settled (Fixture *fixture)
{
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_settle (fixture);
}

static void
drop_before_cb (PusherClient *client,
                PusherEvent  *event,
                Fixture      *fixture)
{
  pusher_client_reconnect_now (client);
  run_until_settled (fixture);
}

static void
drop_within_cb (PusherClient *client,
                PusherEvent  *event,
                Fixture      *fixture)
{
  g_idle_add (reconnect_cb, client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTING);
  run_until_settled (fixture);
}

/* A WebSocket is dropped while libsoup delivers a message of it, at once or by what runs
 * meanwhile; and more messages have been read. */
static void
test_nested (Fixture      *fixture,
             gconstpointer handler)
{
  static const char text[] = "{\"event\":\"x\",\"data\":1}";

  fixture_connect (fixture);
  g_signal_connect (fixture->client, "event::x", G_CALLBACK (handler), fixture);
  for (guint i = 0; i < 10; i++)
    pusher_test_faults_send_text (fixture->faults, NULL, text);
  wait_until (pusher_test_server_get_n_attempts (fixture->server) > 1);
  run_until_settled (fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_test_add_data_func (cases[i].path, &cases[i], test_leftovers);
  fixture_add ("/gone-contexts/nested/before", drop_before_cb, test_nested);
  fixture_add ("/gone-contexts/nested/within", drop_within_cb, test_nested);

  return g_test_run ();
}
