/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The auth endpoint of the test server. */

#include "raw-auth.h"

#include "protocol/pusher-signature-private.h"

#include <string.h>

typedef struct
{
  PusherTestServer *server;
  PusherTestBackend *backend;
  GString *log;
} Fixture;

static void
requested_cb (PusherTestBackend *backend,
              const char        *socket_id,
              const char        *channel,
              Fixture           *fixture)
{
  g_string_append_printf (fixture->log, "%s %s\n", socket_id, channel != NULL ? channel : "-");
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->log = g_string_new (NULL);
  fixture->server = pusher_test_server_new ();
  fixture->backend = pusher_test_server_get_backend (fixture->server);
  g_signal_connect (fixture->backend, "auth-requested", G_CALLBACK (requested_cb), fixture);
  g_assert_null (pusher_test_backend_get_auth_endpoint (fixture->backend));
  pusher_test_server_start (fixture->server, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->server);
  g_string_free (fixture->log, TRUE);
}

static guint
ask (Fixture    *fixture,
     const char *form,
     char      **reply)
{
  return raw_post_form (pusher_test_backend_get_auth_endpoint (fixture->backend), form, reply);
}

static void
assert_answer (Fixture    *fixture,
               const char *form,
               const char *expected)
{
  g_autofree char *reply = NULL;

  g_assert_cmpuint (ask (fixture, form, &reply), ==, 200);
  g_assert_cmpstr (reply, ==, expected);
}

static void
test_channel (Fixture      *fixture,
              gconstpointer data)
{
  g_autofree char *auth =
    pusher_signature_for_channel ("test-key", "test-secret", "1.2", "private-a", NULL);
  g_autofree char *expected = g_strdup_printf ("{\"auth\":\"%s\"}", auth);

  assert_answer (fixture, "socket_id=1.2&channel_name=private-a", expected);
  g_assert_cmpstr (fixture->log->str, ==, "1.2 private-a\n");
  g_assert_cmpuint (pusher_test_backend_get_n_auth_requests (fixture->backend), ==, 1);
}

