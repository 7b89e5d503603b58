/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an application asks of a client: open, close, reconnect, ping. */

#include "fixture.h"

#define HANG G_MAXUINT /* a handshake delay */

/* --- Settings ------------------------------------------------------------ */

static void
test_settings (void)
{
  g_autoptr (PusherClient) client = pusher_client_new ("key", "eu");
  g_autoptr (SoupSession) session = soup_session_new ();
  guint count = 0;

  g_assert_cmpstr (pusher_client_get_key (client), ==, "key");
  g_assert_cmpstr (pusher_client_get_cluster (client), ==, "eu");
  g_assert_null (pusher_client_get_host (client));
  g_assert_cmpuint (pusher_client_get_port (client), ==, 0);
  g_assert_null (pusher_client_get_path (client));
  g_assert_true (pusher_client_get_use_tls (client));
  g_assert_cmpuint (pusher_client_get_activity_timeout (client), ==, 120);
  g_assert_cmpuint (pusher_client_get_pong_timeout (client), ==, 30);
  g_assert_cmpuint (pusher_client_get_unavailable_timeout (client), ==, 10);
  g_assert_cmpuint (pusher_client_get_connect_timeout (client), ==, 15);
  g_assert_cmpuint (pusher_client_get_max_message_size (client), ==, 1024 * 1024);
  g_assert_true (SOUP_IS_SESSION (pusher_client_get_session (client)));
  g_assert_true (pusher_client_get_session (client) == pusher_client_get_session (client));

  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_INITIALIZED);
  g_assert_null (pusher_client_get_socket_id (client));
  g_assert_null (pusher_client_get_last_error (client));
  g_assert_cmpint (pusher_client_get_retry_at (client), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (pusher_client_get_channels (client)), ==, 0);

  /* Twice each: only a change is told */
  count_signals (client, "notify", &count);
  for (guint i = 0; i < 2; i++)
    {
      pusher_client_set_host (client, "example.org");
      pusher_client_set_port (client, 8080);
      pusher_client_set_path (client, "/prefix");
      pusher_client_set_use_tls (client, FALSE);
      pusher_client_set_session (client, session);
      pusher_client_set_activity_timeout (client, 1);
      pusher_client_set_pong_timeout (client, 2);
      pusher_client_set_unavailable_timeout (client, 3);
      pusher_client_set_connect_timeout (client, 4);
      pusher_client_set_max_message_size (client, 5);
      g_assert_cmpuint (count, ==, 10);
    }

  g_assert_cmpstr (pusher_client_get_host (client), ==, "example.org");
  g_assert_cmpuint (pusher_client_get_port (client), ==, 8080);
  g_assert_cmpstr (pusher_client_get_path (client), ==, "/prefix");
  g_assert_false (pusher_client_get_use_tls (client));
  g_assert_true (pusher_client_get_session (client) == session);
  g_assert_cmpuint (pusher_client_get_activity_timeout (client), ==, 1);
  g_assert_cmpuint (pusher_client_get_pong_timeout (client), ==, 2);
  g_assert_cmpuint (pusher_client_get_unavailable_timeout (client), ==, 3);
  g_assert_cmpuint (pusher_client_get_connect_timeout (client), ==, 4);
  g_assert_cmpuint (pusher_client_get_max_message_size (client), ==, 5);
}

