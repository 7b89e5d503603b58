/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How a client comes by its connection, keeps it and gets it back. */

#include "fixture.h"
#include "loopback.h"

#define HANG G_MAXUINT /* a handshake delay */
#define HOUR SECONDS (3600)

/* --- The end of a connection --------------------------------------------- */

typedef enum
{
  REFUSED,
  BACK_OFF,
  AT_ONCE,
} Reaction;

typedef struct
{
  guint code;
  Reaction reaction;
  double min_delay;
} Close;

/* protocol.md, "Errors and close codes", with the ends of each range. The codes
 * that no server may send are here as well: some server will. */
static const Close closes[] = {
  { 0, BACK_OFF, 0 },
  { 999, BACK_OFF, 0 },
  { 1000, BACK_OFF, 0 },
  { 1001, BACK_OFF, 0 },
  { 1002, BACK_OFF, 0 },
  { 1003, BACK_OFF, 0 },
  { 1004, BACK_OFF, 0 },
  { 1005, BACK_OFF, 0 },
  { 1006, BACK_OFF, 0 },
  { 1007, BACK_OFF, 0 },
  { 1008, BACK_OFF, 0 },
  { 1009, BACK_OFF, 0 },
  { 1010, BACK_OFF, 0 },
  { 1011, BACK_OFF, 0 },
  { 1012, BACK_OFF, 0 },
  { 1015, BACK_OFF, 0 },
  { 2999, BACK_OFF, 0 },
  { 3000, BACK_OFF, 0 },
  { 3999, BACK_OFF, 0 },
  { 4001, REFUSED, 0 },
  { 4002, REFUSED, 0 },
  { 4003, REFUSED, 0 },
  { 4004, REFUSED, 0 },
  { 4005, REFUSED, 0 },
  { 4006, REFUSED, 0 },
  { 4007, REFUSED, 0 },
  { 4008, REFUSED, 0 },
  { 4009, REFUSED, 0 },
  { 4010, REFUSED, 0 },
  { 4099, REFUSED, 0 },
  { 4100, BACK_OFF, 1 },
  { 4101, BACK_OFF, 1 },
  { 4199, BACK_OFF, 1 },
  { 4200, AT_ONCE, 0 },
  { 4201, AT_ONCE, 0 },
  { 4202, AT_ONCE, 0 },
  { 4299, AT_ONCE, 0 },
  { 4300, REFUSED, 0 },
  { 4301, REFUSED, 0 },
  { 4302, REFUSED, 0 },
  { 4999, REFUSED, 0 },
  { 5000, BACK_OFF, 0 },
  { 65535, BACK_OFF, 0 },
};

static void
assert_error_of (const Close  *close,
                 const GError *error,
                 const char   *reason)
{
  if (close->code >= 4000 && close->code < 5000)
    {
      g_assert_error (error, PUSHER_SERVER_ERROR, (int) close->code);
      g_assert_cmpstr (error->message, ==, reason);
    }
  else
    {
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);
    }
}

/* Checks what follows once the client has been told, and how it comes back. */
static void
check_reaction (Fixture     *fixture,
                const Close *close,
                const char  *reason)
{
  PusherClient *client = fixture->client;
  guint n_attempts = pusher_test_server_get_n_attempts (fixture->server);

  assert_error_of (close, pusher_client_get_last_error (client), reason);

  if (close->reaction == REFUSED)
    {
      g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_FAILED);
      g_assert_cmpint (pusher_client_get_retry_at (client), ==, 0);
      fixture_advance (fixture, HOUR);
      fixture_settle (fixture);
      g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, n_attempts);
      fixture_assert_log (fixture, "");
      assert_error_of (close, pusher_client_get_last_error (client), reason);

      /* The application may insist */
      pusher_test_server_refuse (fixture->server, 0, NULL);
      fixture_connect (fixture);
      return;
    }

  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_CONNECTING);
  fixture_advance (fixture, fixture_get_delay (fixture) - SECONDS (0.1));
  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, n_attempts);

  pusher_test_server_refuse (fixture->server, 0, NULL);
  fixture_advance (fixture, SECONDS (0.1));
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, n_attempts + 1);
  g_assert_null (pusher_client_get_last_error (client));
  fixture_assert_log (fixture, "connected");
}

