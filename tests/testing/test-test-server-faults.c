/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The faults of the test server, as the client at the other end sees them. */

#include <pusher-glib/testing/pusher-test.h>

#include "raw-client.h"

#define GOOD_PATH "/app/test-key?protocol=7&client=raw&version=0.1"
#define PING "{\"event\":\"pusher:ping\",\"data\":{}}"

typedef struct
{
  PusherTestServer *server;
  PusherTestFaults *faults;
  guint port;
  guint n_messages;
  guint n_disconnected;
  guint close_code;
} Fixture;

static void
message_received_cb (PusherTestServer *server,
                     const char       *socket_id,
                     const char       *text,
                     Fixture          *fixture)
{
  fixture->n_messages++;
}

static void
disconnected_cb (PusherTestServer *server,
                 const char       *socket_id,
                 guint             close_code,
                 Fixture          *fixture)
{
  fixture->n_disconnected++;
  fixture->close_code = close_code;
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = pusher_test_server_new ();
  fixture->faults = pusher_test_server_get_faults (fixture->server);
  g_signal_connect (fixture->server, "message-received", G_CALLBACK (message_received_cb), fixture);
  g_signal_connect (fixture->server, "client-disconnected", G_CALLBACK (disconnected_cb), fixture);

  pusher_test_server_start (fixture->server, &error);
  g_assert_no_error (error);
  fixture->port = pusher_test_server_get_port (fixture->server);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
  g_assert_finalize_object (fixture->server);
}

static void
test_stop_and_start (Fixture      *fixture,
                     gconstpointer data)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autoptr (RawClient) client = raw_client_connect (fixture->port);
      g_autoptr (RawClient) late = NULL;
      g_autoptr (GError) error = NULL;

      raw_client_subscribe (client, "news");
      pusher_test_server_stop (fixture->server);
      g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 0);
      g_assert_false (pusher_test_server_has_subscriber (fixture->server, "news"));

      raw_client_expect (client, "{\"event\":\"pusher:error\",\"data\":{\"code\":4200,"
                                 "\"message\":\"Server closed. Please reconnect shortly.\"}}");
      raw_client_expect_close (client, 4200, "Server closed. Please reconnect shortly.");
      wait_until (fixture->n_disconnected == i);
      g_assert_cmpuint (fixture->close_code, ==, 4200);

      late = raw_client_new (fixture->port, GOOD_PATH);
      wait_until (late->refusal != NULL);
      g_assert_error (late->refusal, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);

      pusher_test_server_start (fixture->server, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (pusher_test_server_get_port (fixture->server), ==, fixture->port);
    }
}

/* The clients are still there when the server listens again. */
static void
test_start_at_once (Fixture      *fixture,
                    gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    {
      g_autoptr (RawClient) client = raw_client_connect (fixture->port);
      g_autoptr (RawClient) next = NULL;
      g_autoptr (GError) error = NULL;

      (i % 2 == 0 ? pusher_test_server_stop : pusher_test_server_kill) (fixture->server);
      pusher_test_server_start (fixture->server, &error);
      g_assert_no_error (error);
      pusher_test_server_start (fixture->server, &error);
      g_assert_no_error (error);

      next = raw_client_connect (fixture->port);
      raw_client_sync (next);
      raw_client_expect_close (client, i % 2 == 0 ? 4200 : 0,
                               i % 2 == 0 ? "Server closed. Please reconnect shortly." : NULL);
    }
}