static void
test_presence (Fixture      *fixture,
               gconstpointer data)
{
  const char *channel_data = "{\"user_id\":\"al\",\"user_info\":{\"a\":1}}";
  g_autofree char *auth =
    pusher_signature_for_channel ("test-key", "test-secret", "1.2", "presence-p", channel_data);
  g_autofree char *bare =
    pusher_signature_for_channel ("test-key", "test-secret", "1.2", "presence-p", NULL);
  g_autofree char *expected =
    g_strdup_printf ("{\"auth\":\"%s\",\"channel_data\":"
                     "\"{\\\"user_id\\\":\\\"al\\\",\\\"user_info\\\":{\\\"a\\\":1}}\"}",
                     auth);
  g_autofree char *nobody = g_strdup_printf ("{\"auth\":\"%s\"}", bare);
  g_autoptr (GError) error = NULL;

  assert_answer (fixture, "socket_id=1.2&channel_name=presence-p", nobody);
  assert_answer (fixture,
                 "socket_id=1.2&channel_name=presence-p&user_id=al&user_info=%7B%22a%22:1%7D",
                 expected);
  g_assert_true (pusher_test_backend_set_user (fixture->backend, "al", "{\"a\":1}", NULL));
  assert_answer (fixture, "socket_id=1.2&channel_name=presence-p", expected);

  g_assert_false (pusher_test_backend_set_user (fixture->backend, "al", "{", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
}

static void
test_encrypted (Fixture      *fixture,
                gconstpointer data)
{
  const char *form = "socket_id=1.2&channel_name=private-encrypted-e";
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  ask (fixture, form, &before);
  g_assert_nonnull (strstr (before, "\"shared_secret\":\""));
  pusher_test_server_set_encryption_master_key (fixture->server,
                                                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=");
  ask (fixture, form, &after);
  g_assert_cmpstr (before, !=, after);
}

static void
test_batch (Fixture      *fixture,
            gconstpointer data)
{
  g_autofree char *auth =
    pusher_signature_for_channel ("test-key", "test-secret", "1.2", "private-a", NULL);
  g_autofree char *expected =
    g_strdup_printf ("{\"private-a\":{\"status\":200,\"data\":{\"auth\":\"%s\"}},"
                     "\"private-b\":{\"status\":403}}",
                     auth);

  pusher_test_backend_forbid (fixture->backend, "private-b");
  assert_answer (fixture,
                 "socket_id=1.2&channel_name%5B0%5D=private-a&channel_name%5B1%5D=private-b",
                 expected);
  g_assert_cmpstr (fixture->log->str, ==, "1.2 private-a\n1.2 private-b\n");
  g_assert_cmpuint (pusher_test_backend_get_n_auth_requests (fixture->backend), ==, 1);
}

static void
test_user (Fixture      *fixture,
           gconstpointer data)
{
  static const char *const watchlist[] = { "bo", NULL };
  const char *uri = pusher_test_backend_get_user_auth_endpoint (fixture->backend);
  g_autofree char *auth =
    pusher_signature_for_user ("test-key", "test-secret", "1.2",
                               "{\"id\":\"al\",\"watchlist\":[\"bo\"]}");
  g_autofree char *expected =
    g_strdup_printf ("{\"auth\":\"%s\",\"user_data\":"
                     "\"{\\\"id\\\":\\\"al\\\",\\\"watchlist\\\":[\\\"bo\\\"]}\"}",
                     auth);
  g_autofree char *reply = NULL;

  g_assert_cmpuint (raw_post_form (uri, "socket_id=1.2", NULL), ==, 403);
  pusher_test_backend_set_watchlist (fixture->backend, watchlist);
  pusher_test_backend_set_user (fixture->backend, "al", NULL, NULL);
  g_assert_cmpuint (raw_post_form (uri, "socket_id=1.2", &reply), ==, 200);
  g_assert_cmpstr (reply, ==, expected);
  g_assert_cmpstr (fixture->log->str, ==, "1.2 -\n1.2 -\n");
}

static void
test_wrong_requests (Fixture      *fixture,
                     gconstpointer data)
{
  const char *uri = pusher_test_backend_get_auth_endpoint (fixture->backend);

  g_assert_cmpuint (ask (fixture, "", NULL), ==, 400);
  g_assert_cmpuint (ask (fixture, "socket_id=1.2", NULL), ==, 400);
  g_assert_cmpuint (ask (fixture, "socket_id=x&channel_name=private-a", NULL), ==, 400);
  g_assert_cmpuint (ask (fixture, "socket_id=1.2&channel_name=private-a%20b", NULL), ==, 400);
  g_assert_cmpuint (ask (fixture, "socket_id=1.2&channel_name=public", NULL), ==, 403);
  g_assert_cmpuint (ask (fixture, "socket_id=1.2&channel_name=private-a&user_id=1&user_info={",
                         NULL),
                    ==, 400);

  /* What is not text would reach the handlers of other languages, and the answer. */
  g_string_truncate (fixture->log, 0);
  g_assert_cmpuint (ask (fixture, "socket_id=1.2&channel_name=private-%ff", NULL), ==, 400);
  g_assert_cmpuint (ask (fixture, "socket_id=1.2&channel_name=presence-a&user_id=%ff", NULL),
                    ==, 400);
  g_assert_cmpstr (fixture->log->str, ==, "");

  g_assert_cmpuint (raw_post (uri, "{}", NULL), ==, 415);
  g_assert_cmpuint (raw_post (uri, NULL, NULL), ==, 405);
}

static void
test_faults (Fixture      *fixture,
             gconstpointer data)
{
  const char *form = "socket_id=1.2&channel_name=private-a";
  g_autofree char *reply = NULL;
  gint64 start;

  pusher_test_backend_set_status (fixture->backend, 503);
  g_assert_cmpuint (ask (fixture, form, NULL), ==, 503);
  pusher_test_backend_set_status (fixture->backend, 0);
  pusher_test_backend_set_body (fixture->backend, "<html>");
  g_assert_cmpuint (ask (fixture, form, &reply), ==, 200);
  g_assert_cmpstr (reply, ==, "<html>");
  pusher_test_backend_set_body (fixture->backend, NULL);

  pusher_test_backend_set_delay_ms (fixture->backend, 50);
  start = g_get_monotonic_time ();
  g_assert_cmpuint (ask (fixture, form, NULL), ==, 200);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 50000);
  pusher_test_backend_forbid (fixture->backend, "private-a");
  g_assert_cmpuint (ask (fixture, form, NULL), ==, 403);
}

static void
failed_cb (GObject      *session,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body =
    soup_session_send_and_read_finish (SOUP_SESSION (session), result, &error);

  g_assert_null (body);
  g_assert_nonnull (error);
  *(gboolean *) user_data = TRUE;
}

/* Neither a client that gives up nor a server that ends leaves anything. */
static void
test_hang (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean failed[2] = { FALSE, FALSE };

  pusher_test_backend_set_delay_ms (fixture->backend, G_MAXUINT);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new_from_encoded_form (
        "POST", pusher_test_backend_get_auth_endpoint (fixture->backend),
        g_strdup ("socket_id=1.2&channel_name=private-a"));

      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT,
                                        i == 0 ? cancellable : NULL, failed_cb, &failed[i]);
      pusher_test_backend_set_delay_ms (fixture->backend, i == 0 ? 60000 : G_MAXUINT);
      wait_until (pusher_test_backend_get_n_auth_requests (fixture->backend) == i + 1);
    }

  g_cancellable_cancel (cancellable);
  wait_until (failed[0]);
  g_assert_false (failed[1]);
  g_assert_finalize_object (fixture->server);
  wait_until (failed[1]);
  fixture->server = pusher_test_server_new ();
  fixture->backend = pusher_test_server_get_backend (fixture->server);
}

