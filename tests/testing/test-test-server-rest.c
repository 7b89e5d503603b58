/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The REST interface of the test server, as a backend sees it. */

#include <pusher-glib/testing/pusher-test.h>

#include "raw-auth.h"
#include "testing/backend/pusher-test-signature-private.h"

#define ONLY_AL "{\"presence\":{\"ids\":[\"al\"],\"hash\":{\"al\":null},\"count\":1}}"
#define EVENT "{\"name\":\"e\",\"data\":\"d\",\"channels\":[\"news\"]}"

typedef struct
{
  PusherTestServer *server;
  RawClient *client; /* subscribed to news */
} Fixture;

/* What a backend gets wrong; %NULL and 0 for what it gets right. */
typedef struct
{
  const char *path;
  const char *signed_path;
  const char *key;
  const char *secret;
  const char *version;
  const char *signed_body;
  const char *signature;
  const char *query_after; /* after the signed parameters */
  const char *without;     /* a parameter that is missing */
  gint64 seconds_off;
} Mistakes;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  fixture->server = pusher_test_server_new ();
  g_assert_true (pusher_test_server_start (fixture->server, NULL));
  fixture->client = raw_client_connect (pusher_test_server_get_port (fixture->server));
  raw_client_subscribe (fixture->client, "news");
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  raw_client_free (fixture->client);
  g_assert_finalize_object (fixture->server);
}

static const char *
or (const char *given,
    const char *otherwise)
{
  return given != NULL ? given : otherwise;
}

/* Signs by hand, as the documentation of Pusher says. */
static guint
post (Fixture        *fixture,
      const char     *body,
      const Mistakes *mistakes,
      char          **reply)
{
  static const Mistakes none = { 0 };
  const Mistakes *wrong = mistakes != NULL ? mistakes : &none;
  const char *path = or (wrong->path, "/apps/1/events");
  const char *secret = or (wrong->secret, "test-secret");
  gint64 timestamp = g_get_real_time () / G_USEC_PER_SEC + wrong->seconds_off;
  g_autofree char *md5 = NULL;
  g_auto (GStrv) params = NULL;
  g_autoptr (GString) query = g_string_new (NULL);
  g_autofree char *text = NULL;
  g_autofree char *signature = NULL;
  g_autofree char *uri = NULL;

  md5 = g_compute_checksum_for_string (G_CHECKSUM_MD5, or (wrong->signed_body, body), -1);
  text = g_strdup_printf ("auth_key=%s&auth_timestamp=%" G_GINT64_FORMAT
                          "&auth_version=%s&body_md5=%s",
                          or (wrong->key, "test-key"), timestamp,
                          or (wrong->version, "1.0"), md5);
  params = g_strsplit (text, "&", -1);
  for (guint i = 0; params[i] != NULL; i++)
    if (wrong->without == NULL || !g_str_has_prefix (params[i], wrong->without))
      g_string_append_printf (query, "%s%s", query->len > 0 ? "&" : "", params[i]);

  g_free (text);
  text = g_strdup_printf ("POST\n%s\n%s", or (wrong->signed_path, path), query->str);
  signature = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) secret,
                                         strlen (secret), text, -1);
  uri = g_strdup_printf ("http://127.0.0.1:%u%s?%s%s%s%s",
                         pusher_test_server_get_port (fixture->server), path, query->str,
                         g_strcmp0 (wrong->without, "auth_signature") == 0
                           ? "" : "&auth_signature=",
                         g_strcmp0 (wrong->without, "auth_signature") == 0
                           ? "" : or (wrong->signature, signature),
                         or (wrong->query_after, ""));

  return raw_post (uri, body, reply);
}

