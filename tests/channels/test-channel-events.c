/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The events of a channel, and what else a server says of it. */

#include "fixture.h"
#include "messages.h"

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
  pusher_test_faults_send_text (fixture->faults, NULL, MESSAGE_ON ("unknown", "x", "\"1\""));
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"y\",\"data\":\"2\"}");
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"pusher:new\",\"data\":3}");
  pusher_test_faults_send_text (fixture->faults, NULL, SUBSCRIBED ("unknown"));
  pusher_test_faults_send_text (fixture->faults, NULL,
                                MESSAGE_ON ("a", "pusher_internal:new", "\"\""));
  pusher_test_faults_send_text (fixture->faults, NULL, "{\"event\":\"pusher_internal:new\"}");
  pusher_test_faults_send_text (fixture->faults, NULL, MESSAGE_ON ("a", "pusher:new", "\"4\""));
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
  channel = fixture_ask_for (fixture, "cache-a");
  g_signal_connect (channel, "event", G_CALLBACK (add_detail_cb), fixture->log);
  g_string_truncate (fixture->log, 0);
  raw_peer_say (fixture->peer, SUBSCRIBED ("cache-a"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("cache-a", "pusher:cache_miss", "\"\""));
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
  g_assert_true (strstr (fixture->log->str, " channel.pusher:subscription_error={") != NULL);
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

      pusher_test_faults_send_text (fixture->faults, NULL, text);
    }
  fixture_sync (fixture);
  fixture_assert_log (fixture, "a:count:3 a:count:0 a:count:9223372036854775807");

  /* Nobody knows what happens meanwhile */
  fixture_lose (fixture);
  g_assert_cmpint (pusher_channel_get_subscription_count (channel), ==, -1);
}

/* Of a server that counts. */
static void
test_count_subscribers (Fixture      *fixture,
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

static void
test_cache_miss (Fixture      *fixture,
                 gconstpointer user_data)
{
  fixture_connect_channel (fixture, "cache-a");
  pusher_test_faults_send_text (fixture->faults, NULL,
                                MESSAGE_ON ("cache-a", "pusher:cache_miss", "\"\""));
  fixture_sync (fixture);
  fixture_assert_log (fixture, "cache-a:cache-miss");
}

static void
check_order_cb (PusherChannel *channel,
                PusherEvent   *event,
                guint         *n_events)
{
  g_assert_cmpuint (g_ascii_strtoull (pusher_event_get_data (event), NULL, 10), ==, *n_events);
  (*n_events)++;
}

static void
test_many_events (Fixture      *fixture,
                  gconstpointer user_data)
{
  guint n_events = 0;

  fixture_connect (fixture);
  g_signal_connect (fixture_subscribe (fixture, "a"), "event::tick",
                    G_CALLBACK (check_order_cb), &n_events);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *data = g_strdup_printf ("%u", i);

      pusher_test_server_publish (fixture->server, "a", "tick", data, NULL);
    }
  wait_until (n_events == 1000);
  fixture_settle (fixture);
  g_assert_cmpuint (n_events, ==, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/channel-events/signals", NULL, test_events);
  fixture_add ("/channel-events/contents", NULL, test_event_contents);
  fixture_add ("/channel-events/other", NULL, test_other_events);
  fixture_add ("/channel-events/subscription", NULL, test_subscription_events);
  fixture_add ("/channel-events/subscription-count", NULL, test_subscription_count);
  fixture_add ("/channel-events/subscription-count/server", NULL, test_count_subscribers);
  fixture_add ("/channel-events/cache-miss", NULL, test_cache_miss);
  fixture_add ("/channel-events/many", NULL, test_many_events);

  return g_test_run ();
}
