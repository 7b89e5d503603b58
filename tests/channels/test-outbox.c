/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Client events that are kept while a channel is not subscribed. */

#include "fixture.h"
#include "messages.h"

#include <string.h>

#define PERIOD SECONDS (1.25)
#define NAME "private-a"

static void
length_cb (PusherChannel *channel,
           GParamSpec    *pspec,
           Fixture       *fixture)
{
  add_word (fixture->log, "length:%u", pusher_channel_get_outbox_length (channel));
}

static void
trigger_error_cb (PusherChannel *channel,
                  const char    *event,
                  const char    *data_json,
                  const GError  *error,
                  Fixture       *fixture)
{
  if (error->domain == PUSHER_ERROR)
    add_word (fixture->log, "%s(%s):%s", event, data_json,
              error->code == PUSHER_ERROR_CLOSED ? "closed" : "timed-out");
  else
    add_word (fixture->log, "%s(%s):%d", event, data_json, error->code);
  g_assert_cmpstr (error->message, !=, "");
}

/* Returns: (transfer none): a channel that keeps events, asked for, of a client that is not
 * opened */
static PusherChannel *
ask_for_keeper (Fixture    *fixture,
                const char *name)
{
  PusherChannel *channel;

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"1\"}");
  channel = fixture_ask_for (fixture, name);
  pusher_channel_set_outbox_size (channel, 100);
  g_signal_connect (channel, "notify::outbox-length", G_CALLBACK (length_cb), fixture);
  g_signal_connect (channel, "trigger-error", G_CALLBACK (trigger_error_cb), fixture);

  return channel;
}

#define keep(channel, event, data)                                          \
  G_STMT_START                                                              \
  {                                                                         \
    g_autoptr (GError) error_ = NULL;                                       \
    g_assert_true (pusher_channel_trigger (channel, event, data, &error_)); \
    g_assert_no_error (error_);                                             \
  }                                                                         \
  G_STMT_END

#define assert_refused(channel, code)                                            \
  G_STMT_START                                                                   \
  {                                                                              \
    g_autoptr (GError) error_ = NULL;                                            \
    g_assert_false (pusher_channel_trigger (channel, "client-no", "0", &error_)); \
    g_assert_error (error_, PUSHER_ERROR, code);                                 \
  }                                                                              \
  G_STMT_END

static void
wait_for_subscription (Fixture       *fixture,
                       PusherChannel *channel)
{
  pusher_client_open (fixture->client);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_settle (fixture);
}

/* Lets the time pass until the server has heard all. */
static void
drain (Fixture       *fixture,
       PusherChannel *channel)
{
  for (guint i = 0; pusher_channel_get_outbox_length (channel) > 0; i++)
    {
      g_assert_cmpuint (i, <, 100);
      fixture_advance (fixture, PERIOD);
    }
  fixture_sync (fixture);
}

/* --- Keeping and sending ------------------------------------------------- */

static void
test_in_order (Fixture      *fixture,
               gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);
  g_autoptr (JsonNode) node = json_from_string ("[1]", NULL);

  keep (channel, "client-a", "{\"n\":1}");
  keep (channel, "client-b", NULL);
  g_assert_true (pusher_channel_trigger_node (channel, "client-c", node, NULL));
  g_assert_true (pusher_channel_trigger_variant (channel, "client-d", g_variant_new_int32 (1),
                                                 NULL));
  fixture_assert_log (fixture, "length:1 length:2 length:3 length:4");

  wait_for_subscription (fixture, channel);
  wait_until (pusher_channel_get_outbox_length (channel) == 0);
  keep (channel, "client-e", "1");
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:private-a client-a:private-a client-b:private-a "
                                "client-c:private-a client-d:private-a client-e:private-a ping");
  fixture_assert_log (fixture, "connecting connected length:3 length:2 length:1 length:0");
}

static void
other_event_cb (PusherChannel *channel,
                PusherEvent   *event,
                GString       *heard)
{
  add_word (heard, "%s=%s", pusher_event_get_name (event), pusher_event_get_data (event));
}

