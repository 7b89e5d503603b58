/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Runs statements with a client and a server, until an event has arrived at every
 * channel. */

#include <pusher-glib/pusher.h>
#include <pusher-glib/testing/pusher-test.h>

#include "definitions.h"
#include "scene.h"

static gboolean
deadline_cb (gpointer user_data)
{
  g_error ("Too late");

  return G_SOURCE_REMOVE;
}

static void
heard_cb (PusherClient *client,
          PusherEvent  *event,
          GHashTable   *heard)
{
  g_hash_table_add (heard, g_strdup (pusher_event_get_channel_name (event)));
}

static void
snippet (PusherClient     *client,
         PusherChannel    *channel,
         PusherTestServer *server)
{
  g_autoptr (GError) error = NULL;

#include "statements.h"

  g_assert_no_error (error);
}

/* What a snippet calls https://example.org is the server's. */
static void
use_endpoint (PusherClient     *client,
              PusherTestServer *server)
{
  PusherAuthorizer *authorizer = pusher_client_get_authorizer (client);
  PusherTestBackend *backend = pusher_test_server_get_backend (server);

  if (PUSHER_IS_HTTP_AUTHORIZER (authorizer))
    pusher_http_authorizer_set_endpoint (PUSHER_HTTP_AUTHORIZER (authorizer),
                                         pusher_test_backend_get_auth_endpoint (backend));
}

static void
set_master_key (PusherClient     *client,
                PusherTestServer *server)
{
  PusherAuthorizer *authorizer = pusher_client_get_authorizer (client);
  g_autofree char *master_key = pusher_test_server_dup_encryption_master_key (server);

  pusher_secret_authorizer_set_encryption_master_key (PUSHER_SECRET_AUTHORIZER (authorizer),
                                                      master_key, NULL);
}

static gboolean
are_subscribed (PusherClient *client)
{
  GListModel *channels = pusher_client_get_channels (client);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      if (pusher_channel_get_state (channel) != PUSHER_CHANNEL_STATE_SUBSCRIBED)
        return FALSE;
    }

  return TRUE;
}

static gboolean
are_heard (PusherClient *client,
           GHashTable   *heard)
{
  GListModel *channels = pusher_client_get_channels (client);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      if (!g_hash_table_contains (heard, pusher_channel_get_name (channel)))
        return FALSE;
    }

  return TRUE;
}

static void
publish (PusherClient     *client,
         PusherTestServer *server)
{
  GListModel *channels = pusher_client_get_channels (client);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      pusher_test_server_publish (server, pusher_channel_get_name (channel), "price-changed",
                                  "{\"price\":12.5}", NULL);
    }
}

int
main (void)
{
  g_autoptr (PusherTestServer) server = pusher_test_server_new ();
  g_autoptr (PusherClient) client = pusher_client_new (pusher_test_server_get_key (server), NULL);
  g_autoptr (GHashTable) heard = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PusherChannel *channel = pusher_client_subscribe (client, "prices", NULL);

  pusher_test_backend_set_user (pusher_test_server_get_backend (server),
                                "1", "{\"name\":\"Al\"}", NULL);
  g_assert_true (pusher_test_server_start (server, NULL));
  scene_watch (server);
  pusher_client_set_host (client, "127.0.0.1");
  pusher_client_set_port (client, pusher_test_server_get_port (server));
  pusher_client_set_use_tls (client, FALSE);
  pusher_client_use_secret (client, pusher_test_server_get_secret (server),
                            "{\"user_id\":\"1\",\"user_info\":{\"name\":\"Al\"}}", NULL);
  set_master_key (client, server);
  g_signal_connect (client, "event::price-changed", G_CALLBACK (heard_cb), heard);
  g_timeout_add_seconds (30, deadline_cb, NULL);

  snippet (client, channel, server);
  use_endpoint (client, server);

  if (pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_INITIALIZED)
    pusher_client_open (client);
  while (!are_subscribed (client))
    g_main_context_iteration (NULL, TRUE);
  scene_play (server);
  publish (client, server);
  while (!are_heard (client, heard))
    g_main_context_iteration (NULL, TRUE);
  scene_check ();
  g_assert_null (pusher_test_server_get_last_violation (server));

  return 0;
}