static void
test_close (Fixture      *fixture,
            gconstpointer user_data)
{
  const Close *close = user_data;
  gboolean is_server_error = close->code >= 4000 && close->code < 5000;
  g_autofree char *error_word =
    is_server_error ? g_strdup_printf ("error:%u", close->code)
                    : g_strdup ("error:connection-lost");
  g_autofree char *words = NULL;

  fixture->random = 0.5;
  fixture_connect (fixture);
  fixture_assert_log (fixture, "connecting connected");
  pusher_test_server_close_connections (fixture->server, close->code, "because");
  wait_until (strstr (fixture->log->str, "error:") != NULL);

  if (close->reaction == AT_ONCE)
    {
      wait_until (pusher_test_server_get_n_attempts (fixture->server) == 2);
      fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
      words = g_strdup_printf ("connecting %s connected", error_word);
      fixture_assert_log (fixture, words);

      /* Once, or a server that always does so would be run over */
      pusher_test_server_close_connections (fixture->server, close->code, "because");
      wait_until (strstr (fixture->log->str, "error:") != NULL);
      g_free (words);
      words = g_strdup_printf ("connecting in:0.5 %s", error_word);
    }
  else if (close->reaction == BACK_OFF)
    {
      words = g_strdup_printf ("connecting in:%g %s", close->min_delay + 0.25, error_word);
    }
  else
    {
      words = g_strdup_printf ("failed %s", error_word);
    }

  fixture_assert_log (fixture, words);
  check_reaction (fixture, close, "because");
}

/* The same before the connection is established, by a message: what comes first
 * counts. */
static void
test_refuse (Fixture      *fixture,
             gconstpointer user_data)
{
  const Close *close = user_data;
  g_autofree char *words = NULL;

  fixture->random = 0.5;
  pusher_test_server_refuse (fixture->server, close->code, "go away");
  pusher_client_open (fixture->client);
  wait_until (strstr (fixture->log->str, "error:") != NULL);

  if (close->reaction == AT_ONCE)
    {
      wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
      words = g_strdup_printf ("connecting error:%u in:0.5 error:%u", close->code, close->code);
      wait_until (strlen (fixture->log->str) == strlen (words));
    }
  else if (close->reaction == BACK_OFF)
    {
      words = g_strdup_printf ("connecting in:%g error:%u", close->min_delay + 0.25, close->code);
    }
  else
    {
      words = g_strdup_printf ("connecting failed error:%u", close->code);
    }

  fixture_settle (fixture);
  fixture_assert_log (fixture, words);
  check_reaction (fixture, close, "go away");
}

/* A server may close without a word. */
static void
test_close_without_reason (Fixture      *fixture,
                           gconstpointer user_data)
{
  fixture_connect (fixture);
  pusher_test_server_close_connections (fixture->server, 4009, NULL);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);

  g_assert_error (pusher_client_get_last_error (fixture->client),
                  PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_UNAUTHORIZED);
  g_assert_cmpstr (pusher_client_get_last_error (fixture->client)->message, !=, "");
}

static void
test_wrong_key (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autoptr (PusherClient) client = pusher_client_new ("wrong-key", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fixture_set_clock (fixture, client);
  g_object_set (client,
                "host", "127.0.0.1",
                "port", pusher_test_server_get_port (fixture->server),
                "use-tls", FALSE,
                NULL);
  pusher_client_open_async (client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_false (pusher_client_open_finish (client, result, &error));
  g_clear_object (&result);

  g_assert_error (error, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_APP_NOT_FOUND);
  g_assert_cmpstr (error->message, ==, "App key wrong-key does not exist.");
  g_assert_cmpstr (pusher_client_get_last_error (client)->message, ==, error->message);
  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_FAILED);

  fixture->now += HOUR;
  pusher_connection_check_timers (pusher_client_get_connection (client));
  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);
  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_FAILED);
}

/* --- A connection that is lost ------------------------------------------- */

static void
test_lost (Fixture      *fixture,
           gconstpointer user_data)
{
  gboolean reset = GPOINTER_TO_INT (user_data);

  fixture->random = 0.5;
  fixture_connect (fixture);
  if (reset)
    pusher_test_server_reset_connections (fixture->server);
  else
    pusher_test_server_cut_connections (fixture->server);
  wait_until (strstr (fixture->log->str, "error:") != NULL);

  fixture_assert_log (fixture, "connecting connected connecting in:0.25 error:connection-lost");
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
                        "connecting in:0.25 error:connection-lost in:0.5 error:connection-lost "
                        "in:1 error:connection-lost in:2 error:connection-lost connected");
  else
    fixture_assert_log (fixture,
                        "connecting connected error:4200 "
                        "connecting error:4200 in:0.5 error:connection-lost "
                        "in:1 error:connection-lost in:2 error:connection-lost "
                        "in:4 error:connection-lost connected");
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
  pusher_test_server_close_connections (fixture->server, 4200, "again");
  wait_until (pusher_test_server_get_n_attempts (fixture->server) == 3);
  fixture_assert_log (fixture, "connecting error:4200");
}

