/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Servers that go on talking, but do not read: what the client has to say to them
 * is bounded. */

#include "fixture.h"
#include "raw-peer.h"

#include "connection/pusher-connection-status-private.h"

#include <string.h>

#define TEXT 0x81
#define MIB (1024 * 1024)

#define PING "{\"event\":\"pusher:ping\",\"data\":{}}"
#define SUBSCRIBED \
  "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"private-a\",\"data\":{}}"

typedef struct
{
  Fixture fixture;
  PusherClient *client; /* the fixture's */
  PusherChannel *channel;
  RawPeer *peer;
} Test;

static void
say (Test       *test,
     const char *text)
{
  raw_peer_frame (test->peer, TEXT, text, strlen (text));
}

/* Connected and subscribed. */
static void
set_up (Test         *test,
        gconstpointer user_data)
{
  fixture_set_up (&test->fixture, NULL);
  test->fixture.random = 0.5;
  test->client = test->fixture.client;
  test->peer = raw_peer_new ();
  g_object_set (test->client, "port", test->peer->port, NULL);
  pusher_client_use_secret (test->client, "secret", NULL, NULL);
  pusher_client_set_max_event_size (test->client, 0);

  test->channel = pusher_client_subscribe (test->client, "private-a", NULL);
  pusher_client_open (test->client);
  raw_peer_welcome (test->peer);
  wait_until (test->peer->received->len > 0);
  say (test, SUBSCRIBED);
  wait_until (pusher_channel_get_state (test->channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (&test->fixture, "connecting connected");
}

static void
tear_down (Test         *test,
           gconstpointer user_data)
{
  fixture_tear_down (&test->fixture, NULL);
  raw_peer_free (test->peer);
}

static guint64
get_n_sent (Test *test)
{
  g_autoptr (PusherMetrics) metrics = pusher_client_get_metrics (test->client);

  return metrics->messages_sent;
}

static guint64
get_n_received (Test *test)
{
  g_autoptr (PusherMetrics) metrics = pusher_client_get_metrics (test->client);

  return metrics->messages_received;
}

/* 8 MiB wait: more than fits into the sockets. */
static void
go_deaf (Test *test)
{
  g_autofree char *data = g_strnfill (10 * 1000, '1');

  test->peer->deaf = TRUE;
  for (guint i = 0; i < 8 * MIB / strlen (data); i++)
    g_assert_true (pusher_channel_trigger (test->channel, "client-x", data, NULL));
}

static void
listen_to_all (Test *test)
{
  PusherConnection *connection = pusher_client_get_connection (test->client);

  raw_peer_listen (test->peer);
  wait_until (pusher_transport_get_n_waiting (connection->transport) == 0);
}

/* Ten a second, for minutes: one answer at most waits for its turn. */
static void
test_pings (Test         *test,
            gconstpointer user_data)
{
  guint64 n_before, n_sent;

  go_deaf (test);
  n_before = get_n_sent (test);
  for (guint second = 0; second < 60; second++)
    {
      guint64 n_received = get_n_received (test);

      for (guint i = 0; i < 10; i++)
        say (test, PING);
      wait_until (get_n_received (test) == n_received + 10);
      fixture_advance (&test->fixture, SECONDS (1));
    }
  g_assert_cmpuint (get_n_sent (test), ==, n_before + 1);

  /* Then there is room again. */
  listen_to_all (test);
  n_sent = get_n_sent (test);
  say (test, PING);
  wait_until (get_n_sent (test) == n_sent + 1);
}

/* The application hears of it. */
static void
test_trigger (Test         *test,
              gconstpointer user_data)
{
  g_autofree char *data = g_strnfill (10 * 1000, '1');
  g_autoptr (GError) error = NULL;
  gsize n = 0;

  test->peer->deaf = TRUE;
  while (pusher_channel_trigger (test->channel, "client-x", data, &error))
    {
      n += strlen (data);
      g_assert_cmpuint (n, <, 64 * MIB);
    }
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_BUSY);
  g_assert_cmpuint (n, >, 15 * MIB);
  g_assert_cmpint (pusher_client_get_state (test->client), ==, PUSHER_CONNECTION_STATE_CONNECTED);
  g_assert_false (pusher_channel_trigger (test->channel, "client-x", "1", NULL));

  listen_to_all (test);
  g_assert_true (pusher_channel_trigger (test->channel, "client-x", "1", NULL));
  wait_until (test->peer->received->len > n);
}

static gboolean
authorize_cb (PusherAuthorizer           *authorizer,
              PusherAuthorizationRequest *request,
              guint                      *n_requests)
{
  g_autoptr (GError) error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_FAILED, "later");

  ++*n_requests;
  pusher_authorization_request_fail_for_now (request, error);

  return TRUE;
}

