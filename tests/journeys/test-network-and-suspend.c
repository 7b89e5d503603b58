/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a client makes of the hints of the machine. */

#include "connection/pusher-connection-machine-private.h"
#include "connection/pusher-state-table-private.h"
#include "hint-listener.h"
#include "mock-system.h"

/* A hint arrives through the real watch, of a machine that is mocked; a resume
 * has tests of its own, and is told directly. */
static void
resume (Fixture *fixture)
{
  pusher_connection_handle (pusher_client_get_connection (fixture->client),
                            PUSHER_INPUT_RESUMED, NULL, 0);
  settle ();
}

static void
connect_and_listen (Fixture *fixture)
{
  fixture_connect (fixture);
  poll_until (mock_network_has_listener ());
  fixture_assert_log (fixture, "connecting connected");
}

static guint64
count_attempts (Fixture *fixture)
{
  g_autoptr (PusherMetrics) metrics = pusher_client_get_metrics (fixture->client);

  return metrics->attempts;
}

/* Waits for an attempt that is some time off, the last of several that failed. */
static void
wait_long (Fixture *fixture)
{
  pusher_test_faults_refuse (fixture->faults, 4100, NULL);
  fixture_lose (fixture);
  for (guint i = 0; i < 5; i++)
    {
      guint64 n_attempts = count_attempts (fixture);

      fixture_advance (fixture, fixture_get_delay (fixture));
      wait_until (count_attempts (fixture) > n_attempts);
      wait_until (pusher_client_get_retry_at (fixture->client) != 0);
    }
  g_assert_cmpint (fixture_get_delay (fixture), >, SECONDS (8));
  g_string_truncate (fixture->log, 0);
  pusher_test_faults_refuse (fixture->faults, 0, NULL);
}

static void
test_waiting (Fixture      *fixture,
              gconstpointer user_data)
{
  connect_and_listen (fixture);
  wait_long (fixture);

  fixture_advance (fixture, SECONDS (2));
  change_network ();
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connected");
}

static void
test_waiting_resumed (Fixture      *fixture,
                      gconstpointer user_data)
{
  connect_and_listen (fixture);
  wait_long (fixture);

  fixture_advance (fixture, SECONDS (2));
  resume (fixture);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connected");
}

/* A network that comes and goes makes no more than one attempt a second. */
static void
test_waiting_flapping (Fixture      *fixture,
                       gconstpointer user_data)
{
  guint64 n_attempts;

  connect_and_listen (fixture);
  wait_long (fixture);
  pusher_test_faults_refuse (fixture->faults, 4100, NULL);
  n_attempts = count_attempts (fixture);

  for (guint second = 1; second <= 3; second++)
    {
      change_network ();
      fixture_assert_log (fixture, "in:1");
      g_assert_cmpint (fixture_get_delay (fixture), ==, SECONDS (1));
      for (guint i = 0; i < 9; i++)
        {
          fixture_advance (fixture, SECONDS (0.1));
          change_network ();
        }
      g_assert_cmpuint (count_attempts (fixture), ==, n_attempts + second - 1);
      fixture_assert_log (fixture, "");

      fixture_advance (fixture, SECONDS (0.1));
      wait_until (count_attempts (fixture) == n_attempts + second);
      wait_until (fixture_get_delay (fixture) > SECONDS (1));
      g_string_truncate (fixture->log, 0);
    }
}

/* The next attempt is not put off. */
static void
test_waiting_soon (Fixture      *fixture,
                   gconstpointer user_data)
{
  gint64 retry_at;

  connect_and_listen (fixture);
  pusher_test_faults_refuse (fixture->faults, 4001, NULL);
  fixture_lose (fixture);
  retry_at = pusher_client_get_retry_at (fixture->client);
  g_assert_cmpint (fixture_get_delay (fixture), <, SECONDS (1));

  change_network ();
  g_assert_cmpint (pusher_client_get_retry_at (fixture->client), ==, retry_at);
  g_string_truncate (fixture->log, 0);
}

static void
test_live (Fixture      *fixture,
           gconstpointer user_data)
{
  connect_and_listen (fixture);
  change_network ();
  resume (fixture);
  fixture_sync (fixture);
  fixture_assert_sent (fixture, "ping ping ping");

  /* It was there. */
  fixture_advance (fixture, SECONDS (6));
  g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                   PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_sent (fixture, "");
  fixture_assert_log (fixture, "");
}

/* Found in 5 seconds instead of 150. */
static void
test_dead (Fixture      *fixture,
           gconstpointer user_data)
{
  connect_and_listen (fixture);
  fixture_advance (fixture, SECONDS (10));
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  change_network ();

  fixture_advance (fixture, SECONDS (5) - 1);
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, 1);
  fixture_assert_log (fixture, "connecting error:timeout");

  /* At once; the server is as silent as before. */
  wait_until (count_attempts (fixture) == 2);
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
}

/* The settings may ask for even less. */
static void
test_dead_sooner (Fixture      *fixture,
                  gconstpointer user_data)
{
  pusher_client_set_pong_timeout (fixture->client, 2);
  connect_and_listen (fixture);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  resume (fixture);

  fixture_advance (fixture, SECONDS (2));
  fixture_assert_log (fixture, "connecting error:timeout");
}

/* Nobody knows whether an attempt is in vain, unless its socket is of another
 * day. */
static void
test_attempting (Fixture      *fixture,
                 gconstpointer user_data)
{
  pusher_test_faults_set_handshake_delay_ms (fixture->faults, HANG);
  pusher_client_open (fixture->client);
  poll_until (mock_network_has_listener ());
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);

  change_network ();
  g_assert_cmpuint (count_attempts (fixture), ==, 1);

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, 0);
  resume (fixture);
  g_assert_cmpuint (count_attempts (fixture), ==, 2);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connecting connected");
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
}

static void
test_idle (Fixture      *fixture,
           gconstpointer user_data)
{
  wait_until_deaf ();
  connect_and_listen (fixture);

  pusher_client_close (fixture->client);
  wait_until_deaf ();
  resume (fixture);
  fixture_assert_log (fixture, "disconnected");

  pusher_client_open (fixture->client);
  poll_until (mock_network_has_listener ());
  fixture_drop_client (fixture);
  wait_until_deaf ();
  g_string_truncate (fixture->log, 0);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_system_init ();

  fixture_add ("/network-and-suspend/waiting", NULL, test_waiting);
  fixture_add ("/network-and-suspend/waiting/resumed", NULL, test_waiting_resumed);
  fixture_add ("/network-and-suspend/waiting/flapping", NULL, test_waiting_flapping);
  fixture_add ("/network-and-suspend/waiting/soon", NULL, test_waiting_soon);
  fixture_add ("/network-and-suspend/live", NULL, test_live);
  fixture_add ("/network-and-suspend/dead", NULL, test_dead);
  fixture_add ("/network-and-suspend/dead/sooner", NULL, test_dead_sooner);
  fixture_add ("/network-and-suspend/attempting", NULL, test_attempting);
  fixture_add ("/network-and-suspend/idle", NULL, test_idle);

  status = g_test_run ();
  mock_system_clear ();

  return status;
}