static void
test_events (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *reply = NULL;

  g_assert_cmpuint (post (fixture, EVENT, NULL, &reply), ==, 200);
  g_assert_cmpstr (reply, ==, "{}");
  raw_client_expect (fixture->client, "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"d\"}");

  g_assert_cmpuint (post (fixture, "{\"name\":\"a\",\"data\":\"{\\\"é\\\":\\\"\\\\n\\\"}\","
                                   "\"channel\":\"news\",\"socket_id\":null,\"info\":\"x\"}",
                          NULL, NULL),
                    ==, 200);
  raw_client_expect (fixture->client, "{\"event\":\"a\",\"channel\":\"news\","
                                      "\"data\":\"{\\\"é\\\":\\\"\\\\n\\\"}\"}");

  /* Not a string: published as it is. */
  g_assert_cmpuint (post (fixture, "{\"name\":\"b\",\"data\":{\"c\":[1,true]},"
                                   "\"channels\":[\"sport\",\"news\"]}",
                          NULL, NULL),
                    ==, 200);
  raw_client_expect (fixture->client, "{\"event\":\"b\",\"channel\":\"news\","
                                      "\"data\":{\"c\":[1,true]}}");
  raw_client_sync (fixture->client);
}

static void
test_path_prefix (Fixture      *fixture,
                  gconstpointer data)
{
  const Mistakes prefix = { .path = "/behind/apps/1/events", .signed_path = "/apps/1/events" };
  const Mistakes signed_too = { .path = "/behind/apps/1/events" };

  pusher_test_server_set_path (fixture->server, "behind");
  g_assert_cmpuint (post (fixture, EVENT, &prefix, NULL), ==, 200);
  g_assert_cmpuint (post (fixture, EVENT, NULL, NULL), ==, 404);
  g_assert_cmpuint (post (fixture, EVENT, &signed_too, NULL), ==, 401);
  raw_client_expect (fixture->client, "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"d\"}");
}

static void
test_socket_id (Fixture      *fixture,
                gconstpointer data)
{
  g_autoptr (RawClient) other =
    raw_client_connect (pusher_test_server_get_port (fixture->server));
  g_autofree char *body = NULL;

  raw_client_subscribe (other, "news");
  body = g_strdup_printf ("{\"name\":\"e\",\"data\":\"d\",\"channels\":[\"news\"],"
                          "\"socket_id\":\"%s\"}",
                          fixture->client->socket_id);
  g_assert_cmpuint (post (fixture, body, NULL, NULL), ==, 200);
  raw_client_expect (other, "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"d\"}");
  raw_client_sync (fixture->client);
}

static void
test_batch (Fixture      *fixture,
            gconstpointer data)
{
  const Mistakes batch = { .path = "/apps/1/batch_events" };
  g_autofree char *reply = NULL;

  g_assert_cmpuint (post (fixture, "{\"batch\":["
                                   "{\"channel\":\"news\",\"name\":\"a\",\"data\":\"1\"},"
                                   "{\"channel\":\"sport\",\"name\":\"b\",\"data\":\"2\"},"
                                   "{\"channel\":\"news\",\"name\":\"c\",\"data\":\"3\"}]}",
                          &batch, NULL),
                    ==, 200);
  raw_client_expect (fixture->client, "{\"event\":\"a\",\"channel\":\"news\",\"data\":\"1\"}");
  raw_client_expect (fixture->client, "{\"event\":\"c\",\"channel\":\"news\",\"data\":\"3\"}");

  /* All or nothing */
  g_assert_cmpuint (post (fixture, "{\"batch\":["
                                   "{\"channel\":\"news\",\"name\":\"a\",\"data\":\"1\"},"
                                   "{\"channel\":\"news\",\"name\":\"b\"}]}",
                          &batch, &reply),
                    ==, 400);
  g_assert_cmpstr (reply, ==, "The event b has no “data”");
  raw_client_sync (fixture->client);
}

