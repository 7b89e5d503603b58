/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Subscribes to a private channel, which the application's own server allows or
 * not; prints what it says, and greets the other subscribers. */

#include <pusher-glib/pusher.h>

#include <stdlib.h>

static char *key, *cluster, *host;
static int port;
static gboolean no_tls;
static char *endpoint, *token;
static const char *channel_name = "private-orders";

static const GOptionEntry options[] = {
  { "key", 0, 0, G_OPTION_ARG_STRING, &key, "Key of the application", "KEY" },
  { "cluster", 0, 0, G_OPTION_ARG_STRING, &cluster, "Its cluster at pusher.com", "CLUSTER" },
  { "host", 0, 0, G_OPTION_ARG_STRING, &host, "Host of another server", "HOST" },
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Its port", "PORT" },
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, &no_tls, "Connect without TLS", NULL },
  { "endpoint", 0, 0, G_OPTION_ARG_STRING, &endpoint, "URL that authorizes", "URL" },
  { "token", 0, 0, G_OPTION_ARG_STRING, &token, "What the endpoint knows you by", "TOKEN" },
  { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_name, "Private channel", "NAME" },
  G_OPTION_ENTRY_NULL,
};

static void
subscribed_cb (PusherChannel *channel)
{
  g_autoptr (GError) error = NULL;

  g_print ("Subscribed to %s\n", pusher_channel_get_name (channel));

  /* From client to client: the names of such events begin with “client-”. */
  if (!pusher_channel_trigger (channel, "client-hello", "{\"from\":\"C\"}", &error))
    g_printerr ("Cannot greet: %s\n", error->message);
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event)
{
  const char *name = pusher_event_get_name (event), *data = pusher_event_get_data (event);

  if (!g_str_has_prefix (name, "pusher:"))
    g_print ("%s %s\n", name, data != NULL ? data : "");
}

static void
refused_cb (PusherChannel *channel,
            GError        *error,
            GMainLoop     *loop)
{
  g_printerr ("No subscription to %s: %s\n", pusher_channel_get_name (channel), error->message);
  g_main_loop_quit (loop);
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
  g_autoptr (GOptionContext) context = g_option_context_new ("- a private channel");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PusherClient) client = NULL;
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;
  PusherHttpAuthorizer *authorizer;
  g_autofree char *bearer = NULL;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s\n", error->message);
  else if (key == NULL || (cluster == NULL && host == NULL) || endpoint == NULL)
    g_printerr ("Try --help\n");
  else
    client = pusher_client_new (key, cluster);
  if (client == NULL)
    return 2;

  pusher_client_set_host (client, host);
  pusher_client_set_port (client, port);
  pusher_client_set_use_tls (client, !no_tls);

  /* The endpoint is asked for every subscription. It has to know who asks: by a
   * header, a cookie of the session, or HTTP Basic. */
  authorizer = pusher_client_use_endpoint (client, endpoint, &error);
  if (authorizer == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  if (token != NULL)
    {
      bearer = g_strconcat ("Bearer ", token, NULL);
      pusher_http_authorizer_set_header (authorizer, "Authorization", bearer);
    }

  channel = pusher_client_subscribe (client, channel_name, &error);
  if (channel == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), NULL);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (refused_cb), loop);
  g_signal_connect (channel, "event", G_CALLBACK (event_cb), NULL);

  g_signal_connect (client, "notify::state", G_CALLBACK (state_changed_cb), loop);
  pusher_client_open (client);
  g_main_loop_run (loop);

  return EXIT_FAILURE;
}
