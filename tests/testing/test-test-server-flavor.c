/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The test server, as it imitates others, and its limits. What is expected here is what
 * the others do: tests/interop has a list that is run at both. */

#include "raw-auth.h"

#include <string.h>

#define GOOD_PATH "/app/test-key?protocol=7&client=raw&version=0.1"
#define PING "{\"event\":\"pusher:ping\",\"data\":{}}"
#define NESTED_ERROR(code, message)                                     \
  "{\"event\":\"pusher:error\",\"data\":\"{\\\"code\\\":" code ","      \
  "\\\"message\\\":\\\"" message "\\\"}\"}"
#define UNAUTHORIZED NESTED_ERROR ("4009", "Connection is unauthorized")
#define INVALID NESTED_ERROR ("4200", "Invalid message format")
#define RATE_LIMIT NESTED_ERROR ("4301", "Rate limit exceeded")
#define SUBSCRIBE(channel) \
  "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"" channel "\"}}"
#define UNSUBSCRIBE(channel) \
  "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"" channel "\"}}"

typedef struct
{
  PusherTestServer *server;
  PusherTestFaults *faults;
  RawClient *first;
  RawClient *second;
  guint n_expected_violations;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer flavor)
{
  g_autoptr (GError) error = NULL;

  fixture->server = pusher_test_server_new ();
  fixture->faults = pusher_test_server_get_faults (fixture->server);
  pusher_test_server_set_flavor (fixture->server, GPOINTER_TO_INT (flavor));
  pusher_test_server_start (fixture->server, &error);
  g_assert_no_error (error);
  fixture->first = raw_client_connect (pusher_test_server_get_port (fixture->server));
  fixture->second = raw_client_connect (pusher_test_server_get_port (fixture->server));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==,
                    fixture->n_expected_violations);
  raw_client_free (fixture->first);
  raw_client_free (fixture->second);
  g_assert_finalize_object (fixture->server);
}

static RawClient *
connect_another (Fixture *fixture)
{
  return raw_client_new (pusher_test_server_get_port (fixture->server), GOOD_PATH);
}

/* As raw_client_sync(): the pong of Reverb has no data. */
static void
sync_reverb (RawClient *client)
{
  raw_client_send (client, PING);
  raw_client_expect (client, "{\"event\":\"pusher:pong\"}");
}

static void
test_property (void)
{
  g_autoptr (PusherTestServer) server = pusher_test_server_new ();
  PusherTestFlavor flavor = PUSHER_TEST_FLAVOR_REVERB;

  g_object_get (server, "flavor", &flavor, NULL);
  g_assert_cmpint (flavor, ==, PUSHER_TEST_FLAVOR_PUSHER);
  pusher_test_server_set_flavor (server, PUSHER_TEST_FLAVOR_SOKETI);
  g_assert_cmpint (pusher_test_server_get_flavor (server), ==, PUSHER_TEST_FLAVOR_SOKETI);
  g_object_set (server, "flavor", PUSHER_TEST_FLAVOR_REVERB, NULL);
  g_assert_cmpint (pusher_test_server_get_flavor (server), ==, PUSHER_TEST_FLAVOR_REVERB);
}

/* --- Reverb --- */

static void
test_refusals (Fixture      *fixture,
               gconstpointer data)
{
  RawClient *client = fixture->first;

  raw_client_send (client, "{\"event\":\"pusher:subscribe\",\"data\":"
                           "{\"channel\":\"private-a\",\"auth\":\"test-key:00\"}}");
  raw_client_expect (client, UNAUTHORIZED);
  raw_client_send (client, SUBSCRIBE ("private-a"));
  raw_client_expect (client, UNAUTHORIZED);
  raw_client_send (client, SUBSCRIBE ("privatebeta"));
  raw_client_expect (client, UNAUTHORIZED);
  raw_client_send (client, SUBSCRIBE ("presencelist"));
  raw_client_expect (client, UNAUTHORIZED);

  pusher_test_faults_fail_subscription (fixture->faults, "news", "AuthError", "no", 403);
  raw_client_send (client, SUBSCRIBE ("news"));
  raw_client_expect (client, UNAUTHORIZED);
  raw_client_subscribe (client, "news");
  raw_client_subscribe_signed (client, "privatebeta");
  raw_client_ask_sign_in (client, "{\"id\":\"u1\"}");
  raw_client_expect (client, INVALID);
  sync_reverb (client);
}