/* What is wrong with the signature, and what the answer says of it. */
static const struct
{
  Mistakes mistakes;
  guint status;
  const char *reply; /* part of it */
} wrong_signatures[] = {
  { { .secret = "test-secre7" }, 401, "Invalid signature" },
  { { .signature = "" }, 401, "Invalid signature" },
  { { .signature = "A0" }, 401, "Invalid signature" },
  { { .signed_path = "/apps/1/events/" }, 401, "POST\n/apps/1/events\nauth_key=test-key&" },
  { { .query_after = "&info=user_count" }, 401, "&info=user_count" },
  { { .signed_body = "{}" }, 401, "The body_md5 is 99914b932bd37a50b983c5e7c90ae93b" },
  { { .key = "other-key" }, 401, "The app 1 does not have the auth_key other-key" },
  { { .version = "1.1" }, 401, "auth_version is 1.1" },
  { { .seconds_off = -601 }, 401, "Timestamp expired" },
  { { .seconds_off = 605 }, 401, "Timestamp expired" },
  { { .without = "auth_key" }, 401, "no auth_key" },
  { { .without = "auth_timestamp" }, 401, "no auth_timestamp" },
  { { .without = "auth_version" }, 401, "no auth_version" },
  { { .without = "auth_signature" }, 401, "no auth_signature" },
  { { .without = "body_md5" }, 401, "no body_md5" },
  { { .query_after = "&a=%ff" }, 400, "malformed" },
  { { .path = "/apps/2/events" }, 404, "no app with the id 2" },
  { { .path = "/apps/1/channels" }, 405, "/apps/1/channels takes GET only" },
  { { .path = "/apps/1/channels/%FF" }, 404, "nothing at /apps/1/channels/%FF" },
  { { .path = "/apps/1/channels/news/user" }, 404, "nothing at /apps/1/channels/news/user" },
  { { .path = "/apps/1" }, 404, "nothing at /apps/1" },
  { { .seconds_off = -590 }, 200, "{}" },
  { { .seconds_off = 590 }, 200, "{}" },
};

static void
test_signatures (Fixture      *fixture,
                 gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong_signatures); i++)
    {
      g_autofree char *reply = NULL;
      guint status = post (fixture, EVENT, &wrong_signatures[i].mistakes, &reply);

      if (status != wrong_signatures[i].status ||
          strstr (reply, wrong_signatures[i].reply) == NULL)
        g_error ("Case %u was answered %u: %s", i, status, reply);

      g_assert_null (strstr (reply, "test-secret"));
      if (status == 200)
        raw_client_expect (fixture->client,
                           "{\"event\":\"e\",\"channel\":\"news\",\"data\":\"d\"}");
      raw_client_sync (fixture->client);
    }
}

/* The example in Pusher's documentation of its REST interface. */
static void
test_signature_vector (void)
{
  const gint64 then = 1353088179;
  g_autoptr (PusherTestApp) app = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  const char *text = "{\"name\":\"foo\",\"channels\":[\"project-3\"],"
                     "\"data\":\"{\\\"some\\\":\\\"data\\\"}\"}";
  PusherTestSettings *settings = pusher_test_settings_new ();
  PusherTestRequest request = {
    .method = "POST",
    .path = "/apps/3/events",
    .query = "body_md5=ec365a775a4cd0599faeb73354201b6f&Auth_Version=1%2E0&"
             "auth_key=278d425bdf160c739803&auth_timestamp=1353088179&"
             "auth_signature=da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c",
  };

  app = pusher_test_app_new ("3", "278d425bdf160c739803", "7ad3773142a6692b25b8", settings);
  pusher_test_settings_unref (settings);
  body = g_bytes_new_static (text, strlen (text));
  request.body = body;

  g_assert_true (pusher_test_signature_check (&request, app, then, &error));
  g_assert_no_error (error);
  g_assert_true (pusher_test_signature_check (&request, app, then + 600, &error));
  g_assert_false (pusher_test_signature_check (&request, app, then + 601, &error));
  g_assert_error (error, PUSHER_TEST_HTTP_ERROR, 401);
  g_clear_error (&error);

  request.method = "GET";
  g_assert_false (pusher_test_signature_check (&request, app, then, &error));
  g_assert_error (error, PUSHER_TEST_HTTP_ERROR, 401);
}

