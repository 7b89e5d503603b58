/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fixture.h"

#include <string.h>

#define BAD_TEXT "not JSON"

static PusherMetrics *
get_metrics (Fixture *fixture)
{
  return pusher_client_get_metrics (fixture->client);
}

static void
test_new (Fixture      *fixture,
          gconstpointer user_data)
{
  g_autoptr (PusherMetrics) metrics = get_metrics (fixture);
  const PusherMetrics none = { .last_round_trip = -1, .ping_interval = -1 };

  g_assert_cmpmem (metrics, sizeof *metrics, &none, sizeof none);
}

static void
test_connects (Fixture      *fixture,
               gconstpointer user_data)
{
  g_autoptr (PusherMetrics) before = NULL;
  g_autoptr (PusherMetrics) after = NULL;

  fixture_connect (fixture);
  before = get_metrics (fixture);
  g_assert_cmpuint (before->attempts, ==, 1);
  g_assert_cmpuint (before->connects, ==, 1);
  g_assert_cmpuint (before->reconnects, ==, 0);

  pusher_test_faults_refuse (fixture->faults, 4100, NULL);
  fixture_lose (fixture);
  fixture_advance (fixture, fixture_get_delay (fixture));
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
  pusher_test_faults_refuse (fixture->faults, 0, NULL);
  fixture_retry (fixture);

  after = get_metrics (fixture);
  g_assert_cmpuint (after->attempts, ==, 3);
  g_assert_cmpuint (after->connects, ==, 2);
  g_assert_cmpuint (after->reconnects, ==, 1);
  g_string_truncate (fixture->log, 0);
}

static void
test_messages (Fixture      *fixture,
               gconstpointer user_data)
{
  g_autoptr (PusherMetrics) before = NULL;
  g_autoptr (PusherMetrics) after = NULL;
  const char *const event = "{\"event\":\"e\",\"channel\":\"b\"}";

  fixture_connect (fixture);
  before = get_metrics (fixture);
  g_assert_cmpuint (before->messages_received, ==, 1);
  g_assert_cmpuint (before->bytes_received, >, strlen (pusher_client_get_socket_id (fixture->client)));
  g_assert_cmpuint (before->messages_sent, ==, 0);

  pusher_test_faults_send_text (fixture->faults, NULL, event);
  pusher_test_faults_send_text (fixture->faults, NULL, BAD_TEXT);
  fixture_sync (fixture);

  after = get_metrics (fixture);
  g_assert_cmpuint (after->messages_received, ==, 4);
  g_assert_cmpuint (after->bytes_received - before->bytes_received, >=,
                    strlen (event) + strlen (BAD_TEXT) + strlen ("{\"event\":\"pusher:pong\"}"));
  g_assert_cmpuint (after->messages_dropped, ==, 1);
  g_assert_cmpuint (after->messages_sent, ==, 1);
  g_assert_cmpuint (after->bytes_sent, ==, strlen ("{\"event\":\"pusher:ping\",\"data\":{}}"));
  g_assert_cmpint (after->last_round_trip, ==, 0);
  fixture_assert_log (fixture, "connecting connected error:protocol");
}

static void
test_round_trip (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autoptr (PusherMetrics) metrics = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect (fixture);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  fixture->now += SECONDS (0.25);
  wait_until (result != NULL);

  metrics = get_metrics (fixture);
  g_assert_cmpint (metrics->last_round_trip, ==, SECONDS (0.25));
  g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, NULL), ==, SECONDS (0.25));
}

/* The server may want less silence than the client. */
static void
test_ping_interval (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autoptr (PusherMetrics) connected = NULL;
  g_autoptr (PusherMetrics) lost = NULL;

  pusher_test_faults_set_activity_timeout (fixture->faults, 20);
  fixture_connect (fixture);
  connected = get_metrics (fixture);
  g_assert_cmpint (connected->ping_interval, ==, SECONDS (20));

  fixture_lose (fixture);
  lost = get_metrics (fixture);
  g_assert_cmpint (lost->ping_interval, ==, -1);
  g_string_truncate (fixture->log, 0);
}

static void
test_channels (Fixture      *fixture,
               gconstpointer user_data)
{
  g_autoptr (PusherMetrics) metrics = NULL;
  PusherChannel *failed;

  pusher_test_faults_fail_subscription (fixture->faults, "f", "AuthError", "no", 403);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
  fixture_subscribe (fixture, "b");
  failed = pusher_client_subscribe (fixture->client, "f", NULL);
  wait_until (pusher_channel_get_state (failed) == PUSHER_CHANNEL_STATE_FAILED);
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  pusher_client_subscribe (fixture->client, "p", NULL);

  metrics = get_metrics (fixture);
  g_assert_cmpuint (metrics->channels_subscribed, ==, 2);
  g_assert_cmpuint (metrics->channels_failed, ==, 1);
  g_assert_cmpuint (metrics->channels_pending, ==, 1);
}

/* It says what it knows, and does not change afterwards. */
static void
test_text (Fixture      *fixture,
           gconstpointer user_data)
{
  g_autoptr (PusherMetrics) metrics = get_metrics (fixture);
  g_autoptr (PusherMetrics) copy = pusher_metrics_copy (metrics);
  g_autofree char *text = pusher_metrics_to_string (copy);
  g_autofree char *later = NULL;

  g_assert_nonnull (strstr (text, "last round trip: unknown; ping after silence of: unknown\n"));
  g_assert_nonnull (strstr (text, "connections: 0 of 0 attempts\n"));

  fixture_connect (fixture);
  fixture_sync (fixture);
  g_assert_cmpmem (metrics, sizeof *metrics, copy, sizeof *copy);
  g_clear_pointer (&metrics, pusher_metrics_free);
  metrics = get_metrics (fixture);
  later = pusher_metrics_to_string (metrics);
  g_assert_nonnull (strstr (later, "connections: 1 of 1 attempts\n"));
  g_assert_nonnull (strstr (later, "last round trip: 0.0 ms; ping after silence of: "));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/metrics/new", NULL, test_new);
  fixture_add ("/metrics/connects", NULL, test_connects);
  fixture_add ("/metrics/messages", NULL, test_messages);
  fixture_add ("/metrics/round-trip", NULL, test_round_trip);
  fixture_add ("/metrics/ping-interval", NULL, test_ping_interval);
  fixture_add ("/metrics/channels", NULL, test_channels);
  fixture_add ("/metrics/text", NULL, test_text);

  return g_test_run ();
}