/* Others hear it as ever. */
static void
test_content (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autoptr (PusherClient) other = fixture_new_client (fixture);
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  g_signal_connect (fixture_join (fixture, other, NAME, NULL), "event", G_CALLBACK (other_event_cb),
                    heard);
  keep (channel, "client-a", "{\"text\":\"ä\"}");
  keep (channel, "client-b", NULL);
  wait_for_subscription (fixture, channel);
  wait_until (strstr (heard->str, "client-b") != NULL);
  assert_words (heard, "client-a={\"text\":\"ä\"} client-b=(null)");
  g_string_truncate (fixture->log, 0);
}

static void
succeeded_cb (PusherChannel *channel)
{
  keep (channel, "client-first", "1");
  keep (channel, "client-second", "1");
}

/* Whoever triggers as soon as the channel is subscribed does not overtake. */
static void
test_from_handler (Fixture      *fixture,
                   gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (succeeded_cb), NULL);
  keep (channel, "client-a", "1");
  wait_for_subscription (fixture, channel);
  drain (fixture, channel);
  fixture_assert_sent (fixture, "subscribe:private-a client-a:private-a client-first:private-a "
                                "client-second:private-a ping");

  /* With nothing that waits, it is sent at once. */
  fixture_lose (fixture);
  fixture_retry (fixture);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
  fixture_sync (fixture);
  fixture_assert_sent (fixture,
                       "subscribe:private-a client-first:private-a client-second:private-a ping");
  g_string_truncate (fixture->log, 0);
}

/* What was not sent before the connection was lost is sent on the next one, and nothing
 * twice. */
static void
test_reconnect (Fixture      *fixture,
                gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  wait_for_subscription (fixture, channel);
  fixture_lose (fixture);
  for (guint i = 0; i < 10; i++)
    {
      g_autofree char *event = g_strdup_printf ("client-%u", i);

      keep (channel, event, "1");
    }
  fixture_retry (fixture);
  wait_until (pusher_channel_get_outbox_length (channel) == 2);
  fixture_sync (fixture);
  fixture_lose (fixture);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 2);
  keep (channel, "client-10", "1");
  fixture_retry (fixture);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  drain (fixture, channel);
  fixture_assert_sent (fixture,
                       "subscribe:private-a subscribe:private-a client-0:private-a "
                       "client-1:private-a client-2:private-a client-3:private-a "
                       "client-4:private-a client-5:private-a client-6:private-a "
                       "client-7:private-a ping subscribe:private-a client-8:private-a "
                       "client-9:private-a client-10:private-a ping");
  g_string_truncate (fixture->log, 0);
}

/* --- The pace ------------------------------------------------------------ */

static void
test_pace (Fixture      *fixture,
           gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  for (guint i = 0; i < 20; i++)
    keep (channel, "client-a", "1");
  wait_for_subscription (fixture, channel);
  fixture_sync (fixture);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 12);
  fixture_advance (fixture, PERIOD - 1);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 12);
  fixture_advance (fixture, 1);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 4);
  fixture_advance (fixture, PERIOD);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
  fixture_sync (fixture);
  g_string_truncate (fixture->log, 0);
}

/* One does not wait for all of another's. */
static void
test_turns (Fixture      *fixture,
            gconstpointer user_data)
{
  PusherChannel *first = ask_for_keeper (fixture, NAME);
  PusherChannel *second = ask_for_keeper (fixture, "presence-b");

  for (guint i = 0; i < 8; i++)
    keep (first, "client-a", "1");
  for (guint i = 0; i < 2; i++)
    keep (second, "client-b", "1");
  pusher_client_open (fixture->client);
  wait_until (pusher_channel_get_state (second) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  wait_until (pusher_channel_get_outbox_length (second) == 0);
  g_assert_cmpuint (pusher_channel_get_outbox_length (first), >, 0);
  drain (fixture, first);
  g_string_truncate (fixture->log, 0);
}

static void
connect_keeper_to_peer (Fixture       *fixture,
                        PusherChannel *channel)
{
  fixture_connect_to_peer (fixture);
  raw_peer_expect (fixture->peer, "subscribe:private-a");
  raw_peer_say (fixture->peer, SUBSCRIBED (NAME));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

/* A server that objects, in either way that servers have for it, gets them slower. */
static void
test_objection (Fixture      *fixture,
                gconstpointer text)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  for (guint i = 0; i < 16; i++)
    keep (channel, "client-a", "1");
  connect_keeper_to_peer (fixture, channel);
  wait_until (pusher_channel_get_outbox_length (channel) == 8);
  g_string_truncate (fixture->log, 0);
  raw_peer_say (fixture->peer, text);
  wait_until (fixture->log->len > 0);
  fixture_assert_log (fixture, "error:4301");

  fixture_advance (fixture, 2 * PERIOD - 1);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 8);
  fixture_advance (fixture, 1);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
  g_string_truncate (fixture->log, 0);
}

