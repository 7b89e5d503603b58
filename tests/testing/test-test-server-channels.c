/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Channels that need authorization, and those that remember. */

#include "raw-auth.h"

#include "protocol/pusher-message-private.h"
#include "protocol/pusher-secretbox-private.h"

#include <string.h>

#define UNAUTHORIZED(channel)                                                               \
  "{\"event\":\"pusher:subscription_error\",\"channel\":\"" channel "\","                   \
  "\"data\":{\"type\":\"AuthError\",\"error\":\"The connection is unauthorized.\","         \
  "\"status\":401}}"
#define AL "{\"user_id\":\"u1\",\"user_info\":{\"name\":\"Al\"}}"
#define BO "{\"user_id\":2}"
#define ONLY_AL "{\"presence\":{\"ids\":[\"u1\"],\"hash\":{\"u1\":{\"name\":\"Al\"}},\"count\":1}}"
#define AL_AND_BO \
  "{\"presence\":{\"ids\":[\"u1\",2],\"hash\":{\"u1\":{\"name\":\"Al\"},\"2\":null},\"count\":2}}"

typedef struct
{
  PusherTestServer *server;
  PusherTestFaults *faults;
  RawClient *first;
  RawClient *second;
} Fixture;

static void
set_up (Fixture      *fixture,
        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = pusher_test_server_new ();
  fixture->faults = pusher_test_server_get_faults (fixture->server);
  pusher_test_server_start (fixture->server, &error);
  g_assert_no_error (error);
  fixture->first = raw_client_connect (pusher_test_server_get_port (fixture->server));
  fixture->second = raw_client_connect (pusher_test_server_get_port (fixture->server));
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  raw_client_free (fixture->first);
  raw_client_free (fixture->second);
  g_assert_finalize_object (fixture->server);
}

static void
assert_members (Fixture    *fixture,
                const char *expected)
{
  g_auto (GStrv) ids = pusher_test_server_list_members (fixture->server, "presence-p");
  g_autofree char *joined = g_strjoinv (" ", ids);

  g_assert_cmpstr (joined, ==, expected);
}

static void
test_private (Fixture      *fixture,
              gconstpointer data)
{
  raw_client_subscribe_signed (fixture->first, "private-a");
  raw_client_subscribe_signed (fixture->first, "private-cache-");
  raw_client_expect (fixture->first,
                     "{\"event\":\"pusher:cache_miss\",\"channel\":\"private-cache-\"}");
  g_assert_cmpuint (pusher_test_server_publish (fixture->server, "private-a", "e", "d", NULL),
                    ==, 1);
  raw_client_expect_data (fixture->first, "e", "private-a", "d");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
}

/* A signature that is wrong in any way is refused, and is no violation. */
static void
test_bad_signatures (Fixture      *fixture,
                     gconstpointer data)
{
  static const char *const auths[] = {
    "test-key:0", "test-key", ":", "other-key:58df8b0c36d6982b82c3ecf6b4662e34",
    "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4",
    "test-key:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4",
  };

  for (guint i = 0; i < G_N_ELEMENTS (auths); i++)
    {
      g_autofree char *text =
        g_strdup_printf ("{\"event\":\"pusher:subscribe\",\"data\":"
                         "{\"channel\":\"private-a\",\"auth\":\"%s\"}}",
                         auths[i]);

      raw_client_send (fixture->first, text);
      raw_client_expect (fixture->first, UNAUTHORIZED ("private-a"));
    }

  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "private-a"));
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);

  raw_client_send (fixture->first,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"private-a\"}}");
  raw_client_expect_part (fixture->first, "has no “auth”");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 1);
}

/* What was signed for another socket, or other data, is refused too. */
static void
test_foreign_signatures (Fixture      *fixture,
                         gconstpointer data)
{
  g_autofree char *own = fixture->first->socket_id;

  fixture->first->socket_id = g_strdup (fixture->second->socket_id);
  raw_client_ask_signed (fixture->first, "private-a", NULL);
  raw_client_expect (fixture->first, UNAUTHORIZED ("private-a"));
  raw_client_ask_signed (fixture->first, "presence-p", AL);
  raw_client_expect (fixture->first, UNAUTHORIZED ("presence-p"));
  raw_client_ask_signed (fixture->first, "private-encrypted-e", NULL);
  raw_client_expect (fixture->first, UNAUTHORIZED ("private-encrypted-e"));

  g_free (fixture->first->socket_id);
  fixture->first->socket_id = g_steal_pointer (&own);
  raw_client_ask_signed (fixture->first, "presence-p", NULL);
  raw_client_expect_part (fixture->first, "nobody is signed in");
  raw_client_ask_signed (fixture->first, "presence-p", "{\"user_id\":null}");
  raw_client_expect_part (fixture->first, "has no “user_id”");
  raw_client_ask_signed (fixture->first, "presence-p", "[");
  raw_client_expect_part (fixture->first, "has no “user_id”");
  raw_client_subscribe_signed (fixture->first, "private-a");
}

