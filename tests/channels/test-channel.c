/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Subscriptions and events. */

#include "fixture.h"

#define SUBSCRIBED(channel) \
  "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"" channel "\"}"
#define SUBSCRIPTION_ERROR(channel)                                      \
  "{\"event\":\"pusher:subscription_error\",\"channel\":\"" channel "\"," \
  "\"data\":{\"type\":\"LimitReached\",\"error\":\"too many\",\"status\":4100}}"
#define EVENT(channel, event, data) \
  "{\"event\":\"" event "\",\"channel\":\"" channel "\",\"data\":\"" data "\"}"

static PusherChannel *
subscribe (Fixture    *fixture,
           const char *name)
{
  g_autoptr (GError) error = NULL;
  PusherChannel *channel = pusher_client_subscribe (fixture->client, name, &error);

  g_assert_no_error (error);
  g_assert_true (PUSHER_IS_CHANNEL (channel));

  return channel;
}

/* --- Subscribing --------------------------------------------------------- */

static void
test_subscribe_before_open (Fixture      *fixture,
                            gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  fixture_record_channel (fixture, channel);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_true (subscribe (fixture, "a") == channel);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
  fixture_sync (fixture);

  /* A channel is not pending twice */
  fixture_assert_log (fixture,
                      "connecting connected a:subscribed a:subscription-succeeded");
  fixture_assert_sent (fixture, "subscribe:a ping");
  g_assert_true (pusher_test_server_has_subscriber (fixture->server, "a"));
}

static void
test_subscribe_after_open (Fixture      *fixture,
                           gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect (fixture);
  channel = subscribe (fixture, "a");
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_true (subscribe (fixture, "a") == channel);
  fixture_subscribe (fixture, "a");
  g_assert_true (subscribe (fixture, "a") == channel);
  g_assert_true (pusher_client_get_channel (fixture->client, "a") == channel);
  g_assert_null (pusher_client_get_channel (fixture->client, "b"));
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a ping");

  g_assert_cmpstr (pusher_channel_get_name (channel), ==, "a");
  g_assert_cmpint (pusher_channel_get_kind (channel), ==, PUSHER_CHANNEL_KIND_PUBLIC);
  g_assert_false (pusher_channel_get_cache (channel));
  g_assert_true (pusher_channel_get_cache (subscribe (fixture, "cache-a")));
}