/* Bodies, and what the answer says of them. */
static const struct
{
  const char *body;
  guint status;
  const char *reply;
} bodies[] = {
  { "", 400, "not JSON" },
  { "{", 400, "not JSON" },
  { "{'name':'e'}", 400, "not JSON" },
  { "[]", 400, "not a JSON object" },
  { "{}", 400, "has no “name”" },
  { "{\"name\":7}", 400, "has no “name”" },
  { "{\"name\":\"\"}", 400, "has no “name”" },
  { "{\"name\":\"e\",\"channels\":[\"news\"]}", 400, "has no “data”" },
  { "{\"name\":\"e\",\"data\":\"d\"}", 400, "either “channel” or “channels”" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channel\":\"a\",\"channels\":[\"b\"]}", 400, "either" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channels\":[]}", 400, "1 to 100 names" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channels\":\"news\"}", 400, "1 to 100 names" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channels\":[\"news\",7]}", 400, "not a string" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channel\":null}", 400, "not a string" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channels\":[\"news\",\"no spaces\"]}", 400, "" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channel\":\"news\",\"socket_id\":7}", 400, "“socket_id”" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channel\":\"news\",\"socket_id\":\"\"}", 400, "“socket_id”" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channel\":\"news\",\"socket_id\":\"1.\"}", 400, "" },
  { "{\"name\":\"e\",\"data\":\"d\",\"channel\":\"news\",\"socket_id\":\"1.2.3\"}", 400, "" },
};

static void
test_bodies (Fixture      *fixture,
             gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *reply = NULL;
      guint status = post (fixture, bodies[i].body, NULL, &reply);

      if (status != bodies[i].status || strstr (reply, bodies[i].reply) == NULL)
        g_error ("%s was answered %u: %s", bodies[i].body, status, reply);
      raw_client_sync (fixture->client);
    }
}

static void
test_limits (Fixture      *fixture,
             gconstpointer data)
{
  const Mistakes batch = { .path = "/apps/1/batch_events" };
  g_autofree char *text = g_strnfill (10241, 'x');
  g_autofree char *name = g_strnfill (201, 'n');
  g_autofree char *too_big = NULL;
  g_autofree char *biggest = NULL;
  g_autofree char *long_name = NULL;
  g_autofree char *reply = NULL;
  g_autoptr (GString) many = g_string_new ("{\"name\":\"e\",\"data\":\"d\",\"channels\":[\"c0\"");
  g_autoptr (GString) events = g_string_new ("{\"batch\":[" EVENT);

  too_big = g_strdup_printf ("{\"name\":\"e\",\"data\":\"%s\",\"channel\":\"sport\"}", text);
  g_assert_cmpuint (post (fixture, too_big, NULL, &reply), ==, 413);
  g_assert_cmpstr (reply, ==, "The data of the event e is 10241 bytes; 10240 are allowed");
  biggest = g_strdup_printf ("{\"name\":\"e\",\"data\":\"%s\",\"channel\":\"sport\"}", text + 1);
  g_assert_cmpuint (post (fixture, biggest, NULL, NULL), ==, 200);
  pusher_test_server_set_max_event_size (fixture->server, 0);
  g_assert_cmpuint (post (fixture, too_big, NULL, NULL), ==, 200);

  long_name = g_strdup_printf ("{\"name\":\"%s\",\"data\":\"\",\"channel\":\"sport\"}", name);
  g_assert_cmpuint (post (fixture, long_name, NULL, NULL), ==, 400);

  for (guint i = 1; i <= 100; i++)
    g_string_append_printf (many, ",\"c%u\"", i);
  g_string_append (many, "]}");
  g_assert_cmpuint (post (fixture, many->str, NULL, NULL), ==, 400);

  for (guint i = 1; i <= 10; i++)
    g_string_append (events, "," EVENT);
  g_string_append (events, "]}");
  g_assert_cmpuint (post (fixture, events->str, &batch, NULL), ==, 400);
  g_assert_cmpuint (post (fixture, "{\"batch\":[]}", &batch, NULL), ==, 400);
  g_assert_cmpuint (post (fixture, "{\"batch\":{}}", &batch, NULL), ==, 400);
  g_assert_cmpuint (post (fixture, EVENT, &batch, NULL), ==, 400);
  raw_client_sync (fixture->client);
}

