/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Something between a client and its server cuts connections that are silent. */

#include "connection/pusher-connection-machine-private.h"
#include "fault-proxy.h"
#include "hint-listener.h"
#include "mock-system.h"

#define CLOSE 0x88 /* the first byte of such a frame */
#define ACTIVITY_TIMEOUT 120

static PusherMetrics *
get_metrics (PusherClient *client)
{
  return pusher_client_get_metrics (client);
}

static guint64
count_sent (PusherClient *client)
{
  g_autoptr (PusherMetrics) metrics = get_metrics (client);

  return metrics->messages_sent;
}

static guint64
count_received (PusherClient *client)
{
  g_autoptr (PusherMetrics) metrics = get_metrics (client);

  return metrics->messages_received;
}

static guint64
count_attempts (PusherClient *client)
{
  g_autoptr (PusherMetrics) metrics = get_metrics (client);

  return metrics->attempts;
}

/* Nothing is sent until then, and nobody answers. */
static void
assert_pings_after (Fixture *fixture,
                    double   seconds)
{
  guint64 n_sent = count_sent (fixture->client);

  fixture_advance (fixture, SECONDS (seconds) - 1);
  g_assert_cmpuint (count_sent (fixture->client), ==, n_sent);
  fixture_advance (fixture, 1);
  g_assert_cmpuint (count_sent (fixture->client), ==, n_sent + 1);
  raw_peer_expect (fixture->peer, "ping");
}

static void
pong (Fixture *fixture)
{
  guint64 n_received = count_received (fixture->client);

  raw_peer_say (fixture->peer, "{\"event\":\"pusher:pong\"}");
  wait_until (count_received (fixture->client) > n_received);
}

static void
connect_to_peer (Fixture *fixture)
{
  fixture->random = 0.5;
  fixture_connect_to_peer (fixture);
  poll_until (mock_network_has_listener ());
  g_string_truncate (fixture->log, 0);
}

/* Lets the next attempt begin, unless it has, and succeed. */
static void
come_back (Fixture *fixture)
{
  wait_until (pusher_client_get_state (fixture->client) != PUSHER_CONNECTION_STATE_CONNECTED);
  if (pusher_client_get_retry_at (fixture->client) != 0)
    fixture_advance (fixture, MAX (fixture_get_delay (fixture), 0));
  raw_peer_welcome (fixture->peer);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
}

/* --- What teaches -------------------------------------------------------- */

static void
test_fin (Fixture      *fixture,
          gconstpointer user_data)
{
  connect_to_peer (fixture);
  fixture_advance (fixture, SECONDS (24));
  raw_peer_hang_up (fixture->peer);
  come_back (fixture);
  fixture_assert_log (fixture, "connecting error:connection-lost in:0.25 connected");

  for (guint i = 0; i < 20; i++)
    {
      assert_pings_after (fixture, 18);
      pong (fixture);
    }
}

static void
test_reset (Fixture      *fixture,
            gconstpointer user_data)
{
  connect_to_peer (fixture);
  fixture_advance (fixture, SECONDS (24));
  raw_peer_reset (fixture->peer);
  come_back (fixture);
  assert_pings_after (fixture, 18);
}

/* A router has forgotten the connection, and says so to whoever uses it. */
static void
test_reset_by_ping (Fixture      *fixture,
                    gconstpointer user_data)
{
  connect_to_peer (fixture);
  assert_pings_after (fixture, ACTIVITY_TIMEOUT);
  raw_peer_reset (fixture->peer);
  come_back (fixture);
  assert_pings_after (fixture, ACTIVITY_TIMEOUT / 2);
}

/* … or does not. */
static void
test_vanished (Fixture      *fixture,
               gconstpointer user_data)
{
  connect_to_peer (fixture);
  assert_pings_after (fixture, ACTIVITY_TIMEOUT);
  fixture_advance (fixture, SECONDS (30));
  fixture_assert_log (fixture, "connecting error:timeout");
  wait_until (fixture->peer->n_connections == 2);
  come_back (fixture);
  assert_pings_after (fixture, ACTIVITY_TIMEOUT / 2);
}

/* It was not silent when the cut came, but before. */
static void
test_ping_in_flight (Fixture      *fixture,
                     gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  connect_to_peer (fixture);
  fixture_advance (fixture, SECONDS (24));
  pusher_client_ping_async (fixture->client, NULL, store_result_cb, &result);
  raw_peer_expect (fixture->peer, "ping");
  fixture_advance (fixture, SECONDS (2));
  raw_peer_hang_up (fixture->peer);
  wait_until (result != NULL);
  g_assert_cmpint (pusher_client_ping_finish (fixture->client, result, &error), ==, -1);
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);
  come_back (fixture);
  assert_pings_after (fixture, 12);
}

