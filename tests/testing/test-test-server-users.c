/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Users who sign in to the test server, and what their backend does to them. */

#include "raw-auth.h"

#include <string.h>

#define AL "{\"id\":\"al\",\"user_info\":{\"name\":\"Al\"},\"watchlist\":[\"bo\",\"cy\"]}"
#define BO "{\"id\":\"bo\"}"
#define WATCHLIST "pusher_internal:watchlist_events"

typedef struct
{
  PusherTestServer *server;
  RawClient *al;
  RawClient *bo;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = pusher_test_server_new ();
  pusher_test_server_start (fixture->server, &error);
  g_assert_no_error (error);
  fixture->al = raw_client_connect (pusher_test_server_get_port (fixture->server));
  fixture->bo = raw_client_connect (pusher_test_server_get_port (fixture->server));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  raw_client_free (fixture->al);
  raw_client_free (fixture->bo);
  g_assert_finalize_object (fixture->server);
}

static void
subscribe_to_user (RawClient  *client,
                   const char *id)
{
  g_autofree char *text =
    g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":"
                     "{\"auth\":\"\",\"channel\":\"#server-to-user-%s\"}}",
                     id);

  raw_client_send (client, text);
}

static void
test_sign_in (Fixture      *fixture,
              gconstpointer data)
{
  raw_client_ask_sign_in (fixture->bo, BO);
  raw_client_expect (fixture->bo, "{\"event\":\"pusher:signin_success\",\"data\":"
                                  "{\"user_data\":\"{\\\"id\\\":\\\"bo\\\"}\"}}");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);

  raw_client_ask_sign_in (fixture->bo, BO);
  raw_client_expect_part (fixture->bo, "signed in already");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 1);
}

static void
test_bad_sign_in (Fixture      *fixture,
                  gconstpointer data)
{
  raw_client_send (fixture->al, "{\"event\":\"pusher:signin\",\"data\":"
                                "{\"auth\":\"test-key:0\",\"user_data\":\"{}\"}}");
  raw_client_expect (fixture->al, "{\"event\":\"pusher:error\",\"data\":"
                                  "{\"code\":4009,\"message\":\"Connection not authorized.\"}}");
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
  raw_client_expect_close (fixture->al, 4009, "Connection not authorized.");

  raw_client_ask_sign_in (fixture->bo, "{\"id\":7}");
  raw_client_expect_part (fixture->bo, "must contain");
  wait_until (fixture->bo->closed);
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
}

static void
test_user_events (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  subscribe_to_user (fixture->bo, "bo");
  raw_client_expect_part (fixture->bo, "is not signed in");
  raw_client_sign_in (fixture->bo, BO);
  subscribe_to_user (fixture->bo, "al");
  raw_client_expect_part (fixture->bo, "is not signed in");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 2);

  g_assert_cmpuint (pusher_test_server_send_to_user (fixture->server, "bo", "e", "d", NULL), ==, 0);
  subscribe_to_user (fixture->bo, "bo");
  raw_client_expect_part (fixture->bo, "subscription_succeeded");
  g_assert_cmpuint (pusher_test_server_send_to_user (fixture->server, "bo", "e", "d", NULL), ==, 1);
  raw_client_expect_data (fixture->bo, "e", "#server-to-user-bo", "d");

  g_assert_cmpuint (pusher_test_server_send_to_user (fixture->server, "bo", "", "d", &error),
                    ==, 0);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_terminate (Fixture      *fixture,
                gconstpointer data)
{
  raw_client_sign_in (fixture->al, AL);
  raw_client_sign_in (fixture->bo, BO);
  raw_client_expect_data (fixture->al, WATCHLIST, NULL,
                          "{\"events\":[{\"name\":\"online\",\"user_ids\":[\"bo\"]}]}");

  g_assert_cmpuint (pusher_test_server_terminate_user_connections (fixture->server, "cy"), ==, 0);
  g_assert_cmpuint (pusher_test_server_terminate_user_connections (fixture->server, "bo"), ==, 1);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
  raw_client_expect_part (fixture->bo, "\"code\":4009");
  raw_client_expect_close (fixture->bo, 4009, "You got disconnected by the app.");
  raw_client_expect_data (fixture->al, WATCHLIST, NULL,
                          "{\"events\":[{\"name\":\"offline\",\"user_ids\":[\"bo\"]}]}");
}