static void
test_method (Fixture      *fixture,
             gconstpointer data)
{
  g_autofree char *uri = NULL;

  uri = g_strdup_printf ("http://127.0.0.1:%u/apps/1/events",
                         pusher_test_server_get_port (fixture->server));
  g_assert_cmpuint (raw_post (uri, NULL, NULL), ==, 405);
}

static void
test_disabled_app (Fixture      *fixture,
                   gconstpointer data)
{
  g_autofree char *reply = NULL;

  pusher_test_server_set_app_enabled (fixture->server, "test-key", FALSE);
  g_assert_cmpuint (post (fixture, EVENT, NULL, &reply), ==, 403);
  g_assert_cmpstr (reply, ==, "The app 1 is disabled");
  pusher_test_server_set_app_enabled (fixture->server, "test-key", TRUE);
  g_assert_cmpuint (post (fixture, EVENT, NULL, NULL), ==, 200);
}

/* Backends are answered even then. */
static void
test_silent (Fixture      *fixture,
             gconstpointer data)
{
  pusher_test_faults_set_silent (pusher_test_server_get_faults (fixture->server), TRUE);
  g_assert_cmpuint (post (fixture, EVENT, NULL, NULL), ==, 200);
  pusher_test_faults_set_silent (pusher_test_server_get_faults (fixture->server), FALSE);
  raw_client_sync (fixture->client);
}

/* @more: parameters with which others come first in their order */
static guint
get (Fixture    *fixture,
     const char *path,
     const char *more,
     char      **reply)
{
  g_autofree char *query =
    g_strdup_printf ("auth_key=test-key&auth_timestamp=%" G_GINT64_FORMAT "&auth_version=1.0%s",
                     g_get_real_time () / G_USEC_PER_SEC, more);
  g_autofree char *text = g_strdup_printf ("GET\n%s\n%s", path, query);
  g_autofree char *signature =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) "test-secret", 11, text, -1);
  g_autofree char *uri =
    g_strdup_printf ("http://127.0.0.1:%u%s?%s&auth_signature=%s",
                     pusher_test_server_get_port (fixture->server), path, query, signature);

  return raw_post (uri, NULL, reply);
}

