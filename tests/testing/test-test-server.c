/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the test server says to a client of the protocol, and what it says of
 * one that breaks the rules. */

#include <pusher-glib/testing/pusher-test.h>

#include "raw-client.h"

#define GOOD_PATH "/app/test-key?protocol=7&client=raw&version=0.1"
#define PING "{\"event\":\"pusher:ping\",\"data\":{}}"

typedef struct
{
  PusherTestServer *server;
  PusherTestFaults *faults;
  GString *log; /* of signals, without socket ids */
} Fixture;

static void
connected_cb (PusherTestServer *server,
              const char       *socket_id,
              Fixture          *fixture)
{
  g_string_append (fixture->log, "connected\n");
}

static void
disconnected_cb (PusherTestServer *server,
                 const char       *socket_id,
                 guint             close_code,
                 Fixture          *fixture)
{
  g_string_append_printf (fixture->log, "disconnected %u\n", close_code);
}

static void
subscribed_cb (PusherTestServer *server,
               const char       *socket_id,
               const char       *channel,
               Fixture          *fixture)
{
  g_string_append_printf (fixture->log, "subscribed %s\n", channel);
}

static void
unsubscribed_cb (PusherTestServer *server,
                 const char       *socket_id,
                 const char       *channel,
                 Fixture          *fixture)
{
  g_string_append_printf (fixture->log, "unsubscribed %s\n", channel);
}

static void
violation_cb (PusherTestServer *server,
              const char       *socket_id,
              const char       *what,
              Fixture          *fixture)
{
  g_assert_cmpstr (pusher_test_server_get_last_violation (server), ==, what);
  g_string_append_printf (fixture->log, "violation\n");
}

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->log = g_string_new (NULL);
  fixture->server = pusher_test_server_new ();
  fixture->faults = pusher_test_server_get_faults (fixture->server);
  g_signal_connect (fixture->server, "client-connected", G_CALLBACK (connected_cb), fixture);
  g_signal_connect (fixture->server, "client-disconnected", G_CALLBACK (disconnected_cb), fixture);
  g_signal_connect (fixture->server, "subscribed", G_CALLBACK (subscribed_cb), fixture);
  g_signal_connect (fixture->server, "unsubscribed", G_CALLBACK (unsubscribed_cb), fixture);
  g_signal_connect (fixture->server, "violation", G_CALLBACK (violation_cb), fixture);

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

static void
assert_log (Fixture    *fixture,
            const char *expected)
{
  g_assert_cmpstr (fixture->log->str, ==, expected);
  g_string_truncate (fixture->log, 0);
}

static void
test_properties (Fixture      *fixture,
                 gconstpointer data)
{
  g_autofree char *app_id = NULL;
  g_autofree char *key = NULL;
  g_autofree char *secret = NULL;
  g_autofree char *path = NULL;
  g_autofree char *last_violation = NULL;
  g_autoptr (PusherTestBackend) backend = NULL;
  g_autoptr (PusherTestFaults) faults = NULL;
  guint port, max_event_size, activity_timeout, handshake_delay, n_attempts;
  gboolean silent;

  g_object_get (fixture->server,
                "app-id", &app_id, "key", &key, "secret", &secret, "path", &path,
                "last-violation", &last_violation, "port", &port,
                "max-event-size", &max_event_size, "n-attempts", &n_attempts,
                "faults", &faults, "backend", &backend,
                NULL);
  g_object_get (faults,
                "activity-timeout", &activity_timeout, "handshake-delay-ms", &handshake_delay,
                "silent", &silent,
                NULL);
  g_assert_cmpstr (app_id, ==, "1");
  g_assert_cmpstr (key, ==, "test-key");
  g_assert_cmpstr (secret, ==, "test-secret");
  g_assert_cmpstr (path, ==, "");
  g_assert_null (last_violation);
  g_assert_cmpuint (port, >, 0);
  g_assert_cmpuint (max_event_size, ==, 10240);
  g_assert_cmpuint (activity_timeout, ==, 120);
  g_assert_cmpuint (handshake_delay, ==, 0);
  g_assert_cmpuint (n_attempts, ==, 0);
  g_assert_false (silent);

  g_assert_true (faults == fixture->faults);
  g_assert_true (backend == pusher_test_server_get_backend (fixture->server));

  g_object_set (fixture->server, "path", "proxied/", "max-event-size", 1, NULL);
  g_object_set (faults, "activity-timeout", 7, "handshake-delay-ms", 8, "silent", TRUE, NULL);
  g_assert_cmpstr (pusher_test_server_get_path (fixture->server), ==, "/proxied");
  g_assert_cmpuint (pusher_test_server_get_max_event_size (fixture->server), ==, 1);
  g_assert_cmpuint (pusher_test_faults_get_activity_timeout (fixture->faults), ==, 7);
  g_assert_cmpuint (pusher_test_faults_get_handshake_delay_ms (fixture->faults), ==, 8);
  g_assert_true (pusher_test_faults_get_silent (fixture->faults));

  pusher_test_server_set_path (fixture->server, NULL);
  g_assert_cmpstr (pusher_test_server_get_path (fixture->server), ==, "");
}