/* What a server does not take at once because of too many subscriptions, it does not take
 * from here either. */
static void
test_after_subscriptions (Fixture      *fixture,
                          gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  keep (channel, "client-a", "1");
  fixture_connect_to_peer (fixture);
  raw_peer_expect (fixture->peer, "subscribe:private-a");
  fixture_ask_for (fixture, "b");
  raw_peer_expect (fixture->peer, "subscribe:b");
  raw_peer_say (fixture->peer, MESSAGE ("pusher:error", "{\"code\":4301}"));
  raw_peer_say (fixture->peer, SUBSCRIBED (NAME));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  fixture_settle (fixture);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 1);

  /* Those that were not taken come first. */
  fixture_advance (fixture, SECONDS (3));
  fixture_advance (fixture, SECONDS (40));
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 1);
  pusher_channel_set_outbox_expiry (channel, 0);
  for (guint i = 0; i < 5; i++)
    fixture_advance (fixture, SECONDS (70));
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
  raw_peer_expect (fixture->peer, "subscribe:b ping client-a:private-a");
  g_string_truncate (fixture->log, 0);
}

/* --- Connections that are no good ---------------------------------------- */

/* It says that it closes: what is triggered then waits for the next one. */
static void
test_closing (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  connect_keeper_to_peer (fixture, channel);
  raw_peer_frame (fixture->peer, FRAME_CLOSE, "\x10\x68", 2);
  wait_until (raw_peer_find_close_code (fixture->peer) > 0);
  keep (channel, "client-a", "1");
  keep (channel, "client-b", "1");
  fixture_advance (fixture, 1);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 2);

  raw_peer_hang_up (fixture->peer);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_use_server (fixture);
  fixture_retry (fixture);
  wait_until (pusher_channel_get_outbox_length (channel) == 0);
  fixture_sync (fixture);
  fixture_assert_sent (fixture,
                       "subscribe:private-a client-a:private-a client-b:private-a ping");
  g_string_truncate (fixture->log, 0);
}

/* The server does not read. */
static void
test_congested (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autofree char *data = g_strnfill (1000 * 1000, '1');
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  pusher_client_set_max_event_size (fixture->client, 0);
  pusher_channel_set_outbox_expiry (channel, 0);
  connect_keeper_to_peer (fixture, channel);
  fixture->peer->deaf = TRUE;
  while (pusher_channel_get_outbox_length (channel) == 0)
    keep (channel, "client-a", data);
  fixture_advance (fixture, PERIOD);
  fixture_advance (fixture, SECONDS (1));
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 1);

  raw_peer_listen (fixture->peer);
  wait_until (
    !pusher_connection_is_congested (pusher_client_get_connection (fixture->client)));
  fixture_advance (fixture, SECONDS (1));
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
  g_string_truncate (fixture->log, 0);
}

/* --- Bounds -------------------------------------------------------------- */

static void
test_off (Fixture      *fixture,
          gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_use_secret (fixture, fixture->client, NULL);
  channel = fixture_ask_for (fixture, NAME);
  g_assert_cmpuint (pusher_channel_get_outbox_size (channel), ==, 0);
  g_assert_cmpuint (pusher_channel_get_outbox_expiry (channel), ==, 60);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
  assert_refused (channel, PUSHER_ERROR_INVALID_STATE);

  /* What cannot be sent is not kept either. */
  pusher_channel_set_outbox_size (channel, 2);
  g_assert_false (pusher_channel_trigger (channel, "hello", "1", NULL));
  g_assert_false (pusher_channel_trigger (channel, "client-a", "{", NULL));
  pusher_client_set_max_event_size (fixture->client, 30);
  assert_refused (channel, PUSHER_ERROR_INVALID_DATA);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
}