static void
test_port_in_use (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (PusherTestServer) other = pusher_test_server_new ();
  g_autoptr (GError) error = NULL;

  g_object_set (other, "port", fixture->port, NULL);
  g_assert_false (pusher_test_server_start (other, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  g_clear_error (&error);

  pusher_test_server_stop (fixture->server);
  pusher_test_server_start (other, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pusher_test_server_get_port (other), ==, fixture->port);
}

static void
test_kill (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (fixture->port);
  g_autoptr (RawClient) late = NULL;

  pusher_test_server_kill (fixture->server);
  g_assert_cmpuint (fixture->n_disconnected, ==, 1);
  g_assert_cmpuint (fixture->close_code, ==, 1006);
  raw_client_expect_close (client, 0, NULL);

  late = raw_client_new (fixture->port, GOOD_PATH);
  wait_until (late->refusal != NULL);
  g_assert_error (late->refusal, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
test_close_connections (Fixture      *fixture,
                        gconstpointer data)
{
  g_autofree char *long_reason = g_strdup_printf ("%0122dü and more", 0);
  g_autofree char *cut_reason = g_strndup (long_reason, 122);
  const struct
  {
    guint code;
    const char *reason;
    guint got_code;
    const char *got_reason;
  } closes[] = {
    { 1000, NULL, 1000, NULL },
    { 4100, "Over capacity", 4100, "Over capacity" },
    { 0, "not sent", 1005, NULL },
    { 1002, "", 1002, NULL },
    { 999, "nobody may use it", 999, NULL },
    { 1006, NULL, 1006, NULL },
    { 65535, NULL, 65535, NULL },
    { 4200, long_reason, 4200, cut_reason },
  };

  for (guint i = 0; i < G_N_ELEMENTS (closes); i++)
    {
      g_autoptr (RawClient) client = raw_client_connect (fixture->port);

      pusher_test_faults_close_connections (fixture->faults, closes[i].code, closes[i].reason);
      g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 0);
      wait_until (client->closed);
      g_assert_cmpuint (soup_websocket_connection_get_close_code (client->websocket), ==,
                        closes[i].got_code);
      if (closes[i].got_reason != NULL)
        g_assert_cmpstr (soup_websocket_connection_get_close_data (client->websocket), ==,
                         closes[i].got_reason);
      wait_until (fixture->n_disconnected == i + 1);
    }
}

static void
test_cut (Fixture      *fixture,
          gconstpointer data)
{
  g_autoptr (RawClient) first = raw_client_connect (fixture->port);
  g_autoptr (RawClient) second = raw_client_connect (fixture->port);
  g_autoptr (RawClient) third = NULL;

  raw_client_subscribe (first, "news");
  pusher_test_faults_cut_connections (fixture->faults);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 0);
  g_assert_cmpuint (fixture->n_disconnected, ==, 2);
  g_assert_cmpuint (fixture->close_code, ==, 1006);
  g_assert_cmpuint (pusher_test_server_publish (fixture->server, "news", "e", "d", NULL), ==, 0);

  raw_client_expect_close (first, 0, NULL);
  raw_client_expect_close (second, 0, NULL);
  g_assert_no_error (first->error);

  third = raw_client_connect (fixture->port);
  raw_client_sync (third);
}

static void
test_reset (Fixture      *fixture,
            gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (fixture->port);

  pusher_test_faults_reset_connections (fixture->faults);
  raw_client_expect_close (client, 0, NULL);
  g_assert_error (client->error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
cut_cb (PusherTestServer *server,
        const char       *socket_id,
        const char       *text,
        gpointer          user_data)
{
  pusher_test_faults_cut_connections (pusher_test_server_get_faults (server));
}

static void
unexpected_cb (PusherTestServer *server,
               const char       *socket_id,
               const char       *channel,
               gpointer          user_data)
{
  g_assert_not_reached ();
}

/* While libsoup is in the middle of reading. */
static void
test_cut_in_handler (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (fixture->port);

  g_signal_connect (fixture->server, "message-received", G_CALLBACK (cut_cb), NULL);
  g_signal_connect (fixture->server, "subscribed", G_CALLBACK (unexpected_cb), NULL);
  raw_client_send (client, "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"news\"}}");
  raw_client_send (client, PING);
  raw_client_expect_close (client, 0, NULL);
  g_assert_cmpuint (fixture->n_messages, ==, 1);
  g_assert_cmpuint (client->texts->length, ==, 0);
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "news"));
}

static void
test_refuse (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (RawClient) before = raw_client_connect (fixture->port);
  g_autoptr (RawClient) refused = NULL;
  g_autoptr (RawClient) after = NULL;

  pusher_test_faults_refuse (fixture->faults, 4100, "Over \"capacity\"");
  refused = raw_client_new (fixture->port, GOOD_PATH);
  raw_client_expect (refused, "{\"event\":\"pusher:error\",\"data\":"
                              "{\"code\":4100,\"message\":\"Over \\\"capacity\\\"\"}}");
  raw_client_expect_close (refused, 4100, "Over \"capacity\"");
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 2);
  raw_client_sync (before);

  pusher_test_faults_refuse (fixture->faults, 0, NULL);
  after = raw_client_connect (fixture->port);
  g_assert_cmpuint (fixture->n_disconnected, ==, 0);
}

static void
test_disabled_app (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (RawClient) client = NULL;

  pusher_test_server_set_app_enabled (fixture->server, "test-key", FALSE);
  client = raw_client_new (fixture->port, GOOD_PATH);
  g_free (raw_client_take (client));
  raw_client_expect_close (client, 4003, "The app is not enabled.");
}

static void
test_http_status (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (RawClient) refused = NULL;
  g_autoptr (RawClient) after = NULL;

  pusher_test_faults_set_http_status (fixture->faults, 503);
  refused = raw_client_new (fixture->port, GOOD_PATH);
  wait_until (refused->refusal != NULL);
  g_assert_cmpuint (soup_message_get_status (refused->request), ==, 503);

  pusher_test_faults_set_http_status (fixture->faults, 0);
  after = raw_client_connect (fixture->port);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 2);
}

