/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Moments that nobody thought of before a fuzzer came upon them. */

#include "fixture.h"

#include "channels/pusher-channel-private.h"
#include "client/pusher-client-types-private.h"
#include "connection/pusher-connection-machine-private.h"
#include "connection/pusher-connection-messages-private.h"

static void
receive (PusherConnection *connection,
         const char       *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  connection->transport_listener->message (connection, bytes);
}

/* Messages come when there is no time left for them. The first one is not what a server
 * begins with: then what it says after that does not count. */
static void
test_begins_with_something_else (Fixture      *fixture,
                                 gconstpointer user_data)
{
  PusherConnection *connection = pusher_client_get_connection (fixture->client);

  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_open (fixture->client);
  pusher_pace_hold (&connection->pace, TRUE);
  receive (connection, "{\"event\":\"tick\"}");
  receive (connection, "{\"event\":\"pusher:connection_established\","
                       "\"data\":{\"socket_id\":\"1.1\"}}");
  wait_until (connection->phase == PUSHER_PHASE_WAITING);
  fixture_assert_log (fixture, "connecting error:protocol");
}

/* A binary frame is told of before the messages that came before it. */
static void
test_bad_frame_while_connecting (Fixture      *fixture,
                                 gconstpointer user_data)
{
  PusherConnection *connection = pusher_client_get_connection (fixture->client);
  g_autoptr (GError) error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL, "Binary");

  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_open (fixture->client);
  pusher_pace_hold (&connection->pace, TRUE);
  receive (connection, "{\"event\":\"pusher:connection_established\","
                       "\"data\":{\"socket_id\":\"1.1\"}}");
  connection->transport_listener->bad_frame (connection, error);
  wait_until (connection->phase == PUSHER_PHASE_LIVE);
  fixture_assert_log (fixture, "connecting error:protocol connected");
}