static void
check_connecting_in_cb (PusherClient *client,
                        double        seconds,
                        Fixture      *fixture)
{
  g_assert_cmpint (pusher_client_get_retry_at (client), ==, fixture->now + SECONDS (seconds));
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
                      "connecting connected connecting in:0.25 error:connection-lost connected "
                      "connecting in:0.5 error:connection-lost disconnected");
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
                                   "connecting in:0.375 error:connection-lost in:0.75 "));
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
  pusher_test_server_set_handshake_delay (fixture->server, HANG);
  pusher_client_open (fixture->client);
  fixture_advance (fixture, SECONDS (2.9));
  fixture_assert_log (fixture, "connecting");
  fixture_advance (fixture, SECONDS (0.1));
  fixture_assert_log (fixture, "unavailable");

  pusher_test_server_set_handshake_delay (fixture->server, 0);
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
  pusher_test_server_set_handshake_delay (fixture->server, HANG);
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
  pusher_test_server_set_silent (fixture->server, TRUE);
  pusher_client_open (fixture->client);
  fixture_advance (fixture, SECONDS (10));
  fixture_settle (fixture);
  pusher_test_server_refuse (fixture->server, 4001, "no");
  pusher_test_server_set_silent (fixture->server, FALSE);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting unavailable failed error:4001");
}

/* --- The handshake ------------------------------------------------------- */

static void
check_connect_timeout (Fixture *fixture)
{
  fixture->random = 0.5;
  fixture_assert_log (fixture, "connecting");
  fixture_advance (fixture, SECONDS (6.9));
  fixture_assert_log (fixture, "");
  fixture_advance (fixture, SECONDS (0.1));
  fixture_assert_log (fixture, "in:0.25 error:timeout");
  g_assert_error (pusher_client_get_last_error (fixture->client),
                  PUSHER_ERROR, PUSHER_ERROR_TIMEOUT);
}

static void
test_connect_timeout (Fixture      *fixture,
                      gconstpointer user_data)
{
  /* Nothing comes after the upgrade */
  pusher_client_set_connect_timeout (fixture->client, 7);
  pusher_test_server_set_handshake_delay (fixture->server, HANG);
  pusher_client_open (fixture->client);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  fixture_settle (fixture);
  check_connect_timeout (fixture);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);

  pusher_test_server_set_handshake_delay (fixture->server, 0);
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
  check_connect_timeout (fixture);

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
      pusher_test_server_set_first_message (fixture->server, first_messages[i].text);
      pusher_client_open (fixture->client);

      if (first_messages[i].error != NULL)
        {
          g_autofree char *words =
            g_strdup_printf ("connecting in:0.25 error:%s", first_messages[i].error);

          wait_until (pusher_client_get_retry_at (fixture->client) != 0);
          fixture_settle (fixture);
          fixture_assert_log (fixture, words);
          pusher_test_server_set_first_message (fixture->server, NULL);
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
  pusher_test_server_set_handshake_delay (fixture->server, HANG);
  pusher_client_open (fixture->client);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  pusher_test_server_send_bytes (fixture->server, NULL, bytes, TRUE);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "connecting in:0.25 error:protocol");
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

      pusher_test_server_set_http_status (fixture->server, statuses[i]);
      pusher_client_open (fixture->client);
      wait_until (pusher_client_get_retry_at (fixture->client) != 0);
      g_test_message ("%s", pusher_client_get_last_error (fixture->client)->message);
      g_assert_error (pusher_client_get_last_error (fixture->client),
                      PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST);
      g_assert_nonnull (strstr (pusher_client_get_last_error (fixture->client)->message, text));
      fixture_assert_log (fixture, "connecting in:0.25 error:connection-lost");

      pusher_test_server_set_http_status (fixture->server, 0);
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
  pusher_client_set_port (client, *port);
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
      pusher_test_server_close_connections (fixture->server, 4000, "TLS only");
    }
  else
    {
      pusher_test_server_refuse (fixture->server, 4000, "TLS only");
      pusher_client_open (fixture->client);
    }
  g_signal_connect (fixture->client, "error", G_CALLBACK (change_port_cb), &port);

  /* Not twice at once, but the next attempts as well */
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
  fixture_assert_log (fixture, "connecting error:4000 in:0.5 error:connection-lost");
  fixture_advance (fixture, fixture_get_delay (fixture));
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
  g_assert_cmpstr (schemes->str, ==, "ws wss wss");

  /* The application asks for something else, and gets it */
  g_assert_false (pusher_client_get_use_tls (fixture->client));
  pusher_client_close (fixture->client);
  fixture_use_server (fixture);
  pusher_test_server_refuse (fixture->server, 0, NULL);
  fixture_connect (fixture);
  g_assert_cmpstr (schemes->str, ==, "ws wss wss ws");
}