static void
test_handshake (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (RawClient) client = NULL;
  g_autofree char *greeting = NULL;
  g_autofree char *expected = NULL;
  g_auto (GStrv) ids = NULL;

  pusher_test_faults_set_activity_timeout (fixture->faults, 30);
  client = raw_client_new (pusher_test_server_get_port (fixture->server), GOOD_PATH);
  greeting = raw_client_take (client);
  assert_log (fixture, "connected\n");

  ids = pusher_test_server_list_socket_ids (fixture->server);
  g_assert_cmpuint (g_strv_length (ids), ==, 1);
  g_assert_true (g_regex_match_simple ("^[0-9]+\\.[0-9]+$", ids[0], 0, 0));
  expected = g_strdup_printf ("{\"event\":\"pusher:connection_established\",\"data\":"
                              "\"{\\\"socket_id\\\":\\\"%s\\\",\\\"activity_timeout\\\":30}\"}",
                              ids[0]);
  g_assert_cmpstr (greeting, ==, expected);

  raw_client_sync (client);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);

  soup_websocket_connection_close (client->websocket, 1000, NULL);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 0);
  assert_log (fixture, "disconnected 1000\n");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
}

static void
test_path_prefix (Fixture      *fixture,
                  gconstpointer data)
{
  guint port = pusher_test_server_get_port (fixture->server);
  g_autoptr (RawClient) inside = NULL;
  g_autoptr (RawClient) outside = NULL;
  g_autofree char *greeting = NULL;

  pusher_test_server_set_path (fixture->server, "/behind/a-proxy");
  outside = raw_client_new (port, GOOD_PATH);
  wait_until (outside->refusal != NULL);
  g_assert_cmpuint (soup_message_get_status (outside->request), ==, 404);

  inside = raw_client_new (port, "/behind/a-proxy" GOOD_PATH);
  greeting = raw_client_take (inside);
  g_assert_nonnull (strstr (greeting, "connection_established"));
}

static void
test_apps (Fixture      *fixture,
           gconstpointer data)
{
  guint port = pusher_test_server_get_port (fixture->server);
  g_autoptr (RawClient) ours = raw_client_connect (port);
  g_autoptr (RawClient) theirs = NULL;
  g_autofree char *greeting = NULL;

  pusher_test_server_add_app (fixture->server, "2", "a/key?", "other-secret");
  theirs = raw_client_new (port, "/app/a%2Fkey%3F?protocol=7&client=raw&version=0.1");
  greeting = raw_client_take (theirs);

  raw_client_subscribe (ours, "news");
  raw_client_subscribe (theirs, "news");
  g_assert_cmpuint (pusher_test_server_publish (fixture->server, "news", "e", "d", NULL), ==, 1);
  raw_client_expect (ours, "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"d\"}");
  raw_client_sync (theirs);
}