/* The same through properties, as bindings use them. */
static void
test_properties (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autofree char *key = NULL;
  g_autofree char *cluster = NULL;
  g_autofree char *host = NULL;
  g_autofree char *path = NULL;
  g_autofree char *socket_id = NULL;
  g_autoptr (SoupSession) session = NULL;
  g_autoptr (GListModel) channels = NULL;
  g_autoptr (GError) last_error = NULL;
  PusherConnectionState state;
  guint activity_timeout, pong_timeout, unavailable_timeout, connect_timeout, port;
  guint64 max_message_size;
  gboolean use_tls;
  gint64 retry_at;

  g_object_set (fixture->client,
                "path", "/",
                "session", NULL,
                "activity-timeout", 60,
                "pong-timeout", 20,
                "unavailable-timeout", 5,
                "connect-timeout", 6,
                "max-message-size", (guint64) 5000,
                NULL);
  fixture_connect (fixture);
  fixture_lose (fixture);
  g_object_get (fixture->client,
                "key", &key,
                "cluster", &cluster,
                "host", &host,
                "port", &port,
                "path", &path,
                "use-tls", &use_tls,
                "session", &session,
                "activity-timeout", &activity_timeout,
                "pong-timeout", &pong_timeout,
                "unavailable-timeout", &unavailable_timeout,
                "connect-timeout", &connect_timeout,
                "max-message-size", &max_message_size,
                "state", &state,
                "socket-id", &socket_id,
                "last-error", &last_error,
                "retry-at", &retry_at,
                "channels", &channels,
                NULL);

  g_assert_cmpstr (key, ==, pusher_test_server_get_key (fixture->server));
  g_assert_null (cluster);
  g_assert_cmpstr (host, ==, "127.0.0.1");
  g_assert_cmpuint (port, ==, pusher_test_server_get_port (fixture->server));
  g_assert_cmpstr (path, ==, "/");
  g_assert_false (use_tls);
  g_assert_true (session == pusher_client_get_session (fixture->client));
  g_assert_cmpuint (activity_timeout, ==, 60);
  g_assert_cmpuint (pong_timeout, ==, 20);
  g_assert_cmpuint (unavailable_timeout, ==, 5);
  g_assert_cmpuint (connect_timeout, ==, 6);
  g_assert_cmpuint (max_message_size, ==, 5000);
  g_assert_cmpint (state, ==, PUSHER_CONNECTION_STATE_CONNECTING);
  g_assert_null (socket_id);
  g_assert_error (last_error, PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);
  g_assert_cmpint (retry_at, ==, fixture->now + SECONDS (0.25));
  g_assert_true (channels == pusher_client_get_channels (fixture->client));
}

static const struct
{
  const char *name;
  const char *key;
  const char *cluster;
  const char *host;
} invalid_settings[] = {
  { "no-key", NULL, "eu", NULL },
  { "empty-key", "", "eu", NULL },
  { "nowhere", "key", NULL, NULL },
  { "empty-cluster", "key", "", NULL },
  { "bad-cluster", "key", "eu/../x", NULL },
  { "bad-host", "key", NULL, "ex ample.org" },
  { "host-with-port", "key", NULL, "example.org:80" },
  { "host-not-utf8", "key", NULL, "\xff" },
};

/* The error comes three ways, and once each. */
static void
test_invalid_settings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (invalid_settings); i++)
    {
      g_autoptr (PusherClient) client =
        g_object_new (PUSHER_TYPE_CLIENT,
                      "key", invalid_settings[i].key,
                      "cluster", invalid_settings[i].cluster,
                      "host", invalid_settings[i].host,
                      NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      guint n_errors = 0;

      g_test_message ("%s", invalid_settings[i].name);
      count_signals (client, "error", &n_errors);
      pusher_client_open_async (client, NULL, store_result_cb, &result);
      wait_until (result != NULL);

      g_assert_false (pusher_client_open_finish (client, result, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS);
      g_assert_error (pusher_client_get_last_error (client),
                      PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS);
      g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_FAILED);
      g_assert_cmpint (pusher_client_get_retry_at (client), ==, 0);
      g_assert_cmpuint (n_errors, ==, 1);
    }
}

static void
test_mended_settings (Fixture      *fixture,
                      gconstpointer user_data)
{
  pusher_client_set_host (fixture->client, NULL);
  pusher_client_open (fixture->client);
  fixture_assert_log (fixture, "failed error:invalid-settings");

  pusher_client_set_host (fixture->client, "127.0.0.1");
  fixture_connect (fixture);
  fixture_assert_log (fixture, "connecting connected");
  g_assert_null (pusher_client_get_last_error (fixture->client));
}