/* Clients that come to the same host ping as soon; others have nothing to do with it. */
static void
test_shared (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autoptr (PusherClient) first = g_object_ref (fixture->client);
  g_autoptr (PusherClient) second = fixture_new_client (fixture);

  connect_to_peer (fixture);
  fixture_advance (fixture, SECONDS (24));
  raw_peer_hang_up (fixture->peer);
  come_back (fixture);
  pusher_client_close (fixture->client);

  g_set_object (&fixture->client, second);
  connect_to_peer (fixture);
  assert_pings_after (fixture, 18);
  pusher_client_close (fixture->client);

  fixture_use_server (fixture);
  fixture_connect (fixture);
  fixture_assert_ping_after (fixture, SECONDS (ACTIVITY_TIMEOUT));
  g_set_object (&fixture->client, first);
}

/* What the server asks for is less. */
static void
test_server_asks_for_less (Fixture      *fixture,
                           gconstpointer user_data)
{
  fixture_connect (fixture);
  fixture_advance (fixture, SECONDS (24));
  fixture_lose (fixture);
  fixture_retry (fixture);
  fixture_assert_ping_after (fixture, SECONDS (18));

  pusher_test_faults_set_activity_timeout (fixture->faults, 15);
  pusher_client_reconnect_now (fixture->client);
  wait_until (pusher_test_server_get_n_attempts (fixture->server) == 3);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_ping_after (fixture, SECONDS (15));
}

/* --- What does not ------------------------------------------------------- */

static void
lose_early (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (9.9));
  raw_peer_hang_up (fixture->peer);
}

static void
lose_by_code (Fixture *fixture)
{
  const char code[] = { 1001 >> 8, (char) (1001 & 0xff) };

  fixture_advance (fixture, SECONDS (24));
  raw_peer_frame (fixture->peer, CLOSE, code, sizeof code);
  wait_until (raw_peer_find_close_code (fixture->peer) == 1001);
  raw_peer_hang_up (fixture->peer);
}

static void
lose_by_garbage (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (24));
  raw_peer_send (fixture->peer, "\xff\xff\xff\xff", 4);
}

/* The server is not there at once. */
static void
lose_the_server (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (24));
  raw_peer_hang_up (fixture->peer);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_advance (fixture, fixture_get_delay (fixture));
  raw_peer_await_request (fixture->peer);
  raw_peer_hang_up (fixture->peer);
  wait_until (fixture_get_delay (fixture) > 0);
}

static void
lose_with_the_network (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (24));
  change_network ();
  raw_peer_expect (fixture->peer, "ping");
  raw_peer_reset (fixture->peer);
}

static void
lose_in_suspend (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (24));
  pusher_connection_handle (pusher_client_get_connection (fixture->client),
                            PUSHER_INPUT_RESUMED, NULL, 0);
  raw_peer_expect (fixture->peer, "ping");
  fixture_advance (fixture, SECONDS (5));
}

static void
lose_before_the_network (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (24));
  raw_peer_reset (fixture->peer);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  change_network ();
}

/* The application has had enough. */
static void
reconnect (Fixture *fixture)
{
  fixture_advance (fixture, SECONDS (24));
  pusher_client_reconnect_now (fixture->client);
  wait_until (fixture->peer->n_connections == 2);
  come_back (fixture);
  fixture_advance (fixture, SECONDS (1));
  raw_peer_hang_up (fixture->peer);
}

/* Such a silence was survived before: the server was started anew. */
static void
lose_after_pong (Fixture *fixture)
{
  assert_pings_after (fixture, ACTIVITY_TIMEOUT);
  pong (fixture);
  fixture_advance (fixture, SECONDS (24));
  raw_peer_hang_up (fixture->peer);
}

static void
test_no_lesson (Fixture      *fixture,
                gconstpointer user_data)
{
  void (*lose) (Fixture *fixture) = user_data;

  connect_to_peer (fixture);
  lose (fixture);
  come_back (fixture);
  assert_pings_after (fixture, ACTIVITY_TIMEOUT);
}

/* The application goes to another host in the meantime, which is not taught what it had
 * no part in. */
static void
test_other_host (Fixture      *fixture,
                 gconstpointer user_data)
{
  fixture_connect (fixture);
  fixture_advance (fixture, SECONDS (24));
  fixture_lose (fixture);
  fixture_use_peer (fixture);
  come_back (fixture);
  assert_pings_after (fixture, ACTIVITY_TIMEOUT);
}

/* --- For longer ---------------------------------------------------------- */

/* Everything is answered. */
static void
live (Fixture *fixture,
      guint    seconds)
{
  for (guint i = 0; i < seconds; i += 2)
    {
      guint64 n_sent = count_sent (fixture->client);
      guint64 n_received = count_received (fixture->client);

      fixture_advance (fixture, SECONDS (2));
      if (count_sent (fixture->client) > n_sent)
        wait_until (count_received (fixture->client) > n_received);
    }
}