static void
notified_cb (GObject    *object,
             GParamSpec *pspec,
             GString    *names)
{
  g_string_append_printf (names, "%s ", pspec->name);
}

static void
test_default_app (Fixture      *fixture,
                  gconstpointer data)
{
  guint port = pusher_test_server_get_port (fixture->server);
  g_autoptr (RawClient) before = raw_client_connect (port);
  g_autoptr (RawClient) after = NULL;
  g_autofree char *greeting = NULL;
  g_autoptr (GString) names = g_string_new (NULL);

  raw_client_subscribe (before, "news");
  g_signal_connect (fixture->server, "notify", G_CALLBACK (notified_cb), names);
  pusher_test_server_set_default_app (fixture->server, "7", "own-key", "test-secret");
  g_assert_cmpstr (pusher_test_server_get_app_id (fixture->server), ==, "7");
  g_assert_cmpstr (pusher_test_server_get_key (fixture->server), ==, "own-key");
  g_assert_cmpstr (pusher_test_server_get_secret (fixture->server), ==, "test-secret");
  g_assert_null (strstr (names->str, "secret"));
  g_assert_nonnull (strstr (names->str, "app-id "));
  g_assert_nonnull (strstr (names->str, "key "));

  /* To what it has itself, too */
  pusher_test_server_set_default_app (fixture->server, "7", "own-key", "own-secret");
  g_assert_cmpstr (pusher_test_server_get_secret (fixture->server), ==, "own-secret");
  g_assert_true (g_str_has_suffix (names->str, " secret "));
  g_signal_handlers_disconnect_by_data (fixture->server, names);

  after = raw_client_new (port, "/app/own-key?protocol=7&client=raw&version=0.1");
  greeting = raw_client_take (after);
  raw_client_subscribe (after, "news");
  g_assert_cmpuint (pusher_test_server_publish (fixture->server, "news", "e", "d", NULL), ==, 2);
  raw_client_expect (before, "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"d\"}");
  raw_client_expect (after, "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"d\"}");
}

static void
test_channels (Fixture      *fixture,
               gconstpointer data)
{
  guint port = pusher_test_server_get_port (fixture->server);
  g_autoptr (RawClient) first = raw_client_connect (port);
  g_autoptr (RawClient) second = raw_client_connect (port);

  g_string_truncate (fixture->log, 0);
  raw_client_subscribe (first, "news");
  raw_client_subscribe (second, "news");
  raw_client_subscribe (second, "cache-weather");
  raw_client_expect (second, "{\"event\":\"pusher:cache_miss\",\"channel\":\"cache-weather\"}");
  assert_log (fixture, "subscribed news\nsubscribed news\nsubscribed cache-weather\n");
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, "news"), ==, 2);
  g_assert_true (pusher_test_server_has_subscriber (fixture->server, "cache-weather"));
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "sport"));

  raw_client_send (first, "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"news\"}}");
  raw_client_sync (first);
  assert_log (fixture, "unsubscribed news\n");
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, "news"), ==, 1);
  g_assert_cmpuint (pusher_test_server_publish (fixture->server, "news", "e", "d", NULL), ==, 1);
  raw_client_sync (first);
  raw_client_expect (second, "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"d\"}");

  soup_websocket_connection_close (second->websocket, 1001, NULL);
  wait_until (pusher_test_server_get_n_connections (fixture->server) == 1);
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "news"));
  assert_log (fixture, "disconnected 1001\n");
}