/* An application that is to be changed on the fly: the connection stays as it
 * is, and the next one is to the new address. */
static void
test_settings_count_from_next (Fixture      *fixture,
                               gconstpointer user_data)
{
  fixture_connect (fixture);
  pusher_test_server_set_path (fixture->server, "/some/where");
  pusher_client_set_path (fixture->client, "some/where/");
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting connected");

  pusher_client_reconnect_now (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
}

/* A key is anything that the operator of a server likes. */
static void
test_odd_key (Fixture      *fixture,
              gconstpointer user_data)
{
  static const char *const keys[] = { "a b", "a/b", "../x", "k?x=y#z", "%41", "ключ", "a+b&c=d" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i + 2);
      g_autoptr (PusherClient) client = pusher_client_new (keys[i], NULL);

      pusher_test_server_add_app (fixture->server, id, keys[i], "secret");
      g_object_set (client,
                    "host", "localhost",
                    "port", pusher_test_server_get_port (fixture->server),
                    "use-tls", FALSE,
                    NULL);
      pusher_client_open (client);
      wait_until (pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_CONNECTED);
    }
}

static void
test_session (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  guint n_requests = 0;

  count_signals (session, "request-queued", &n_requests);
  pusher_client_set_session (fixture->client, session);
  fixture_connect (fixture);
  g_assert_cmpuint (n_requests, ==, 1);
}

/* --- Open and close ------------------------------------------------------ */

static void
test_open_close_open (Fixture      *fixture,
                      gconstpointer user_data)
{
  PusherClient *client = fixture->client;
  g_autofree char *first_id = NULL;
  guint n_ids = 0;

  count_signals (client, "notify::socket-id", &n_ids);

  pusher_client_open (client);
  fixture_assert_log (fixture, "connecting");
  g_assert_null (pusher_client_get_socket_id (client));

  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connected");
  first_id = g_strdup (pusher_client_get_socket_id (client));
  g_assert_nonnull (first_id);
  g_assert_cmpuint (n_ids, ==, 1);
  g_assert_null (pusher_client_get_last_error (client));

  pusher_client_close (client);
  fixture_assert_log (fixture, "disconnected");
  g_assert_null (pusher_client_get_socket_id (client));
  g_assert_cmpuint (n_ids, ==, 2);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);
  fixture_advance (fixture, SECONDS (3600));
  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);
  fixture_assert_log (fixture, "");

  fixture_connect (fixture);
  fixture_assert_log (fixture, "connecting connected");
  g_assert_cmpstr (pusher_client_get_socket_id (client), !=, first_id);
  g_assert_cmpuint (n_ids, ==, 3);
}

static void
test_open_again (Fixture      *fixture,
                 gconstpointer user_data)
{
  pusher_client_open (fixture->client);
  pusher_client_open (fixture->client);
  fixture_connect (fixture);
  pusher_client_open (fixture->client);
  fixture_settle (fixture);

  fixture_assert_log (fixture, "connecting connected");
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);
}

/* Also without a return to the main loop, which is where a connection would be
 * made. */
static void
test_open_close_at_once (Fixture      *fixture,
                         gconstpointer user_data)
{
  for (guint i = 0; i < 10; i++)
    {
      pusher_client_open (fixture->client);
      pusher_client_close (fixture->client);
      fixture_assert_log (fixture, "connecting disconnected");
    }
  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 0);

  pusher_client_open (fixture->client);
  pusher_client_close (fixture->client);
  fixture_connect (fixture);
  fixture_assert_log (fixture, "connecting disconnected connecting connected");
}

/* At any moment of the handshake. */
static void
test_close_during_handshake (Fixture      *fixture,
                             gconstpointer user_data)
{
  for (guint n_iterations = 1; n_iterations < 20; n_iterations++)
    {
      pusher_client_open (fixture->client);
      for (guint i = 0; i < n_iterations; i++)
        g_main_context_iteration (NULL, FALSE);
      pusher_client_close (fixture->client);
      g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                       PUSHER_CONNECTION_STATE_DISCONNECTED);
    }

  fixture_settle (fixture);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_DISCONNECTED);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);
}

