/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Client events. */

#include "fixture.h"

#include <math.h>
#include <string.h>

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          GString       *log)
{
  if (g_str_has_prefix (pusher_event_get_name (event), "client-"))
    add_word (log, "%s=%s(%s)", pusher_event_get_name (event), pusher_event_get_data (event),
              pusher_event_get_user_id (event));
}

static void
test_both_ways (Fixture      *fixture,
                gconstpointer name)
{
  g_autoptr (PusherClient) other = fixture_new_client (fixture);
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (GString) other_heard = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean presence = g_str_has_prefix (name, "presence-");
  PusherChannel *channel = fixture_join (fixture, fixture->client, name, "{\"user_id\":\"1\"}");
  PusherChannel *other_channel = fixture_join (fixture, other, name, "{\"user_id\":\"2\"}");

  g_signal_handlers_disconnect_by_data (fixture->server, fixture);
  g_signal_connect (channel, "event", G_CALLBACK (event_cb), heard);
  g_signal_connect (other_channel, "event", G_CALLBACK (event_cb), other_heard);

  g_assert_true (pusher_channel_trigger (channel, "client-a", "{\"x\":1}", &error));
  g_assert_no_error (error);
  wait_until (other_heard->len > 0);
  assert_words (other_heard, presence ? "client-a={\"x\":1}(1)" : "client-a={\"x\":1}((null))");
  g_assert_true (pusher_channel_trigger (other_channel, "client-b", NULL, &error));
  g_assert_no_error (error);
  wait_until (heard->len > 0);
  fixture_sync (fixture);

  /* Nobody hears themselves */
  assert_words (heard, presence ? "client-b=(null)(2)" : "client-b=(null)((null))");
  assert_words (other_heard, "");
}

#define assert_fails(channel, event, data, code)                           \
  G_STMT_START                                                             \
  {                                                                        \
    g_autoptr (GError) error_ = NULL;                                      \
    g_assert_false (pusher_channel_trigger (channel, event, data, &error_)); \
    g_assert_error (error_, PUSHER_ERROR, code);                           \
    g_assert_false (pusher_channel_trigger (channel, event, data, NULL));  \
  }                                                                        \
  G_STMT_END

static void
test_errors (Fixture      *fixture,
             gconstpointer user_data)
{
  static const char *const names[] = { NULL, "", "a", "client", "client\xff", "pusher:a" };
  static const char *const datas[] = { "", "{", "text", "1 2", "\"\xff\"", "'a'" };
  PusherChannel *channel = fixture_join (fixture, fixture->client, "private-a", NULL);
  g_autoptr (GError) error G_GNUC_UNUSED = NULL;

  g_string_truncate (fixture->sent, 0);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    assert_fails (channel, names[i], "1", PUSHER_ERROR_INVALID_NAME);
  for (guint i = 0; i < G_N_ELEMENTS (datas); i++)
    assert_fails (channel, "client-a", datas[i], PUSHER_ERROR_INVALID_DATA);
  assert_fails (pusher_client_subscribe (fixture->client, "private-b", NULL), "client-a", "1",
                PUSHER_ERROR_INVALID_STATE);
  assert_fails (pusher_client_subscribe (fixture->client, "private-encrypted-a", NULL),
                "client-a", "1", PUSHER_ERROR_NOT_SUPPORTED);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "subscribe:private-b ping");

  g_signal_handlers_disconnect_by_data (fixture->server, fixture);
  pusher_client_close (fixture->client);
  assert_fails (channel, "client-a", "1", PUSHER_ERROR_INVALID_STATE);
}