static void
test_watchlist (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (RawClient) again = raw_client_connect (pusher_test_server_get_port (fixture->server));

  raw_client_sign_in (fixture->bo, BO);
  raw_client_sign_in (fixture->al, AL);
  raw_client_expect_data (fixture->al, WATCHLIST, NULL,
                          "{\"events\":[{\"name\":\"online\",\"user_ids\":[\"bo\"]}]}");

  /* The first connection and the last count. */
  raw_client_sign_in (again, BO);
  raw_client_sync (fixture->al);
  soup_websocket_connection_close (fixture->bo->websocket, 1000, NULL);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 2);
  raw_client_sync (fixture->al);
  soup_websocket_connection_close (again->websocket, 1000, NULL);
  raw_client_expect_data (fixture->al, WATCHLIST, NULL,
                          "{\"events\":[{\"name\":\"offline\",\"user_ids\":[\"bo\"]}]}");
}

static void
test_presence (Fixture      *fixture,
               gconstpointer data)
{
  raw_client_sign_in (fixture->al, AL);
  raw_client_join (fixture->al, "presence-p", NULL,
                   "{\"presence\":{\"ids\":[\"al\"],\"hash\":{\"al\":{\"name\":\"Al\"}},"
                   "\"count\":1}}");
}

/* Signs as the server libraries do. */
static char *
sign_request (PusherTestServer *server,
              const char       *path,
              const char       *body)
{
  g_autofree char *md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, body, -1);
  g_autofree char *query =
    g_strdup_printf ("auth_key=test-key&auth_timestamp=%" G_GINT64_FORMAT
                     "&auth_version=1.0&body_md5=%s",
                     g_get_real_time () / G_USEC_PER_SEC, md5);
  g_autofree char *text = g_strdup_printf ("POST\n%s\n%s", path, query);
  g_autofree char *signature =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) "test-secret",
                               strlen ("test-secret"), text, -1);

  return g_strdup_printf ("http://127.0.0.1:%u%s?%s&auth_signature=%s",
                          pusher_test_server_get_port (server), path, query, signature);
}

static void
test_rest (Fixture      *fixture,
           gconstpointer data)
{
  const char *event = "{\"name\":\"e\",\"channels\":[\"#server-to-user-bo\"],\"data\":\"d\"}";
  g_autofree char *send = sign_request (fixture->server, "/apps/1/events", event);
  g_autofree char *terminate =
    sign_request (fixture->server, "/apps/1/users/bo/terminate_connections", "{}");
  g_autofree char *forged = g_strconcat (terminate, "0", NULL);

  raw_client_sign_in (fixture->bo, BO);
  subscribe_to_user (fixture->bo, "bo");
  raw_client_expect_part (fixture->bo, "subscription_succeeded");
  g_assert_cmpuint (raw_post (send, event, NULL), ==, 200);
  raw_client_expect_data (fixture->bo, "e", "#server-to-user-bo", "d");

  g_assert_cmpuint (raw_post (forged, "{}", NULL), ==, 401);
  raw_client_sync (fixture->bo);
  g_assert_cmpuint (raw_post (terminate, "{}", NULL), ==, 200);
  raw_client_expect_part (fixture->bo, "\"code\":4009");
  wait_until (fixture->bo->closed);
}

#define ADD(path, function)                                                                 \
  g_test_add ("/test-server-users/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("sign-in", test_sign_in);
  ADD ("bad-sign-in", test_bad_sign_in);
  ADD ("user-events", test_user_events);
  ADD ("terminate", test_terminate);
  ADD ("watchlist", test_watchlist);
  ADD ("presence", test_presence);
  ADD ("rest", test_rest);

  return g_test_run ();
}
