/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How a client gets its connection back, or waits for one. */

#include "fixture.h"
#include "loopback.h"

#include <string.h>

/* --- A connection that is lost ------------------------------------------- */

static void
test_lost (Fixture      *fixture,
           gconstpointer user_data)
{
  gboolean reset = GPOINTER_TO_INT (user_data);

  fixture->random = 0.5;
  fixture_connect (fixture);
  if (reset)
    pusher_test_faults_reset_connections (fixture->faults);
  else
    pusher_test_faults_cut_connections (fixture->faults);
  wait_until (strstr (fixture->log->str, "error:") != NULL);

  fixture_assert_log (fixture, "connecting connected connecting error:connection-lost in:0.25");
  fixture_retry (fixture);
  fixture_assert_log (fixture, "connected");
}

/* A server that is restarted says so, one that crashes does not. */
static void
test_server_restarts (Fixture      *fixture,
                      gconstpointer user_data)
{
  gboolean crashes = GPOINTER_TO_INT (user_data);

  fixture->random = 0.5;
  fixture_connect (fixture);
  if (crashes)
    pusher_test_server_kill (fixture->server);
  else
    pusher_test_server_stop (fixture->server);
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);

  /* Not for want of another attempt */
  for (guint i = 0; i < 3; i++)
    {
      fixture_advance (fixture, fixture_get_delay (fixture));
      wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
    }

  fixture_start_server (fixture);
  fixture_retry (fixture);
  if (crashes)
    fixture_assert_log (fixture,
                        "connecting connected "
                        "connecting error:connection-lost in:0.25 error:connection-lost in:0.5 "
                        "error:connection-lost in:1 error:connection-lost in:2 connected");
  else
    fixture_assert_log (fixture,
                        "connecting connected error:4200 "
                        "connecting error:connection-lost in:0.5 "
                        "error:connection-lost in:1 error:connection-lost in:2 "
                        "error:connection-lost in:4 connected");
}

static void
lose_and_assert_delay (Fixture *fixture,
                       double   seconds)
{
  fixture_lose (fixture);
  g_assert_cmpint (fixture_get_delay (fixture), ==, SECONDS (seconds));
  fixture_retry (fixture);
}

/* The delays grow over connections that do not last a minute. */
static void
test_stable_uptime (Fixture      *fixture,
                    gconstpointer user_data)
{
  fixture_connect (fixture);
  lose_and_assert_delay (fixture, 0.25);
  lose_and_assert_delay (fixture, 0.5);
  fixture_advance (fixture, SECONDS (59.9));
  lose_and_assert_delay (fixture, 1);
  fixture_advance (fixture, SECONDS (60));
  lose_and_assert_delay (fixture, 0.25);

  /* As by a new beginning */
  lose_and_assert_delay (fixture, 0.5);
  pusher_client_close (fixture->client);
  fixture_connect (fixture);
  lose_and_assert_delay (fixture, 0.25);
}

static void
test_retry_at_once_after_uptime (Fixture      *fixture,
                                 gconstpointer user_data)
{
  fixture->random = 0.5;
  fixture_connect (fixture);
  lose_and_assert_delay (fixture, 0.25);
  g_string_truncate (fixture->log, 0);
  fixture_advance (fixture, SECONDS (60));
  pusher_test_faults_close_connections (fixture->faults, 4200, "again");
  wait_until (pusher_test_server_get_n_attempts (fixture->server) == 3);
  fixture_assert_log (fixture, "connecting error:4200");
}

static void
check_connecting_in_cb (PusherClient *client,
                        gint64        delay,
                        Fixture      *fixture)
{
  g_assert_cmpint (pusher_client_get_retry_at (client), ==, fixture->now + delay);
  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_CONNECTING);
  g_assert_nonnull (pusher_client_get_last_error (client));
  g_assert_null (pusher_client_get_socket_id (client));
}

static void
test_retry_at (Fixture      *fixture,
               gconstpointer user_data)
{
  guint n_notifies = 0;

  g_signal_connect (fixture->client, "connecting-in",
                    G_CALLBACK (check_connecting_in_cb), fixture);
  count_signals (fixture->client, "notify::retry-at", &n_notifies);
  fixture_connect (fixture);
  g_assert_cmpuint (n_notifies, ==, 0);

  fixture_lose (fixture);
  g_assert_cmpint (pusher_client_get_retry_at (fixture->client), ==,
                   fixture->now + SECONDS (0.25));
  g_assert_cmpuint (n_notifies, ==, 1);

  fixture_advance (fixture, SECONDS (0.25));
  g_assert_cmpint (pusher_client_get_retry_at (fixture->client), ==, 0);
  g_assert_cmpuint (n_notifies, ==, 2);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);

  fixture_lose (fixture);
  pusher_client_close (fixture->client);
  g_assert_cmpint (pusher_client_get_retry_at (fixture->client), ==, 0);
  g_assert_cmpuint (n_notifies, ==, 4);
  fixture_assert_log (fixture,
                      "connecting connected connecting error:connection-lost in:0.25 connected "
                      "connecting error:connection-lost in:0.5 disconnected");
}

