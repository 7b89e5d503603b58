/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Channels after a reconnect: they are subscribed again, and hear of the gap. */

#include "fixture.h"
#include "messages.h"

#include <string.h>

static void
test_gap (Fixture      *fixture,
          gconstpointer user_data)
{
  PusherChannel *channel = fixture_ask_for (fixture, "a");

  fixture_record_channel (fixture, channel);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_log (fixture, "connecting connected a:subscribed a:subscription-succeeded");

  fixture_lose (fixture);
  fixture_assert_log (fixture, "a:pending connecting error:connection-lost in:0.25");
  fixture->now += SECONDS (2.5);
  fixture_retry (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_log (fixture, "connected a:subscribed a:subscription-succeeded a:gap:2.5");

  /* The time of a second loss counts from there */
  fixture_lose (fixture);
  fixture_retry (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_log (fixture,
                      "a:pending connecting error:connection-lost in:0.5 connected "
                      "a:subscribed a:subscription-succeeded a:gap:0.5");

  pusher_test_server_publish (fixture->server, "a", "tick", "1", NULL);
  fixture_sync (fixture);
  fixture_assert_log (fixture, "a:tick=1");
}

/* Over attempts that fail, a connection without a subscription, a time when the
 * client was closed. */
static void
test_gap_over_failures (Fixture      *fixture,
                        gconstpointer user_data)
{
  fixture_connect_channel (fixture, "a");
  fixture_lose (fixture);

  pusher_test_faults_set_http_status (fixture->faults, 503);
  for (guint i = 0; i < 3; i++)
    {
      fixture_advance (fixture, fixture_get_delay (fixture));
      wait_until (pusher_client_get_retry_at (fixture->client) != 0);
    }
  pusher_client_close (fixture->client);
  fixture->now += SECONDS (100);
  pusher_test_faults_set_http_status (fixture->faults, 0);
  g_string_truncate (fixture->log, 0);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");

  /* 0.25 + 0.5 + 1 + 100 */
  fixture_assert_log (fixture,
                      "connecting connected a:subscribed a:subscription-succeeded a:gap:101.75");
}

/* The application did not want to know. */
static void
test_no_gap_after_unsubscribe (Fixture      *fixture,
                               gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = NULL;

  fixture_connect (fixture);
  channel = g_object_ref (fixture_subscribe (fixture, "a"));
  fixture_lose (fixture);
  pusher_channel_unsubscribe (channel);
  fixture_record_channel (fixture, channel);
  g_string_truncate (fixture->log, 0);
  pusher_channel_resubscribe (channel, NULL);
  fixture_retry (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_log (fixture, "a:pending connected a:subscribed a:subscription-succeeded");
}

/* A dead connection brought nothing since the last message; one that was closed
 * brought all that there was. */
static void
test_gap_of_dead_connection (Fixture      *fixture,
                             gconstpointer user_data)
{
  fixture_connect_channel (fixture, "a");
  fixture_advance (fixture, SECONDS (10));
  pusher_test_faults_close_connections (fixture->faults, 4200, NULL);
  wait_until (strstr (fixture->log->str, "gap") != NULL);
  g_assert_nonnull (strstr (fixture->log->str, "a:gap:0"));
  g_assert_null (strstr (fixture->log->str, "a:gap:0."));
  fixture_sync (fixture);
  g_string_truncate (fixture->log, 0);

  pusher_test_faults_set_silent (fixture->faults, TRUE);
  fixture_advance (fixture, SECONDS (120));
  fixture_advance (fixture, SECONDS (30));
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  wait_until (strstr (fixture->log->str, "gap") != NULL);
  g_assert_nonnull (strstr (fixture->log->str, "a:gap:150"));
  g_string_truncate (fixture->log, 0);
}

static void
test_reconnect_many (Fixture      *fixture,
                     gconstpointer user_data)
{
  enum { N_CHANNELS = 100 };
  PusherChannel *channels[N_CHANNELS];
  guint n_events = 0;

  fixture_connect (fixture);
  for (guint i = 0; i < N_CHANNELS; i++)
    {
      g_autofree char *name = g_strdup_printf ("channel-%u", i);

      channels[i] = fixture_ask_for (fixture, name);
    }

  for (guint n = 0; n < 5; n++)
    {
      fixture_lose (fixture);
      fixture_retry (fixture);
      for (guint i = 0; i < N_CHANNELS; i++)
        wait_until (pusher_channel_get_state (channels[i]) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
      for (guint i = 0; i < N_CHANNELS; i++)
        {
          const char *name = pusher_channel_get_name (channels[i]);

          g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, name), ==, 1);
          pusher_test_server_publish (fixture->server, name, "tick", "1", NULL);
        }
      g_string_truncate (fixture->log, 0);
      fixture_record_channel (fixture, channels[n]);
      fixture_sync (fixture);
      for (const char *p = fixture->log->str; (p = strstr (p, ":tick=1")) != NULL; p++)
        n_events++;
    }

  /* Of n + 1 recorded channels each time */
  g_assert_cmpuint (n_events, ==, 1 + 2 + 3 + 4 + 5);
}

/* The connection is gone, but nobody has noticed before the client sends
 * something; the time to notice is when it does. */
static void
test_unnoticed_loss (Fixture      *fixture,
                     gconstpointer user_data)
{
  const char *action = user_data;
  g_autoptr (GAsyncResult) result = NULL;
  PusherChannel *channel;

  fixture->random = 0.5;
  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, "a");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  fixture_subscribe (fixture, "a");
  raw_peer_reset (fixture->peer);

  if (g_str_equal (action, "subscribe"))
    {
      fixture_ask_for (fixture, "b");
      fixture_ask_for (fixture, "c");
    }
  else if (g_str_equal (action, "unsubscribe"))
    {
      pusher_channel_unsubscribe (channel);
    }
  else if (g_str_equal (action, "ping"))
    {
      pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
    }
  else if (g_str_equal (action, "liveness"))
    {
      fixture_advance (fixture, SECONDS (120));
    }

  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_use_server (fixture);
  fixture_retry (fixture);
  fixture_sync (fixture);
  g_assert_cmpint (pusher_test_server_has_subscriber (fixture->server, "a"), ==,
                   !g_str_equal (action, "unsubscribe"));
  g_assert_cmpint (pusher_test_server_has_subscriber (fixture->server, "b"), ==,
                   g_str_equal (action, "subscribe"));
  g_assert_cmpint (pusher_test_server_has_subscriber (fixture->server, "c"), ==,
                   g_str_equal (action, "subscribe"));
  fixture_assert_log (fixture,
                      "connecting connected connecting error:connection-lost in:0.25 connected");

  if (g_str_equal (action, "ping"))
    {
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (result);
      g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, &error), ==, -1);
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/channel-reconnect/gap", NULL, test_gap);
  fixture_add ("/channel-reconnect/gap/over-failures", NULL, test_gap_over_failures);
  fixture_add ("/channel-reconnect/gap/none-after-unsubscribe", NULL,
               test_no_gap_after_unsubscribe);
  fixture_add ("/channel-reconnect/gap/dead-connection", NULL, test_gap_of_dead_connection);
  fixture_add ("/channel-reconnect/reconnect-many", NULL, test_reconnect_many);
  fixture_add ("/channel-reconnect/unnoticed-loss/subscribe", "subscribe", test_unnoticed_loss);
  fixture_add ("/channel-reconnect/unnoticed-loss/unsubscribe", "unsubscribe", test_unnoticed_loss);
  fixture_add ("/channel-reconnect/unnoticed-loss/ping", "ping", test_unnoticed_loss);
  fixture_add ("/channel-reconnect/unnoticed-loss/liveness", "liveness", test_unnoticed_loss);

  return g_test_run ();
}