static void
assert_pings_in (Fixture *fixture,
                 guint    seconds,
                 guint    n_pings)
{
  guint64 n_sent = count_sent (fixture->client);

  live (fixture, seconds);
  g_assert_cmpuint (count_sent (fixture->client) - n_sent, ==, n_pings);
}

/* A lesson that was none, or is none any more, is forgotten. */
static void
test_unlearned (Fixture      *fixture,
                gconstpointer user_data)
{
  fixture_connect (fixture);
  fixture_advance (fixture, SECONDS (24));
  fixture_lose (fixture);
  fixture_retry (fixture);

  assert_pings_in (fixture, 3600, 3600 / 18);
  live (fixture, 2 * 3600);
  assert_pings_in (fixture, 1200, 1200 / ACTIVITY_TIMEOUT);
  g_assert_cmpuint (count_attempts (fixture->client), ==, 2);

  /* Each loss teaches once. */
  pusher_client_reconnect_now (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  assert_pings_in (fixture, 1200, 1200 / ACTIVITY_TIMEOUT);
}

/* Passes everything on, but cuts what is silent for 24 s. */
static void
run_behind_proxy (Fixture    *fixture,
                  FaultProxy *proxy,
                  void      (*cut) (FaultProxy *proxy))
{
  gint64 end = fixture->now + SECONDS (110);
  gint64 last_move = fixture->now;

  while (fixture->now < end)
    {
      guint n_moves = fault_proxy_get_n_moves (proxy);
      guint64 n_sent = count_sent (fixture->client);
      guint64 n_received = count_received (fixture->client);

      fixture_advance (fixture, SECONDS (1));
      if (count_sent (fixture->client) > n_sent)
        wait_until (count_received (fixture->client) > n_received);

      if (fault_proxy_get_n_moves (proxy) != n_moves)
        {
          last_move = fixture->now;
        }
      else if (fixture->now - last_move >= SECONDS (24))
        {
          cut (proxy);
          wait_until (pusher_client_get_retry_at (fixture->client) != 0);
          fixture_retry (fixture);
          last_move = fixture->now;
        }
    }
}

static void
test_behind_proxy (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr (FaultProxy) proxy =
    fault_proxy_new (pusher_test_server_get_port (fixture->server));

  fixture->random = 0.5;
  pusher_client_set_port (fixture->client, fault_proxy_get_port (proxy));
  fixture_connect (fixture);
  run_behind_proxy (fixture, proxy, user_data);
  g_assert_cmpuint (count_attempts (fixture->client), ==, 2);

  pusher_client_close (fixture->client);
  wait_until (fault_proxy_get_n_connections (proxy) == 0);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_system_init ();

  fixture_add ("/idle-cuts/fin", NULL, test_fin);
  fixture_add ("/idle-cuts/reset", NULL, test_reset);
  fixture_add ("/idle-cuts/reset-by-ping", NULL, test_reset_by_ping);
  fixture_add ("/idle-cuts/vanished", NULL, test_vanished);
  fixture_add ("/idle-cuts/ping-in-flight", NULL, test_ping_in_flight);
  fixture_add ("/idle-cuts/shared", NULL, test_shared);
  fixture_add ("/idle-cuts/server-asks-for-less", NULL, test_server_asks_for_less);
  fixture_add ("/idle-cuts/no-lesson/early", lose_early, test_no_lesson);
  fixture_add ("/idle-cuts/no-lesson/close-frame", lose_by_code, test_no_lesson);
  fixture_add ("/idle-cuts/no-lesson/garbage", lose_by_garbage, test_no_lesson);
  fixture_add ("/idle-cuts/no-lesson/server-gone", lose_the_server, test_no_lesson);
  fixture_add ("/idle-cuts/no-lesson/network", lose_with_the_network, test_no_lesson);
  fixture_add ("/idle-cuts/no-lesson/network-later", lose_before_the_network, test_no_lesson);
  fixture_add ("/idle-cuts/no-lesson/suspend", lose_in_suspend, test_no_lesson);
  fixture_add ("/idle-cuts/no-lesson/reconnect-now", reconnect, test_no_lesson);
  fixture_add ("/idle-cuts/no-lesson/survived-before", lose_after_pong, test_no_lesson);
  fixture_add ("/idle-cuts/other-host", NULL, test_other_host);
  fixture_add ("/idle-cuts/unlearned", NULL, test_unlearned);
  fixture_add ("/idle-cuts/behind-proxy/fin", fault_proxy_finish, test_behind_proxy);
  fixture_add ("/idle-cuts/behind-proxy/reset", fault_proxy_reset, test_behind_proxy);

  status = g_test_run ();
  mock_system_clear ();

  return status;
}