static void
test_nonsense (Fixture      *fixture,
               gconstpointer data)
{
  static const char *const texts[] = {
    "", "nonsense", "[]", "12.5", "{}", "{\"event\":\"\"}", "{\"event\":7}",
    "{\"event\":\"pusher:subscribe\"}", "{\"event\":\"pusher:subscribe\",\"data\":{}}",
    "{\"event\":\"pusher:unsubscribe\",\"data\":{}}", "{\"event\":\"pusher:other\"}",
    "{\"event\":\"client-hi\"}",
    "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"presence-p\",\"channel_data\":\"{\"}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      raw_client_send (fixture->first, texts[i]);
      raw_client_expect (fixture->first, INVALID);
    }
  fixture->n_expected_violations = G_N_ELEMENTS (texts);

  /* What it does not know, but has the form of an event, gets no answer. */
  raw_client_send (fixture->first, "{\"event\":\"other\",\"channel\":\"news\"}");
  raw_client_send (fixture->first, UNSUBSCRIBE ("news"));
  raw_client_send (fixture->first, "{\"event\":\"pusher:pong\"}");
  sync_reverb (fixture->first);
}

static void
test_never_answer (Fixture      *fixture,
                   gconstpointer data)
{
  pusher_test_faults_set_never_answer (fixture->faults, TRUE);
  raw_client_send (fixture->first, SUBSCRIBE ("news"));
  raw_client_ask_sign_in (fixture->first, "{\"id\":\"u1\"}");
  sync_reverb (fixture->first);
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "news"));
}

static void
test_any_name (Fixture      *fixture,
               gconstpointer data)
{
  raw_client_subscribe (fixture->first, "a b/c:d é");
  raw_client_subscribe (fixture->first, "a b/c:d é");
  g_assert_cmpuint (pusher_test_server_publish (fixture->server, "a b/c:d é", "e", "d", NULL),
                    ==, 1);
  raw_client_expect_data (fixture->first, "e", "a b/c:d é", "d");
  sync_reverb (fixture->first);
}

static void
test_reverb_client_events (Fixture      *fixture,
                           gconstpointer data)
{
  RawClient *client = fixture->first;

  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":{}}");
  raw_client_expect (client,
                     NESTED_ERROR ("4009", "The client is not a member of the specified channel."));

  raw_client_subscribe (client, "news");
  raw_client_subscribe (fixture->second, "news");
  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"news\","
                           "\"data\":{\"a\":{},\"b\":{\"0\":1,\"1\":2},\"c\":{\"1\":2}}}");
  raw_client_expect (fixture->second, "{\"event\":\"client-hi\",\"channel\":\"news\","
                                      "\"data\":{\"a\":[],\"b\":[1,2],\"c\":{\"1\":2}}}");
  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"news\"}");
  raw_client_expect (fixture->second,
                     "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":null}");
  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"news\","
                           "\"data\":\"{\\\"t\\\":1}\"}");
  raw_client_expect (fixture->second,
                     "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":{\"t\":1}}");

  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":12.5}");
  raw_client_expect (client, INVALID);
  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":\"x\"}");
  raw_client_expect (client, INVALID);
  fixture->n_expected_violations = 2;

  pusher_test_server_set_client_events (fixture->server, FALSE);
  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":{}}");
  raw_client_expect (client,
                     NESTED_ERROR ("4301", "The app does not have client messaging enabled."));
  sync_reverb (client);
  sync_reverb (fixture->second);
}

