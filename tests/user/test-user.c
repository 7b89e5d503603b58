/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Signing in. */

#include "fixture.h"

static PusherUser *
use_endpoint (Fixture *fixture)
{
  g_autoptr (PusherHttpAuthorizer) authenticator =
    pusher_http_authorizer_new (pusher_test_backend_get_user_auth_endpoint (fixture->backend));

  pusher_client_set_user_authenticator (fixture->client, PUSHER_AUTHORIZER (authenticator));
  pusher_test_backend_set_user (fixture->backend, "42", NULL, NULL);

  return pusher_client_get_user (fixture->client);
}

static void
sign_in (PusherUser *user,
         GError    **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  pusher_user_sign_in_async (user, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_true (pusher_user_sign_in_finish (user, result, error) ==
                 pusher_user_get_signed_in (user));
}

static void
add_id_cb (PusherUser *user,
           const char *id,
           GString    *log)
{
  add_word (log, "%s:%s", pusher_user_is_online (user, id) ? "online" : "offline", id);
}

static void
add_event_cb (PusherUser  *user,
              PusherEvent *event,
              GString     *log)
{
  add_word (log, "%s=%s", pusher_event_get_name (event), pusher_event_get_data (event));
}

/* The same event, after the user's own handlers */
static void
add_client_event_cb (PusherClient *client,
                     PusherEvent  *event,
                     GString      *log)
{
  add_word (log, "client:%s=%s", pusher_event_get_name (event), pusher_event_get_data (event));
}

static void
test_sign_in (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherUser *user = use_endpoint (fixture);
  g_autoptr (GError) error = NULL;

  fixture_connect (fixture);
  sign_in (user, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pusher_user_get_id (user), ==, "42");
  g_assert_cmpstr (pusher_user_get_data (user), ==, "{\"id\":\"42\"}");
  sign_in (user, &error);
  g_assert_no_error (error);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "signin subscribe:#server-to-user-42 ping");

  g_string_truncate (fixture->log, 0);
  g_signal_connect (user, "event", G_CALLBACK (add_event_cb), fixture->log);
  g_signal_connect (fixture->client, "event::hi", G_CALLBACK (add_client_event_cb), fixture->log);
  pusher_test_server_send_to_user (fixture->server, "42", "hi", "1", NULL);
  pusher_test_server_send_to_user (fixture->server, "43", "hi", "2", NULL);
  fixture_sync (fixture);
  fixture_assert_log (fixture, "hi=1 client:hi=1");

  /* Again on each connection */
  fixture_lose (fixture);
  g_assert_false (pusher_user_get_signed_in (user));
  g_assert_null (pusher_user_get_id (user));
  fixture_retry (fixture);
  wait_until (pusher_user_get_signed_in (user));
}

static void
test_refused (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherUser *user = use_endpoint (fixture);
  g_autoptr (GError) error = NULL;

  pusher_test_backend_set_user (fixture->backend, NULL, NULL, NULL);
  fixture_connect (fixture);
  sign_in (user, &error);
  g_assert_error (error, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_FORBIDDEN);

  g_clear_error (&error);
  pusher_client_set_user_authenticator (fixture->client, NULL);
  sign_in (user, &error);
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION);
}

/* A sign-in whose failure may pass comes back by itself, and what waits for the user
 * with it. */
static void
test_recovers (Fixture      *fixture,
               gconstpointer user_data)
{
  PusherUser *user = use_endpoint (fixture);
  PusherAuthorizer *authenticator = pusher_client_get_user_authenticator (fixture->client);
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;

  fixture->random = 0.5;
  pusher_http_authorizer_set_max_attempts (PUSHER_HTTP_AUTHORIZER (authenticator), 1);
  fixture_use_secret (fixture, fixture->client, NULL);
  pusher_test_backend_set_status (fixture->backend, 503);
  fixture_connect (fixture);
  sign_in (user, &error);
  g_assert_error (error, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_SERVICE_UNAVAILABLE);
  channel = pusher_client_subscribe (fixture->client, "presence-p", NULL);
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_PENDING);

  pusher_test_backend_set_status (fixture->backend, 0);
  fixture_sync (fixture);
  fixture_advance (fixture, SECONDS (22.5) - 1);
  fixture_sync (fixture);
  g_assert_false (pusher_user_get_signed_in (user));
  fixture_advance (fixture, 1);
  wait_until (pusher_user_get_signed_in (user));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_CONNECTED);
}