static void
test_first_message (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (RawClient) odd = NULL;
  g_autoptr (RawClient) good = NULL;

  pusher_test_faults_set_first_message (fixture->faults, "not even JSON");
  odd = raw_client_new (fixture->port, GOOD_PATH);
  raw_client_expect (odd, "not even JSON");
  raw_client_sync (odd);

  pusher_test_faults_set_first_message (fixture->faults, NULL);
  good = raw_client_connect (fixture->port);
}

static void
test_handshake_delay (Fixture      *fixture,
                      gconstpointer data)
{
  g_autoptr (RawClient) slow = NULL;
  g_autoptr (RawClient) never = NULL;
  gint64 start = g_get_monotonic_time ();

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, 50);
  slow = raw_client_connect (fixture->port);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 50 * 1000);
  raw_client_sync (slow);

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, G_MAXUINT);
  never = raw_client_new (fixture->port, GOOD_PATH);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 2);
  pusher_test_faults_send_text (fixture->faults, NULL, "marker");
  raw_client_expect (never, "marker");
}

static void
over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* The timer must not outlive the connection. */
static void
test_end_during_delay (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (RawClient) client = NULL;
  gboolean over = FALSE;

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, 20);
  client = raw_client_new (fixture->port, GOOD_PATH);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  pusher_test_faults_close_connections (fixture->faults, 4200, NULL);

  g_timeout_add_once (40, over_cb, &over);
  wait_until (over);
  raw_client_expect_close (client, 4200, NULL);
  g_assert_cmpuint (client->texts->length, ==, 0);
}

static void
test_send_text (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (RawClient) first = raw_client_connect (fixture->port);
  g_autoptr (RawClient) second = raw_client_connect (fixture->port);

  pusher_test_faults_send_text (fixture->faults, first->socket_id, "{\"to\":\"first\"");
  pusher_test_faults_send_text (fixture->faults, "1.1", "to nobody");
  pusher_test_faults_send_text (fixture->faults, NULL, "");
  raw_client_expect (first, "{\"to\":\"first\"");
  raw_client_expect (first, "");
  raw_client_expect (second, "");
}

static void
test_send_bytes (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (fixture->port);
  g_autofree char *big = g_strnfill (1500000, 'x');
  g_autoptr (GBytes) binary = g_bytes_new_static ("\x00\xff\x01", 3);
  g_autoptr (GBytes) text = g_bytes_new_static ("good", 4);
  g_autoptr (GBytes) broken = g_bytes_new_static ("bad \xc3\x28", 6);

  /* They keep their order, even when the socket is full. */
  for (guint i = 0; i < 4; i++)
    {
      pusher_test_faults_send_text (fixture->faults, NULL, big);
      pusher_test_faults_send_bytes (fixture->faults, NULL, text, FALSE);
    }
  for (guint i = 0; i < 4; i++)
    {
      raw_client_expect (client, big);
      raw_client_expect (client, "good");
    }

  pusher_test_faults_send_bytes (fixture->faults, client->socket_id, binary, TRUE);
  wait_until (client->bytes != NULL);
  g_assert_true (g_bytes_equal (client->bytes, binary));

  pusher_test_faults_send_bytes (fixture->faults, NULL, broken, FALSE);
  wait_until (client->error != NULL);
  g_assert_error (client->error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_BAD_DATA);
  wait_until (fixture->n_disconnected == 1);
  g_assert_cmpuint (fixture->close_code, ==, 1007);
}