static void
test_close_without_open (Fixture      *fixture,
                         gconstpointer user_data)
{
  pusher_client_close (fixture->client);
  fixture_assert_log (fixture, "disconnected");

  pusher_client_close (fixture->client);
  fixture_assert_log (fixture, "");

  fixture_connect (fixture);
}

static void
test_close_while_attempting (Fixture      *fixture,
                             gconstpointer user_data)
{
  pusher_test_server_set_handshake_delay (fixture->server, HANG);
  pusher_client_open (fixture->client);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  fixture_settle (fixture);
  pusher_client_close (fixture->client);

  fixture_assert_log (fixture, "connecting disconnected");
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);
}

static void
test_close_while_waiting (Fixture      *fixture,
                          gconstpointer user_data)
{
  fixture_connect (fixture);
  fixture_lose (fixture);
  g_assert_nonnull (pusher_client_get_last_error (fixture->client));
  pusher_client_close (fixture->client);

  g_assert_cmpint (pusher_client_get_retry_at (fixture->client), ==, 0);
  g_assert_null (pusher_client_get_last_error (fixture->client));
  fixture_advance (fixture, SECONDS (3600));
  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);
  fixture_assert_log (fixture,
                      "connecting connected connecting in:0.25 error:connection-lost disconnected");
}

static void
test_close_when_failed (Fixture      *fixture,
                        gconstpointer user_data)
{
  pusher_test_server_refuse (fixture->server, 4001, "no");
  pusher_client_open (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);
  pusher_client_close (fixture->client);

  fixture_assert_log (fixture, "connecting failed error:4001 disconnected");
  g_assert_null (pusher_client_get_last_error (fixture->client));
}

/* --- Asynchronously ------------------------------------------------------ */

static void
assert_opens (PusherClient *client,
              GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pusher_client_open_finish (client, result, &error));
  g_assert_no_error (error);
}

#define assert_open_fails(client, result, domain, code)                \
  G_STMT_START                                                         \
  {                                                                    \
    g_autoptr (GError) error_ = NULL;                                  \
    g_assert_false (pusher_client_open_finish (client, result, &error_)); \
    g_assert_error (error_, domain, code);                             \
  }                                                                    \
  G_STMT_END

static void
test_open_async (Fixture      *fixture,
                 gconstpointer user_data)
{
  GAsyncResult *results[4] = { NULL };

  /* Of several, each has its answer; also of one that comes late */
  for (guint i = 0; i < 3; i++)
    pusher_client_open_async (fixture->client, NULL, store_result_cb, &results[i]);
  g_assert_null (results[0]);
  wait_until (results[0] != NULL && results[1] != NULL && results[2] != NULL);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_CONNECTED);

  pusher_client_open_async (fixture->client, NULL, store_result_cb, &results[3]);
  g_assert_null (results[3]);
  wait_until (results[3] != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      assert_opens (fixture->client, results[i]);
      g_clear_object (&results[i]);
    }
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);
}

/* It waits until the server can be reached. */
static void
test_open_async_late (Fixture      *fixture,
                      gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  pusher_test_server_stop (fixture->server);
  pusher_client_open_async (fixture->client, NULL, store_result_cb, &result);
  for (guint i = 0; i < 10; i++)
    {
      wait_until (pusher_client_get_retry_at (fixture->client) != 0);
      fixture_advance (fixture, fixture_get_delay (fixture));
    }
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  g_assert_null (result);

  fixture_start_server (fixture);
  fixture_advance (fixture, fixture_get_delay (fixture));
  wait_until (result != NULL);
  assert_opens (fixture->client, result);
}