static void
test_watchlist (Fixture      *fixture,
                gconstpointer user_data)
{
  static const char *const watchlist[] = { "43", NULL };
  PusherUser *user = use_endpoint (fixture);

  pusher_test_backend_set_watchlist (fixture->backend, watchlist);
  fixture_connect (fixture);
  sign_in (user, NULL);
  g_string_truncate (fixture->log, 0);
  g_signal_connect (user, "online", G_CALLBACK (add_id_cb), fixture->log);
  g_signal_connect (user, "offline", G_CALLBACK (add_id_cb), fixture->log);
  for (guint i = 0; i < 2; i++)
    pusher_test_faults_send_text (fixture->faults, NULL,
                                  "{\"event\":\"pusher_internal:watchlist_events\",\"data\":"
                                  "{\"events\":[{\"name\":\"online\",\"user_ids\":[\"43\"]}]}}");
  fixture_sync (fixture);
  fixture_assert_log (fixture, "online:43");
  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"pusher_internal:watchlist_events\",\"data\":\""
                                "{\\\"events\\\":[{\\\"name\\\":\\\"offline\\\","
                                "\\\"user_ids\\\":[\\\"43\\\"]}]}\"}");
  fixture_sync (fixture);
  fixture_assert_log (fixture, "offline:43");
}

static void
add_watchlist_event_cb (PusherUser        *user,
                        const char        *name,
                        const char *const *ids,
                        GString           *log)
{
  g_autofree char *all = g_strjoinv (",", (char **) ids);

  add_word (log, "%s=%s", name, all);
  if (g_str_equal (name, "online"))
    g_assert_true (pusher_user_is_online (user, ids[0]));
}

static void
record_watchlist (Fixture    *fixture,
                  PusherUser *user)
{
  g_string_truncate (fixture->log, 0);
  g_signal_connect (user, "watchlist-event", G_CALLBACK (add_watchlist_event_cb), fixture->log);
  g_signal_connect (user, "online", G_CALLBACK (add_id_cb), fixture->log);
  g_signal_connect (user, "offline", G_CALLBACK (add_id_cb), fixture->log);
}

/* Whatever happens to the users of the watchlist is told, also what is not news. */
static void
test_watchlist_events (Fixture      *fixture,
                       gconstpointer user_data)
{
  PusherUser *user = use_endpoint (fixture);

  fixture_connect (fixture);
  sign_in (user, NULL);
  record_watchlist (fixture, user);
  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"pusher_internal:watchlist_events\",\"data\":"
                                "{\"events\":[{\"name\":\"online\",\"user_ids\":[\"1\",\"2\"]},"
                                "{\"name\":\"away\",\"user_ids\":[\"1\",null,3]},"
                                "{\"name\":\"online\",\"user_ids\":[\"1\"]},"
                                "{\"name\":\"offline\",\"user_ids\":[\"4\"]},"
                                "{\"name\":\"nobody\",\"user_ids\":[]}]}}");
  fixture_sync (fixture);
  fixture_assert_log (fixture, "online=1,2 online:1 online:2 away=1,3 online=1 offline=4 nobody=");
}

static void
close_cb (PusherUser *user,
          gpointer    ids,
          gpointer    client)
{
  pusher_client_close (client);
}