static void
test_properties (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autofree char *name = NULL;
  PusherChannelKind kind;
  PusherChannelState state;
  gboolean cache;
  gint64 subscription_count;

  g_object_get (subscribe (fixture, "cache-a"),
                "name", &name,
                "kind", &kind,
                "state", &state,
                "cache", &cache,
                "subscription-count", &subscription_count,
                NULL);
  g_assert_cmpstr (name, ==, "cache-a");
  g_assert_cmpint (kind, ==, PUSHER_CHANNEL_KIND_PUBLIC);
  g_assert_cmpint (state, ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_true (cache);
  g_assert_cmpint (subscription_count, ==, -1);
}

/* In the order in which the application asked. */
static void
test_subscribe_many (Fixture      *fixture,
                     gconstpointer user_data)
{
  subscribe (fixture, "c");
  subscribe (fixture, "a");
  subscribe (fixture, "b");
  pusher_client_unsubscribe (fixture->client, "a");
  subscribe (fixture, "d");
  subscribe (fixture, "a");
  fixture_connect (fixture);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:c subscribe:b subscribe:d subscribe:a ping");

  fixture_lose (fixture);
  fixture_retry (fixture);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:c subscribe:b subscribe:d subscribe:a ping");
}

static void
test_invalid_names (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autofree char *too_long = g_strnfill (165, 'x');
  g_autofree char *longest = g_strnfill (164, 'x');
  const char *const names[] = {
    NULL, "", " ", "a b", "a\n", "#x", "#server-to-user-1", "a/b", "a:b", "ü", "\xf0\x9f\x8e\xb5",
    "\xff", "a\xc3", "\xed\xa0\x80", "a\"", too_long,
  };

  fixture_connect (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_null (pusher_client_subscribe (fixture->client, names[i], &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      g_assert_null (pusher_client_subscribe (fixture->client, names[i], NULL));
      g_clear_error (&error);

      pusher_client_subscribe_async (fixture->client, names[i], NULL, store_result_cb, &result);
      wait_until (result != NULL);
      g_assert_null (pusher_client_subscribe_finish (fixture->client, result, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME);

      if (names[i] != NULL)
        {
          g_assert_null (pusher_client_get_channel (fixture->client, names[i]));
          pusher_client_unsubscribe (fixture->client, names[i]);
        }
    }

  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping");
  g_assert_cmpuint (g_list_model_get_n_items (pusher_client_get_channels (fixture->client)), ==, 0);
  fixture_assert_log (fixture, "connecting connected");

  fixture_subscribe (fixture, longest);
  fixture_subscribe (fixture, "-_=@,.;09azAZ");
}

/* --- Waiting for a subscription ------------------------------------------ */

static void
assert_subscribes (Fixture       *fixture,
                   GAsyncResult **result,
                   PusherChannel *channel)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherChannel) subscribed = NULL;

  wait_until (*result != NULL);
  subscribed = pusher_client_subscribe_finish (fixture->client, *result, &error);
  g_assert_no_error (error);
  g_assert_true (subscribed == channel);
  g_clear_object (result);
}

#define assert_subscribe_fails(fixture, result, domain, code)                  \
  G_STMT_START                                                                 \
  {                                                                            \
    g_autoptr (GError) error_ = NULL;                                          \
    wait_until (*(result) != NULL);                                            \
    g_assert_null (pusher_client_subscribe_finish ((fixture)->client, *(result), &error_)); \
    g_assert_error (error_, domain, code);                                     \
    g_clear_object (result);                                                   \
  }                                                                            \
  G_STMT_END

static void
test_subscribe_async (Fixture      *fixture,
                      gconstpointer user_data)
{
  GAsyncResult *results[3] = { NULL };
  PusherChannel *channel;

  /* Before there is a connection, and while the answer is on its way */
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &results[0]);
  channel = pusher_client_get_channel (fixture->client, "a");
  g_assert_nonnull (channel);
  fixture_connect (fixture);
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &results[1]);
  assert_subscribes (fixture, &results[0], channel);
  assert_subscribes (fixture, &results[1], channel);

  /* And when there is nothing to wait for */
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &results[2]);
  assert_subscribes (fixture, &results[2], channel);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a ping");
}

static void
test_subscribe_async_over_reconnect (Fixture      *fixture,
                                     gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect (fixture);
  pusher_test_server_set_silent (fixture->server, TRUE);
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  fixture_settle (fixture);
  pusher_test_server_set_silent (fixture->server, FALSE);
  fixture_lose (fixture);
  g_assert_null (result);
  fixture_retry (fixture);
  assert_subscribes (fixture, &result, pusher_client_get_channel (fixture->client, "a"));
  fixture_assert_sent (fixture, "subscribe:a subscribe:a");
}

static void
test_subscribe_async_cancelled (Fixture      *fixture,
                                gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  pusher_client_subscribe_async (fixture->client, "a", cancellable, store_result_cb, &cancelled);
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  g_cancellable_cancel (cancellable);
  assert_subscribe_fails (fixture, &cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* The subscription goes on, and so does the one who waits on */
  g_assert_null (result);
  fixture_connect (fixture);
  assert_subscribes (fixture, &result, pusher_client_get_channel (fixture->client, "a"));
}

static void
test_subscribe_async_closed (Fixture      *fixture,
                             gconstpointer user_data)
{
  gboolean connected = GPOINTER_TO_INT (user_data);
  g_autoptr (GAsyncResult) result = NULL;

  if (connected)
    fixture_connect (fixture);
  else
    pusher_client_open (fixture->client);
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  pusher_client_close (fixture->client);
  assert_subscribe_fails (fixture, &result, PUSHER_ERROR, PUSHER_ERROR_CLOSED);

  /* The channel stays wanted */
  g_assert_cmpint (pusher_channel_get_state (pusher_client_get_channel (fixture->client, "a")), ==,
                   PUSHER_CHANNEL_STATE_PENDING);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
}

static void
test_subscribe_async_refused (Fixture      *fixture,
                              gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  pusher_test_server_refuse (fixture->server, 4001, "no");
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  pusher_client_open (fixture->client);
  assert_subscribe_fails (fixture, &result,
                          PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_APP_NOT_FOUND);
}

static void
test_subscribe_async_unsubscribed (Fixture      *fixture,
                                   gconstpointer user_data)
{
  gboolean connected = GPOINTER_TO_INT (user_data);
  GAsyncResult *results[2] = { NULL };

  if (connected)
    fixture_connect (fixture);
  for (guint i = 0; i < 2; i++)
    pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &results[i]);
  pusher_client_unsubscribe (fixture->client, "a");
  for (guint i = 0; i < 2; i++)
    assert_subscribe_fails (fixture, &results[i], PUSHER_ERROR, PUSHER_ERROR_CLOSED);
  g_assert_null (pusher_client_get_channel (fixture->client, "a"));
}