static void
drop_server_cb (PusherTestServer  *server,
                const char        *socket_id,
                const char        *text,
                PusherTestServer **owner)
{
  g_assert_true (*owner == server);
  g_clear_object (owner);
}

/* The last reference goes while the server deals with a message. */
static void
test_drop_in_handler (void)
{
  PusherTestServer *server = pusher_test_server_new ();
  PusherTestServer *watched = server;
  g_autoptr (RawClient) client = NULL;

  g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *) &watched);
  pusher_test_server_start (server, NULL);
  client = raw_client_connect (pusher_test_server_get_port (server));
  raw_client_subscribe (client, "news");
  g_signal_connect (server, "message-received", G_CALLBACK (drop_server_cb), &server);

  raw_client_send (client, PING);
  raw_client_send (client, PING);
  raw_client_expect_close (client, 0, NULL);
  g_assert_null (watched);
  g_assert_cmpuint (client->texts->length, ==, 0);
}

static void
test_never_started (void)
{
  PusherTestServer *server = pusher_test_server_new ();

  g_assert_cmpuint (pusher_test_server_get_port (server), ==, 0);
  pusher_test_server_stop (server);
  pusher_test_server_kill (server);
  g_assert_cmpuint (pusher_test_server_publish (server, "news", "e", "d", NULL), ==, 0);
  g_assert_finalize_object (server);
}

static void
test_finalize_connected (void)
{
  for (guint i = 0; i < 4; i++)
    {
      PusherTestServer *server = pusher_test_server_new ();
      PusherTestFaults *faults = pusher_test_server_get_faults (server);
      g_autoptr (RawClient) open = NULL;
      g_autoptr (RawClient) closing = NULL;
      g_autoptr (RawClient) waiting = NULL;

      pusher_test_server_start (server, NULL);
      closing = raw_client_connect (pusher_test_server_get_port (server));
      if (i == 1)
        pusher_test_faults_close_connections (faults, 4200, NULL);
      open = raw_client_connect (pusher_test_server_get_port (server));
      raw_client_subscribe (open, "news");
      pusher_test_faults_set_silent (faults, i == 2);
      pusher_test_faults_set_handshake_delay_ms (faults, i == 3 ? 1000 : 0);
      waiting = raw_client_new (pusher_test_server_get_port (server), GOOD_PATH);
      wait_until (pusher_test_server_get_n_attempts (server) == 3);

      g_assert_finalize_object (server);
      raw_client_expect_close (open, 0, NULL);
      wait_until (closing->closed);
      wait_until (waiting->refusal != NULL || waiting->websocket != NULL);
    }
}

static void
do_everything (PusherTestFaults  *faults,
               PusherTestBackend *backend)
{
  static const char *const watchlist[] = { "43", NULL };
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xff", 1);

  for (guint i = 0; i < 2; i++)
    {
      pusher_test_faults_set_hold_answers (faults, i == 0);
      pusher_test_faults_set_silent (faults, i == 0);
    }
  g_assert_false (pusher_test_faults_get_silent (faults));
  pusher_test_faults_fail_subscription (faults, "news", "AuthError", "no", 401);
  pusher_test_faults_send_text (faults, NULL, PING);
  pusher_test_faults_send_bytes (faults, NULL, bytes, TRUE);
  pusher_test_faults_set_activity_timeout (faults, 1);
  pusher_test_faults_set_handshake_delay_ms (faults, 1);
  pusher_test_faults_set_first_message (faults, PING);
  pusher_test_faults_set_http_status (faults, 503);
  pusher_test_faults_refuse (faults, 4100, NULL);
  pusher_test_faults_close_connections (faults, 4200, NULL);
  pusher_test_faults_cut_connections (faults);
  pusher_test_faults_reset_connections (faults);

  g_assert_true (pusher_test_backend_set_user (backend, "42", NULL, NULL));
  pusher_test_backend_set_watchlist (backend, watchlist);
  pusher_test_backend_forbid (backend, "private-news");
  pusher_test_backend_set_status (backend, 503);
  pusher_test_backend_set_delay_ms (backend, 1);
  pusher_test_backend_set_body (backend, "no");
  g_assert_null (pusher_test_backend_get_auth_endpoint (backend));
  g_assert_null (pusher_test_backend_get_user_auth_endpoint (backend));
  g_assert_cmpuint (pusher_test_backend_get_n_auth_requests (backend), ==, 0);
}