static void
test_open_async_refused (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  pusher_test_server_refuse (fixture->server, 4003, "disabled");
  pusher_client_open_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  assert_open_fails (fixture->client, result,
                     PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_APP_DISABLED);

  /* The next one tries again */
  g_clear_object (&result);
  pusher_test_server_refuse (fixture->server, 0, NULL);
  pusher_client_open_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  assert_opens (fixture->client, result);
  fixture_assert_log (fixture, "connecting failed error:4003 connecting connected");
}

static void
test_open_async_closed (Fixture      *fixture,
                        gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  pusher_client_open_async (fixture->client, NULL, store_result_cb, &result);
  pusher_client_close (fixture->client);
  wait_until (result != NULL);
  assert_open_fails (fixture->client, result, PUSHER_ERROR, PUSHER_ERROR_CLOSED);
}

/* What is cancelled is the wait. */
static void
test_open_async_cancelled (Fixture      *fixture,
                           gconstpointer user_data)
{
  gboolean before = GPOINTER_TO_INT (user_data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  if (before)
    g_cancellable_cancel (cancellable);
  pusher_test_server_set_handshake_delay (fixture->server, HANG);
  pusher_client_open_async (fixture->client, cancellable, store_result_cb, &result);
  if (!before)
    {
      fixture_settle (fixture);
      g_assert_null (result);
      g_cancellable_cancel (cancellable);
    }
  wait_until (result != NULL);
  assert_open_fails (fixture->client, result, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_CONNECTING);

  pusher_test_server_set_handshake_delay (fixture->server, 0);
  pusher_client_reconnect_now (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
}

static void
assert_closes (PusherClient *client,
               GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (pusher_client_close_finish (client, result, &error));
  g_assert_no_error (error);
}

static void
test_close_async (Fixture      *fixture,
                  gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect (fixture);
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &result);
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_DISCONNECTED);
  g_assert_null (result);

  /* When it is over, it is over for the server as well */
  wait_until (result != NULL);
  assert_closes (fixture->client, result);
  g_assert_cmpuint (fixture->close_code, ==, SOUP_WEBSOCKET_CLOSE_NORMAL);
}

/* Whatever there is to close. */
static void
test_close_async_otherwise (Fixture      *fixture,
                            gconstpointer user_data)
{
  GAsyncResult *results[4] = { NULL };

  pusher_client_close_async (fixture->client, NULL, store_result_cb, &results[0]);
  wait_until (results[0] != NULL);

  pusher_test_server_set_handshake_delay (fixture->server, HANG);
  pusher_client_open (fixture->client);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &results[1]);
  wait_until (results[1] != NULL);

  pusher_client_open (fixture->client);
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &results[2]);
  wait_until (results[2] != NULL);

  pusher_test_server_set_handshake_delay (fixture->server, 0);
  fixture_connect (fixture);
  fixture_lose (fixture);
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &results[3]);
  wait_until (results[3] != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      assert_closes (fixture->client, results[i]);
      g_clear_object (&results[i]);
    }
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_DISCONNECTED);
}

/* A new connection does not wait for the end of the old one, nor harm it. */
static void
test_close_async_reopen (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect (fixture);
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &result);
  pusher_client_open (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  wait_until (result != NULL);
  assert_closes (fixture->client, result);

  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
  fixture_assert_log (fixture, "connecting connected disconnected connecting connected");
}

/* A server that does not answer the close frame. This takes the 5 seconds that
 * libsoup gives it: the one test that waits in real time. */
static void
test_close_async_silent (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 start;

  fixture_connect (fixture);
  pusher_test_server_set_silent (fixture->server, TRUE);
  start = g_get_monotonic_time ();
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  assert_closes (fixture->client, result);
  g_assert_cmpint (g_get_monotonic_time () - start, >, SECONDS (1));
}

static void
test_close_async_cancelled (Fixture      *fixture,
                            gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start;

  fixture_connect (fixture);
  pusher_test_server_set_silent (fixture->server, TRUE);
  start = g_get_monotonic_time ();
  pusher_client_close_async (fixture->client, cancellable, store_result_cb, &result);
  g_cancellable_cancel (cancellable);
  wait_until (result != NULL);
  g_assert_false (pusher_client_close_finish (fixture->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, SECONDS (4));
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_DISCONNECTED);
}

