/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Prints who is on a presence channel, who comes and who leaves. */

#include <pusher-glib/pusher.h>

#include <stdlib.h>

static char *key, *cluster, *host;
static int port;
static gboolean no_tls;
static char *endpoint, *user;
static const char *channel_name = "presence-lobby";

static const GOptionEntry options[] = {
  { "key", 0, 0, G_OPTION_ARG_STRING, &key, "Key of the application", "KEY" },
  { "cluster", 0, 0, G_OPTION_ARG_STRING, &cluster, "Its cluster at pusher.com", "CLUSTER" },
  { "host", 0, 0, G_OPTION_ARG_STRING, &host, "Host of another server", "HOST" },
  { "port", 0, 0, G_OPTION_ARG_INT, &port, "Its port", "PORT" },
  { "no-tls", 0, 0, G_OPTION_ARG_NONE, &no_tls, "Connect without TLS", NULL },
  { "endpoint", 0, 0, G_OPTION_ARG_STRING, &endpoint, "URL that authorizes", "URL" },
  { "user", 0, 0, G_OPTION_ARG_STRING, &user, "Who you are", "ID" },
  { "channel", 0, 0, G_OPTION_ARG_STRING, &channel_name, "Presence channel", "NAME" },
  G_OPTION_ENTRY_NULL,
};

static void
print_member (const char   *what,
              PusherMember *member)
{
  g_print ("%s %s\n", what, pusher_member_get_name (member));
}

/* The list is a GListModel, to which a GtkListView can be bound as it is. */
static void
subscribed_cb (PusherPresenceChannel *channel)
{
  GListModel *members = pusher_presence_channel_get_members (channel);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (PusherMember) member = g_list_model_get_item (members, i);

      print_member (member == pusher_presence_channel_get_me (channel) ? "me" : "here", member);
    }
}

static void
added_cb (PusherPresenceChannel *channel,
          PusherMember          *member)
{
  print_member ("joined", member);
}

static void
removed_cb (PusherPresenceChannel *channel,
            PusherMember          *member)
{
  print_member ("left", member);
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
  g_autoptr (GOptionContext) context = g_option_context_new ("- who is there");
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (PusherClient) client = NULL;
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;
  PusherHttpAuthorizer *authorizer;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s\n", error->message);
  else if (key == NULL || (cluster == NULL && host == NULL) ||
           endpoint == NULL || user == NULL)
    g_printerr ("Try --help\n");
  else
    client = pusher_client_new (key, cluster);
  if (client == NULL)
    return 2;

  pusher_client_set_host (client, host);
  pusher_client_set_port (client, port);
  pusher_client_set_use_tls (client, !no_tls);

  /* A real endpoint knows by itself who asks; the one of PusherTest.Server takes
   * this field of the form for it. */
  authorizer = pusher_client_use_endpoint (client, endpoint, &error);
  if (authorizer == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  pusher_http_authorizer_set_param (authorizer, "user_id", user);

  channel = pusher_client_subscribe (client, channel_name, &error);
  if (channel == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }
  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), NULL);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (refused_cb), loop);
  g_signal_connect (channel, "member-added", G_CALLBACK (added_cb), NULL);
  g_signal_connect (channel, "member-removed", G_CALLBACK (removed_cb), NULL);

  g_signal_connect (client, "notify::state", G_CALLBACK (state_changed_cb), loop);
  pusher_client_open (client);
  g_main_loop_run (loop);

  return EXIT_FAILURE;
}