static void
test_presence (Fixture      *fixture,
               gconstpointer data)
{
  g_autoptr (RawClient) third =
    raw_client_connect (pusher_test_server_get_port (fixture->server));

  raw_client_join (fixture->first, "presence-p", AL, ONLY_AL);
  raw_client_join (fixture->second, "presence-p", BO, AL_AND_BO);
  raw_client_expect_data (fixture->first, "pusher_internal:member_added", "presence-p", BO);

  /* The same user again is no news. */
  raw_client_join (third, "presence-p", BO, AL_AND_BO);
  raw_client_sync (fixture->first);
  assert_members (fixture, "u1 2");

  raw_client_send (fixture->second, "{\"event\":\"pusher:unsubscribe\",\"data\":"
                                    "{\"channel\":\"presence-p\"}}");
  raw_client_sync (fixture->second);
  raw_client_sync (fixture->first);
  assert_members (fixture, "u1 2");

  soup_websocket_connection_close (third->websocket, 1000, NULL);
  raw_client_expect_data (fixture->first, "pusher_internal:member_removed", "presence-p", BO);
  assert_members (fixture, "u1");
  raw_client_sync (fixture->second);
}

static void
test_everybody_leaves (Fixture      *fixture,
                       gconstpointer data)
{
  pusher_test_server_set_subscription_counts (fixture->server, TRUE);
  raw_client_join (fixture->first, "presence-p", AL, ONLY_AL);
  raw_client_join (fixture->second, "presence-p", BO, AL_AND_BO);
  raw_client_expect_part (fixture->first, "member_added");

  pusher_test_faults_close_connections (fixture->faults, 4200, "later");
  raw_client_expect_close (fixture->first, 4200, "later");
  raw_client_expect_close (fixture->second, 4200, "later");
  g_assert_cmpuint (fixture->first->texts->length, ==, 0);
  g_assert_cmpuint (fixture->second->texts->length, ==, 0);
  assert_members (fixture, "");
}

static void
test_client_events (Fixture      *fixture,
                    gconstpointer data)
{
  raw_client_subscribe_signed (fixture->first, "private-a");
  raw_client_subscribe_signed (fixture->second, "private-a");
  raw_client_join (fixture->first, "presence-p", AL, ONLY_AL);
  raw_client_join (fixture->second, "presence-p", BO, AL_AND_BO);
  raw_client_expect_part (fixture->first, "member_added");

  raw_client_send (fixture->first, "{\"event\":\"client-hi\",\"channel\":\"private-a\","
                                   "\"data\":{\"t\":1}}");
  raw_client_expect (fixture->second, "{\"event\":\"client-hi\",\"channel\":\"private-a\","
                                      "\"data\":{\"t\":1}}");
  raw_client_send (fixture->first, "{\"event\":\"client-hi\",\"channel\":\"presence-p\","
                                   "\"data\":\"text\"}");
  raw_client_expect (fixture->second, "{\"event\":\"client-hi\",\"channel\":\"presence-p\","
                                      "\"data\":\"text\",\"user_id\":\"u1\"}");
  raw_client_sync (fixture->first);
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);

  pusher_test_server_set_client_events (fixture->server, FALSE);
  raw_client_send (fixture->first, "{\"event\":\"client-hi\",\"channel\":\"private-a\"}");
  raw_client_expect (fixture->first,
                     "{\"event\":\"pusher:error\",\"channel\":\"private-a\",\"data\":"
                     "{\"code\":4301,\"message\":"
                     "\"The app does not have client messaging enabled.\"}}");
  raw_client_sync (fixture->second);
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
}