/* Nobody is told of what is not so any more. */
static void
test_closed_by_watchlist (Fixture      *fixture,
                          gconstpointer user_data)
{
  PusherUser *user = use_endpoint (fixture);

  fixture_connect (fixture);
  sign_in (user, NULL);
  g_string_truncate (fixture->log, 0);
  g_signal_connect (user, "online", G_CALLBACK (add_id_cb), fixture->log);
  g_signal_connect (user, "online", G_CALLBACK (close_cb), fixture->client);
  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"pusher_internal:watchlist_events\",\"data\":"
                                "{\"events\":[{\"name\":\"online\",\"user_ids\":[\"1\",\"2\"]},"
                                "{\"name\":\"online\",\"user_ids\":[\"3\"]}]}}");
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_DISCONNECTED);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "online:1 disconnected");
}

static void
reconnect_once_cb (PusherUser        *user,
                   const char        *name,
                   const char *const *ids,
                   Fixture           *fixture)
{
  g_signal_handlers_disconnect_by_func (user, reconnect_once_cb, fixture);
  pusher_client_reconnect_now (fixture->client);
  wait_until (!pusher_user_get_signed_in (user));
  wait_until (pusher_user_get_signed_in (user));
  add_word (fixture->log, "back");
}

/* What the server has told on one connection does not count on the next. */
static void
test_reconnected_by_watchlist (Fixture      *fixture,
                               gconstpointer user_data)
{
  PusherUser *user = use_endpoint (fixture);

  fixture_connect (fixture);
  sign_in (user, NULL);
  record_watchlist (fixture, user);
  g_signal_connect (user, "watchlist-event", G_CALLBACK (reconnect_once_cb), fixture);
  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"pusher_internal:watchlist_events\",\"data\":"
                                "{\"events\":[{\"name\":\"away\",\"user_ids\":[\"1\"]},"
                                "{\"name\":\"online\",\"user_ids\":[\"2\"]}]}}");
  wait_until (g_str_has_suffix (fixture->log->str, "back"));
  fixture_sync (fixture);
  g_assert_true (g_str_has_prefix (fixture->log->str, "away=1 "));
  g_assert_null (strstr (fixture->log->str, "online"));
  g_assert_false (pusher_user_is_online (user, "2"));
}

static void
test_closed (Fixture      *fixture,
             gconstpointer user_data)
{
  PusherUser *user = use_endpoint (fixture);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  pusher_test_backend_set_delay_ms (fixture->backend, G_MAXUINT);
  fixture_connect (fixture);
  pusher_user_sign_in_async (user, NULL, store_result_cb, &result);
  pusher_client_close (fixture->client);
  wait_until (result != NULL);
  g_assert_false (pusher_user_sign_in_finish (user, result, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED);
}

static void
test_terminated (Fixture      *fixture,
                 gconstpointer user_data)
{
  PusherUser *user = use_endpoint (fixture);

  fixture_connect (fixture);
  sign_in (user, NULL);
  g_assert_cmpuint (
    pusher_test_server_terminate_user_connections (fixture->server, "42"), ==, 1);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);
  g_assert_error (pusher_client_get_last_error (fixture->client), PUSHER_SERVER_ERROR,
                  PUSHER_SERVER_ERROR_UNAUTHORIZED);
  g_assert_false (pusher_user_get_signed_in (user));
}

/* The application may hold the user longer than the client. */
static void
test_client_gone (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (PusherUser) user = g_object_ref (use_endpoint (fixture));
  g_autoptr (GError) error = NULL;

  fixture_connect (fixture);
  fixture_drop_client (fixture);
  sign_in (user, &error);
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/user/sign-in", NULL, test_sign_in);
  fixture_add ("/user/refused", NULL, test_refused);
  fixture_add ("/user/recovers", NULL, test_recovers);
  fixture_add ("/user/watchlist", NULL, test_watchlist);
  fixture_add ("/user/watchlist/events", NULL, test_watchlist_events);
  fixture_add ("/user/watchlist/closed", NULL, test_closed_by_watchlist);
  fixture_add ("/user/watchlist/reconnected", NULL, test_reconnected_by_watchlist);
  fixture_add ("/user/closed", NULL, test_closed);
  fixture_add ("/user/terminated", NULL, test_terminated);
  fixture_add ("/user/client-gone", NULL, test_client_gone);

  return g_test_run ();
}
