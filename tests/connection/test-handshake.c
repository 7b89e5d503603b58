/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How a connection begins, or fails to. */

#include "fixture.h"
#include "loopback.h"

#include <string.h>

/* --- The handshake ------------------------------------------------------- */

static void
test_connect_timeout (Fixture      *fixture,
                      gconstpointer user_data)
{
  /* Nothing comes after the upgrade */
  pusher_client_set_connect_timeout (fixture->client, 7);
  fixture_hang (fixture);
  fixture_assert_connect_timeout (fixture, 7);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, 0);
  fixture_retry (fixture);
  fixture_assert_log (fixture, "connected");

  /* The time does not count from there on */
  fixture_advance (fixture, SECONDS (60));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "");
}

/* Nothing but TCP. */
static void
test_connect_timeout_http (Fixture      *fixture,
                           gconstpointer user_data)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  pusher_client_set_connect_timeout (fixture->client, 7);
  pusher_client_set_port (fixture->client, port);
  pusher_client_open (fixture->client);
  fixture_settle (fixture);
  fixture_assert_connect_timeout (fixture, 7);

  fixture_use_server (fixture);
  fixture_retry (fixture);
  fixture_assert_log (fixture, "connected");
}

static const struct
{
  const char *text;
  const char *error; /* NULL: it is not one */
} first_messages[] = {
  { "{\"event\":\"hello\",\"data\":{}}", "protocol" },
  { "{\"event\":\"pusher:ping\"}", "protocol" },
  { "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"a\"}", "protocol" },
  { "not JSON", "protocol" },
  { "{", "protocol" },
  { "{}", "protocol" },
  { "", "protocol" },
  { "{\"event\":\"pusher:connection_established\"}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":\"\"}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":\"{\"}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":\"{}\"}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":[]}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":17}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":1.2}}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":null}}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"\"}}", "protocol" },
  { "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"1:x\"}}", "protocol" },

  { "{\"event\":\"pusher:error\"}", "0" },
  { "{\"event\":\"pusher:error\",\"data\":\"out of order\"}", "0" },
  { "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"x\"}}", "0" },
  { "{\"event\":\"pusher:error\",\"data\":{\"code\":\"4001\"}}", "0" },
  { "{\"event\":\"pusher:error\",\"data\":{\"code\":-4001}}", "0" },
  { "{\"event\":\"pusher:error\",\"data\":{\"code\":69537}}", "0" },
  { "{\"event\":\"pusher:error\",\"data\":{\"code\":1e300}}", "0" },
  { "{\"event\":\"pusher:error\",\"data\":[4001]}", "0" },
  { "{\"event\":\"pusher:error\",\"data\":{\"code\":100,\"message\":17}}", "100" },

  { "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"1.2\"}}", NULL },
  { "{\"event\":\"pusher:connection_established\","
    "\"data\":\"{\\\"socket_id\\\":\\\"1.2\\\",\\\"activity_timeout\\\":\\\"x\\\"}\"}",
    NULL },
  { "{\"event\":\"pusher:connection_established\","
    "\"data\":{\"socket_id\":\"1.2\",\"activity_timeout\":-1}}",
    NULL },
  { "{\"event\":\"pusher:connection_established\","
    "\"data\":{\"socket_id\":\"1.2\",\"activity_timeout\":1e300}}",
    NULL },
  { "{\"event\":\"pusher:connection_established\","
    "\"data\":{\"socket_id\":\"1.2\",\"activity_timeout\":9223372036854775807}}",
    NULL },
  { "{\"event\":\"pusher:connection_established\","
    "\"data\":{\"socket_id\":\"1.2\",\"activity_timeout\":null,\"more\":[{}]}}",
    NULL },
};

static void
test_first_message (Fixture      *fixture,
                    gconstpointer user_data)
{
  fixture->random = 0.5;

  for (guint i = 0; i < G_N_ELEMENTS (first_messages); i++)
    {
      g_test_message ("%s", first_messages[i].text);
      pusher_test_faults_set_first_message (fixture->faults, first_messages[i].text);
      pusher_client_open (fixture->client);

      if (first_messages[i].error != NULL)
        {
          g_autofree char *words =
            g_strdup_printf ("connecting error:%s in:0.25", first_messages[i].error);

          wait_until (pusher_client_get_retry_at (fixture->client) != 0);
          fixture_settle (fixture);
          fixture_assert_log (fixture, words);
          pusher_test_faults_set_first_message (fixture->faults, NULL);
          fixture_retry (fixture);
          fixture_assert_log (fixture, "connected");
        }
      else
        {
          fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
          g_assert_cmpstr (pusher_client_get_socket_id (fixture->client), ==, "1.2");
          fixture_assert_log (fixture, "connecting connected");

          /* An odd timeout is none */
          fixture_assert_ping_after (fixture, SECONDS (120));
        }

      pusher_client_close (fixture->client);
      wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);
      fixture_assert_log (fixture, "disconnected");
    }
}

static void
test_first_frame_binary (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\0\1\2", 3);

  fixture->random = 0.5;
  fixture_hang (fixture);
  pusher_test_faults_send_bytes (fixture->faults, NULL, bytes, TRUE);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "connecting error:protocol in:0.25");
}