/* An array whose index is the id; and who is 0 is nobody. */
static void
test_numbers (Fixture      *fixture,
              gconstpointer data)
{
  raw_client_join (fixture->first, "presence-n",
                   "{\"user_id\":0,\"user_info\":{\"name\":\"Al\"}}",
                   "{\"presence\":{\"ids\":[0],\"hash\":[{\"name\":\"Al\"}],\"count\":1}}");
  raw_client_join (fixture->second, "presence-n", "{\"user_id\":1,\"user_info\":{}}",
                   "{\"presence\":{\"ids\":[0,1],\"hash\":[{\"name\":\"Al\"},[]],\"count\":2}}");
  raw_client_expect_data (fixture->first, "pusher_internal:member_added", "presence-n",
                          "{\"user_id\":1,\"user_info\":[]}");

  raw_client_send (fixture->first, "{\"event\":\"client-hi\",\"channel\":\"presence-n\"}");
  raw_client_expect (fixture->second,
                     "{\"event\":\"client-hi\",\"channel\":\"presence-n\",\"data\":null}");
  raw_client_send (fixture->second, "{\"event\":\"client-hi\",\"channel\":\"presence-n\"}");
  raw_client_expect (fixture->first, "{\"event\":\"client-hi\",\"channel\":\"presence-n\","
                                     "\"data\":null,\"user_id\":1}");

  raw_client_send (fixture->first, UNSUBSCRIBE ("presence-n"));
  sync_reverb (fixture->first);
  sync_reverb (fixture->second);
  raw_client_send (fixture->second, UNSUBSCRIBE ("presence-n"));
  sync_reverb (fixture->second);
  raw_client_join (fixture->first, "presence-n", "{\"user_id\":2,\"user_info\":1}",
                   "{\"presence\":{\"ids\":[2],\"hash\":{\"2\":1},\"count\":1}}");
}

/* Who has no info is there, but neither it nor who comes later is told. */
static void
test_no_info (Fixture      *fixture,
              gconstpointer data)
{
  raw_client_ask_signed (fixture->first, "presence-p", "{\"user_id\":\"u1\"}");
  raw_client_expect (fixture->first, INVALID);
  raw_client_ask_signed (fixture->second, "presence-p", "{\"user_id\":\"u2\",\"user_info\":1}");
  raw_client_expect (fixture->second, INVALID);
  raw_client_expect_data (fixture->first, "pusher_internal:member_added", "presence-p",
                          "{\"user_id\":\"u2\",\"user_info\":1}");
  g_assert_cmpuint (pusher_test_server_publish (fixture->server, "presence-p", "e", "d", NULL),
                    ==, 2);
  raw_client_expect_data (fixture->second, "e", "presence-p", "d");
}

static void
test_reverb_cache (Fixture      *fixture,
                   gconstpointer data)
{
  raw_client_subscribe (fixture->first, "cached");
  raw_client_expect (fixture->first, "{\"event\":\"pusher:cache_miss\",\"channel\":\"cached\"}");
  pusher_test_server_publish (fixture->server, "cached", "e", "d", NULL);
  raw_client_expect_data (fixture->first, "e", "cached", "d");
  raw_client_subscribe (fixture->second, "cached");
  raw_client_expect_data (fixture->second, "e", "cached", "d");
  raw_client_send (fixture->second, "{\"event\":\"client-hi\",\"channel\":\"cached\"}");
  raw_client_expect (fixture->first,
                     "{\"event\":\"client-hi\",\"channel\":\"cached\",\"data\":null}");

  /* That is the last one now. */
  raw_client_send (fixture->second, UNSUBSCRIBE ("cached"));
  raw_client_subscribe (fixture->second, "cached");
  raw_client_expect (fixture->second,
                     "{\"event\":\"client-hi\",\"channel\":\"cached\",\"data\":null}");

  /* It is forgotten when the last one leaves. */
  raw_client_send (fixture->first, UNSUBSCRIBE ("cached"));
  raw_client_send (fixture->second, UNSUBSCRIBE ("cached"));
  sync_reverb (fixture->first);
  sync_reverb (fixture->second);
  pusher_test_server_publish (fixture->server, "cached", "e", "d", NULL);
  raw_client_subscribe (fixture->first, "cached");
  raw_client_expect (fixture->first, "{\"event\":\"pusher:cache_miss\",\"channel\":\"cached\"}");

  raw_client_subscribe_signed (fixture->first, "private-encrypted-cache-x");
  sync_reverb (fixture->first);
}

