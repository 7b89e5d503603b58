/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Linked with a whole program that was compiled with snippet_client_open for
 * pusher_client_open, and so on: connects it to a server in the same process, and
 * waits for what it prints; also until it ends, if it is a task. */

#undef pusher_client_open
#undef pusher_client_open_async

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

#include <stdlib.h>

static PusherTestServer *server;
static gboolean printed;

void snippet_client_open       (PusherClient        *client);
void snippet_client_open_async (PusherClient        *client,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);

static void
print_cb (const char *text)
{
  printed = printed || g_strstr_len (text, -1, g_getenv ("EXPECTED")) != NULL;
  if (printed && g_str_equal (g_getenv ("KIND"), "program"))
    exit (EXIT_SUCCESS);
}

static void
exit_cb (void)
{
  if (!printed)
    g_error ("Ended without printing “%s”", g_getenv ("EXPECTED"));
}

static void
subscribed_cb (PusherClient *client,
               PusherEvent  *event)
{
  g_autofree char *text =
    g_strdup_printf ("{\"event\":\"price-changed\",\"channel\":\"%s\","
                     "\"data\":\"{\\\"price\\\":12.5}\"}",
                     pusher_event_get_channel_name (event));

  pusher_test_faults_send_text (pusher_test_server_get_faults (server), NULL, text);
}

static gboolean
deadline_cb (gpointer user_data)
{
  g_error ("Did not print “%s”", g_getenv ("EXPECTED"));

  return G_SOURCE_REMOVE;
}

static void
connect_here (PusherClient *client)
{
  g_autoptr (GError) error = NULL;

  server = pusher_test_server_new ();
  pusher_test_server_add_app (server, "2", pusher_client_get_key (client), "secret");
  pusher_test_server_start (server, &error);
  g_assert_no_error (error);

  g_set_print_handler (print_cb);
  atexit (exit_cb);
  g_timeout_add_seconds (30, deadline_cb, NULL);
  pusher_client_set_host (client, "127.0.0.1");
  pusher_client_set_port (client, pusher_test_server_get_port (server));
  pusher_client_set_use_tls (client, FALSE);
  g_signal_connect (client, "event::pusher:subscription_succeeded",
                    G_CALLBACK (subscribed_cb), NULL);
}

void
snippet_client_open (PusherClient *client)
{
  connect_here (client);
  pusher_client_open (client);
}

void
snippet_client_open_async (PusherClient        *client,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  connect_here (client);
  pusher_client_open_async (client, cancellable, callback, user_data);
}
