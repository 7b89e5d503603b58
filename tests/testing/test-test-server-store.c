/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The store of the test server, as a client sees it that has missed something. */

#include <pusher-glib/testing/pusher-test.h>

#include "raw-auth.h"

#define EVENTS(events, more) "{\"events\":[" events "],\"more\":" more "}"
#define EVENT(id, rest) \
  "{\"id\":" id ",\"name\":\"said\",\"data\":\"{\\\"id\\\":" id rest "}\"}"

typedef struct
{
  PusherTestServer *server;
  PusherTestStore *store;
  GString *log;
} Fixture;

static void
requested_cb (PusherTestStore *store,
              const char      *channel,
              const char      *after,
              guint            last,
              Fixture         *fixture)
{
  g_string_append_printf (fixture->log, "%s %s %u\n", channel, after != NULL ? after : "-", last);
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->log = g_string_new (NULL);
  fixture->server = pusher_test_server_new ();
  fixture->store = pusher_test_server_get_store (fixture->server);
  g_signal_connect (fixture->store, "requested", G_CALLBACK (requested_cb), fixture);
  g_assert_null (pusher_test_store_get_endpoint (fixture->store));
  g_assert_true (pusher_test_server_start (fixture->server, NULL));
  pusher_test_store_keep (fixture->store, "chat");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_finalize_object (fixture->server);
  g_string_free (fixture->log, TRUE);
}

static void
publish (Fixture    *fixture,
         const char *data)
{
  g_autoptr (GError) error = NULL;

  pusher_test_server_publish (fixture->server, "chat", "said", data, &error);
  g_assert_no_error (error);
}

static guint
ask (Fixture    *fixture,
     const char *query,
     char      **reply)
{
  g_autofree char *url =
    g_strconcat (pusher_test_store_get_endpoint (fixture->store), query, NULL);

  return raw_post (url, NULL, reply);
}

static void
assert_answer (Fixture    *fixture,
               const char *query,
               const char *expected)
{
  g_autofree char *reply = NULL;

  g_assert_cmpuint (ask (fixture, query, &reply), ==, 200);
  g_assert_cmpstr (reply, ==, expected);
}

static void
test_after (Fixture      *fixture,
            gconstpointer data)
{
  assert_answer (fixture, "?channel=chat", EVENTS ("", "false"));
  publish (fixture, "{\"text\":1}");
  publish (fixture, " { }");
  publish (fixture, "{\"a\":{\"id\":5}}");
  g_assert_cmpuint (pusher_test_store_get_n_events (fixture->store, "chat"), ==, 3);

  assert_answer (fixture, "?channel=chat",
                 EVENTS (EVENT ("1", ",\\\"text\\\":1") "," EVENT ("2", " ") ","
                         EVENT ("3", ",\\\"a\\\":{\\\"id\\\":5}"), "false"));
  assert_answer (fixture, "?channel=chat&after=2",
                 EVENTS (EVENT ("3", ",\\\"a\\\":{\\\"id\\\":5}"), "false"));
  assert_answer (fixture, "?channel=chat&after=3", EVENTS ("", "false"));
  assert_answer (fixture, "?channel=chat&last=2&after=1&limit=1",
                 EVENTS (EVENT ("2", " "), "true"));
  assert_answer (fixture, "?channel=chat&last=1&limit=1",
                 EVENTS (EVENT ("3", ",\\\"a\\\":{\\\"id\\\":5}"), "false"));
  g_assert_cmpstr (fixture->log->str, ==,
                   "chat - 0\nchat - 0\nchat 2 0\nchat 3 0\nchat 1 2\nchat - 1\n");
  g_assert_cmpuint (pusher_test_store_get_n_requests (fixture->store), ==, 6);
}