static void
test_subscribe_async_rejected (Fixture      *fixture,
                               gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect_to_peer (fixture);
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  assert_subscribe_fails (fixture, &result, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_OVER_CAPACITY);
}

/* --- A subscription that is refused -------------------------------------- */

static void
check_error_cb (PusherChannel *channel,
                const GError  *error,
                guint         *n_errors)
{
  g_assert_nonnull (strstr (error->message, "LimitReached"));
  g_assert_nonnull (strstr (error->message, "too many"));
  g_assert_nonnull (strstr (error->message, "LimitReached"));
  (*n_errors)++;
}

static void
test_subscription_error (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;
  guint n_errors = 0;

  fixture_connect_to_peer (fixture);
  channel = subscribe (fixture, "a");
  fixture_record_channel (fixture, channel);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (check_error_cb), &n_errors);
  g_string_truncate (fixture->log, 0);

  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (n_errors == 1);
  fixture_assert_log (fixture, "a:failed a:subscription-error");
  g_assert_true (pusher_client_get_channel (fixture->client, "a") == channel);

  /* An answer that nobody waits for is none */
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "");

  /* Again, because the application says so: by resubscribe and by subscribe */
  g_assert_true (pusher_channel_resubscribe (channel, &error));
  g_assert_no_error (error);
  raw_peer_expect (fixture->peer, "subscribe:a");
  g_assert_true (pusher_channel_resubscribe (channel, &error));
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (n_errors == 2);
  fixture_assert_log (fixture, "a:pending a:failed a:subscription-error");

  g_assert_true (subscribe (fixture, "a") == channel);
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_assert_log (fixture, "a:pending a:subscribed a:subscription-succeeded");
}

static void
test_subscription_error_reconnect (Fixture      *fixture,
                                   gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = subscribe (fixture, "a");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
  fixture_record_channel (fixture, channel);
  g_string_truncate (fixture->log, 0);

  fixture_use_server (fixture);
  pusher_client_reconnect_now (fixture->client);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);

  /* There is no gap where there was nothing before */
  fixture_assert_log (fixture,
                      "a:pending connecting connected a:subscribed a:subscription-succeeded");
}

/* Its data may be anything. */
static void
test_subscription_error_data (Fixture      *fixture,
                              gconstpointer user_data)
{
  static const char *const datas[] = {
    "", ",\"data\":null", ",\"data\":\"text\"", ",\"data\":[1]", ",\"data\":{}",
    ",\"data\":{\"type\":1,\"error\":{},\"status\":\"x\"}",
    ",\"data\":{\"type\":\"\\ud834\\udd1e\",\"status\":1e300}",
  };
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = subscribe (fixture, "a");
  for (guint i = 0; i < G_N_ELEMENTS (datas); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"event\":\"pusher:subscription_error\",\"channel\":\"a\"%s}", datas[i]);

      raw_peer_say (fixture->peer, text);
      wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
      pusher_channel_resubscribe (channel, NULL);
    }
}

/* --- Unsubscribing ------------------------------------------------------- */

