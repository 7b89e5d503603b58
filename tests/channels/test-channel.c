/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Subscribing to channels, and those that a client has. */

#include "fixture.h"
#include "messages.h"

#include <string.h>

/* --- Subscribing --------------------------------------------------------- */

static void
test_subscribe_before_open (Fixture      *fixture,
                            gconstpointer user_data)
{
  PusherChannel *channel = fixture_ask_for (fixture, "a");

  fixture_record_channel (fixture, channel);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_true (fixture_ask_for (fixture, "a") == channel);
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
  channel = fixture_ask_for (fixture, "a");
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_true (fixture_ask_for (fixture, "a") == channel);
  fixture_subscribe (fixture, "a");
  g_assert_true (fixture_ask_for (fixture, "a") == channel);
  g_assert_true (pusher_client_get_channel (fixture->client, "a") == channel);
  g_assert_null (pusher_client_get_channel (fixture->client, "b"));
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:a ping");

  g_assert_cmpstr (pusher_channel_get_name (channel), ==, "a");
  g_assert_cmpint (pusher_channel_get_kind (channel), ==, PUSHER_CHANNEL_KIND_PUBLIC);
  g_assert_false (pusher_channel_get_is_cache (channel));
  g_assert_true (pusher_channel_get_is_cache (fixture_ask_for (fixture, "cache-a")));
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

  g_object_get (fixture_ask_for (fixture, "cache-a"),
                "name", &name,
                "kind", &kind,
                "state", &state,
                "is-cache", &cache,
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
  fixture_ask_for (fixture, "c");
  fixture_ask_for (fixture, "a");
  fixture_ask_for (fixture, "b");
  pusher_client_unsubscribe (fixture->client, "a");
  fixture_ask_for (fixture, "d");
  fixture_ask_for (fixture, "a");
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
  g_autofree char *too_long = g_strnfill (513, 'x');
  g_autofree char *longest = g_strnfill (164, 'x');
  const char *const names[] = {
    NULL, "", "a\n", "\x1b", "#x", "#server-to-user-1", "\xff", "a\xc3", "\xed\xa0\x80", too_long,
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
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  fixture_settle (fixture);
  pusher_test_faults_set_silent (fixture->faults, FALSE);
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

  pusher_test_faults_refuse (fixture->faults, 4001, "no");
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
  channel = fixture_ask_for (fixture, "a");
  fixture_record_channel (fixture, channel);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (check_error_cb), &n_errors);
  g_string_truncate (fixture->log, 0);

  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (n_errors == 1);
  fixture_assert_log (fixture, "a:failed a:subscription-error error:4100");
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
  fixture_assert_log (fixture, "a:pending a:failed a:subscription-error error:4100");

  g_assert_true (fixture_ask_for (fixture, "a") == channel);
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
  channel = fixture_ask_for (fixture, "a");
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
  channel = fixture_ask_for (fixture, "a");
  for (guint i = 0; i < G_N_ELEMENTS (datas); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"event\":\"pusher:subscription_error\",\"channel\":\"a\"%s}", datas[i]);

      raw_peer_say (fixture->peer, text);
      wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
      pusher_channel_resubscribe (channel, NULL);
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
  fixture_ask_for (fixture, "a");
  b = g_object_ref (fixture_ask_for (fixture, "b"));
  fixture_ask_for (fixture, "a");
  fixture_ask_for (fixture, "c");
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
main (int   argc,
      char *argv[])
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
  fixture_add ("/channel/list", NULL, test_list);
  fixture_add ("/channel/main-loop-in-handler", NULL, test_main_loop_in_handler);

  return g_test_run ();
}