/* Those who hear it and those who ask for it get the same. */
static void
test_live (Fixture      *fixture,
           gconstpointer data)
{
  g_autoptr (RawClient) client =
    raw_client_connect (pusher_test_server_get_port (fixture->server));

  raw_client_subscribe (client, "chat");
  publish (fixture, "{\"text\":1}");
  raw_client_expect_data (client, "said", "chat", "{\"id\":1,\"text\":1}");
  pusher_test_server_publish_json (fixture->server, "chat", "said", "{\"text\":2}", NULL);
  raw_client_expect (client, "{\"event\":\"said\",\"channel\":\"chat\","
                             "\"data\":{\"id\":2,\"text\":2}}");
  pusher_test_server_publish_json (fixture->server, "chat", "said", "\"{\\\"text\\\":3}\"", NULL);
  raw_client_expect_data (client, "said", "chat", "{\"id\":3,\"text\":3}");

  /* An id that is there stays, and what can have none is not kept. */
  publish (fixture, "{\"id\":\"x-é\"}");
  raw_client_expect_data (client, "said", "chat", "{\"id\":\"x-é\"}");
  publish (fixture, "{\"id\":null}");
  raw_client_expect_data (client, "said", "chat", "{\"id\":null}");
  publish (fixture, "hello");
  raw_client_expect_data (client, "said", "chat", "hello");
  pusher_test_server_publish (fixture->server, "chat", "pusher:thing", "{}", NULL);
  raw_client_expect_data (client, "pusher:thing", "chat", "{}");
  publish (fixture, "{\"id\":\"x-é\",\"again\":true}");
  raw_client_expect_data (client, "said", "chat", "{\"id\":\"x-é\",\"again\":true}");
  g_assert_cmpuint (pusher_test_store_get_n_events (fixture->store, "chat"), ==, 4);
  assert_answer (fixture, "?channel=chat&after=3",
                 EVENTS ("{\"id\":\"x-é\",\"name\":\"said\",\"data\":\"{\\\"id\\\":\\\"x-é\\\"}\"}",
                         "false"));
  assert_answer (fixture, "?channel=chat&after=x-%c3%a9", EVENTS ("", "false"));

  /* Other channels are as ever. */
  raw_client_subscribe (client, "other");
  pusher_test_server_publish (fixture->server, "other", "said", "{}", NULL);
  raw_client_expect_data (client, "said", "other", "{}");
  g_assert_cmpuint (pusher_test_store_get_n_events (fixture->store, "other"), ==, 0);
}

static void
test_client_events (Fixture      *fixture,
                    gconstpointer data)
{
  guint port = pusher_test_server_get_port (fixture->server);
  g_autoptr (RawClient) client = raw_client_connect (port);
  g_autoptr (RawClient) other = raw_client_connect (port);

  pusher_test_store_keep (fixture->store, "private-a");
  pusher_test_store_keep (fixture->store, "private-a");
  raw_client_subscribe_signed (client, "private-a");
  raw_client_subscribe_signed (other, "private-a");
  raw_client_send (client, "{\"event\":\"client-x\",\"channel\":\"private-a\","
                           "\"data\":{\"id\":\"7\"}}");
  raw_client_send (client, "{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":{}}");
  raw_client_send (client, "{\"event\":\"client-x\",\"channel\":\"private-a\"}");
  for (guint i = 0; i < 3; i++)
    raw_client_expect_part (other, "client-x");
  assert_answer (fixture, "?channel=private-a",
                 EVENTS ("{\"id\":\"7\",\"name\":\"client-x\",\"data\":\"{\\\"id\\\":\\\"7\\\"}\"}",
                         "false"));
}

/* The store has what was published, and not what was sent. */
static void
test_encrypted (Fixture      *fixture,
                gconstpointer data)
{
  pusher_test_store_keep (fixture->store, "private-encrypted-a");
  pusher_test_server_publish (fixture->server, "private-encrypted-a", "said", "{}", NULL);
  assert_answer (fixture, "?channel=private-encrypted-a", EVENTS (EVENT ("1", ""), "false"));
}