static void
test_client_event_rate (Fixture      *fixture,
                        gconstpointer data)
{
  const char *event = "{\"event\":\"client-hi\",\"channel\":\"private-a\",\"data\":{}}";

  pusher_test_server_set_client_event_rate (fixture->server, 2);
  raw_client_subscribe_signed (fixture->first, "private-a");
  for (guint i = 0; i < 2; i++)
    {
      raw_client_send (fixture->first, event);
      raw_client_sync (fixture->first);
    }
  raw_client_send (fixture->first, event);
  raw_client_expect_part (fixture->first, "\"channel\":\"private-a\",\"data\":{\"code\":4301,");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
}

static void
test_wrong_client_events (Fixture      *fixture,
                          gconstpointer data)
{
  g_autofree char *big = g_strnfill (10 * 1024 + 1, 'x');
  g_autofree char *too_big = NULL;
  g_autofree char *fits = NULL;

  raw_client_subscribe_signed (fixture->first, "private-a");
  raw_client_subscribe_signed (fixture->first, "private-encrypted-e");
  fits = g_strdup_printf ("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":\"%s\"}",
                          big + 1);
  too_big = g_strdup_printf ("{\"event\":\"client-x\",\"channel\":\"private-a\",\"data\":\"%s\"}",
                             big);
  raw_client_send (fixture->first, fits);
  raw_client_sync (fixture->first);
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);

  raw_client_send (fixture->first, too_big);
  raw_client_expect_part (fixture->first, "10240 are allowed");
  raw_client_send (fixture->first, "{\"event\":\"client-x\",\"channel\":\"private-b\"}");
  raw_client_expect_part (fixture->first, "not subscribed");
  raw_client_send (fixture->first, "{\"event\":\"client-x\",\"channel\":\"private-encrypted-e\"}");
  raw_client_expect_part (fixture->first, "only supported on private and presence");
  raw_client_send (fixture->first, "{\"event\":\"hi\",\"channel\":\"private-a\",\"data\":{}}");
  raw_client_expect_part (fixture->first, "\"pusher:error\"");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 4);
}

static void
test_cache (Fixture      *fixture,
            gconstpointer data)
{
  PusherTestServer *server = fixture->server;

  raw_client_subscribe (fixture->first, "cache-c");
  raw_client_expect (fixture->first, "{\"event\":\"pusher:cache_miss\",\"channel\":\"cache-c\"}");
  pusher_test_server_publish (server, "cache-c", "e", "1", NULL);
  pusher_test_server_publish (server, "cache-c", "f", "2", NULL);
  raw_client_expect_data (fixture->first, "e", "cache-c", "1");
  raw_client_expect_data (fixture->first, "f", "cache-c", "2");
  raw_client_subscribe (fixture->second, "cache-c");
  raw_client_expect_data (fixture->second, "f", "cache-c", "2");

  /* Also while nobody is there; client events are not kept. */
  pusher_test_server_publish_json (server, "presence-cache-p", "e", "[1]", NULL);
  raw_client_join (fixture->first, "presence-cache-p", AL, ONLY_AL);
  raw_client_expect (fixture->first, "{\"event\":\"e\",\"channel\":\"presence-cache-p\","
                                     "\"data\":[1]}");
  raw_client_send (fixture->first, "{\"event\":\"client-x\",\"channel\":\"presence-cache-p\"}");
  raw_client_sync (fixture->first);
  raw_client_join (fixture->second, "presence-cache-p", AL, ONLY_AL);
  raw_client_expect_part (fixture->second, "\"e\"");
}

/* Opens what a client got on an encrypted channel. */
static char *
open_event (PusherTestServer *server,
            const char       *channel,
            const char       *text)
{
  g_autofree char *master = pusher_test_server_dup_encryption_master_key (server);
  g_auto (PusherMessage) message = { 0 };
  PusherSecretboxKey master_key, key;
  g_autoptr (GError) error = NULL;
  char *plaintext = NULL;

  g_assert_true (pusher_secretbox_key_decode (&master_key, master));
  pusher_secretbox_key_derive (&key, channel, &master_key);
  pusher_message_decode (&message, text, strlen (text), &error);
  g_assert_no_error (error);
  if (pusher_secretbox_open (&key, message.data, message.data_length, &plaintext) !=
      PUSHER_SECRETBOX_OPENED)
    return NULL;

  return plaintext;
}

