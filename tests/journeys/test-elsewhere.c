/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What servers do in their own way, and going over to another one. */

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

/* The first that can be refused is meant: public channels cannot. */
static void
test_nameless_refusal (Fixture      *fixture,
                       gconstpointer user_data)
{
  PusherChannel *public, *first, *second;

  fixture_use_secret (fixture, fixture->client, NULL);
  fixture_connect (fixture);
  pusher_test_server_set_hold_answers (fixture->server, TRUE);
  public = pusher_client_subscribe (fixture->client, "a", NULL);
  first = pusher_client_subscribe (fixture->client, "private-b", NULL);
  second = pusher_client_subscribe (fixture->client, "private-c", NULL);
  g_string_truncate (fixture->log, 0);

  pusher_test_server_send_text (fixture->server, NULL,
                                "{\"event\":\"pusher:error\",\"data\":"
                                "\"{\\\"code\\\":4009,\\\"message\\\":\\\"no\\\"}\"}");
  wait_until (pusher_channel_get_state (first) == PUSHER_CHANNEL_STATE_FAILED);
  g_assert_cmpint (pusher_channel_get_state (public), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_cmpint (pusher_channel_get_state (second), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_null (strstr (fixture->log->str, "error:4009"));

  pusher_test_server_set_hold_answers (fixture->server, FALSE);
  wait_until (pusher_channel_get_state (second) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpint (pusher_channel_get_state (public), ==, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpint (pusher_channel_get_state (first), ==, PUSHER_CHANNEL_STATE_FAILED);
}

static void
test_subscription_count (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (PusherClient) other = fixture_new_client (fixture);
  PusherChannel *channel;

  pusher_test_server_set_subscription_counts (fixture->server, TRUE);
  fixture_connect (fixture);
  channel = fixture_subscribe (fixture, "a");
  wait_until (pusher_channel_get_subscription_count (channel) == 1);

  pusher_client_subscribe (other, "a", NULL);
  pusher_client_open (other);
  wait_until (pusher_channel_get_subscription_count (channel) == 2);
  pusher_client_close (other);
  wait_until (pusher_channel_get_subscription_count (channel) == 1);

  fixture_lose (fixture);
  g_assert_cmpint (pusher_channel_get_subscription_count (channel), ==, -1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/elsewhere/switch-cluster", NULL, test_switch_cluster);
  fixture_add ("/elsewhere/switch-cluster/closed", NULL, test_switch_closed);
  fixture_add ("/elsewhere/nameless-refusal", NULL, test_nameless_refusal);
  fixture_add ("/elsewhere/subscription-count", NULL, test_subscription_count);

  return g_test_run ();
}