/* Closing ends what waits, also if the client was closed before. */
static void
test_closed_again (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_connect (fixture);
  pusher_client_close (fixture->client);
  pusher_client_subscribe_async (fixture->client, "a", NULL, store_result_cb, &result);
  pusher_client_close (fixture->client);
  wait_until (result != NULL);
  g_assert_null (pusher_client_subscribe_finish (fixture->client, result, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED);
  fixture_assert_log (fixture, "connecting connected disconnected");
}

static void
drop_cb (GListModel *channels,
         guint       position,
         guint       n_removed,
         guint       n_added,
         Fixture    *fixture)
{
  g_clear_object (&fixture->client);
}

/* A handler drops the client: there is no channel to return any more. */
static void
test_dropped_while_subscribing (Fixture      *fixture,
                                gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_signal_connect (pusher_client_get_channels (fixture->client), "items-changed",
                    G_CALLBACK (drop_cb), fixture);
  g_assert_null (pusher_client_subscribe (fixture->client, "a", &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED);
  g_assert_null (fixture->client);
}

static void
tell_state_cb (PusherChannel *channel,
               GParamSpec    *pspec,
               GString       *told)
{
  g_string_append_printf (told, "%u", pusher_channel_get_state (channel));
}

static void
unsubscribe_cb (GListModel *channels,
                guint       position,
                guint       n_removed,
                guint       n_added,
                GString    *told)
{
  g_autoptr (PusherChannel) channel = NULL;

  if (n_added == 0)
    return;

  channel = g_list_model_get_item (channels, position);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_signal_connect (channel, "notify::state", G_CALLBACK (tell_state_cb), told);
  pusher_channel_unsubscribe (channel);
}

/* A handler that sees a channel before its state is told is told when that changes. */
static void
test_unsubscribed_before_told (Fixture      *fixture,
                               gconstpointer user_data)
{
  g_autoptr (GString) told = g_string_new (NULL);
  gulong handler = g_signal_connect (pusher_client_get_channels (fixture->client), "items-changed",
                                     G_CALLBACK (unsubscribe_cb), told);

  g_assert_null (pusher_client_subscribe (fixture->client, "a", NULL));
  g_assert_cmpstr (told->str, ==, "0");
  g_signal_handler_disconnect (pusher_client_get_channels (fixture->client), handler);
}

static void
come_back_cb (PusherClient *client,
              GParamSpec   *pspec,
              Fixture      *fixture)
{
  PusherChannel *channel = pusher_client_get_channel (client, "private-a");

  if (pusher_client_get_state (client) != PUSHER_CONNECTION_STATE_FAILED)
    return;

  pusher_client_open (client);
  wait_until (fixture->peer->n_connections == 2);
  raw_peer_welcome (fixture->peer);
  wait_until (channel->admission.stage == PUSHER_ADMISSION_SENT);
}

/* A handler opens the client again while it is told of a refusal, which is told only
 * then: the subscription that has been sent meanwhile was not refused. */
static void
test_refusal_told_late (Fixture      *fixture,
                        gconstpointer user_data)
{
  static const char refusal[] = { 4009 >> 8, 4009 & 0xff };
  PusherChannel *channel;

  fixture_use_secret (fixture, fixture->client, NULL);
  fixture_connect_to_peer (fixture);
  channel = pusher_client_subscribe (fixture->client, "private-a", NULL);
  fixture_record_channel (fixture, channel);
  g_signal_connect (fixture->client, "notify::state", G_CALLBACK (come_back_cb), fixture);
  raw_peer_frame (fixture->peer, 0x88, refusal, sizeof refusal);
  wait_until (strstr (fixture->log->str, "error") != NULL);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);
  g_assert_cmpint (channel->admission.stage, ==, PUSHER_ADMISSION_SENT);
  fixture_assert_log (fixture, "connecting connected failed connected error:4009");

  raw_peer_say (fixture->peer, "{\"event\":\"pusher_internal:subscription_succeeded\","
                               "\"channel\":\"private-a\"}");
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

static void
hurry_cb (PusherClient *client,
          GParamSpec   *pspec,
          Fixture      *fixture)
{
  if (pusher_client_get_retry_at (client) == 0)
    return;

  g_signal_handlers_disconnect_by_func (client, hurry_cb, fixture);
  pusher_connection_handle (pusher_client_get_connection (client), PUSHER_INPUT_NETWORK_CHANGED,
                            NULL, 0);
}

/* A handler that hears of an attempt runs the main loop, and the network changes: the
 * delay that was to be told is not true any more. */
static void
test_hurried_while_told (Fixture      *fixture,
                         gconstpointer user_data)
{
  fixture->random = 1;
  fixture_connect (fixture);
  pusher_test_server_kill (fixture->server);
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
  for (guint i = 0; i < 2; i++)
    {
      if (i == 1)
        g_signal_connect (fixture->client, "notify::retry-at", G_CALLBACK (hurry_cb), fixture);
      fixture_advance (fixture, fixture_get_delay (fixture));
      wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
    }

  g_assert_cmpint (fixture_get_delay (fixture), ==, 1 * G_USEC_PER_SEC);
  fixture_assert_log (fixture, "connecting connected "
                               "connecting error:connection-lost in:0.5 "
                               "error:connection-lost in:1 "
                               "in:1 error:connection-lost");
}

static gboolean
keep_request_cb (PusherAuthorizer            *authorizer,
                 PusherAuthorizationRequest  *request,
                 PusherAuthorizationRequest **stored)
{
  g_set_object (stored, request);

  return TRUE;
}

static void
sign_in_cb (PusherChannel *channel,
            const GError  *error,
            Fixture       *fixture)
{
  PusherAuthorizer *authorizer = pusher_client_get_authorizer (fixture->client);

  g_signal_handlers_disconnect_by_func (channel, sign_in_cb, fixture);
  pusher_client_set_user_authenticator (fixture->client, authorizer);
  pusher_client_reconnect_now (fixture->client);
  wait_until (pusher_user_get_signed_in (pusher_client_get_user (fixture->client)));
}

static void
sign_in_error_cb (PusherUser   *user,
                  const GError *error,
                  guint        *n_errors)
{
  g_assert_false (pusher_user_get_signed_in (user));
  (*n_errors)++;
}

/* A channel waits for a sign-in that fails, and its handler signs in again: the failure
 * has been told by then. */
static void
test_signed_in_after_failure (Fixture      *fixture,
                              gconstpointer user_data)
{
  g_autoptr (PusherAuthorizer) authenticator = pusher_authorizer_new ();
  g_autoptr (PusherAuthorizationRequest) request = NULL;
  g_autoptr (GError) refusal = g_error_new (G_IO_ERROR, G_IO_ERROR_FAILED, "No");
  PusherUser *user = pusher_client_get_user (fixture->client);
  PusherAuthorizer *secret;
  PusherChannel *channel;
  guint n_errors = 0;

  fixture_use_secret (fixture, fixture->client, NULL);
  secret = pusher_client_get_authorizer (fixture->client);
  pusher_secret_authorizer_set_user_data (PUSHER_SECRET_AUTHORIZER (secret), "{\"id\":\"u\"}", NULL);
  g_signal_connect (authenticator, "authorize", G_CALLBACK (keep_request_cb), &request);
  g_signal_connect (user, "sign-in-error", G_CALLBACK (sign_in_error_cb), &n_errors);
  pusher_client_set_user_authenticator (fixture->client, authenticator);
  pusher_user_sign_in (user);
  channel = pusher_client_subscribe (fixture->client, "presence-a", NULL);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (sign_in_cb), fixture);
  fixture_connect (fixture);
  fixture_sync (fixture);

  pusher_authorization_request_fail (request, refusal);
  g_assert_cmpuint (n_errors, ==, 1);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_true (pusher_user_get_signed_in (user));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/moments/first-message", NULL, test_begins_with_something_else);
  fixture_add ("/moments/bad-frame", NULL, test_bad_frame_while_connecting);
  fixture_add ("/moments/closed-again", NULL, test_closed_again);
  fixture_add ("/moments/dropped-while-subscribing", NULL, test_dropped_while_subscribing);
  fixture_add ("/moments/unsubscribed-before-told", NULL, test_unsubscribed_before_told);
  fixture_add ("/moments/refusal-told-late", NULL, test_refusal_told_late);
  fixture_add ("/moments/hurried-while-told", NULL, test_hurried_while_told);
  fixture_add ("/moments/signed-in-after-failure", NULL, test_signed_in_after_failure);

  return g_test_run ();
}