static const struct
{
  const char *path; /* of the app */
  const char *more;
  guint status;
  const char *reply;
} queries[] = {
  { "channels", "", 200, "{\"channels\":{\"news\":{},\"presence-a\":{},\"presence-b\":{}}}" },
  { "channels", "&filter_by_prefix=ne", 200, "{\"channels\":{\"news\":{}}}" },
  { "channels", "&filter_by_prefix=x", 200, "{\"channels\":{}}" },
  { "channels", "&filter_by_prefix=presence-&info=user_count", 200,
    "{\"channels\":{\"presence-a\":{\"user_count\":1},\"presence-b\":{\"user_count\":1}}}" },
  { "channels", "&info=subscription_count", 200,
    "{\"channels\":{\"news\":{\"subscription_count\":1},"
    "\"presence-a\":{\"subscription_count\":2},\"presence-b\":{\"subscription_count\":1}}}" },
  { "channels", "&info=user_count", 400,
    "Only presence channels have a user_count: “filter_by_prefix” has to say so" },
  { "channels", "&filter_by_prefix=ne&info=user_count", 400,
    "Only presence channels have a user_count: “filter_by_prefix” has to say so" },
  { "channels", "&info=color", 400, "The “info” has an unknown attribute: color" },
  { "channels/news", "", 200, "{\"occupied\":true}" },
  { "channels/sport", "", 200, "{\"occupied\":false}" },
  { "channels/sport", "&info=subscription_count", 200,
    "{\"occupied\":false,\"subscription_count\":0}" },
  { "channels/presence-a", "&info=user_count,subscription_count", 200,
    "{\"occupied\":true,\"user_count\":1,\"subscription_count\":2}" },
  { "channels/a%2Fb", "&info=user_count", 400, "Only presence channels have a user_count; a/b is none" },
  { "channels/presence-c", "&info=user_count", 200, "{\"occupied\":false,\"user_count\":0}" },
  { "channels/news", "&info=user_count", 400,
    "Only presence channels have a user_count; news is none" },
  { "channels/news", "&info=color", 400, "The “info” has an unknown attribute: color" },
  { "channels/presence-a/users", "", 200, "{\"users\":[{\"id\":\"al\"}]}" },
  { "channels/presence-c/users", "", 200, "{\"users\":[]}" },
  { "channels/news/users", "", 400, "Only presence channels have users; news is none" },
  { "events", "", 405, "/apps/1/events takes POST only" },
};

static void
test_queries (Fixture      *fixture,
              gconstpointer data)
{
  g_autoptr (RawClient) other =
    raw_client_connect (pusher_test_server_get_port (fixture->server));

  raw_client_join (fixture->client, "presence-a", "{\"user_id\":\"al\"}", ONLY_AL);
  raw_client_join (fixture->client, "presence-b", "{\"user_id\":\"al\"}", ONLY_AL);
  raw_client_join (other, "presence-a", "{\"user_id\":\"al\"}", ONLY_AL);

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      g_autofree char *path = g_strconcat ("/apps/1/", queries[i].path, NULL);
      g_autofree char *reply = NULL;
      guint status = get (fixture, path, queries[i].more, &reply);

      if (status != queries[i].status || g_strcmp0 (reply, queries[i].reply) != 0)
        g_error ("%s%s was answered %u: %s", path, queries[i].more, status, reply);
    }
}

/* What is published gets its id before it is sent, and what is encrypted stays as it is. */
static void
test_store (Fixture      *fixture,
            gconstpointer data)
{
  PusherTestStore *store = pusher_test_server_get_store (fixture->server);

  pusher_test_store_keep (store, "news");
  pusher_test_store_keep (store, "private-encrypted-a");
  g_assert_cmpuint (post (fixture, "{\"name\":\"a\",\"data\":\"{\\\"b\\\":1}\","
                                   "\"channels\":[\"news\",\"private-encrypted-a\"]}", NULL, NULL),
                    ==, 200);
  raw_client_expect (fixture->client, "{\"event\":\"a\",\"channel\":\"news\","
                                      "\"data\":\"{\\\"id\\\":1,\\\"b\\\":1}\"}");
  g_assert_cmpuint (pusher_test_store_get_n_events (store, "news"), ==, 1);
  g_assert_cmpuint (pusher_test_store_get_n_events (store, "private-encrypted-a"), ==, 0);
}

#define ADD(path, function)                                                                 \
  g_test_add ("/test-server/rest/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("events", test_events);
  ADD ("path-prefix", test_path_prefix);
  ADD ("socket-id", test_socket_id);
  ADD ("batch", test_batch);
  ADD ("signatures", test_signatures);
  g_test_add_func ("/test-server/rest/signature-vector", test_signature_vector);
  ADD ("bodies", test_bodies);
  ADD ("limits", test_limits);
  ADD ("method", test_method);
  ADD ("disabled-app", test_disabled_app);
  ADD ("silent", test_silent);
  ADD ("queries", test_queries);
  ADD ("store", test_store);

  return g_test_run ();
}