static void
test_encrypted (Fixture      *fixture,
                gconstpointer data)
{
  const char *channel = "private-encrypted-e";
  PusherTestServer *server = fixture->server;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *opened = NULL;
  g_autofree char *reopened = NULL;
  g_autofree char *again = NULL;

  raw_client_subscribe_signed (fixture->first, channel);
  pusher_test_server_publish (server, channel, "e", "{\"a\":1}", NULL);
  pusher_test_server_publish_json (server, channel, "e", "{\"a\":1}", NULL);
  first = raw_client_take (fixture->first);
  second = raw_client_take (fixture->first);
  opened = open_event (server, channel, first);
  again = open_event (server, channel, second);
  g_assert_cmpstr (opened, ==, "{\"a\":1}");
  g_assert_cmpstr (again, ==, "{\"a\":1}");
  g_assert_nonnull (strstr (first, "\"data\":\"{"));
  g_assert_nonnull (strstr (second, "\"data\":{"));

  g_object_set (server, "encryption-master-key", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                NULL);
  reopened = open_event (server, channel, first);
  g_assert_null (reopened);

  pusher_test_server_publish (server, channel, "pusher:x", "plain", NULL);
  raw_client_expect_data (fixture->first, "pusher:x", channel, "plain");
}

static void
test_counts (Fixture      *fixture,
             gconstpointer data)
{
  const char *count = "pusher_internal:subscription_count";

  pusher_test_server_set_subscription_counts (fixture->server, TRUE);
  raw_client_subscribe (fixture->first, "news");
  raw_client_expect_data (fixture->first, count, "news", "{\"subscription_count\":1}");
  raw_client_subscribe (fixture->second, "news");
  raw_client_expect_data (fixture->second, count, "news", "{\"subscription_count\":2}");
  raw_client_expect_data (fixture->first, count, "news", "{\"subscription_count\":2}");
  raw_client_send (fixture->first, "{\"event\":\"pusher:unsubscribe\",\"data\":"
                                   "{\"channel\":\"news\"}}");
  raw_client_expect_data (fixture->second, count, "news", "{\"subscription_count\":1}");

  raw_client_join (fixture->first, "presence-p", AL, ONLY_AL);
  raw_client_sync (fixture->first);
}

static void
test_failure (Fixture      *fixture,
              gconstpointer data)
{
  pusher_test_faults_fail_subscription (fixture->faults, "private-a", "LimitReached", "full", 4004);
  raw_client_ask_signed (fixture->first, "private-a", NULL);
  raw_client_expect (fixture->first,
                     "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\","
                     "\"data\":{\"type\":\"LimitReached\",\"error\":\"full\",\"status\":4004}}");
  raw_client_subscribe_signed (fixture->first, "private-a");
  g_assert_cmpuint (pusher_test_server_get_n_violations (fixture->server), ==, 0);
}

static void
test_hold (Fixture      *fixture,
           gconstpointer data)
{
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  raw_client_send (fixture->first,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"a\"}}");
  raw_client_send (fixture->first,
                   "{\"event\":\"pusher:unsubscribe\",\"data\":{\"channel\":\"a\"}}");
  raw_client_ask_signed (fixture->first, "private-b", NULL);
  raw_client_send (fixture->second,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"a\"}}");
  raw_client_sync (fixture->first);
  raw_client_sync (fixture->second);
  g_assert_false (pusher_test_server_has_subscriber (fixture->server, "a"));

  pusher_test_faults_set_hold_answers (fixture->faults, FALSE);
  raw_client_expect_data (fixture->first, "pusher_internal:subscription_succeeded", "a", "{}");
  raw_client_expect_data (fixture->first, "pusher_internal:subscription_succeeded", "private-b",
                          "{}");
  raw_client_expect_data (fixture->second, "pusher_internal:subscription_succeeded", "a", "{}");
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (fixture->server, "a"), ==, 1);

  /* The server may go while requests wait. */
  pusher_test_faults_set_hold_answers (fixture->faults, TRUE);
  raw_client_send (fixture->first,
                   "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"c\"}}");
  raw_client_sync (fixture->first);
}

#define ADD(path, function)                                                                 \
  g_test_add ("/test-server-channels/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("private", test_private);
  ADD ("bad-signatures", test_bad_signatures);
  ADD ("foreign-signatures", test_foreign_signatures);
  ADD ("presence", test_presence);
  ADD ("everybody-leaves", test_everybody_leaves);
  ADD ("client-events", test_client_events);
  ADD ("client-event-rate", test_client_event_rate);
  ADD ("wrong-client-events", test_wrong_client_events);
  ADD ("cache", test_cache);
  ADD ("encrypted", test_encrypted);
  ADD ("counts", test_counts);
  ADD ("failure", test_failure);
  ADD ("hold", test_hold);

  return g_test_run ();
}