/* Of the whole message, as servers count it */
static void
test_size (Fixture      *fixture,
           gconstpointer user_data)
{
  const gsize rest = strlen ("{\"event\":\"client-a\",\"channel\":\"private-a\",\"data\":}");
  g_autofree char *fits = g_strdup_printf ("\"%0*d\"", (int) (10000 - rest - 2), 0);
  g_autofree char *too_large = g_strdup_printf ("\"%0*d\"", (int) (10000 - rest - 1), 0);
  PusherChannel *channel = fixture_join (fixture, fixture->client, "private-a", NULL);
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_data (fixture->server, fixture);
  g_assert_cmpuint (pusher_client_get_max_event_size (fixture->client), ==, 10000);
  g_assert_true (pusher_channel_trigger (channel, "client-a", fits, &error));
  g_assert_no_error (error);
  assert_fails (channel, "client-a", too_large, PUSHER_ERROR_INVALID_DATA);
  pusher_channel_trigger (channel, "client-a", too_large, &error);
  g_assert_cmpstr (error->message, ==,
                   "The message of the client event has 10001 bytes, and may have 10000");
  g_clear_error (&error);

  /* Now, and not only on the next connection */
  pusher_client_set_max_event_size (fixture->client, 0);
  g_assert_true (pusher_channel_trigger (channel, "client-a", too_large, &error));
  g_assert_no_error (error);
  pusher_client_set_max_event_size (fixture->client, rest + 1);
  g_assert_true (pusher_channel_trigger (channel, "client-a", "1", &error));
  assert_fails (channel, "client-a", "12", PUSHER_ERROR_INVALID_DATA);
  fixture_sync (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
}

static void
public_error_cb (PusherChannel *channel,
                 const GError  *error,
                 guint         *n_errors)
{
  g_assert_error (error, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_CLIENT_EVENT_RATE);
  g_assert_nonnull (strstr (error->message, "only supported on private and presence channels"));
  (*n_errors)++;
}

/* Some servers pass them on, and this one says what it thinks of them. */
static void
test_public (Fixture      *fixture,
             gconstpointer user_data)
{
  PusherChannel *channel = fixture_connect_channel (fixture, "public");
  g_autoptr (GError) error = NULL;
  guint n_errors = 0;

  g_signal_handlers_disconnect_by_data (fixture->server, fixture);
  g_signal_connect (channel, "error", G_CALLBACK (public_error_cb), &n_errors);
  g_assert_true (pusher_channel_trigger (channel, "client-a", "1", &error));
  g_assert_no_error (error);
  fixture_sync (fixture);
  g_assert_cmpuint (n_errors, ==, 1);
}

static void
error_cb (PusherChannel *channel,
          const GError  *error,
          guint         *n_errors)
{
  g_assert_error (error, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_CLIENT_EVENT_RATE);
  (*n_errors)++;
}

static void
test_refused (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel = fixture_join (fixture, fixture->client, "private-a", NULL);
  PusherChannel *other = fixture_join (fixture, fixture->client, "private-b", NULL);
  guint n_errors = 0, n_other_errors = 0;

  g_signal_handlers_disconnect_by_data (fixture->server, fixture);
  pusher_test_server_set_client_events (fixture->server, FALSE);
  g_signal_connect (channel, "error", G_CALLBACK (error_cb), &n_errors);
  g_signal_connect (other, "error", G_CALLBACK (error_cb), &n_other_errors);
  g_assert_true (pusher_channel_trigger (channel, "client-a", "1", NULL));
  fixture_sync (fixture);
  g_assert_cmpuint (n_errors, ==, 1);
  g_assert_cmpuint (n_other_errors, ==, 0);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_CONNECTED);
}

static void
test_node_and_variant (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autoptr (PusherClient) other = fixture_new_client (fixture);
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (JsonNode) node = json_from_string ("{\"a\":[1,null]}", NULL);
  g_autoptr (GError) error = NULL;
  PusherChannel *channel = fixture_join (fixture, fixture->client, "private-a", NULL);
  const double doubles[] = { 1e20, 1e300, 0.5, -1e-7, G_MAXDOUBLE };

  g_signal_connect (fixture_join (fixture, other, "private-a", NULL), "event", G_CALLBACK (event_cb),
                    heard);
  g_signal_handlers_disconnect_by_data (fixture->server, fixture);
  g_assert_true (pusher_channel_trigger_node (channel, "client-n", node, &error));
  g_assert_no_error (error);
  g_assert_true (pusher_channel_trigger_variant (channel, "client-v",
                                                 g_variant_new_parsed ("{'b': <(1, 'x', true)>}"),
                                                 &error));
  g_assert_no_error (error);
  wait_until (strstr (heard->str, "client-v") != NULL);
  assert_words (heard, "client-n={\"a\":[1,null]}((null)) client-v={\"b\":[1,\"x\",true]}((null))");

  for (guint i = 0; i < G_N_ELEMENTS (doubles); i++)
    {
      pusher_channel_trigger_variant (channel, "client-d", g_variant_new_double (doubles[i]),
                                      &error);
      g_assert_no_error (error);
    }

  /* What JSON has no number for is not sent. */
  g_assert_false (pusher_channel_trigger_variant (channel, "client-d",
                                                  g_variant_new_double (INFINITY), &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
  fixture_sync (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_CONNECTED);
}

/* The server has said that it closes, and the client that it has heard it, but the socket
 * is still open. */
static void
test_closing (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_use_secret (fixture, fixture->client, NULL);
  fixture_connect_to_peer (fixture);
  channel = pusher_client_subscribe (fixture->client, "private-a", NULL);
  raw_peer_say (fixture->peer, "{\"event\":\"pusher_internal:subscription_succeeded\","
                               "\"channel\":\"private-a\"}");
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_true (pusher_channel_trigger (channel, "client-a", "1", NULL));

  raw_peer_frame (fixture->peer, FRAME_CLOSE, "\x10\x68", 2);
  wait_until (raw_peer_find_close_code (fixture->peer) > 0);
  assert_fails (channel, "client-a", "1", PUSHER_ERROR_CONNECTION_LOST);

  raw_peer_hang_up (fixture->peer);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  assert_fails (channel, "client-a", "1", PUSHER_ERROR_INVALID_STATE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/trigger/both-ways/private", "private-a", test_both_ways);
  fixture_add ("/trigger/both-ways/presence", "presence-a", test_both_ways);
  fixture_add ("/trigger/errors", NULL, test_errors);
  fixture_add ("/trigger/size", NULL, test_size);
  fixture_add ("/trigger/public", NULL, test_public);
  fixture_add ("/trigger/refused", NULL, test_refused);
  fixture_add ("/trigger/node-and-variant", NULL, test_node_and_variant);
  fixture_add ("/trigger/closing", NULL, test_closing);

  return g_test_run ();
}