/* --- Reconnect now ------------------------------------------------------- */

static void
test_reconnect_when_not_open (Fixture      *fixture,
                              gconstpointer user_data)
{
  pusher_client_reconnect_now (fixture->client);
  fixture_assert_log (fixture, "");

  pusher_client_close (fixture->client);
  pusher_client_reconnect_now (fixture->client);
  fixture_assert_log (fixture, "disconnected");

  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 0);

  pusher_test_server_refuse (fixture->server, 4001, "no");
  pusher_client_open (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);
  pusher_client_reconnect_now (fixture->client);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting failed error:4001");
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);
}

static void
test_reconnect_when_waiting (Fixture      *fixture,
                             gconstpointer user_data)
{
  gboolean unavailable = GPOINTER_TO_INT (user_data);

  fixture_connect (fixture);
  fixture_lose (fixture);
  if (unavailable)
    {
      /* The server comes back too late for the attempt */
      pusher_test_server_stop (fixture->server);
      fixture_advance (fixture, SECONDS (10));
      wait_until (pusher_client_get_retry_at (fixture->client) != 0);
      g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                       PUSHER_CONNECTION_STATE_UNAVAILABLE);
      pusher_test_server_start (fixture->server, NULL);
    }
  g_string_truncate (fixture->log, 0);

  pusher_client_reconnect_now (fixture->client);
  g_assert_cmpint (pusher_client_get_retry_at (fixture->client), ==, 0);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connected");

  /* The delays start anew */
  fixture_lose (fixture);
  g_assert_cmpint (fixture_get_delay (fixture), ==, SECONDS (0.25));
}

static void
test_reconnect_when_attempting (Fixture      *fixture,
                                gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  pusher_test_server_set_handshake_delay (fixture->server, HANG);
  pusher_client_open_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  fixture_settle (fixture);
  pusher_test_server_set_handshake_delay (fixture->server, 0);
  pusher_client_reconnect_now (fixture->client);
  wait_until (result != NULL);

  assert_opens (fixture->client, result);
  fixture_assert_log (fixture, "connecting connected");
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 2);
}

static void
test_reconnect_when_connected (Fixture      *fixture,
                               gconstpointer user_data)
{
  g_autofree char *first_id = NULL;

  fixture_connect (fixture);
  first_id = g_strdup (pusher_client_get_socket_id (fixture->client));
  pusher_client_reconnect_now (fixture->client);
  g_assert_null (pusher_client_get_socket_id (fixture->client));
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);

  g_assert_cmpstr (pusher_client_get_socket_id (fixture->client), !=, first_id);
  fixture_assert_log (fixture, "connecting connected connecting connected");
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
}

/* --- Ping ---------------------------------------------------------------- */

#define assert_ping_fails(client, result, domain, code)                         \
  G_STMT_START                                                                  \
  {                                                                             \
    g_autoptr (GError) error_ = NULL;                                           \
    g_assert_cmpint (pusher_client_ping_finish (client, result, &error_), ==, -1); \
    g_assert_error (error_, domain, code);                                      \
  }                                                                             \
  G_STMT_END

/* Several, answered at different times: each has its own round trip. */
static void
test_ping (Fixture      *fixture,
           gconstpointer user_data)
{
  static const char pong[] = "{\"event\":\"pusher:pong\",\"data\":{}}";
  GAsyncResult *results[3] = { NULL };
  gint64 trips[3];

  fixture_connect (fixture);
  pusher_test_server_set_silent (fixture->server, TRUE);
  for (guint i = 0; i < 3; i++)
    {
      pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[i]);
      fixture->now += 10;
    }
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "ping ping ping");

  pusher_test_server_set_silent (fixture->server, FALSE);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      fixture->now += 1000;
      g_assert_null (results[i]);
      pusher_test_server_send_text (fixture->server, NULL, pong);
      wait_until (results[i] != NULL);
      trips[i] = pusher_client_ping_finish (fixture->client, results[i], &error);
      g_assert_no_error (error);
      g_clear_object (&results[i]);
    }
  g_assert_cmpint (trips[0], ==, 1030);
  g_assert_cmpint (trips[1], ==, 2020);
  g_assert_cmpint (trips[2], ==, 3010);

  /* One that nobody asked for is nothing */
  pusher_test_server_send_text (fixture->server, NULL, pong);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting connected");
}

