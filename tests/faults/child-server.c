/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A server in a process of its own, until it is killed or its standard input
 * ends.
 *
 * child-server [hang|hold]   hang: never establishes a connection
 *                            hold: answers no subscription
 *
 * Prints its port, and then a word for each client, "welcomed", and for each
 * subscription that it is asked for, "asked". */

#include <pusher-glib/testing/pusher-test.h>
#include <stdio.h>
#include <string.h>

static void
tell (const char *word)
{
  puts (word);
  fflush (stdout);
}

static void
client_connected_cb (PusherTestServer *server,
                     const char       *socket_id,
                     gpointer          user_data)
{
  tell ("welcomed");
}

static void
message_received_cb (PusherTestServer *server,
                     const char       *socket_id,
                     const char       *text,
                     gpointer          user_data)
{
  if (strstr (text, "\"pusher:subscribe\"") != NULL)
    tell ("asked");
}

static gboolean
ended_cb (GIOChannel  *input,
          GIOCondition condition,
          gpointer     user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PusherTestServer) server = pusher_test_server_new ();
  PusherTestFaults *faults = pusher_test_server_get_faults (server);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (GError) error = NULL;
  g_autofree char *port = NULL;

  pusher_test_faults_set_activity_timeout (faults, 30);
  if (argc > 1 && g_str_equal (argv[1], "hang"))
    pusher_test_faults_set_handshake_delay_ms (faults, G_MAXUINT);
  if (argc > 1 && g_str_equal (argv[1], "hold"))
    pusher_test_faults_set_hold_answers (faults, TRUE);
  g_signal_connect (server, "client-connected", G_CALLBACK (client_connected_cb), NULL);
  g_signal_connect (server, "message-received", G_CALLBACK (message_received_cb), NULL);
  if (!pusher_test_server_start (server, &error))
    g_error ("%s", error->message);

  port = g_strdup_printf ("%u", pusher_test_server_get_port (server));
  tell (port);
  g_io_add_watch (input, G_IO_HUP, ended_cb, loop);
  g_main_loop_run (loop);
}