static void
test_http_status (Fixture      *fixture,
                  gconstpointer user_data)
{
  static const guint statuses[] = { 200, 204, 301, 400, 401, 403, 404, 407, 426, 429, 500, 503 };

  fixture->random = 0.5;

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", statuses[i]);

      pusher_test_faults_set_http_status (fixture->faults, statuses[i]);
      pusher_client_open (fixture->client);
      wait_until (pusher_client_get_retry_at (fixture->client) != 0);
      g_test_message ("%s", pusher_client_get_last_error (fixture->client)->message);
      g_assert_error (pusher_client_get_last_error (fixture->client),
                      PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);
      g_assert_nonnull (strstr (pusher_client_get_last_error (fixture->client)->message, text));
      fixture_assert_log (fixture, "connecting error:connection-lost in:0.25");

      pusher_test_faults_set_http_status (fixture->faults, 0);
      fixture_retry (fixture);
      pusher_client_close (fixture->client);
      fixture_assert_log (fixture, "connected disconnected");
    }
}

/* --- TLS is asked for ---------------------------------------------------- */

static void
add_scheme_cb (SoupSession *session,
               SoupMessage *message,
               GString     *schemes)
{
  add_word (schemes, "%s", g_uri_get_scheme (soup_message_get_uri (message)));
}

static void
change_port_cb (PusherClient *client,
                const GError *error,
                guint        *port)
{
  pusher_client_set_tls_port (client, *port);
}

/* Where no server listens: without a certificate, TLS comes to nothing anyway. */
static void
test_tls_required (Fixture      *fixture,
                   gconstpointer user_data)
{
  gboolean connected = GPOINTER_TO_INT (user_data);
  g_autoptr (GString) schemes = g_string_new (NULL);
  g_autoptr (GSocket) socket = loopback_bind ("127.0.0.1", 0);
  guint port = loopback_get_port (socket);

  g_signal_connect (pusher_client_get_session (fixture->client), "request-queued",
                    G_CALLBACK (add_scheme_cb), schemes);
  fixture->random = 0.5;
  if (connected)
    {
      fixture_connect (fixture);
      fixture_assert_log (fixture, "connecting connected");
      pusher_test_faults_close_connections (fixture->faults, 4000, "TLS only");
    }
  else
    {
      pusher_test_faults_refuse (fixture->faults, 4000, "TLS only");
      pusher_client_open (fixture->client);
    }
  g_signal_connect (fixture->client, "error", G_CALLBACK (change_port_cb), &port);

  /* Not twice at once, but the next attempts as well */
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
  fixture_assert_log (fixture, "connecting error:4000 error:connection-lost in:0.5");
  fixture_advance (fixture, fixture_get_delay (fixture));
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
  g_assert_cmpstr (schemes->str, ==, "ws wss wss");

  /* The application asks for something else, and gets it */
  g_assert_false (pusher_client_get_use_tls (fixture->client));
  pusher_client_close (fixture->client);
  fixture_use_server (fixture);
  pusher_test_faults_refuse (fixture->faults, 0, NULL);
  fixture_connect (fixture);
  g_assert_cmpstr (schemes->str, ==, "ws wss wss ws");
}

/* A server that asks for TLS through TLS gets no attention at once. */
static void
test_tls_refused (Fixture      *fixture,
                  gconstpointer user_data)
{
  pusher_test_faults_refuse (fixture->faults, 4000, "TLS only");
  fixture->random = 0.5;
  pusher_client_open (fixture->client);
  pusher_client_set_use_tls (fixture->client, TRUE);
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
  fixture_assert_log (fixture, "connecting error:4000 in:0.25");
}

static void
test_origin (Fixture      *fixture,
             gconstpointer user_data)
{
  fixture_use_peer (fixture);
  pusher_client_set_origin (fixture->client, "https://example.org");
  pusher_client_open (fixture->client);
  raw_peer_await_request (fixture->peer);
  g_assert_true (raw_peer_heard (fixture->peer, "\r\nOrigin: https://example.org\r\n"));

  pusher_client_set_origin (fixture->client, NULL);
  pusher_client_reconnect_now (fixture->client);
  wait_until (fixture->peer->n_connections == 2);
  raw_peer_await_request (fixture->peer);
  g_assert_false (raw_peer_heard (fixture->peer, "Origin:"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/handshake/connect-timeout", NULL, test_connect_timeout);
  fixture_add ("/handshake/connect-timeout/http", NULL, test_connect_timeout_http);
  fixture_add ("/handshake/first-message", NULL, test_first_message);
  fixture_add ("/handshake/first-frame-binary", NULL, test_first_frame_binary);
  fixture_add ("/handshake/http-status", NULL, test_http_status);
  fixture_add ("/handshake/origin", NULL, test_origin);
  fixture_add ("/handshake/tls-required", GINT_TO_POINTER (FALSE), test_tls_required);
  fixture_add ("/handshake/tls-required/connected", GINT_TO_POINTER (TRUE), test_tls_required);
  fixture_add ("/handshake/tls-refused", NULL, test_tls_refused);

  return g_test_run ();
}