/* What the answer says in a header; %NULL if it has none. */
static char *
send_from_page (Fixture    *fixture,
                const char *method,
                const char *header,
                guint      *status)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new_from_encoded_form (
    "POST", pusher_test_backend_get_auth_endpoint (fixture->backend),
    g_strdup ("socket_id=1.2&channel_name=private-a"));
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) body = NULL;

  soup_message_set_method (message, method);
  soup_message_headers_replace (headers, "Origin", "http://127.0.0.1:5173");
  soup_message_headers_replace (headers, "Access-Control-Request-Headers", "x-csrf-token");
  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL,
                                    store_result_cb, &result);
  wait_until (result != NULL);
  body = soup_session_send_and_read_finish (session, result, NULL);
  g_assert_nonnull (body);
  *status = soup_message_get_status (message);

  return g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                 header));
}

static void
test_cross_origin (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *none = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *vary = NULL;
  g_autofree char *headers = NULL;
  g_autofree char *methods = NULL;
  guint status;

  none = send_from_page (fixture, "POST", "Access-Control-Allow-Origin", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_null (none);
  g_free (send_from_page (fixture, "OPTIONS", "Allow", &status));
  g_assert_cmpuint (status, ==, 405);

  pusher_test_backend_set_cross_origin (fixture->backend, TRUE);
  origin = send_from_page (fixture, "POST", "Access-Control-Allow-Origin", &status);
  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (origin, ==, "http://127.0.0.1:5173");
  vary = send_from_page (fixture, "POST", "Vary", &status);
  g_assert_cmpstr (vary, ==, "Origin");
  headers = send_from_page (fixture, "OPTIONS", "Access-Control-Allow-Headers", &status);
  g_assert_cmpuint (status, ==, 204);
  g_assert_cmpstr (headers, ==, "x-csrf-token");
  methods = send_from_page (fixture, "OPTIONS", "Access-Control-Allow-Methods", &status);
  g_assert_cmpstr (methods, ==, "POST");

  /* A browser that only asks is not one that wants to be authorized. */
  g_assert_cmpuint (pusher_test_backend_get_n_auth_requests (fixture->backend), ==, 3);
}

#define ADD(path, function)                                                                 \
  g_test_add ("/test-server-endpoint/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("channel", test_channel);
  ADD ("presence", test_presence);
  ADD ("encrypted", test_encrypted);
  ADD ("batch", test_batch);
  ADD ("user", test_user);
  ADD ("wrong-requests", test_wrong_requests);
  ADD ("faults", test_faults);
  ADD ("hang", test_hang);
  ADD ("cross-origin", test_cross_origin);

  return g_test_run ();
}