/* What is tried again by itself waits, too. */
static void
test_resubscribe (Test         *test,
                  gconstpointer user_data)
{
  g_autoptr (PusherAuthorizer) authorizer = g_object_new (PUSHER_TYPE_AUTHORIZER, NULL);
  guint n_requests = 0;

  g_signal_connect (authorizer, "authorize", G_CALLBACK (authorize_cb), &n_requests);
  pusher_client_set_authorizer (test->client, authorizer);
  go_deaf (test);
  pusher_client_subscribe (test->client, "private-b", NULL);
  g_assert_cmpuint (n_requests, ==, 1);

  for (guint i = 0; i < 10; i++)
    {
      guint64 n_received = get_n_received (test);

      say (test, PING);
      wait_until (get_n_received (test) == n_received + 1);
      fixture_advance (&test->fixture, SECONDS (30));
    }
  g_assert_cmpuint (n_requests, ==, 1);

  listen_to_all (test);
  fixture_advance (&test->fixture, SECONDS (30));
  g_assert_cmpuint (n_requests, ==, 2);
}

/* --- What waits for a server to read it ---------------------------------- */

/* A server that has no time to read: all runs in one thread. */
typedef struct
{
  Fixture *fixture;
  guint n_channels;
  guint n_heard;
  guint n_iterations; /* of the main loop */
} Burst;

/* The longest there are, so that the socket is soon full */
static char *
dup_name (guint number)
{
  return g_strdup_printf ("channel-%0150u", number);
}

static void
heard_cb (PusherTestServer *server,
          const char       *socket_id,
          const char       *text,
          Burst            *burst)
{
  g_autofree char *name = dup_name (burst->n_heard);
  gboolean was_event = strstr (text, "client-x") != NULL;

  /* In order: the event is the last but one. */
  g_assert_cmpint (was_event, ==, burst->n_heard == burst->n_channels);
  if (burst->n_heard < burst->n_channels)
    g_assert_nonnull (strstr (text, name));
  burst->n_heard++;
}

static gboolean
has_heard_all (Burst *burst)
{
  burst->n_iterations++;

  return burst->n_heard == burst->n_channels + 2;
}

/* However many there are, they are not written one by one. */
static void
test_burst (Fixture      *fixture,
            gconstpointer user_data)
{
  Burst burst = { .fixture = fixture, .n_channels = scale_number (40000) };
  PusherChannel *channel;

  fixture_use_secret (fixture, fixture->client, NULL);
  fixture_connect (fixture);
  channel = fixture_subscribe (fixture, "private-a");
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  g_signal_handlers_disconnect_matched (fixture->server, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_DATA,
                                        g_signal_lookup ("message-received",
                                                         PUSHER_TEST_TYPE_SERVER),
                                        0, NULL, NULL, fixture);
  g_signal_connect (fixture->server, "message-received", G_CALLBACK (heard_cb), &burst);

  for (guint i = 0; i < burst.n_channels; i++)
    {
      g_autofree char *name = dup_name (i);

      fixture_ask_for (fixture, name);
    }
  g_assert_true (pusher_channel_trigger (channel, "client-x", "1", NULL));
  pusher_channel_unsubscribe (channel);
  wait_until (has_heard_all (&burst));
  g_test_message ("%u messages in %u iterations", burst.n_heard, burst.n_iterations);
  g_assert_cmpuint (burst.n_iterations, <, burst.n_channels / 10);

  g_signal_handlers_disconnect_by_data (fixture->server, &burst);
  g_string_truncate (fixture->log, 0);
}

/* What was sent before the end comes before the end. */
static void
test_close (Test         *test,
            gconstpointer user_data)
{
  const gsize header_size = 2 + 2 + 4; /* of a frame of 126 bytes and more */
  const gsize close_size = 2 + 4 + 2;
  g_autoptr (PusherMetrics) before = pusher_client_get_metrics (test->client);
  g_autoptr (PusherMetrics) after = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  gsize size = test->peer->received->len;

  go_deaf (test);
  after = pusher_client_get_metrics (test->client);
  size += (after->messages_sent - before->messages_sent) * header_size;
  size += after->bytes_sent - before->bytes_sent;

  pusher_client_close_async (test->client, NULL, store_result_cb, &result);
  raw_peer_listen (test->peer);
  wait_until (test->peer->received->len == size + close_size);
  raw_peer_hang_up (test->peer);
  wait_until (result != NULL);
  g_string_truncate (test->fixture.log, 0);
}

static void
test_lost (Test         *test,
           gconstpointer user_data)
{
  go_deaf (test);
  raw_peer_reset (test->peer);
  wait_until (pusher_client_get_retry_at (test->client) != 0);
  g_string_truncate (test->fixture.log, 0);
}

static void
test_drop (Test         *test,
           gconstpointer user_data)
{
  go_deaf (test);
  fixture_drop_client (&test->fixture);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, Test, NULL, set_up, test, tear_down)
  add ("/deaf/pings", test_pings);
  add ("/deaf/trigger", test_trigger);
  add ("/deaf/resubscribe", test_resubscribe);
  add ("/deaf/close", test_close);
  add ("/deaf/lost", test_lost);
  add ("/deaf/drop", test_drop);
  fixture_add ("/deaf/burst", NULL, test_burst);

  return g_test_run ();
}