/* A server that asks for TLS through TLS gets no attention at once. */
static void
test_tls_refused (Fixture      *fixture,
                  gconstpointer user_data)
{
  pusher_test_server_refuse (fixture->server, 4000, "TLS only");
  fixture->random = 0.5;
  pusher_client_open (fixture->client);
  pusher_client_set_use_tls (fixture->client, TRUE);
  wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
  fixture_assert_log (fixture, "connecting in:0.25 error:4000");
}

/* --- Liveness ------------------------------------------------------------ */

/* Server, client, and when the first ping comes. */
static const struct
{
  const char *path;
  guint server;
  guint client;
  guint ping;
} activity_timeouts[] = {
  { "/connection/activity/server", 30, 120, 30 },
  { "/connection/activity/client", 120, 40, 40 },
  { "/connection/activity/server-has-none", 0, 50, 50 },
  { "/connection/activity/hours", 20000, 10000, 10000 },
};

static void
test_activity (Fixture      *fixture,
               gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  gint64 period = SECONDS (activity_timeouts[i].ping);

  pusher_test_server_set_activity_timeout (fixture->server, activity_timeouts[i].server);
  pusher_client_set_activity_timeout (fixture->client, activity_timeouts[i].client);
  pusher_client_set_pong_timeout (fixture->client, 10);
  fixture_connect (fixture);

  /* The pong is what starts the time anew */
  for (guint n = 0; n < 3; n++)
    {
      fixture_assert_ping_after (fixture, period);
    }

  /* A pong timeout later nothing has happened: it came in time */
  fixture_advance (fixture, SECONDS (10));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "");
  fixture_assert_log (fixture, "connecting connected");
}

static void
test_activity_by_messages (Fixture      *fixture,
                           gconstpointer user_data)
{
  static const char *const messages[] = {
    "{\"event\":\"hello\"}",
    "{\"event\":\"pusher:pong\"}",
    "{\"event\":\"hello\",\"channel\":\"unknown\",\"data\":\"\"}",
    "{\"event\":\"pusher_internal:what\"}",
    "nonsense is a sign of life",
  };

  fixture_connect (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      fixture_advance (fixture, SECONDS (119.9));
      pusher_test_server_send_text (fixture->server, NULL, messages[i]);
      fixture_settle (fixture);
    }
  fixture_assert_sent (fixture, "");

  fixture_assert_ping_after (fixture, SECONDS (120));
}

/* What the client sends says nothing about the server. */
static void
test_activity_by_sending (Fixture      *fixture,
                          gconstpointer user_data)
{
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
  fixture_assert_sent (fixture, "subscribe:a");
  fixture_advance (fixture, SECONDS (60));
  pusher_client_unsubscribe (fixture->client, "a");
  fixture_advance (fixture, SECONDS (60));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "unsubscribe:a ping");
}

static void
test_dead_peer (Fixture      *fixture,
                gconstpointer user_data)
{
  fixture->random = 0.5;
  pusher_client_set_pong_timeout (fixture->client, 20);
  fixture_connect (fixture);
  pusher_test_server_set_silent (fixture->server, TRUE);

  fixture_advance (fixture, SECONDS (120));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "ping");
  fixture_advance (fixture, SECONDS (19.9));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting connected");

  /* Another connection, and at once; it has the connect timeout */
  fixture_advance (fixture, SECONDS (0.1));
  wait_until (pusher_test_server_get_n_attempts (fixture->server) == 2);
  g_assert_error (pusher_client_get_last_error (fixture->client),
                  PUSHER_ERROR, PUSHER_ERROR_TIMEOUT);
  fixture_assert_log (fixture, "connecting error:timeout");

  pusher_test_server_set_silent (fixture->server, FALSE);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  fixture_assert_log (fixture, "connected");
  fixture_assert_sent (fixture, "");
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
}