/* Who left last is what a presence cache channel has to tell. */
static void
test_cached_leaver (Fixture      *fixture,
                    gconstpointer data)
{
  raw_client_ask_signed (fixture->first, "presence-cache-p", "{\"user_id\":1,\"user_info\":1}");
  raw_client_expect_part (fixture->first, "subscription_succeeded");
  raw_client_expect_part (fixture->first, "cache_miss");
  raw_client_ask_signed (fixture->second, "presence-cache-p", "{\"user_id\":2,\"user_info\":1}");
  raw_client_expect_part (fixture->second, "subscription_succeeded");
  raw_client_expect_part (fixture->second, "cache_miss");
  raw_client_expect_part (fixture->first, "member_added");

  raw_client_send (fixture->second, UNSUBSCRIBE ("presence-cache-p"));
  raw_client_expect_part (fixture->first, "member_removed");
  raw_client_ask_signed (fixture->second, "presence-cache-p", "{\"user_id\":2,\"user_info\":1}");
  raw_client_expect_part (fixture->second, "subscription_succeeded");
  raw_client_expect_data (fixture->second, "pusher_internal:member_removed", "presence-cache-p",
                          "{\"user_id\":2}");
}

static void
test_no_counts (Fixture      *fixture,
                gconstpointer data)
{
  pusher_test_server_set_subscription_counts (fixture->server, TRUE);
  raw_client_subscribe (fixture->first, "news");
  raw_client_subscribe (fixture->second, "news");
  raw_client_send (fixture->second, UNSUBSCRIBE ("news"));
  sync_reverb (fixture->second);
  sync_reverb (fixture->first);
}

static void
test_reverb_stops (Fixture      *fixture,
                   gconstpointer data)
{
  raw_client_subscribe (fixture->first, "news");
  pusher_test_server_publish (fixture->server, "news", "last", "words", NULL);
  pusher_test_server_stop (fixture->server);
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 0);

  raw_client_expect_close (fixture->first, 0, NULL);
  raw_client_expect_close (fixture->second, 0, NULL);
  raw_client_expect_data (fixture->first, "last", "news", "words");
  g_assert_cmpuint (fixture->second->texts->length, ==, 0);
}

static void
test_reverb_unknown_app (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (RawClient) client =
    raw_client_new (pusher_test_server_get_port (fixture->server), "/app/other?protocol=7");

  raw_client_expect (client, NESTED_ERROR ("4001", "Application does not exist"));
  raw_client_expect_close (client, 0, NULL);
}

/* --- soketi --- */

static void
test_soketi (Fixture      *fixture,
             gconstpointer data)
{
  RawClient *client = fixture->first;

  for (guint i = 0; i < 2; i++)
    {
      raw_client_send (client, SUBSCRIBE ("news"));
      raw_client_expect (client, "{\"event\":\"pusher_internal:subscription_succeeded\","
                                 "\"channel\":\"news\"}");
    }
  raw_client_send (fixture->second, SUBSCRIBE ("news"));
  raw_client_expect_part (fixture->second, "subscription_succeeded");
  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":12.5}");
  raw_client_expect (fixture->second,
                     "{\"event\":\"client-hi\",\"channel\":\"news\",\"data\":12.5}");

  raw_client_ask_sign_in (client, "{\"id\":\"u1\"}");
  raw_client_sync (client);
  pusher_test_server_set_subscription_counts (fixture->server, TRUE);
  raw_client_send (fixture->second, UNSUBSCRIBE ("news"));
  raw_client_sync (fixture->second);
  raw_client_sync (client);

  /* It does not answer what it does not understand. */
  raw_client_send (client, "nonsense");
  raw_client_send (client, UNSUBSCRIBE ("other"));
  raw_client_send (client, "{\"event\":\"client-hi\",\"channel\":\"other\",\"data\":1}");
  raw_client_sync (client);
  fixture->n_expected_violations = 3;
}

/* --- Limits --- */