static void
test_number (Fixture      *fixture,
             gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  pusher_channel_set_outbox_size (channel, 2);
  keep (channel, "client-a", "1");
  keep (channel, "client-b", "1");
  assert_refused (channel, PUSHER_ERROR_BUSY);
  pusher_channel_set_outbox_size (channel, 3);
  keep (channel, "client-c", "1");

  /* Those that are there stay. */
  pusher_channel_set_outbox_size (channel, 1);
  assert_refused (channel, PUSHER_ERROR_BUSY);
  fixture_assert_log (fixture, "length:1 length:2 length:3");
  wait_for_subscription (fixture, channel);
  drain (fixture, channel);
  fixture_assert_sent (fixture, "subscribe:private-a client-a:private-a client-b:private-a "
                                "client-c:private-a ping");
  g_string_truncate (fixture->log, 0);
}

static void
test_bytes (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autofree char *quarter = g_strnfill (256 * 1024, '1');
  g_autoptr (PusherChannel) channel = g_object_ref (ask_for_keeper (fixture, NAME));

  pusher_client_set_max_event_size (fixture->client, 0);
  for (guint i = 0; i < 3; i++)
    keep (channel, "client-a", quarter);
  g_assert_false (pusher_channel_trigger (channel, "client-a", quarter, NULL));
  keep (channel, "client-b", "1");

  /* There is room again. */
  pusher_channel_unsubscribe (channel);
  g_assert_true (pusher_channel_resubscribe (channel, NULL));
  for (guint i = 0; i < 3; i++)
    keep (channel, "client-a", quarter);
  g_assert_false (pusher_channel_trigger (channel, "client-a", quarter, NULL));
  g_string_truncate (fixture->log, 0);
}

/* --- Giving up ----------------------------------------------------------- */

/* Also without a connection: nobody waits for the server to come back. */
static void
test_expiry (Fixture      *fixture,
             gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  keep (channel, "client-a", "{\"n\":1}");
  fixture_advance (fixture, SECONDS (30));
  keep (channel, "client-b", NULL);
  g_string_truncate (fixture->log, 0);
  fixture_advance (fixture, SECONDS (30) - 1);
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, 1);
  fixture_assert_log (fixture, "length:1 client-a({\"n\":1}):timed-out error:timed-out");

  /* It counts for what is kept already. */
  pusher_channel_set_outbox_expiry (channel, 100);
  fixture_advance (fixture, SECONDS (69));
  fixture_assert_log (fixture, "");
  pusher_channel_set_outbox_expiry (channel, 0);
  fixture_advance (fixture, SECONDS (10000));
  fixture_assert_log (fixture, "");
  pusher_channel_set_outbox_expiry (channel, 1);
  fixture_advance (fixture, 0);
  fixture_assert_log (fixture, "length:0 client-b((null)):timed-out error:timed-out");
}

static void
keep_again_cb (PusherChannel *channel,
               const char    *event,
               const char    *data_json)
{
  keep (channel, event, data_json);
}

static void
test_again (Fixture      *fixture,
            gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  keep (channel, "client-a", "1");
  keep (channel, "client-b", "1");
  g_signal_connect (channel, "trigger-error", G_CALLBACK (keep_again_cb), NULL);
  g_string_truncate (fixture->log, 0);
  fixture_advance (fixture, SECONDS (60));
  fixture_assert_log (fixture, "length:1 client-a(1):timed-out length:2 error:timed-out "
                               "length:1 client-b(1):timed-out length:2 error:timed-out");
  g_signal_handlers_disconnect_by_func (channel, keep_again_cb, NULL);
  wait_for_subscription (fixture, channel);
  drain (fixture, channel);
  fixture_assert_sent (fixture,
                       "subscribe:private-a client-a:private-a client-b:private-a ping");
  g_string_truncate (fixture->log, 0);
}

static void
test_unsubscribed (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = g_object_ref (ask_for_keeper (fixture, NAME));

  keep (channel, "client-a", "1");
  keep (channel, "client-b", "2");
  g_string_truncate (fixture->log, 0);
  pusher_channel_unsubscribe (channel);
  fixture_assert_log (fixture, "length:0 client-a(1):closed error:closed "
                               "client-b(2):closed error:closed");
  assert_refused (channel, PUSHER_ERROR_INVALID_STATE);
  fixture_advance (fixture, SECONDS (100));
  fixture_assert_log (fixture, "");
}