static void
test_ping_answered (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_connect (fixture);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, &error), ==, 0);
  g_assert_no_error (error);
}

static void
test_ping_without_connection (Fixture      *fixture,
                              gconstpointer user_data)
{
  GAsyncResult *results[3] = { NULL };

  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[0]);
  pusher_client_open (fixture->client);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[1]);
  pusher_client_close (fixture->client);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[2]);

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      wait_until (results[i] != NULL);
      assert_ping_fails (fixture->client, results[i], PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE);
      g_clear_object (&results[i]);
    }
}

/* The server is there, but has lost the pong: that harms nobody but the one who
 * waits for it. */
static void
test_ping_times_out (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect (fixture);
  pusher_test_server_set_silent (fixture->server, TRUE);
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  fixture_settle (fixture);
  pusher_test_server_set_silent (fixture->server, FALSE);
  pusher_test_server_send_text (fixture->server, NULL, "{\"event\":\"hello\"}");
  fixture_settle (fixture);

  fixture_advance (fixture, SECONDS (29.9));
  fixture_settle (fixture);
  g_assert_null (result);
  fixture_advance (fixture, SECONDS (0.1));
  wait_until (result != NULL);
  assert_ping_fails (fixture->client, result, PUSHER_ERROR, PUSHER_ERROR_TIMEOUT);
  fixture_assert_log (fixture, "connecting connected");
}

typedef void (*LoseFunc) (Fixture *fixture);

static void
lose_by_cut (Fixture *fixture)
{
  pusher_test_server_cut_connections (fixture->server);
}

static void
lose_by_refusal (Fixture *fixture)
{
  pusher_test_server_set_silent (fixture->server, FALSE);
  pusher_test_server_close_connections (fixture->server, 4009, "late");
}

static void
lose_by_close (Fixture *fixture)
{
  pusher_client_close (fixture->client);
}

static void
lose_by_reconnect (Fixture *fixture)
{
  pusher_client_reconnect_now (fixture->client);
}

static void
lose_by_silence (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (30));
}

static const struct
{
  const char *path;
  LoseFunc lose;
  const char *domain;
  int code;
} ping_losses[] = {
  { "/client/ping/lost", lose_by_cut, "pusher-error-quark", PUSHER_ERROR_CONNECTION_LOST },
  { "/client/ping/refused", lose_by_refusal, "pusher-server-error-quark",
    PUSHER_SERVER_ERROR_UNAUTHORIZED },
  { "/client/ping/closed", lose_by_close, "pusher-error-quark", PUSHER_ERROR_CLOSED },
  { "/client/ping/reconnect", lose_by_reconnect, "pusher-error-quark",
    PUSHER_ERROR_CONNECTION_LOST },
  { "/client/ping/dead", lose_by_silence, "pusher-error-quark", PUSHER_ERROR_TIMEOUT },
};

static void
test_ping_lost (Fixture      *fixture,
                gconstpointer user_data)
{
  guint loss = GPOINTER_TO_UINT (user_data);
  GAsyncResult *results[2] = { NULL };

  fixture_connect (fixture);
  pusher_test_server_set_silent (fixture->server, TRUE);
  for (guint i = 0; i < 2; i++)
    pusher_client_ping_async (fixture->client, NULL, store_result_cb, &results[i]);
  fixture_settle (fixture);
  g_assert_null (results[0]);
  ping_losses[loss].lose (fixture);

  for (guint i = 0; i < 2; i++)
    {
      wait_until (results[i] != NULL);
      assert_ping_fails (fixture->client, results[i],
                         g_quark_from_string (ping_losses[loss].domain), ping_losses[loss].code);
      g_clear_object (&results[i]);
    }
}