static void
test_publish (Fixture      *fixture,
              gconstpointer data)
{
  PusherTestServer *server = fixture->server;
  g_autoptr (RawClient) client = raw_client_connect (pusher_test_server_get_port (server));
  g_autofree char *big = g_strnfill (2000000, 'x');
  g_autofree char *message = NULL;

  raw_client_subscribe (client, "news");

  g_assert_cmpuint (pusher_test_server_publish (server, "news", "ev\"il", "{\"a\":\"ü\n\"}", NULL),
                    ==, 1);
  raw_client_expect (client, "{\"event\":\"ev\\\"il\",\"channel\":\"news\","
                             "\"data\":\"{\\\"a\\\":\\\"ü\\n\\\"}\"}");

  g_assert_cmpuint (pusher_test_server_publish_json (server, "news", "e", "{\"a\": [1, null]}",
                                                     NULL),
                    ==, 1);
  raw_client_expect (client, "{\"event\":\"e\",\"channel\":\"news\",\"data\":{\"a\": [1, null]}}");

  g_assert_cmpuint (pusher_test_server_publish (server, "sport", "e", "", NULL), ==, 0);
  g_assert_cmpuint (pusher_test_server_publish (server, "news", "e", big, NULL), ==, 1);
  message = raw_client_take (client);
  g_assert_cmpuint (strlen (message), >, 2000000);
}

static void
test_publish_errors (Fixture      *fixture,
                     gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (201, 'e');
  struct
  {
    const char *channel;
    const char *event;
    const char *data;
    gboolean json;
  } calls[] = {
    { "no spaces", "e", "{}", FALSE },
    { "", "e", "{}", FALSE },
    { "news", "", "{}", FALSE },
    { "news", long_name, "{}", FALSE },
    { "news", "\xff", "{}", FALSE },
    { "news", "e", "\xff", FALSE },
    { "news", "e", "{", TRUE },
    { "news", "e", "", TRUE },
    { "no spaces", "e", "{}", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (GError) error = NULL;

      (calls[i].json ? pusher_test_server_publish_json : pusher_test_server_publish) (
        fixture->server, calls[i].channel, calls[i].event, calls[i].data, &error);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

/* What breaks the rules, and what the client hears of it. */
static const struct
{
  const char *text;
  const char *answer; /* part of it */
} wrong_messages[] = {
  { "", "not JSON" },
  { "hello", "not JSON" },
  { "{'event':'pusher:ping'}", "not JSON" },
  { "{\"event\":\"pusher:ping\",}", "not JSON" },
  { "[]", "not a JSON object" },
  { "null", "not a JSON object" },
  { "{}", "no event name" },
  { "{\"event\":7}", "no event name" },
  { "{\"event\":\"\"}", "no event name" },
  { "{\"event\":\"pusher:ping\",\"data\":{},\"id\":1}", "unknown member “id”" },
  { "{\"event\":\"pusher:ping\",\"data\":\"{}\"}", "not an object" },
  { "{\"event\":\"pusher:ping\",\"data\":{},\"channel\":\"news\"}", "outside of its data" },
  { "{\"event\":\"pusher:dance\",\"data\":{}}", "Unsupported event" },
  { "{\"event\":\"pusher_internal:member_added\",\"data\":{}}", "Unsupported event" },
  { "{\"event\":\"hello\",\"data\":{}}", "Unsupported event" },
  { "{\"event\":\"pusher:subscribe\"}", "no data" },
  { "{\"event\":\"pusher:subscribe\",\"data\":null}", "not an object" },
  { "{\"event\":\"pusher:subscribe\",\"data\":\"{\\\"channel\\\":\\\"news\\\"}\"}", "not an object" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{}}", "does not name a channel" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":7}}", "“channel” is not a string" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"x\",\"auth\":null}}",
    "“auth” is not a string" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"x\",\"foo\":\"\"}}",
    "unknown member “foo”" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"x\",\"auth\":\"key:abc\"}}",
    "credentials for the public channel x" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"no spaces\"}}", "subscription_error" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"\"}}", "subscription_error" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"#server-to-user-1\"}}",
    "subscription_error" },
  { "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"news\"}}",
    "Existing subscription to channel news" },
  { "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"sport\"}}",
    "No current subscription to channel sport" },
  { "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"news\",\"auth\":\"\"}}",
    "unknown member “auth”" },
  { "{\"event\":\"client-hi\",\"data\":{}}", "has no channel" },
  { "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":{}}", "Client event rejected" },
};

