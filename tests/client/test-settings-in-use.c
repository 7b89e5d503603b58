/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an application sets, and what comes of it for connections. */

#include "fixture.h"

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

static void
test_mended_settings (Fixture      *fixture,
                      gconstpointer user_data)
{
  pusher_client_set_host (fixture->client, "not a host");
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

/* More seconds than a guint has room for in µs. */
static void
test_large_timeouts (Fixture      *fixture,
                     gconstpointer user_data)
{
  const guint seconds = 4295;

  pusher_client_set_activity_timeout (fixture->client, seconds);
  pusher_client_set_pong_timeout (fixture->client, seconds);
  pusher_client_set_connect_timeout (fixture->client, seconds);
  pusher_client_set_unavailable_timeout (fixture->client, seconds);
  pusher_test_faults_set_activity_timeout (fixture->faults, seconds);
  pusher_test_faults_set_silent (fixture->faults, TRUE);

  pusher_client_open (fixture->client);
  fixture_advance (fixture, SECONDS (seconds - 1));
  fixture_assert_log (fixture, "connecting");
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connected");

  pusher_test_faults_set_silent (fixture->faults, TRUE);
  fixture_assert_ping_after (fixture, SECONDS (seconds));
  fixture_advance (fixture, SECONDS (seconds - 1));
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, SECONDS (1));
  fixture_assert_log (fixture, "connecting error:timeout");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/settings-in-use/properties", NULL, test_properties);
  fixture_add ("/settings-in-use/mended", NULL, test_mended_settings);
  fixture_add ("/settings-in-use/count-from-next", NULL, test_settings_count_from_next);
  fixture_add ("/settings-in-use/odd-key", NULL, test_odd_key);
  fixture_add ("/settings-in-use/session", NULL, test_session);
  fixture_add ("/settings-in-use/large-timeouts", NULL, test_large_timeouts);

  return g_test_run ();
}
