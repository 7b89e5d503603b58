/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A server that others reach at an address, until its standard input ends.
 *
 * netns-server ADDRESS CHANNEL…
 *
 * Prints "port N", and answers the lines of its input: "publish TEXT" publishes
 * an event with this data on each channel; "count" prints "count N", how many
 * connections there are, followed by the number of subscribers of each channel. */

#include "fault-proxy.h"

#include <pusher-glib/testing/pusher-test.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  PusherTestServer *server;
  char **channels;
  GMainLoop *loop;
} Program;

static void
publish (Program    *self,
         const char *data)
{
  for (guint i = 0; self->channels[i] != NULL; i++)
    pusher_test_server_publish (self->server, self->channels[i], "tick", data, NULL);
}

static void
count (Program *self)
{
  printf ("count %u", pusher_test_server_get_n_connections (self->server));
  for (guint i = 0; self->channels[i] != NULL; i++)
    printf (" %u", pusher_test_server_get_n_subscribers (self->server, self->channels[i]));
  putchar ('\n');
}

static gboolean
input_cb (GIOChannel  *input,
          GIOCondition condition,
          gpointer     user_data)
{
  Program *self = user_data;
  g_autofree char *line = NULL;

  if (g_io_channel_read_line (input, &line, NULL, NULL, NULL) != G_IO_STATUS_NORMAL)
    {
      g_main_loop_quit (self->loop);
      return G_SOURCE_REMOVE;
    }

  g_strchomp (line);
  if (g_str_has_prefix (line, "publish "))
    publish (self, line + strlen ("publish "));
  else if (g_str_equal (line, "count"))
    count (self);
  fflush (stdout);

  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (PusherTestServer) server = pusher_test_server_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GIOChannel) input = g_io_channel_unix_new (0);
  g_autoptr (FaultProxy) proxy = NULL;
  g_autoptr (GError) error = NULL;
  Program self = { server, argv + 2, loop };

  if (argc < 3)
    g_error ("usage: netns-server ADDRESS CHANNEL…");
  if (!pusher_test_server_start (server, &error))
    g_error ("%s", error->message);

  proxy = fault_proxy_new_at (argv[1], pusher_test_server_get_port (server));
  printf ("port %u\n", fault_proxy_get_port (proxy));
  fflush (stdout);
  g_io_add_watch (input, G_IO_IN | G_IO_HUP, input_cb, &self);
  g_main_loop_run (loop);

  return 0;
}