static void
test_rate_limit (Fixture      *fixture,
                 gconstpointer data)
{
  pusher_test_server_set_rate_limit (fixture->server, 3, G_MAXUINT, FALSE);
  for (guint i = 0; i < 3; i++)
    sync_reverb (fixture->first);
  raw_client_send (fixture->first, SUBSCRIBE ("news"));
  raw_client_expect (fixture->first, RATE_LIMIT);
  raw_client_send (fixture->first, PING);
  raw_client_expect (fixture->first, RATE_LIMIT);

  /* Each client has a count of its own. */
  raw_client_subscribe (fixture->second, "news");

  pusher_test_server_set_rate_limit (fixture->server, 0, 0, FALSE);
  raw_client_subscribe (fixture->first, "news");
}

/* After its time the count begins anew. */
static void
test_rate_limit_passes (Fixture      *fixture,
                        gconstpointer data)
{
  guint n_refused = 0;
  guint n_pongs = 0;

  pusher_test_server_set_rate_limit (fixture->server, 1, 50, FALSE);
  while (n_pongs < 3)
    {
      g_autofree char *answer = NULL;

      raw_client_send (fixture->first, PING);
      answer = raw_client_take (fixture->first);
      if (g_str_equal (answer, RATE_LIMIT))
        n_refused++;
      else
        n_pongs++;
    }
  g_assert_cmpuint (n_refused, >, 0);
}

static void
test_rate_limit_ends (Fixture      *fixture,
                      gconstpointer data)
{
  pusher_test_server_set_rate_limit (fixture->server, 2, G_MAXUINT, TRUE);
  raw_client_send (fixture->first, SUBSCRIBE ("a"));
  raw_client_send (fixture->first, SUBSCRIBE ("b"));
  raw_client_send (fixture->first, SUBSCRIBE ("c"));
  raw_client_send (fixture->first, SUBSCRIBE ("d"));
  raw_client_expect_close (fixture->first, 0, NULL);

  raw_client_expect_data (fixture->first, "pusher_internal:subscription_succeeded", "a", "{}");
  raw_client_expect_data (fixture->first, "pusher_internal:subscription_succeeded", "b", "{}");
  g_assert_cmpuint (fixture->first->texts->length, ==, 0);
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "a"));
  g_assert_cmpuint (pusher_test_server_get_n_connections (fixture->server), ==, 1);
  sync_reverb (fixture->second);
}

static void
test_message_size (Fixture      *fixture,
                   gconstpointer data)
{
  pusher_test_server_set_max_message_size (fixture->server, strlen (PING));
  g_assert_cmpuint (pusher_test_server_get_max_message_size (fixture->server), ==, strlen (PING));
  sync_reverb (fixture->first);
  raw_client_send (fixture->first, PING " ");
  raw_client_expect_close (fixture->first, SOUP_WEBSOCKET_CLOSE_TOO_BIG,
                           "Maximum message size exceeded");
}

static RawClient *
connect_from (Fixture    *fixture,
              const char *origin)
{
  return raw_client_new_from (pusher_test_server_get_port (fixture->server), GOOD_PATH, origin);
}

static void
test_origins (Fixture      *fixture,
              gconstpointer data)
{
  static const char *const patterns[] = { "app.example.org", "*.example.net", NULL };
  g_autoptr (RawClient) none = NULL;
  g_autoptr (RawClient) other = NULL;
  g_autoptr (RawClient) exact = NULL;
  g_autoptr (RawClient) similar = NULL;

  pusher_test_server_set_allowed_origins (fixture->server, patterns);
  none = connect_from (fixture, NULL);
  raw_client_expect (none, NESTED_ERROR ("4009", "Origin not allowed"));
  other = connect_from (fixture, "https://example.org");
  raw_client_expect (other, NESTED_ERROR ("4009", "Origin not allowed"));
  exact = connect_from (fixture, "https://app.example.org:8443");
  raw_client_expect_part (exact, "connection_established");
  similar = connect_from (fixture, "http://a.b.example.net");
  raw_client_expect_part (similar, "connection_established");

  /* Who is refused is not sent away. */
  sync_reverb (other);

  pusher_test_server_set_allowed_origins (fixture->server, NULL);
  raw_client_free (g_steal_pointer (&none));
  none = connect_from (fixture, NULL);
  raw_client_expect_part (none, "connection_established");
}