static void
test_unsubscribe (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = NULL;

  channel = g_object_ref (fixture_connect_channel (fixture, "a"));

  pusher_channel_unsubscribe (channel);
  g_assert_null (pusher_client_get_channel (fixture->client, "a"));
  pusher_test_server_send_text (fixture->server, NULL, EVENT ("a", "late", "x"));
  pusher_test_server_send_text (fixture->server, NULL, SUBSCRIBED ("a"));
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
  subscribe (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  fixture_connect (fixture);
  subscribe (fixture, "b");
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
  subscribe (fixture, "a");
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
  first = g_object_ref (subscribe (fixture, "a"));
  fixture_record_channel (fixture, first);
  for (guint i = 0; i < n_times; i++)
    {
      pusher_client_unsubscribe (fixture->client, "a");
      channel = subscribe (fixture, "a");
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
  subscribe (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  channel = subscribe (fixture, "a");
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
  subscribe (fixture, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  subscribe (fixture, "a");
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

/* --- Events -------------------------------------------------------------- */

static void
add_detail_cb (GObject     *object,
               PusherEvent *event,
               GString     *log)
{
  add_word (log, "%s.%s=%s",
            PUSHER_IS_CLIENT (object) ? "client" : "channel",
            pusher_event_get_name (event), pusher_event_get_data (event));
}

/* By detail and without, of the channel first and of the client then. */
static void
test_events (Fixture      *fixture,
             gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect (fixture);
  channel = fixture_subscribe (fixture, "a");
  fixture_subscribe (fixture, "b");
  g_string_truncate (fixture->log, 0);
  g_signal_connect (fixture->client, "event", G_CALLBACK (add_detail_cb), fixture->log);
  g_signal_connect (channel, "event::price", G_CALLBACK (add_detail_cb), fixture->log);
  g_signal_connect (channel, "event::price", G_CALLBACK (add_detail_cb), fixture->log);
  g_signal_connect (channel, "event::other", G_CALLBACK (add_detail_cb), fixture->log);

  pusher_test_server_publish (fixture->server, "a", "price", "1.5", NULL);
  pusher_test_server_publish (fixture->server, "a", "unheard-of", "x", NULL);
  pusher_test_server_publish (fixture->server, "b", "price", "2", NULL);
  pusher_test_server_publish (fixture->server, "c", "price", "3", NULL);
  fixture_sync (fixture);
  fixture_assert_log (fixture,
                      "channel.price=1.5 channel.price=1.5 client.price=1.5 "
                      "client.unheard-of=x client.price=2");

  g_signal_connect (channel, "event", G_CALLBACK (add_detail_cb), fixture->log);
  g_signal_connect (fixture->client, "event::price", G_CALLBACK (add_detail_cb), fixture->log);
  pusher_test_server_publish (fixture->server, "a", "price", "4", NULL);
  fixture_sync (fixture);
  fixture_assert_log (fixture,
                      "channel.price=4 channel.price=4 channel.price=4 client.price=4 "
                      "client.price=4");
}

static void
store_event_cb (GObject     *object,
                PusherEvent *event,
                PusherEvent **stored)
{
  g_assert_null (*stored);
  *stored = g_object_ref (event);
}

static void
test_event_contents (Fixture      *fixture,
                     gconstpointer user_data)
{
  static const struct
  {
    const char *json;
    const char *data;
  } datas[] = {
    { "\"text\"", "text" },
    { "\"{\\\"a\\\":1}\"", "{\"a\":1}" },
    { "{\"a\":1}", "{\"a\":1}" },
    { "[1,2]", "[1,2]" },
    { "1.50", "1.50" },
    { "true", "true" },
    { "null", NULL },
    { "\"\\u00fc\\n\\ud834\\udd1e\"", "ü\n𝄞" },
    { "\"\"", "" },
  };
  PusherChannel *channel;

  fixture_connect (fixture);
  channel = fixture_subscribe (fixture, "a");

  for (guint i = 0; i < G_N_ELEMENTS (datas); i++)
    {
      g_autoptr (PusherEvent) event = NULL;
      gulong handler =
        g_signal_connect (channel, "event", G_CALLBACK (store_event_cb), &event);

      pusher_test_server_publish_json (fixture->server, "a", "e", datas[i].json, NULL);
      wait_until (event != NULL);
      g_assert_cmpstr (pusher_event_get_name (event), ==, "e");
      g_assert_cmpstr (pusher_event_get_channel_name (event), ==, "a");
      g_assert_cmpstr (pusher_event_get_data (event), ==, datas[i].data);
      g_assert_null (pusher_event_get_user_id (event));
      g_signal_handler_disconnect (channel, handler);
    }
}

/* What comes on no channel, or on one that the application did not ask for, is
 * for the client; what is internal is for nobody. */
static void
test_other_events (Fixture      *fixture,
                   gconstpointer user_data)
{
  fixture_connect_channel (fixture, "a");
  g_signal_connect (fixture->client, "event", G_CALLBACK (add_detail_cb), fixture->log);
  pusher_test_server_send_text (fixture->server, NULL, EVENT ("unknown", "x", "1"));
  pusher_test_server_send_text (fixture->server, NULL, "{\"event\":\"y\",\"data\":\"2\"}");
  pusher_test_server_send_text (fixture->server, NULL, "{\"event\":\"pusher:new\",\"data\":3}");
  pusher_test_server_send_text (fixture->server, NULL, SUBSCRIBED ("unknown"));
  pusher_test_server_send_text (fixture->server, NULL, EVENT ("a", "pusher_internal:new", ""));
  pusher_test_server_send_text (fixture->server, NULL, "{\"event\":\"pusher_internal:new\"}");
  pusher_test_server_send_text (fixture->server, NULL, EVENT ("a", "pusher:new", "4"));
  fixture_sync (fixture);
  fixture_assert_log (fixture, "client.x=1 client.y=2 client.pusher:new=3 client.pusher:new=4");
}

/* The names that the protocol has for it. */
static void
test_subscription_events (Fixture      *fixture,
                          gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = subscribe (fixture, "cache-a");
  g_signal_connect (channel, "event", G_CALLBACK (add_detail_cb), fixture->log);
  g_string_truncate (fixture->log, 0);
  raw_peer_say (fixture->peer, SUBSCRIBED ("cache-a"));
  raw_peer_say (fixture->peer, EVENT ("cache-a", "pusher:cache_miss", ""));
  raw_peer_say (fixture->peer,
                "{\"event\":\"pusher_internal:subscription_count\","
                        "\"channel\":\"cache-a\",\"data\":{\"subscription_count\":2}}");
  wait_until (pusher_channel_get_subscription_count (channel) == 2);
  fixture_assert_log (fixture,
                      "channel.pusher:subscription_succeeded=(null) "
                      "channel.pusher:cache_miss= "
                      "channel.pusher:subscription_count={\"subscription_count\":2}");

  pusher_client_reconnect_now (fixture->client);
  raw_peer_welcome (fixture->peer);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  g_string_truncate (fixture->log, 0);
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("cache-a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
  g_assert_true (g_str_has_prefix (fixture->log->str, "channel.pusher:subscription_error={"));
}

static void
test_subscription_count (Fixture      *fixture,
                         gconstpointer user_data)
{
  static const char *const datas[] = {
    "\"{\\\"subscription_count\\\":3}\"", "{\"subscription_count\":3}", "{\"subscription_count\":0}",
    "{}", "[]", "{\"subscription_count\":-2}", "{\"subscription_count\":\"5\"}", "null", "\"\"",
    "{\"subscription_count\":9223372036854775807}",
  };
  PusherChannel *channel;

  channel = fixture_connect_channel (fixture, "a");
  for (guint i = 0; i < G_N_ELEMENTS (datas); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"event\":\"pusher_internal:subscription_count\","
                         "\"channel\":\"a\",\"data\":%s}",
                         datas[i]);

      pusher_test_server_send_text (fixture->server, NULL, text);
    }
  fixture_sync (fixture);
  fixture_assert_log (fixture, "a:count:3 a:count:0 a:count:9223372036854775807");

  /* Nobody knows what happens meanwhile */
  fixture_lose (fixture);
  g_assert_cmpint (pusher_channel_get_subscription_count (channel), ==, -1);
}

static void
test_cache_miss (Fixture      *fixture,
                 gconstpointer user_data)
{
  fixture_connect_channel (fixture, "cache-a");
  pusher_test_server_send_text (fixture->server, NULL, EVENT ("cache-a", "pusher:cache_miss", ""));
  fixture_sync (fixture);
  fixture_assert_log (fixture, "cache-a:cache-miss");
}

/* --- After a reconnect --------------------------------------------------- */

static void
test_gap (Fixture      *fixture,
          gconstpointer user_data)
{
  PusherChannel *channel = subscribe (fixture, "a");

  fixture_record_channel (fixture, channel);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_log (fixture, "connecting connected a:subscribed a:subscription-succeeded");

  fixture_lose (fixture);
  fixture_assert_log (fixture, "a:pending connecting in:0.25 error:connection-lost");
  fixture->now += SECONDS (2.5);
  fixture_retry (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_log (fixture, "connected a:subscribed a:subscription-succeeded a:gap:2.5");

  /* The time of a second loss counts from there */
  fixture_lose (fixture);
  fixture_retry (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_log (fixture,
                      "a:pending connecting in:0.5 error:connection-lost connected "
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

  pusher_test_server_set_http_status (fixture->server, 503);
  for (guint i = 0; i < 3; i++)
    {
      fixture_advance (fixture, fixture_get_delay (fixture));
      wait_until (pusher_client_get_retry_at (fixture->client) != 0);
    }
  pusher_client_close (fixture->client);
  fixture->now += SECONDS (100);
  pusher_test_server_set_http_status (fixture->server, 0);
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

      channels[i] = subscribe (fixture, name);
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
  channel = subscribe (fixture, "a");
  raw_peer_say (fixture->peer, SUBSCRIBED ("a"));
  fixture_subscribe (fixture, "a");
  raw_peer_reset (fixture->peer);

  if (g_str_equal (action, "subscribe"))
    {
      subscribe (fixture, "b");
      subscribe (fixture, "c");
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
                      "connecting connected connecting in:0.25 error:connection-lost connected");

  if (g_str_equal (action, "ping"))
    {
      g_autoptr (GError) error = NULL;

      g_assert_nonnull (result);
      g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, &error), ==, -1);
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);
    }
}

/* --- The list of channels ------------------------------------------------ */

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  GString    *log)
{
  add_word (log, "%u-%u+%u", position, n_removed, n_added);
}

static void
test_list (Fixture      *fixture,
           gconstpointer user_data)
{
  GListModel *channels = pusher_client_get_channels (fixture->client);
  g_autoptr (PusherChannel) b = NULL;
  g_autoptr (PusherChannel) first = NULL;
  g_autoptr (PusherChannel) second = NULL;

  g_assert_true (g_type_is_a (PUSHER_TYPE_CHANNEL, g_list_model_get_item_type (channels)));
  g_signal_connect (channels, "items-changed", G_CALLBACK (items_changed_cb), fixture->log);
  subscribe (fixture, "a");
  b = g_object_ref (subscribe (fixture, "b"));
  subscribe (fixture, "a");
  subscribe (fixture, "c");
  fixture_assert_log (fixture, "0-0+1 1-0+1 2-0+1");

  pusher_client_unsubscribe (fixture->client, "a");
  pusher_client_unsubscribe (fixture->client, "a");
  fixture_assert_log (fixture, "0-1+0");
  first = g_list_model_get_item (channels, 0);
  second = g_list_model_get_item (channels, 1);
  g_assert_true (first == b);
  g_assert_cmpstr (pusher_channel_get_name (second), ==, "c");
  g_assert_null (g_list_model_get_item (channels, 2));

  /* The connection has nothing to do with it */
  fixture_connect (fixture);
  fixture_lose (fixture);
  pusher_client_close (fixture->client);
  g_string_truncate (fixture->log, 0);

  pusher_channel_unsubscribe (b);
  pusher_channel_resubscribe (b, NULL);
  fixture_assert_log (fixture, "0-1+0 1-0+1");
  g_assert_null (pusher_client_subscribe (fixture->client, "#bad", NULL));
  fixture_assert_log (fixture, "");
  g_assert_cmpuint (g_list_model_get_n_items (channels), ==, 2);
}

static void
run_main_loop_cb (PusherChannel *channel,
                  const GError  *error,
                  Fixture       *fixture)
{
  wait_until (pusher_test_server_get_n_subscribers (fixture->server, "a") == 1);
  add_word (fixture->log, "%s:ran", pusher_channel_get_name (channel));
}

/* What was sent before does not wait until a handler has returned that waits for
 * something itself. */
static void
test_main_loop_in_handler (Fixture      *fixture,
                           gconstpointer user_data)
{
  PusherChannel *channel;

  pusher_client_subscribe (fixture->client, "a", NULL);
  channel = pusher_client_subscribe (fixture->client, "private-b", NULL);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (run_main_loop_cb), fixture);
  fixture_connect (fixture);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
  fixture_settle (fixture);
  g_assert_nonnull (strstr (fixture->log->str, "private-b:ran"));
  g_string_truncate (fixture->log, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/channel/subscribe/before-open", NULL, test_subscribe_before_open);
  fixture_add ("/channel/subscribe/after-open", NULL, test_subscribe_after_open);
  fixture_add ("/channel/properties", NULL, test_properties);
  fixture_add ("/channel/subscribe/many", NULL, test_subscribe_many);
  fixture_add ("/channel/subscribe/invalid-names", NULL, test_invalid_names);

  fixture_add ("/channel/subscribe-async", NULL, test_subscribe_async);
  fixture_add ("/channel/subscribe-async/over-reconnect", NULL,
               test_subscribe_async_over_reconnect);
  fixture_add ("/channel/subscribe-async/cancelled", NULL, test_subscribe_async_cancelled);
  fixture_add ("/channel/subscribe-async/closed", GINT_TO_POINTER (TRUE),
               test_subscribe_async_closed);
  fixture_add ("/channel/subscribe-async/closed-before", GINT_TO_POINTER (FALSE),
               test_subscribe_async_closed);
  fixture_add ("/channel/subscribe-async/refused", NULL, test_subscribe_async_refused);
  fixture_add ("/channel/subscribe-async/unsubscribed", GINT_TO_POINTER (TRUE),
               test_subscribe_async_unsubscribed);
  fixture_add ("/channel/subscribe-async/unsubscribed-before", GINT_TO_POINTER (FALSE),
               test_subscribe_async_unsubscribed);
  fixture_add ("/channel/subscribe-async/rejected", NULL, test_subscribe_async_rejected);

  fixture_add ("/channel/subscription-error", NULL, test_subscription_error);
  fixture_add ("/channel/subscription-error/reconnect", NULL, test_subscription_error_reconnect);
  fixture_add ("/channel/subscription-error/data", NULL, test_subscription_error_data);

  fixture_add ("/channel/unsubscribe", NULL, test_unsubscribe);
  fixture_add ("/channel/unsubscribe/offline", NULL, test_unsubscribe_offline);
  fixture_add ("/channel/unsubscribe/pending", NULL, test_unsubscribe_pending);
  fixture_add ("/channel/unsubscribe/pending-and-again", GUINT_TO_POINTER (1),
               test_unsubscribe_pending_and_again);
  fixture_add ("/channel/unsubscribe/pending-and-again-and-again", GUINT_TO_POINTER (5),
               test_unsubscribe_pending_and_again);
  fixture_add ("/channel/unsubscribe/pending-rejected", NULL, test_unsubscribe_pending_rejected);
  fixture_add ("/channel/unsubscribe/pending-reconnect", NULL, test_unsubscribe_pending_reconnect);
  fixture_add ("/channel/resubscribe", NULL, test_resubscribe);
  fixture_add ("/channel/resubscribe/name-taken", NULL, test_resubscribe_name_taken);

  fixture_add ("/channel/events", NULL, test_events);
  fixture_add ("/channel/events/contents", NULL, test_event_contents);
  fixture_add ("/channel/events/other", NULL, test_other_events);
  fixture_add ("/channel/events/subscription", NULL, test_subscription_events);
  fixture_add ("/channel/subscription-count", NULL, test_subscription_count);
  fixture_add ("/channel/cache-miss", NULL, test_cache_miss);

  fixture_add ("/channel/gap", NULL, test_gap);
  fixture_add ("/channel/gap/over-failures", NULL, test_gap_over_failures);
  fixture_add ("/channel/gap/none-after-unsubscribe", NULL, test_no_gap_after_unsubscribe);
  fixture_add ("/channel/reconnect-many", NULL, test_reconnect_many);
  fixture_add ("/channel/unnoticed-loss/subscribe", "subscribe", test_unnoticed_loss);
  fixture_add ("/channel/unnoticed-loss/unsubscribe", "unsubscribe", test_unnoticed_loss);
  fixture_add ("/channel/unnoticed-loss/ping", "ping", test_unnoticed_loss);
  fixture_add ("/channel/unnoticed-loss/liveness", "liveness", test_unnoticed_loss);

  fixture_add ("/channel/list", NULL, test_list);
  fixture_add ("/channel/main-loop-in-handler", NULL, test_main_loop_in_handler);

  return g_test_run ();
}
