/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The test server when it says nothing. */

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
test_silent (Fixture      *fixture,
             gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (fixture->port);

  raw_client_subscribe (client, "news");
  pusher_test_faults_set_silent (fixture->faults, TRUE);

  raw_client_send (client, PING);
  wait_until (fixture->n_messages == 2);
  g_assert_cmpuint (pusher_test_server_publish (fixture->server, "news", "lost", "", NULL), ==, 1);
  pusher_test_faults_send_text (fixture->faults, NULL, "lost as well");

  /* Nothing of that comes later: the next that is heard is the answer. */
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  raw_client_sync (client);
  pusher_test_server_publish (fixture->server, "news", "heard", "", NULL);
  raw_client_expect (client, "{\"event\":\"heard\",\"channel\":\"news\",\"data\":\"\"}");
}

/* A message that was half sent is sent to its end. */
static void
test_silent_in_message (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (fixture->port);
  g_autofree char *big = g_strnfill (8000000, 'x');

  pusher_test_faults_send_text (fixture->faults, NULL, big);
  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_test_faults_send_text (fixture->faults, NULL, "lost");
  raw_client_expect (client, big);

  raw_client_send (client, PING);
  wait_until (fixture->n_messages == 1);
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  raw_client_sync (client);
}

/* Lets all that was sent arrive. */
static void
exchange_something (Fixture *fixture)
{
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", fixture->port);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (raw_post (uri, "", NULL), ==, 404);
}

/* A client that closes is heard, but not answered. */
static void
test_silent_close (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (RawClient) first = raw_client_connect (fixture->port);
  g_autoptr (RawClient) second = NULL;

  pusher_test_faults_set_silent (fixture->faults, TRUE);
  pusher_test_faults_close_connections (fixture->faults, 4200, NULL);
  pusher_test_faults_set_silent (fixture->faults, FALSE);
  second = raw_client_connect (fixture->port);
  pusher_test_faults_set_silent (fixture->faults, TRUE);

  soup_websocket_connection_close (first->websocket, 1000, NULL);
  soup_websocket_connection_close (second->websocket, 1000, NULL);
  wait_until (fixture->n_disconnected == 2);
  g_assert_cmpuint (fixture->close_code, ==, 1000);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 0);
  exchange_something (fixture);
  g_assert_false (first->closed);
  g_assert_false (second->closed);

  pusher_test_faults_set_silent (fixture->faults, FALSE);
  raw_client_expect_close (first, 0, NULL);
  raw_client_expect_close (second, 0, NULL);
}

static void
test_silent_handshake (Fixture      *fixture,
                       gconstpointer data)
{
  g_autoptr (RawClient) client = NULL;

  pusher_test_faults_set_silent (fixture->faults, TRUE);
  client = raw_client_new (fixture->port, GOOD_PATH);
  wait_until (pusher_test_server_get_n_attempts (fixture->server) == 1);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 0);
  g_assert_null (client->websocket);

  pusher_test_faults_set_silent (fixture->faults, FALSE);
  g_free (raw_client_take (client));
  raw_client_sync (client);
}

static void
test_silent_stop (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (RawClient) open = raw_client_connect (fixture->port);
  g_autoptr (RawClient) closed = raw_client_connect (fixture->port);
  g_autoptr (RawClient) waiting = NULL;

  pusher_test_faults_set_silent (fixture->faults, TRUE);
  waiting = raw_client_new (fixture->port, GOOD_PATH);
  wait_until (pusher_test_server_get_n_attempts (fixture->server) == 3);
  soup_websocket_connection_close (closed->websocket, 1000, NULL);
  wait_until (fixture->n_disconnected == 1);

  pusher_test_server_stop (fixture->server);
  g_assert_cmpuint (fixture->n_disconnected, ==, 2);
  raw_client_expect_close (open, 0, NULL);
  raw_client_expect_close (closed, 0, NULL);
  wait_until (waiting->refusal != NULL);
}

#define ADD(path, function)                                                                 \
  g_test_add ("/test-server/silence/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("lost", test_silent);
  ADD ("in-message", test_silent_in_message);
  ADD ("close", test_silent_close);
  ADD ("handshake", test_silent_handshake);
  ADD ("stop", test_silent_stop);

  return g_test_run ();
}