/* What is held longer than the server, or never had one, has nothing to act upon. */
static void
test_held_longer (void)
{
  PusherTestServer *server = pusher_test_server_new ();
  g_autoptr (PusherTestFaults) faults = g_object_ref (pusher_test_server_get_faults (server));
  g_autoptr (PusherTestBackend) backend = g_object_ref (pusher_test_server_get_backend (server));
  g_autoptr (PusherTestFaults) other_faults = g_object_new (PUSHER_TEST_TYPE_FAULTS, NULL);
  g_autoptr (PusherTestBackend) other_backend = g_object_new (PUSHER_TEST_TYPE_BACKEND, NULL);
  g_autoptr (RawClient) client = NULL;
  g_autoptr (RawClient) waiting = NULL;

  pusher_test_server_start (server, NULL);
  client = raw_client_connect (pusher_test_server_get_port (server));
  raw_client_subscribe (client, "news");
  pusher_test_faults_set_silent (faults, TRUE);
  waiting = raw_client_new (pusher_test_server_get_port (server), GOOD_PATH);
  wait_until (pusher_test_server_get_n_attempts (server) == 2);
  g_assert_nonnull (pusher_test_backend_get_auth_endpoint (backend));

  g_assert_finalize_object (server);
  do_everything (faults, backend);
  do_everything (other_faults, other_backend);

  raw_client_expect_close (client, 0, NULL);
  wait_until (waiting->refusal != NULL);
  g_assert_cmpuint (client->texts->length, ==, 0);
  g_assert_finalize_object (g_steal_pointer (&faults));
  g_assert_finalize_object (g_steal_pointer (&backend));
}

/* The server lives in the main context that was the thread's default one. */
static void
test_other_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();
  PusherTestServer *server = NULL;
  guint n_attempts = 0;
  const char *request = "GET " GOOD_PATH " HTTP/1.1\r\nHost: x\r\n\r\n";

  g_main_context_push_thread_default (context);
  server = pusher_test_server_new ();
  g_assert_true (pusher_test_server_start (server, NULL));
  g_main_context_pop_thread_default (context);

  connection = g_socket_client_connect_to_host (socket_client, "127.0.0.1",
                                                pusher_test_server_get_port (server), NULL, NULL);
  g_assert_nonnull (connection);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             request, strlen (request), NULL, NULL, NULL);

  g_main_context_push_thread_default (context);
  while (n_attempts == 0)
    {
      g_main_context_iteration (context, TRUE);
      n_attempts = pusher_test_server_get_n_attempts (server);
    }
  g_assert_finalize_object (server);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
}

#define ADD(path, function)                                                                 \
  g_test_add ("/test-server/faults/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("stop-and-start", test_stop_and_start);
  ADD ("start-at-once", test_start_at_once);
  ADD ("port-in-use", test_port_in_use);
  ADD ("kill", test_kill);
  ADD ("close-connections", test_close_connections);
  ADD ("cut", test_cut);
  ADD ("reset", test_reset);
  ADD ("cut-in-handler", test_cut_in_handler);
  ADD ("refuse", test_refuse);
  ADD ("disabled-app", test_disabled_app);
  ADD ("http-status", test_http_status);
  ADD ("first-message", test_first_message);
  ADD ("handshake-delay", test_handshake_delay);
  ADD ("end-during-delay", test_end_during_delay);
  ADD ("send-text", test_send_text);
  ADD ("send-bytes", test_send_bytes);
  g_test_add_func ("/test-server/faults/never-started", test_never_started);
  g_test_add_func ("/test-server/faults/drop-in-handler", test_drop_in_handler);
  g_test_add_func ("/test-server/faults/finalize-connected", test_finalize_connected);
  g_test_add_func ("/test-server/faults/held-longer", test_held_longer);
  g_test_add_func ("/test-server/faults/other-context", test_other_context);

  return g_test_run ();
}
