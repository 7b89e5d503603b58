/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Prints one kind of event of a channel, until it is interrupted. */

#include <pusher-glib/pusher.h>

#include <stdlib.h>

static char *key, *cluster, *host;
static int port;
static gboolean no_tls;
static const char *channel_name = "prices", *event_name = "price-changed";

static const GOptionEntry options[] = {
  { "key", 0, 0, G_OPTION_ARG_STRING, &key, "Key of the application", "KEY" },
  { "cluster", 0, 0, G_OPTION_ARG_STRING, &cluster, "Its cluster at pusher.com", "CLUSTER" },
  { "host", 0, 0, G_OPTION_ARG_STRING, &host, "Host of another server", "HOST" },
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Its port", "PORT" },
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, &no_tls, "Connect without TLS", NULL },
  { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_name, "Channel to listen to", "NAME" },
  { "event", 0, 0, G_OPTION_ARG_STRING, &event_name, "Event to print", "NAME" },
  G_OPTION_ENTRY_NULL,
};

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event)
{
  const char *data = pusher_event_get_data (event);

  g_print ("%s\n", data != NULL ? data : "");
}

/* After the connection was lost, and is there again. */
static void
gap_cb (PusherChannel *channel,
        gint64         duration)
{
  g_print ("Perhaps events of %.1f s are missing\n", duration / 1e6);
}

/* The client connects again by itself after all that may pass. This does not: a
 * wrong key, for example. */
static void
state_changed_cb (PusherClient *client,
                  GParamSpec   *pspec,
                  GMainLoop    *loop)
{
  if (pusher_client_get_state (client) != PUSHER_CONNECTION_STATE_FAILED)
    return;

  g_printerr ("Refused: %s\n", pusher_client_get_last_error (client)->message);
  g_main_loop_quit (loop);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- print events");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PusherClient) client = NULL;
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;
  g_autofree char *signal = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s\n", error->message);
  else if (key == NULL || (cluster == NULL && host == NULL))
    g_printerr ("Try --help\n");
  else
    client = pusher_client_new (key, cluster);
  if (client == NULL)
    return 2;

  pusher_client_set_host (client, host);
  pusher_client_set_port (client, port);
  pusher_client_set_use_tls (client, !no_tls);

  channel = pusher_client_subscribe (client, channel_name, &error);
  if (channel == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  signal = g_strconcat ("event::", event_name, NULL);
  g_signal_connect (channel, signal, G_CALLBACK (event_cb), NULL);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), NULL);

  g_signal_connect (client, "notify::state", G_CALLBACK (state_changed_cb), loop);
  pusher_client_open (client);
  g_main_loop_run (loop);

  return EXIT_FAILURE;
}