static void
test_wrong_requests (Fixture      *fixture,
                     gconstpointer data)
{
  static const char *const wrong[] = {
    "", "?after=1", "?channel=chat&last=x", "?channel=chat&limit=-1", "?channel=%ff",
  };
  static const char *const unknown[] = { "?channel=other", "?channel=chat&after=9" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpuint (ask (fixture, wrong[i], NULL), ==, 400);
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_cmpuint (ask (fixture, unknown[i], NULL), ==, 404);
  g_assert_cmpuint (raw_post (pusher_test_store_get_endpoint (fixture->store), "{}", NULL), ==,
                    405);
}

static void
test_gaps (Fixture      *fixture,
           gconstpointer data)
{
  publish (fixture, "{}");
  pusher_test_store_skip_ids (fixture->store, 10);
  publish (fixture, "{}");
  publish (fixture, "{}");
  assert_answer (fixture, "?channel=chat&after=1",
                 EVENTS (EVENT ("12", "") "," EVENT ("13", ""), "false"));

  /* It lacks what was asked for, and does not know. */
  g_assert_true (pusher_test_store_lose (fixture->store, "chat", "12"));
  g_assert_false (pusher_test_store_lose (fixture->store, "chat", "5"));
  g_assert_false (pusher_test_store_lose (fixture->store, "other", "12"));
  assert_answer (fixture, "?channel=chat&after=1", EVENTS (EVENT ("13", ""), "false"));
  assert_answer (fixture, "?channel=chat&after=12", EVENTS (EVENT ("13", ""), "false"));
  g_assert_cmpuint (pusher_test_store_get_n_events (fixture->store, "chat"), ==, 2);

  /* It has it no more, and says so. */
  g_assert_true (pusher_test_store_forget (fixture->store, "chat", "12"));
  g_assert_true (pusher_test_store_forget (fixture->store, "chat", "1"));
  g_assert_false (pusher_test_store_forget (fixture->store, "chat", "2"));
  g_assert_cmpuint (ask (fixture, "?channel=chat&after=1", NULL), ==, 410);
  g_assert_cmpuint (ask (fixture, "?channel=chat&after=12", NULL), ==, 410);
  assert_answer (fixture, "?channel=chat", EVENTS (EVENT ("13", ""), "false"));
  g_assert_cmpuint (pusher_test_store_get_n_events (fixture->store, "chat"), ==, 1);
}

static void
test_pages (Fixture      *fixture,
            gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    publish (fixture, "{}");
  pusher_test_store_set_page_size (fixture->store, 2);
  assert_answer (fixture, "?channel=chat",
                 EVENTS (EVENT ("1", "") "," EVENT ("2", ""), "true"));
  assert_answer (fixture, "?channel=chat&after=2&limit=10",
                 EVENTS (EVENT ("3", "") "," EVENT ("4", ""), "true"));
  assert_answer (fixture, "?channel=chat&after=2&limit=1", EVENTS (EVENT ("3", ""), "true"));
  assert_answer (fixture, "?channel=chat&after=4", EVENTS (EVENT ("5", ""), "false"));
  pusher_test_store_set_page_size (fixture->store, 0);
  assert_answer (fixture, "?channel=chat&after=4", EVENTS (EVENT ("5", ""), "false"));
}

static void
test_faults (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *reply = NULL;
  gint64 start;

  pusher_test_store_set_status (fixture->store, 500);
  g_assert_cmpuint (ask (fixture, "?channel=chat", NULL), ==, 500);
  g_assert_cmpstr (fixture->log->str, ==, "chat - 0\n");
  pusher_test_store_set_status (fixture->store, 0);

  pusher_test_store_set_body (fixture->store, "<html>");
  g_assert_cmpuint (ask (fixture, "?channel=chat", &reply), ==, 200);
  g_assert_cmpstr (reply, ==, "<html>");
  pusher_test_store_set_body (fixture->store, NULL);

  pusher_test_store_set_delay_ms (fixture->store, 50);
  start = g_get_monotonic_time ();
  assert_answer (fixture, "?channel=chat", EVENTS ("", "false"));
  g_assert_cmpint (g_get_monotonic_time () - start, >=, 50000);
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
  g_autofree char *url =
    g_strconcat (pusher_test_store_get_endpoint (fixture->store), "?channel=chat", NULL);
  gboolean failed[2] = { FALSE, FALSE };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (SoupMessage) message = soup_message_new ("GET", url);

      pusher_test_store_set_delay_ms (fixture->store, i == 0 ? 60000 : G_MAXUINT);
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT,
                                        i == 0 ? cancellable : NULL, failed_cb, &failed[i]);
      wait_until (pusher_test_store_get_n_requests (fixture->store) == i + 1);
    }

  g_cancellable_cancel (cancellable);
  wait_until (failed[0]);
  g_assert_false (failed[1]);
  g_assert_finalize_object (fixture->server);
  wait_until (failed[1]);
  fixture->server = pusher_test_server_new ();
}

static void
test_properties (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (PusherTestStore) store = NULL;
  g_autofree char *endpoint = NULL;
  guint n_requests = 1;

  g_object_get (fixture->server, "store", &store, NULL);
  g_assert_true (store == fixture->store);
  g_object_get (store, "endpoint", &endpoint, "n-requests", &n_requests, NULL);
  g_assert_cmpstr (endpoint, ==, pusher_test_store_get_endpoint (store));
  g_assert_cmpuint (n_requests, ==, 0);
}

/* The test may hold it longer than the server, or make one of its own. */
static void
test_without_server (Fixture      *fixture,
                     gconstpointer data)
{
  g_autoptr (PusherTestStore) held = g_object_ref (fixture->store);
  g_autoptr (PusherTestStore) loose = g_object_new (PUSHER_TEST_TYPE_STORE, NULL);

  publish (fixture, "{}");
  g_assert_finalize_object (fixture->server);
  fixture->server = pusher_test_server_new ();
  g_assert_null (pusher_test_store_get_endpoint (held));
  g_assert_cmpuint (pusher_test_store_get_n_events (held, "chat"), ==, 1);

  pusher_test_store_keep (loose, "chat");
  g_assert_cmpuint (pusher_test_store_get_n_events (loose, "chat"), ==, 0);
}

#define ADD(path, function)                                                              \
  g_test_add ("/test-server-store/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("after", test_after);
  ADD ("live", test_live);
  ADD ("client-events", test_client_events);
  ADD ("encrypted", test_encrypted);
  ADD ("wrong-requests", test_wrong_requests);
  ADD ("gaps", test_gaps);
  ADD ("pages", test_pages);
  ADD ("faults", test_faults);
  ADD ("hang", test_hang);
  ADD ("properties", test_properties);
  ADD ("without-server", test_without_server);

  return g_test_run ();
}
