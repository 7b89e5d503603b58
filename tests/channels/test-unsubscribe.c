/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Unsubscribing, at any time, and subscribing again. */

#include "fixture.h"
#include "messages.h"

static void
test_unsubscribe (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = NULL;

  channel = g_object_ref (fixture_connect_channel (fixture, "a"));

  pusher_channel_unsubscribe (channel);
  g_assert_null (pusher_client_get_channel (fixture->client, "a"));
  pusher_test_faults_send_text (fixture->faults, NULL, MESSAGE_ON ("a", "late", "\"x\""));
  pusher_test_faults_send_text (fixture->faults, NULL, SUBSCRIBED ("a"));
  fixture_sync (fixture);
  pusher_channel_unsubscribe (channel);
  pusher_client_unsubscribe (fixture->client, "a");
  fixture_sync (fixture);

  fixture_assert_log (fixture, "a:unsubscribed");
  fixture_assert_sent (fixture, "subscribe:a unsubscribe:a ping ping");
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "a"));

  /* Not even after a reconnect */
  fixture_lose (fixture);
  fixture_retry (fixture);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping");
}

static void
test_unsubscribe_offline (Fixture      *fixture,
                          gconstpointer user_data)
{
  fixture_ask_for (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  fixture_connect (fixture);
  fixture_ask_for (fixture, "b");
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:b ping");

  fixture_lose (fixture);
  pusher_client_unsubscribe (fixture->client, "b");
  fixture_retry (fixture);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping");
}

/* Before the server has answered; it answers in the end. */
static void
test_unsubscribe_pending (Fixture      *fixture,
                          gconstpointer user_data)
{
  fixture_connect (fixture);
  fixture_ask_for (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  g_assert_null (pusher_client_get_channel (fixture->client, "a"));
  fixture_sync (fixture);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a ping unsubscribe:a ping");
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "a"));
}

static void
test_unsubscribe_pending_and_again (Fixture      *fixture,
                                    gconstpointer user_data)
{
  guint n_times = GPOINTER_TO_UINT (user_data);
  g_autoptr (PusherChannel) first = NULL;
  PusherChannel *channel = NULL;

  fixture_connect (fixture);
  first = g_object_ref (fixture_ask_for (fixture, "a"));
  fixture_record_channel (fixture, first);
  for (guint i = 0; i < n_times; i++)
    {
      pusher_client_unsubscribe (fixture->client, "a");
      channel = fixture_ask_for (fixture, "a");
    }
  g_assert_true (channel != first);
  fixture_record_channel (fixture, channel);
  g_string_truncate (fixture->log, 0);
  fixture_subscribe (fixture, "a");
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a unsubscribe:a subscribe:a ping");
  fixture_assert_log (fixture, "a:subscribed a:subscription-succeeded");
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, "a"), ==, 1);

  pusher_test_server_publish (fixture->server, "a", "tick", "1", NULL);
  fixture_sync (fixture);
  fixture_assert_log (fixture, "a:tick=1");
}

/* The answer to what was given up is that the server does not want it either:
 * then there is nothing to undo. */
static void
test_unsubscribe_pending_rejected (Fixture      *fixture,
                                   gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  fixture_ask_for (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  channel = fixture_ask_for (fixture, "a");
  fixture_record_channel (fixture, channel);
  g_string_truncate (fixture->log, 0);
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  raw_peer_expect (fixture->peer, "subscribe:a");
  fixture_assert_log (fixture, "");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

/* The answer never comes: the next connection does not wait for it. */
static void
test_unsubscribe_pending_reconnect (Fixture      *fixture,
                                    gconstpointer user_data)
{
  fixture_connect_to_peer (fixture);
  fixture_ask_for (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  fixture_ask_for (fixture, "a");
  fixture_settle (fixture);
  raw_peer_expect (fixture->peer, "subscribe:a");
  pusher_client_reconnect_now (fixture->client);
  raw_peer_welcome (fixture->peer);
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  fixture_subscribe (fixture, "a");
}

static void
test_resubscribe (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = NULL;
  g_autoptr (GError) error = NULL;

  channel = g_object_ref (fixture_connect_channel (fixture, "a"));
  pusher_channel_unsubscribe (channel);
  g_assert_true (pusher_channel_resubscribe (channel, &error));
  g_assert_no_error (error);
  g_assert_true (pusher_client_get_channel (fixture->client, "a") == channel);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a unsubscribe:a subscribe:a ping");
  fixture_assert_log (fixture,
                      "a:unsubscribed a:pending a:subscribed a:subscription-succeeded");

  pusher_test_server_publish (fixture->server, "a", "tick", "1", NULL);
  fixture_sync (fixture);
  fixture_assert_log (fixture, "a:tick=1");

  /* Nothing to do */
  g_assert_true (pusher_channel_resubscribe (channel, &error));
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping ping");
  fixture_assert_log (fixture, "");
}

static void
test_resubscribe_name_taken (Fixture      *fixture,
                             gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = NULL;
  g_autoptr (GError) error = NULL;

  fixture_connect (fixture);
  channel = g_object_ref (fixture_subscribe (fixture, "a"));
  pusher_channel_unsubscribe (channel);
  g_assert_true (fixture_subscribe (fixture, "a") != channel);

  g_assert_false (pusher_channel_resubscribe (channel, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE);
  g_assert_false (pusher_channel_resubscribe (channel, NULL));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_UNSUBSCRIBED);

  pusher_client_unsubscribe (fixture->client, "a");
  g_clear_error (&error);
  g_assert_true (pusher_channel_resubscribe (channel, &error));
  g_assert_no_error (error);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/unsubscribe/subscribed", NULL, test_unsubscribe);
  fixture_add ("/unsubscribe/offline", NULL, test_unsubscribe_offline);
  fixture_add ("/unsubscribe/pending", NULL, test_unsubscribe_pending);
  fixture_add ("/unsubscribe/pending-and-again", GUINT_TO_POINTER (1),
               test_unsubscribe_pending_and_again);
  fixture_add ("/unsubscribe/pending-and-again-and-again", GUINT_TO_POINTER (5),
               test_unsubscribe_pending_and_again);
  fixture_add ("/unsubscribe/pending-rejected", NULL, test_unsubscribe_pending_rejected);
  fixture_add ("/unsubscribe/pending-reconnect", NULL, test_unsubscribe_pending_reconnect);
  fixture_add ("/unsubscribe/and-resubscribe", NULL, test_resubscribe);
  fixture_add ("/unsubscribe/and-resubscribe/name-taken", NULL, test_resubscribe_name_taken);

  return g_test_run ();
}