static void
test_turned_off (Fixture      *fixture,
                 gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  keep (channel, "client-a", "1");
  keep (channel, "client-b", "2");
  g_string_truncate (fixture->log, 0);
  pusher_channel_set_outbox_size (channel, 0);
  assert_refused (channel, PUSHER_ERROR_INVALID_STATE);
  fixture_advance (fixture, 0);
  fixture_assert_log (fixture, "length:0 client-a(1):closed error:closed "
                               "client-b(2):closed error:closed");
  wait_for_subscription (fixture, channel);
  keep (channel, "client-c", "1");
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:private-a client-c:private-a ping");
  g_string_truncate (fixture->log, 0);
}

/* It will not be subscribed. */
static void
test_refused (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  keep (channel, "client-a", "1");
  fixture_connect_to_peer (fixture);
  raw_peer_expect (fixture->peer, "subscribe:private-a");
  g_string_truncate (fixture->log, 0);
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR (NAME));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
  fixture_assert_log (fixture, "length:0 error:4100 client-a(1):4100 error:4100");
  assert_refused (channel, PUSHER_ERROR_INVALID_STATE);
}

/* It may still be subscribed. */
static void
test_unanswered (Fixture      *fixture,
                 gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  pusher_client_set_subscription_timeout (fixture->client, 5);
  keep (channel, "client-a", "1");
  fixture_connect_to_peer (fixture);
  raw_peer_expect (fixture->peer, "subscribe:private-a");
  fixture_advance (fixture, SECONDS (5));
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_FAILED);
  keep (channel, "client-b", "1");
  raw_peer_say (fixture->peer, SUBSCRIBED (NAME));
  wait_until (pusher_channel_get_outbox_length (channel) == 0);
  raw_peer_expect (fixture->peer, "client-a:private-a client-b:private-a");
  g_string_truncate (fixture->log, 0);
}

/* The server has second thoughts. */
static void
test_revoked (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel = ask_for_keeper (fixture, NAME);

  for (guint i = 0; i < 9; i++)
    keep (channel, "client-a", "1");
  connect_keeper_to_peer (fixture, channel);
  wait_until (pusher_channel_get_outbox_length (channel) == 1);
  g_string_truncate (fixture->log, 0);
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR (NAME));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
  fixture_assert_log (fixture, "length:0 error:4100 client-a(1):4100 error:4100");
  fixture_advance (fixture, PERIOD);
  g_string_truncate (fixture->log, 0);
}

/* --- Handlers that do anything ------------------------------------------- */

static void
drop_cb (Fixture *fixture)
{
  g_clear_object (&fixture->client);
}

/* Nothing is told of what is given up then. Who hears of a time that is over hears of all that
 * is over by then. */
static void
test_dropped (Fixture      *fixture,
              gconstpointer signal)
{
  g_autoptr (PusherChannel) channel = g_object_ref (ask_for_keeper (fixture, NAME));

  keep (channel, "client-a", "1");
  keep (channel, "client-b", "1");
  keep (channel, "client-c", "1");
  g_signal_connect_swapped (channel, signal, G_CALLBACK (drop_cb), fixture);
  g_string_truncate (fixture->log, 0);
  pusher_client_open (fixture->client);
  if (g_str_equal (signal, "trigger-error"))
    fixture_advance (fixture, SECONDS (60));
  wait_until (fixture->client == NULL);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
  g_assert_cmpuint (pusher_channel_get_outbox_size (channel), ==, 100);
  assert_refused (channel, PUSHER_ERROR_INVALID_STATE);
  g_assert_true ((strstr (fixture->log->str, "client-b") != NULL) ==
                 g_str_equal (signal, "trigger-error"));
  g_string_truncate (fixture->log, 0);
}

static void
test_dropped_by_trigger (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = g_object_ref (ask_for_keeper (fixture, NAME));

  g_signal_connect_swapped (channel, "notify::outbox-length", G_CALLBACK (drop_cb), fixture);
  keep (channel, "client-a", "1");
  g_assert_null (fixture->client);
  g_assert_cmpuint (pusher_channel_get_outbox_length (channel), ==, 0);
  g_string_truncate (fixture->log, 0);
}

static void
unsubscribe_cb (PusherChannel *channel)
{
  pusher_channel_unsubscribe (channel);
}