static void
test_reverb_connections (Fixture      *fixture,
                         gconstpointer data)
{
  g_autoptr (RawClient) third = NULL;
  g_autoptr (RawClient) fourth = NULL;

  pusher_test_server_set_max_connections (fixture->server, 1);
  g_assert_cmpuint (pusher_test_server_get_max_connections (fixture->server), ==, 1);
  third = connect_another (fixture);
  raw_client_expect_part (third, "connection_established");
  raw_client_subscribe (third, "news");
  fourth = connect_another (fixture);
  raw_client_expect (fourth, NESTED_ERROR ("4004", "Application is over connection quota"));
  sync_reverb (fourth);
}

static void
test_connections (Fixture      *fixture,
                  gconstpointer flavor)
{
  g_autoptr (RawClient) third = NULL;

  pusher_test_server_set_max_connections (fixture->server, 2);
  third = connect_another (fixture);
  if (GPOINTER_TO_INT (flavor) == PUSHER_TEST_FLAVOR_SOKETI)
    raw_client_expect_part (third, "\"code\":4100");
  else
    raw_client_expect_part (third, "\"code\":4004");
  wait_until (third->closed);
}

/* Who goes on talking keeps the connection. */
static void
test_idle (Fixture      *fixture,
           gconstpointer data)
{
  pusher_test_faults_set_idle_timeout_ms (fixture->faults, 2000);
  g_assert_cmpuint (pusher_test_faults_get_idle_timeout_ms (fixture->faults), ==, 2000);
  while (!fixture->second->closed)
    raw_client_sync (fixture->first);
  raw_client_expect_close (fixture->second, 0, NULL);
  raw_client_sync (fixture->first);

  pusher_test_faults_set_idle_timeout_ms (fixture->faults, 1);
  raw_client_expect_close (fixture->first, 0, NULL);
}

static void
test_no_idle_timeout (Fixture      *fixture,
                      gconstpointer data)
{
  pusher_test_faults_set_idle_timeout_ms (fixture->faults, 1);
  pusher_test_faults_set_idle_timeout_ms (fixture->faults, 0);
  raw_client_sync (fixture->first);
  raw_client_sync (fixture->second);
}

#define ADD(name, flavor, test)                                                  \
  g_test_add ("/test-server-flavor/" name, Fixture,                              \
              GINT_TO_POINTER (PUSHER_TEST_FLAVOR_##flavor), set_up, test, tear_down)

static void
add_reverb (void)
{
  ADD ("reverb/refusals", REVERB, test_refusals);
  ADD ("reverb/nonsense", REVERB, test_nonsense);
  ADD ("reverb/never-answer", REVERB, test_never_answer);
  ADD ("reverb/any-name", REVERB, test_any_name);
  ADD ("reverb/client-events", REVERB, test_reverb_client_events);
  ADD ("reverb/numbers", REVERB, test_numbers);
  ADD ("reverb/no-info", REVERB, test_no_info);
  ADD ("reverb/cache", REVERB, test_reverb_cache);
  ADD ("reverb/cached-leaver", REVERB, test_cached_leaver);
  ADD ("reverb/no-counts", REVERB, test_no_counts);
  ADD ("reverb/stops", REVERB, test_reverb_stops);
  ADD ("reverb/unknown-app", REVERB, test_reverb_unknown_app);
  ADD ("reverb/connections", REVERB, test_reverb_connections);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/test-server-flavor/property", test_property);
  add_reverb ();
  ADD ("soketi", SOKETI, test_soketi);
  ADD ("soketi/connections", SOKETI, test_connections);
  ADD ("rate-limit", REVERB, test_rate_limit);
  ADD ("rate-limit/passes", REVERB, test_rate_limit_passes);
  ADD ("rate-limit/ends", REVERB, test_rate_limit_ends);
  ADD ("message-size", REVERB, test_message_size);
  ADD ("origins", REVERB, test_origins);
  ADD ("connections", PUSHER, test_connections);
  ADD ("idle", PUSHER, test_idle);
  ADD ("idle/none", PUSHER, test_no_idle_timeout);

  return g_test_run ();
}