static void
test_ping_cancelled (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  fixture_connect (fixture);
  pusher_client_ping_async (fixture->client, cancellable, store_result_cb, &cancelled);
  fixture->now += 1000;
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  fixture->now += 100;
  g_cancellable_cancel (cancellable);
  wait_until (cancelled != NULL && result != NULL);

  assert_ping_fails (fixture->client, cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* Its pong is not mistaken for that of the other one */
  g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, NULL), ==, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/client/settings", test_settings);
  fixture_add ("/client/properties", NULL, test_properties);
  g_test_add_func ("/client/settings/invalid", test_invalid_settings);
  fixture_add ("/client/settings/mended", NULL, test_mended_settings);
  fixture_add ("/client/settings/count-from-next", NULL, test_settings_count_from_next);
  fixture_add ("/client/settings/odd-key", NULL, test_odd_key);
  fixture_add ("/client/settings/session", NULL, test_session);

  fixture_add ("/client/open-close-open", NULL, test_open_close_open);
  fixture_add ("/client/open/again", NULL, test_open_again);
  fixture_add ("/client/close/at-once", NULL, test_open_close_at_once);
  fixture_add ("/client/close/during-handshake", NULL, test_close_during_handshake);
  fixture_add ("/client/close/without-open", NULL, test_close_without_open);
  fixture_add ("/client/close/while-attempting", NULL, test_close_while_attempting);
  fixture_add ("/client/close/while-waiting", NULL, test_close_while_waiting);
  fixture_add ("/client/close/when-failed", NULL, test_close_when_failed);

  fixture_add ("/client/open-async", NULL, test_open_async);
  fixture_add ("/client/open-async/late", NULL, test_open_async_late);
  fixture_add ("/client/open-async/refused", NULL, test_open_async_refused);
  fixture_add ("/client/open-async/closed", NULL, test_open_async_closed);
  fixture_add ("/client/open-async/cancelled", GINT_TO_POINTER (FALSE), test_open_async_cancelled);
  fixture_add ("/client/open-async/cancelled-before", GINT_TO_POINTER (TRUE),
               test_open_async_cancelled);
  fixture_add ("/client/close-async", NULL, test_close_async);
  fixture_add ("/client/close-async/otherwise", NULL, test_close_async_otherwise);
  fixture_add ("/client/close-async/reopen", NULL, test_close_async_reopen);
  fixture_add ("/client/close-async/silent", NULL, test_close_async_silent);
  fixture_add ("/client/close-async/cancelled", NULL, test_close_async_cancelled);

  fixture_add ("/client/reconnect-now/not-open", NULL, test_reconnect_when_not_open);
  fixture_add ("/client/reconnect-now/waiting", GINT_TO_POINTER (FALSE),
               test_reconnect_when_waiting);
  fixture_add ("/client/reconnect-now/unavailable", GINT_TO_POINTER (TRUE),
               test_reconnect_when_waiting);
  fixture_add ("/client/reconnect-now/attempting", NULL, test_reconnect_when_attempting);
  fixture_add ("/client/reconnect-now/connected", NULL, test_reconnect_when_connected);

  fixture_add ("/client/ping", NULL, test_ping);
  fixture_add ("/client/ping/answered", NULL, test_ping_answered);
  fixture_add ("/client/ping/without-connection", NULL, test_ping_without_connection);
  fixture_add ("/client/ping/times-out", NULL, test_ping_times_out);
  fixture_add ("/client/ping/cancelled", NULL, test_ping_cancelled);
  for (guint i = 0; i < G_N_ELEMENTS (ping_losses); i++)
    fixture_add (ping_losses[i].path, GUINT_TO_POINTER (i), test_ping_lost);

  return g_test_run ();
}