/* In the middle of what is told of each */
static void
test_unsubscribed_by_handler (Fixture      *fixture,
                              gconstpointer user_data)
{
  g_autoptr (PusherChannel) channel = g_object_ref (ask_for_keeper (fixture, NAME));

  keep (channel, "client-a", "1");
  keep (channel, "client-b", "2");
  keep (channel, "client-c", "3");
  g_string_truncate (fixture->log, 0);
  g_signal_connect (channel, "trigger-error", G_CALLBACK (unsubscribe_cb), NULL);
  fixture_advance (fixture, SECONDS (60));
  fixture_assert_log (fixture,
                      "length:2 client-a(1):timed-out length:0 client-b(2):closed error:closed "
                      "client-c(3):closed error:closed error:timed-out");
}

/* --- Properties ---------------------------------------------------------- */

static void
test_properties (Fixture      *fixture,
                 gconstpointer user_data)
{
  PusherChannel *channel = fixture_ask_for (fixture, NAME);
  g_autoptr (PusherChannel) loose = g_object_new (PUSHER_TYPE_CHANNEL, NULL);
  guint n_sizes = 0, n_expiries = 0, size = 0, expiry = 0, length = 1;

  count_signals (channel, "notify::outbox-size", &n_sizes);
  count_signals (channel, "notify::outbox-expiry", &n_expiries);
  g_object_set (channel, "outbox-size", 7, "outbox-expiry", 8, NULL);
  g_object_set (channel, "outbox-size", 7, "outbox-expiry", 8, NULL);
  g_object_get (channel, "outbox-size", &size, "outbox-expiry", &expiry, "outbox-length", &length,
                NULL);
  g_assert_cmpuint (size, ==, 7);
  g_assert_cmpuint (expiry, ==, 8);
  g_assert_cmpuint (length, ==, 0);
  g_assert_cmpuint (n_sizes, ==, 1);
  g_assert_cmpuint (n_expiries, ==, 1);

  /* A channel that nobody has subscribed to */
  g_object_set (loose, "outbox-size", 7, "outbox-expiry", 8, NULL);
  assert_refused (loose, PUSHER_ERROR_INVALID_STATE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/outbox/in-order", NULL, test_in_order);
  fixture_add ("/outbox/content", NULL, test_content);
  fixture_add ("/outbox/from-handler", NULL, test_from_handler);
  fixture_add ("/outbox/reconnect", NULL, test_reconnect);
  fixture_add ("/outbox/pace", NULL, test_pace);
  fixture_add ("/outbox/turns", NULL, test_turns);
  fixture_add ("/outbox/objection/named",
               MESSAGE_ON (NAME, "pusher:error", "{\"code\":4301}"), test_objection);
  fixture_add ("/outbox/objection/nameless", MESSAGE ("pusher:error", "{\"code\":4301}"),
               test_objection);
  fixture_add ("/outbox/after-subscriptions", NULL, test_after_subscriptions);
  fixture_add ("/outbox/closing", NULL, test_closing);
  fixture_add ("/outbox/congested", NULL, test_congested);
  fixture_add ("/outbox/off", NULL, test_off);
  fixture_add ("/outbox/number", NULL, test_number);
  fixture_add ("/outbox/bytes", NULL, test_bytes);
  fixture_add ("/outbox/expiry", NULL, test_expiry);
  fixture_add ("/outbox/again", NULL, test_again);
  fixture_add ("/outbox/unsubscribed", NULL, test_unsubscribed);
  fixture_add ("/outbox/turned-off", NULL, test_turned_off);
  fixture_add ("/outbox/refused", NULL, test_refused);
  fixture_add ("/outbox/unanswered", NULL, test_unanswered);
  fixture_add ("/outbox/revoked", NULL, test_revoked);
  fixture_add ("/outbox/dropped/trigger-error", "trigger-error", test_dropped);
  fixture_add ("/outbox/dropped/notify", "notify::outbox-length", test_dropped);
  fixture_add ("/outbox/dropped/succeeded", "subscription-succeeded", test_dropped);
  fixture_add ("/outbox/dropped/trigger", NULL, test_dropped_by_trigger);
  fixture_add ("/outbox/unsubscribed-by-handler", NULL, test_unsubscribed_by_handler);
  fixture_add ("/outbox/properties", NULL, test_properties);

  return g_test_run ();
}
