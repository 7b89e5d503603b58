/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Linked with a whole program that was compiled with snippet_client_open for
 * pusher_client_open: connects it to a server in the same process, and waits for
 * what it prints. */

#undef pusher_client_open

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

#include <stdlib.h>

static PusherTestServer *server;

void snippet_client_open (PusherClient *client);

static void
print_cb (const char *text)
{
  if (g_strstr_len (text, -1, g_getenv ("EXPECTED")) != NULL)
    exit (EXIT_SUCCESS);
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

void
snippet_client_open (PusherClient *client)
{
  g_autoptr (GError) error = NULL;

  server = pusher_test_server_new ();
  pusher_test_server_add_app (server, "2", pusher_client_get_key (client), "secret");
  pusher_test_server_start (server, &error);
  g_assert_no_error (error);

  g_set_print_handler (print_cb);
  g_timeout_add_seconds (30, deadline_cb, NULL);
  pusher_client_set_host (client, "127.0.0.1");
  pusher_client_set_port (client, pusher_test_server_get_port (server));
  pusher_client_set_use_tls (client, FALSE);
  g_signal_connect (client, "event::pusher:subscription_succeeded",
                    G_CALLBACK (subscribed_cb), NULL);
  pusher_client_open (client);
}