static void
test_violations (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (pusher_test_server_get_port (fixture->server));

  raw_client_subscribe (client, "news");
  g_string_truncate (fixture->log, 0);

  for (guint i = 0; i < G_N_ELEMENTS (wrong_messages); i++)
    {
      g_autofree char *answer = NULL;

      raw_client_send (client, wrong_messages[i].text);
      answer = raw_client_take (client);
      if (strstr (answer, wrong_messages[i].answer) == NULL)
        g_error ("%s was answered %s", wrong_messages[i].text, answer);
      assert_log (fixture, "violation\n");
      raw_client_sync (client);
    }

  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==,
                    G_N_ELEMENTS (wrong_messages));
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, "news"), ==, 1);
}

static void
test_violation_answers (Fixture      *fixture,
                        gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (pusher_test_server_get_port (fixture->server));

  raw_client_send (client, "[]");
  raw_client_expect (client, "{\"event\":\"pusher:error\",\"data\":{\"code\":null,"
                             "\"message\":\"A message is not a JSON object\"}}");

  /* Not a mistake of the client: it may have been refused the credentials. */
  g_string_truncate (fixture->log, 0);
  raw_client_send (client, "{\"event\":\"pusher:subscribe\",\"data\":"
                           "{\"channel\":\"private-a\",\"auth\":\"test-key:0\"}}");
  raw_client_expect (client, "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\","
                             "\"data\":{\"type\":\"AuthError\","
                             "\"error\":\"The connection is unauthorized.\","
                             "\"status\":401}}");
  assert_log (fixture, "");
}

static void
test_long_names (Fixture      *fixture,
                 gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (pusher_test_server_get_port (fixture->server));
  g_autofree char *channel = g_strnfill (165, 'c');
  g_autofree char *event = g_strnfill (201, 'e');
  g_autofree char *subscribe = NULL;
  g_autofree char *trigger = NULL;
  g_autofree char *refused = NULL;
  g_autofree char *error = NULL;

  raw_client_subscribe (client, channel + 1);

  subscribe = g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"%s\"}}",
                               channel);
  raw_client_send (client, subscribe);
  refused = raw_client_take (client);
  g_assert_nonnull (strstr (refused, "pusher:subscription_error"));

  trigger = g_strdup_printf ("{\"event\":\"%s\",\"data\":{}}", event);
  raw_client_send (client, trigger);
  error = raw_client_take (client);
  g_assert_nonnull (strstr (error, "longer than 200 characters"));
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 2);
}

static void
test_wrong_frames (Fixture      *fixture,
                   gconstpointer data)
{
  g_autoptr (RawClient) client = raw_client_connect (pusher_test_server_get_port (fixture->server));
  g_autoptr (GBytes) nul = g_bytes_new_static ("{}\0{}", 5);
  g_autofree char *deep = g_strnfill (80000, '[');

  soup_websocket_connection_send_binary (client->websocket, PING, strlen (PING));
  raw_client_expect (client, "{\"event\":\"pusher:error\",\"data\":{\"code\":null,"
                             "\"message\":\"A binary frame\"}}");

  soup_websocket_connection_send_message (client->websocket, SOUP_WEBSOCKET_DATA_TEXT, nul);
  g_free (raw_client_take (client));
  g_assert_nonnull (strstr (pusher_test_server_get_last_violation (fixture->server), "not JSON"));

  raw_client_send (client, deep);
  g_free (raw_client_take (client));
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 3);
}

