/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an application asks of a client: open, close, reconnect. */

#include "fixture.h"

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
  fixture_hang (fixture);
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
                      "connecting connected connecting error:connection-lost in:0.25 disconnected");
}

static void
test_close_when_failed (Fixture      *fixture,
                        gconstpointer user_data)
{
  pusher_test_faults_refuse (fixture->faults, 4001, "no");
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

  pusher_test_faults_refuse (fixture->faults, 4003, "disabled");
  pusher_client_open_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  assert_open_fails (fixture->client, result,
                     PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_APP_DISABLED);

  /* The next one tries again */
  g_clear_object (&result);
  pusher_test_faults_refuse (fixture->faults, 0, NULL);
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
  pusher_test_faults_set_handshake_delay_ms (fixture->faults, HANG);
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

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, 0);
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

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, HANG);
  pusher_client_open (fixture->client);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &results[1]);
  wait_until (results[1] != NULL);

  pusher_client_open (fixture->client);
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &results[2]);
  wait_until (results[2] != NULL);

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, 0);
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
  pusher_test_faults_set_silent (fixture->faults, TRUE);
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
  pusher_test_faults_set_silent (fixture->faults, TRUE);
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

  pusher_test_faults_refuse (fixture->faults, 4001, "no");
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

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, HANG);
  pusher_client_open_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  fixture_settle (fixture);
  pusher_test_faults_set_handshake_delay_ms (fixture->faults, 0);
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

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

  return g_test_run ();
}
