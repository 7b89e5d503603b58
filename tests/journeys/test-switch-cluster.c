/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Going over to another application, or to another cluster. */

#include "fixture.h"

/* Other applications' subscriptions are none of this one's. */
static void
test_switch_cluster (Fixture      *fixture,
                     gconstpointer user_data)
{
  PusherChannel *channel;

  pusher_test_server_add_app (fixture->server, "2", "other-key", "other-secret");
  channel = fixture_connect_channel (fixture, "a");
  g_assert_true (pusher_test_server_has_subscriber (fixture->server, "a"));

  pusher_client_switch_cluster (fixture->client, "other-key", NULL);
  g_assert_cmpstr (pusher_client_get_key (fixture->client), ==, "other-key");
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "a:pending connecting connected a:subscribed "
                               "a:subscription-succeeded a:gap:0");

  g_assert_true (pusher_client_get_channel (fixture->client, "a") == channel);
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "a"));
}

/* A client that is not open only notes it. */
static void
test_switch_closed (Fixture      *fixture,
                    gconstpointer user_data)
{
  pusher_client_switch_cluster (fixture->client, "other-key", "eu");
  g_assert_cmpstr (pusher_client_get_key (fixture->client), ==, "other-key");
  g_assert_cmpstr (pusher_client_get_cluster (fixture->client), ==, "eu");
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_INITIALIZED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/switch-cluster/open", NULL, test_switch_cluster);
  fixture_add ("/switch-cluster/closed", NULL, test_switch_closed);

  return g_test_run ();
}