/* --- No server ----------------------------------------------------------- */

static void
test_unreachable (Fixture      *fixture,
                  gconstpointer user_data)
{
  static const double ceilings[] = { 0.5, 1, 2, 4, 8, 16, 30, 30, 30, 30 };
  g_autoptr (GSocket) socket = loopback_bind ("127.0.0.1", 0);
  guint port = loopback_get_port (socket);
  gint64 unavailable_at = fixture->now + SECONDS (10);

  fixture->random = 0.75;
  pusher_client_set_port (fixture->client, port);
  pusher_client_open (fixture->client);

  for (guint i = 0; i < 200; i++)
    {
      double ceiling = ceilings[MIN (i, G_N_ELEMENTS (ceilings) - 1)];

      wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
      g_assert_cmpint (fixture_get_delay (fixture), ==, SECONDS (0.75 * ceiling));
      g_assert_error (pusher_client_get_last_error (fixture->client),
                      PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);
      g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                       fixture->now < unavailable_at ? PUSHER_CONNECTION_STATE_CONNECTING
                                                     : PUSHER_CONNECTION_STATE_UNAVAILABLE);
      fixture_advance (fixture, fixture_get_delay (fixture));
    }
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);

  /* Each state once */
  g_assert_true (g_str_has_prefix (fixture->log->str,
                                   "connecting error:connection-lost in:0.375 "
                                   "error:connection-lost in:0.75 "));
  g_assert_null (strstr (fixture->log->str + 1, " connecting "));
  g_assert_nonnull (strstr (fixture->log->str, " unavailable "));
  g_assert_null (strstr (strstr (fixture->log->str, " unavailable ") + 1, " unavailable "));
  g_string_truncate (fixture->log, 0);

  g_socket_close (socket, NULL);
  pusher_test_server_stop (fixture->server);
  pusher_test_server_set_port (fixture->server, port);
  fixture_start_server (fixture);
  fixture_retry (fixture);
  fixture_assert_log (fixture, "connected");
}

/* UNAVAILABLE comes by the clock, not with an attempt. */
static void
test_unavailable (Fixture      *fixture,
                  gconstpointer user_data)
{
  pusher_client_set_unavailable_timeout (fixture->client, 3);
  pusher_test_faults_set_handshake_delay_ms (fixture->faults, HANG);
  pusher_client_open (fixture->client);
  fixture_advance (fixture, SECONDS (2.9));
  fixture_assert_log (fixture, "connecting");
  fixture_advance (fixture, SECONDS (0.1));
  fixture_assert_log (fixture, "unavailable");

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, 0);
  pusher_client_reconnect_now (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connected");

  /* And not while there is a connection */
  fixture_advance (fixture, SECONDS (60));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "");
}

/* The way back from UNAVAILABLE to a state that is not. */
static void
test_unavailable_close (Fixture      *fixture,
                        gconstpointer user_data)
{
  pusher_test_faults_set_handshake_delay_ms (fixture->faults, HANG);
  pusher_client_open (fixture->client);
  fixture_advance (fixture, SECONDS (10));
  pusher_client_close (fixture->client);
  pusher_client_open (fixture->client);
  fixture_advance (fixture, SECONDS (9.9));
  fixture_assert_log (fixture, "connecting unavailable disconnected connecting");
}

static void
test_unavailable_refused (Fixture      *fixture,
                          gconstpointer user_data)
{
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_client_open (fixture->client);
  fixture_advance (fixture, SECONDS (10));
  fixture_settle (fixture);
  pusher_test_faults_refuse (fixture->faults, 4001, "no");
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting unavailable failed error:4001");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/reconnect/lost/cut", GINT_TO_POINTER (FALSE), test_lost);
  fixture_add ("/reconnect/lost/reset", GINT_TO_POINTER (TRUE), test_lost);
  fixture_add ("/reconnect/server-restarts", GINT_TO_POINTER (FALSE), test_server_restarts);
  fixture_add ("/reconnect/server-crashes", GINT_TO_POINTER (TRUE), test_server_restarts);
  fixture_add ("/reconnect/stable-uptime", NULL, test_stable_uptime);
  fixture_add ("/reconnect/at-once-after-uptime", NULL, test_retry_at_once_after_uptime);
  fixture_add ("/reconnect/retry-at", NULL, test_retry_at);
  fixture_add ("/reconnect/unreachable", NULL, test_unreachable);
  fixture_add ("/reconnect/unavailable", NULL, test_unavailable);
  fixture_add ("/reconnect/unavailable/close", NULL, test_unavailable_close);
  fixture_add ("/reconnect/unavailable/refused", NULL, test_unavailable_refused);

  return g_test_run ();
}