/* Anything that comes after the ping proves that the server is there. */
static void
test_alive_without_pong (Fixture      *fixture,
                         gconstpointer user_data)
{
  fixture_connect (fixture);
  pusher_test_server_set_silent (fixture->server, TRUE);
  fixture_advance (fixture, SECONDS (120));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "ping");
  pusher_test_server_set_silent (fixture->server, FALSE);
  pusher_test_server_send_text (fixture->server, NULL, "{\"event\":\"hello\"}");
  fixture_settle (fixture);

  fixture_advance (fixture, SECONDS (30));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "connecting connected");
  fixture_assert_sent (fixture, "");

  /* The next silence is another matter */
  fixture_advance (fixture, SECONDS (90));
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "ping");
  fixture_assert_log (fixture, "");
}

static void
test_answers_ping (Fixture      *fixture,
                   gconstpointer user_data)
{
  fixture_connect (fixture);
  pusher_test_server_send_text (fixture->server, NULL, "{\"event\":\"pusher:ping\",\"data\":{}}");
  pusher_test_server_send_text (fixture->server, NULL, "{\"event\":\"pusher:ping\"}");
  fixture_settle (fixture);
  fixture_assert_sent (fixture, "pong pong");
}

/* --- Messages ------------------------------------------------------------ */

/* Servers send these and go on (protocol.md). */
static void
test_error_message (Fixture      *fixture,
                    gconstpointer user_data)
{
  static const struct
  {
    const char *text;
    const char *words;
    const char *message;
  } errors[] = {
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":4301,\"message\":\"slow down\"}}",
      "error:4301", "slow down" },
    { "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":4200,\\\"message\\\":\\\"x\\\"}\"}",
      "error:4200", "x" },
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":4009,\"message\":\"y\"}}",
      "error:4009", "y" },
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":4001,\"message\":\"z\"}}",
      "error:4001", "z" },
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":4000}}", "error:4000", NULL },
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":null,\"message\":\"n\"}}", "error:0", "n" },
    { "{\"event\":\"pusher:error\",\"data\":\"plain text\"}", "error:0", "plain text" },
    { "{\"event\":\"pusher:error\",\"data\":[]}", "error:0", NULL },
    { "{\"event\":\"pusher:error\"}", "error:0", NULL },
  };

  fixture_connect (fixture);
  fixture_assert_log (fixture, "connecting connected");
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      pusher_test_server_send_text (fixture->server, NULL, errors[i].text);
      wait_until (fixture->log->len > 0);
      fixture_settle (fixture);
      fixture_assert_log (fixture, errors[i].words);
      g_assert_null (pusher_client_get_last_error (fixture->client));
    }

  fixture_advance (fixture, SECONDS (60));
  fixture_settle (fixture);
  fixture_assert_log (fixture, "");
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);
}

static void
test_max_message_size (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autofree char *fits = g_strnfill (900, 'x');
  g_autofree char *too_large = g_strnfill (1000, 'x');
  PusherChannel *channel = pusher_client_subscribe (fixture->client, "a", NULL);

  pusher_client_set_max_message_size (fixture->client, 1000);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
  fixture_record_channel (fixture, channel);
  g_string_truncate (fixture->log, 0);

  pusher_test_server_publish (fixture->server, "a", "fits", fits, NULL);
  wait_until (fixture->log->len > 900);
  g_string_truncate (fixture->log, 0);

  fixture->random = 0.5;
  pusher_test_server_publish (fixture->server, "a", "large", too_large, NULL);
  pusher_test_server_publish (fixture->server, "a", "next", "", NULL);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "a:pending connecting in:0.25 error:connection-lost");

  fixture_retry (fixture);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

/* More than libsoup takes by default: a presence channel can need it. */
static void
test_large_message (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autofree char *data = g_strnfill (1000 * 1000, 'x');

  fixture_connect_channel (fixture, "a");
  pusher_test_server_publish (fixture->server, "a", "large", data, NULL);
  wait_until (fixture->log->len > 0);
  g_assert_cmpuint (fixture->log->len, ==, strlen ("a:large=") + 1000 * 1000);
}