static void
test_early_message (Fixture      *fixture,
                    gconstpointer data)
{
  g_autoptr (RawClient) client = NULL;

  pusher_test_faults_set_handshake_delay_ms (fixture->faults, G_MAXUINT);
  client = raw_client_new (pusher_test_server_get_port (fixture->server), GOOD_PATH);
  wait_until (client->websocket != NULL);

  raw_client_send (client, PING);
  wait_until (pusher_test_server_get_n_violations (fixture->server) == 1);
  assert_log (fixture, "connected\nviolation\n");
}

/* URLs that break the rules, and the close code. */
static const struct
{
  const char *path;
  guint code;
  const char *reason;
  guint n_violations;
} wrong_urls[] = {
  { "/app/no-key?protocol=7&client=raw&version=1", 4001, "App key no-key does not exist.", 0 },
  { "/app/%ff?protocol=7&client=raw&version=1", 4001, "App key %FF does not exist.", 0 },
  { "/app/test-key", 4008, "No protocol version supplied", 1 },
  { "/app/test-key?client=raw&version=1", 4008, "No protocol version supplied", 1 },
  { "/app/test-key?protocol=&client=raw&version=1", 4006, "Invalid version string format", 1 },
  { "/app/test-key?protocol=7.0&client=raw&version=1", 4006, "Invalid version string format", 1 },
  { "/app/test-key?protocol=8&client=raw&version=1", 4007, "Unsupported protocol version", 1 },
  { "/app/test-key?protocol=7&version=1", 0, NULL, 1 },
  { "/app/test-key?protocol=7", 0, NULL, 2 },
};

static void
test_wrong_urls (Fixture      *fixture,
                 gconstpointer data)
{
  guint n_violations = 0;

  for (guint i = 0; i < G_N_ELEMENTS (wrong_urls); i++)
    {
      g_autoptr (RawClient) client = NULL;
      g_autofree char *first = NULL;
      g_autofree char *error = NULL;

      client = raw_client_new (pusher_test_server_get_port (fixture->server), wrong_urls[i].path);
      first = raw_client_take (client);

      error = g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":"
                               "{\"code\":%u,\"message\":\"%s\"}}",
                               wrong_urls[i].code, wrong_urls[i].reason);
      if (wrong_urls[i].code != 0)
        {
          g_assert_cmpstr (first, ==, error);
          raw_client_expect_close (client, wrong_urls[i].code, wrong_urls[i].reason);
          assert_log (fixture, wrong_urls[i].n_violations > 0 ? "violation\n" : "");
        }

      n_violations += wrong_urls[i].n_violations;
      g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, n_violations);
    }
}

static void
test_wrong_paths (Fixture      *fixture,
                  gconstpointer data)
{
  static const char *const paths[] = {
    "/", "/app", "/app/", "/app/test-key/?protocol=7", "/apps", "/app/test-key/more",
  };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (RawClient) client = NULL;

      client = raw_client_new (pusher_test_server_get_port (fixture->server), paths[i]);
      wait_until (client->refusal != NULL);
      g_assert_cmpuint (soup_message_get_status (client->request), ==, 404);
    }
}

#define ADD(path, function)                                                                 \
  g_test_add ("/test-server/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("properties", test_properties);
  ADD ("handshake", test_handshake);
  ADD ("path-prefix", test_path_prefix);
  ADD ("apps", test_apps);
  ADD ("default-app", test_default_app);
  ADD ("channels", test_channels);
  ADD ("publish", test_publish);
  ADD ("publish-errors", test_publish_errors);
  ADD ("violations", test_violations);
  ADD ("violation-answers", test_violation_answers);
  ADD ("long-names", test_long_names);
  ADD ("wrong-frames", test_wrong_frames);
  ADD ("early-message", test_early_message);
  ADD ("wrong-urls", test_wrong_urls);
  ADD ("wrong-paths", test_wrong_paths);

  return g_test_run ();
}
