/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What follows from the codes that servers close and refuse with, and send. */

#include "connection/pusher-connection-private.h"
#include "fixture.h"

#include <string.h>

#define HOUR SECONDS (3600)

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
      pusher_test_faults_refuse (fixture->faults, 0, NULL);
      fixture_connect (fixture);
      return;
    }

  g_assert_cmpint (pusher_client_get_state (client), ==, PUSHER_CONNECTION_STATE_CONNECTING);
  fixture_advance (fixture, fixture_get_delay (fixture) - SECONDS (0.1));
  fixture_settle (fixture);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, n_attempts);

  pusher_test_faults_refuse (fixture->faults, 0, NULL);
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
  pusher_test_faults_close_connections (fixture->faults, close->code, "because");
  wait_until (strstr (fixture->log->str, "error:") != NULL);

  if (close->reaction == AT_ONCE)
    {
      wait_until (pusher_test_server_get_n_attempts (fixture->server) == 2);
      fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
      words = g_strdup_printf ("connecting %s connected", error_word);
      fixture_assert_log (fixture, words);

      /* Once, or a server that always does so would be run over */
      pusher_test_faults_close_connections (fixture->faults, close->code, "because");
      wait_until (strstr (fixture->log->str, "error:") != NULL);
      g_free (words);
      words = g_strdup_printf ("connecting %s in:0.5", error_word);
    }
  else if (close->reaction == BACK_OFF)
    {
      words = g_strdup_printf ("connecting %s in:%g", error_word, close->min_delay + 0.25);
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
  pusher_test_faults_refuse (fixture->faults, close->code, "go away");
  pusher_client_open (fixture->client);
  wait_until (strstr (fixture->log->str, "error:") != NULL);

  if (close->reaction == AT_ONCE)
    {
      wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
      words = g_strdup_printf ("connecting error:%u error:%u in:0.5", close->code, close->code);
      wait_until (strlen (fixture->log->str) == strlen (words));
    }
  else if (close->reaction == BACK_OFF)
    {
      words = g_strdup_printf ("connecting error:%u in:%g", close->code, close->min_delay + 0.25);
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
  pusher_test_faults_close_connections (fixture->faults, 4009, NULL);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);

  g_assert_error (pusher_client_get_last_error (fixture->client),
                  PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_UNAUTHORIZED);
  g_assert_cmpstr (pusher_client_get_last_error (fixture->client)->message, !=, "");
}

/* What a server says before it closes is why, and is told once. */
static void
test_last_words (Fixture      *fixture,
                 gconstpointer user_data)
{
  static const struct
  {
    const char *error;
    guint code;
    const char *reason;
    const char *words;
    int last_code;
    const char *message;
  } stories[] = {
    { "4004", 4004, NULL, "error:4004 failed", 4004, "the long story" },
    { "4004", 4004, "short", "error:4004 failed", 4004, "the long story" },
    { "4301", 0, NULL, "error:4301 connecting in:0.25", 4301, "the long story" },
    { "4201", 1000, NULL, "error:4201 connecting in:0.25", 4201, "the long story" },
    { "4301", 4004, "quota", "error:4301 failed error:4004", 4004, "quota" },
  };

  fixture->random = 0.5;
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      g_autofree char *error =
        g_strdup_printf ("{\"event\":\"pusher:error\",\"data\":{\"code\":%s,"
                         "\"message\":\"the long story\"}}", stories[i].error);

      fixture_connect (fixture);
      g_string_truncate (fixture->log, 0);
      pusher_test_faults_send_text (fixture->faults, NULL, error);
      if (stories[i].code == 0)
        wait_until (fixture->log->len > 0);
      if (stories[i].code == 0)
        pusher_test_faults_cut_connections (fixture->faults);
      else
        pusher_test_faults_close_connections (fixture->faults, stories[i].code,
                                              stories[i].reason);
      wait_until (pusher_client_get_state (fixture->client) != PUSHER_CONNECTION_STATE_CONNECTED);
      fixture_settle (fixture);
      fixture_assert_log (fixture, stories[i].words);
      g_assert_error (pusher_client_get_last_error (fixture->client), PUSHER_SERVER_ERROR,
                      stories[i].last_code);
      g_assert_cmpstr (pusher_client_get_last_error (fixture->client)->message, ==,
                       stories[i].message);
      pusher_client_close (fixture->client);
    }
}

/* An error is not why a connection ends much later, or after something else. */
static void
test_earlier_words (Fixture      *fixture,
                    gconstpointer user_data)
{
  gboolean later = GPOINTER_TO_INT (user_data);

  fixture->random = 0.5;
  fixture_connect (fixture);
  g_string_truncate (fixture->log, 0);
  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"pusher:error\",\"data\":{\"code\":4301}}");
  wait_until (fixture->log->len > 0);
  if (later)
    fixture_advance (fixture, SECONDS (6));
  else
    fixture_sync (fixture);
  pusher_test_faults_cut_connections (fixture->faults);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "error:4301 connecting error:connection-lost in:0.25");
  g_assert_error (pusher_client_get_last_error (fixture->client), PUSHER_ERROR,
                  PUSHER_ERROR_CONNECTION_LOST);
}

/* Where the words were taken for the answer to a subscription, the loss is still told. */
static void
test_words_of_a_channel (Fixture      *fixture,
                         gconstpointer user_data)
{
  guint n_refusals = 0;

  fixture->random = 0.5;
  fixture_connect_to_peer (fixture);
  count_signals (fixture_ask_for (fixture, "a"), "subscription-error", &n_refusals);
  g_string_truncate (fixture->log, 0);
  raw_peer_say (fixture->peer, "{\"event\":\"pusher:error\",\"data\":{\"code\":4200}}");
  wait_until (n_refusals == 1);
  fixture_assert_log (fixture, "error:4200");
  raw_peer_hang_up (fixture->peer);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "connecting error:4200 in:0.25");
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
      pusher_test_faults_send_text (fixture->faults, NULL, errors[i].text);
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
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_for_each_close ("/server-errors/close", 0, G_MAXUINT16, test_close);
  add_for_each_close ("/server-errors/refuse", 4000, 4999, test_refuse);
  fixture_add ("/server-errors/close/without-reason", NULL, test_close_without_reason);
  fixture_add ("/server-errors/wrong-key", NULL, test_wrong_key);
  fixture_add ("/server-errors/message", NULL, test_error_message);
  fixture_add ("/server-errors/last-words", NULL, test_last_words);
  fixture_add ("/server-errors/last-words/later", GINT_TO_POINTER (TRUE), test_earlier_words);
  fixture_add ("/server-errors/last-words/followed", GINT_TO_POINTER (FALSE), test_earlier_words);
  fixture_add ("/server-errors/last-words/of-a-channel", NULL, test_words_of_a_channel);

  return g_test_run ();
}