static void
check_order_cb (PusherChannel *channel,
                PusherEvent   *event,
                guint         *n_events)
{
  g_assert_cmpuint (g_ascii_strtoull (pusher_event_get_data (event), NULL, 10), ==, *n_events);
  (*n_events)++;
}

static void
test_many_events (Fixture      *fixture,
                  gconstpointer user_data)
{
  guint n_events = 0;

  fixture_connect (fixture);
  g_signal_connect (fixture_subscribe (fixture, "a"), "event::tick",
                    G_CALLBACK (check_order_cb), &n_events);
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *data = g_strdup_printf ("%u", i);

      pusher_test_server_publish (fixture->server, "a", "tick", data, NULL);
    }
  wait_until (n_events == 1000);
  fixture_settle (fixture);
  g_assert_cmpuint (n_events, ==, 1000);
}

static void
add_for_each_close (const char *path,
                    guint       first_code,
                    guint       last_code,
                    void      (*test) (Fixture      *fixture,
                                       gconstpointer user_data))
{
  for (guint i = 0; i < G_N_ELEMENTS (closes); i++)
    {
      g_autofree char *full_path = g_strdup_printf ("%s/%u", path, closes[i].code);

      if (closes[i].code >= first_code && closes[i].code <= last_code)
        fixture_add (full_path, &closes[i], test);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_for_each_close ("/connection/close", 0, G_MAXUINT16, test_close);
  add_for_each_close ("/connection/refuse", 4000, 4999, test_refuse);
  fixture_add ("/connection/close/without-reason", NULL, test_close_without_reason);
  fixture_add ("/connection/wrong-key", NULL, test_wrong_key);

  fixture_add ("/connection/lost/cut", GINT_TO_POINTER (FALSE), test_lost);
  fixture_add ("/connection/lost/reset", GINT_TO_POINTER (TRUE), test_lost);
  fixture_add ("/connection/server-restarts", GINT_TO_POINTER (FALSE), test_server_restarts);
  fixture_add ("/connection/server-crashes", GINT_TO_POINTER (TRUE), test_server_restarts);
  fixture_add ("/connection/stable-uptime", NULL, test_stable_uptime);
  fixture_add ("/connection/at-once-after-uptime", NULL, test_retry_at_once_after_uptime);
  fixture_add ("/connection/retry-at", NULL, test_retry_at);

  fixture_add ("/connection/unreachable", NULL, test_unreachable);
  fixture_add ("/connection/unavailable", NULL, test_unavailable);
  fixture_add ("/connection/unavailable/close", NULL, test_unavailable_close);
  fixture_add ("/connection/unavailable/refused", NULL, test_unavailable_refused);

  fixture_add ("/connection/connect-timeout", NULL, test_connect_timeout);
  fixture_add ("/connection/connect-timeout/http", NULL, test_connect_timeout_http);
  fixture_add ("/connection/first-message", NULL, test_first_message);
  fixture_add ("/connection/first-frame-binary", NULL, test_first_frame_binary);
  fixture_add ("/connection/http-status", NULL, test_http_status);
  fixture_add ("/connection/tls-required", GINT_TO_POINTER (FALSE), test_tls_required);
  fixture_add ("/connection/tls-required/connected", GINT_TO_POINTER (TRUE), test_tls_required);
  fixture_add ("/connection/tls-refused", NULL, test_tls_refused);

  for (guint i = 0; i < G_N_ELEMENTS (activity_timeouts); i++)
    fixture_add (activity_timeouts[i].path, GUINT_TO_POINTER (i), test_activity);
  fixture_add ("/connection/activity/by-messages", NULL, test_activity_by_messages);
  fixture_add ("/connection/activity/by-sending", NULL, test_activity_by_sending);
  fixture_add ("/connection/dead-peer", NULL, test_dead_peer);
  fixture_add ("/connection/alive-without-pong", NULL, test_alive_without_pong);
  fixture_add ("/connection/answers-ping", NULL, test_answers_ping);

  fixture_add ("/connection/error-message", NULL, test_error_message);
  fixture_add ("/connection/max-message-size", NULL, test_max_message_size);
  fixture_add ("/connection/large-message", NULL, test_large_message);
  fixture_add ("/connection/many-events", NULL, test_many_events);

  return g_test_run ();
}
