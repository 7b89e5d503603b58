/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Encrypted channels. */

#include "fixture.h"

#include <string.h>

#define CHANNEL "private-encrypted-a"
#define OTHER_KEY "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

static PusherChannel *
start (Fixture *fixture)
{
  pusher_client_use_endpoint (fixture->client,
                              pusher_test_backend_get_auth_endpoint (fixture->backend), NULL);
  fixture_connect (fixture);

  return fixture_subscribe (fixture, CHANNEL);
}

static void
publish (Fixture    *fixture,
         const char *channel,
         guint       number)
{
  g_autofree char *data = g_strdup_printf ("%u", number);

  pusher_test_server_publish (fixture->server, channel, "e", data, NULL);
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          GString       *log)
{
  add_word (log, "%s", pusher_event_get_data (event));
}

static void
error_cb (PusherChannel *channel,
          const GError  *error,
          guint         *n_errors)
{
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_DECRYPTION);
  (*n_errors)++;
}

static gboolean
count_cb (PusherAuthorizer           *authorizer,
          PusherAuthorizationRequest *request,
          guint                      *n_asked)
{
  (*n_asked)++;

  return FALSE;
}

static void
test_rotation (Fixture      *fixture,
               gconstpointer user_data)
{
  PusherChannel *channel = start (fixture);
  g_autoptr (GString) heard = g_string_new (NULL);

  g_signal_connect (channel, "event", G_CALLBACK (event_cb), heard);
  g_assert_cmpuint (pusher_test_backend_get_n_auth_requests (fixture->backend), ==, 1);
  for (guint i = 0; i < 10; i++)
    {
      if (i == 3)
        pusher_test_server_set_encryption_master_key (fixture->server, OTHER_KEY);
      publish (fixture, CHANNEL, i);
    }
  wait_until (strstr (heard->str, "9") != NULL);
  fixture_sync (fixture);
  assert_words (heard, "0 1 2 3 4 5 6 7 8 9");
  g_assert_cmpuint (pusher_test_backend_get_n_auth_requests (fixture->backend), ==, 2);
}

static void
test_wrong_key (Fixture      *fixture,
                gconstpointer user_data)
{
  PusherChannel *channel = start (fixture);
  PusherChannel *plain = fixture_subscribe (fixture, "a");
  g_autoptr (GString) heard = g_string_new (NULL);
  g_autoptr (GString) plain_heard = g_string_new (NULL);
  g_autofree char *key = pusher_test_server_dup_encryption_master_key (fixture->server);
  guint n_errors = 0;

  g_signal_connect (channel, "event", G_CALLBACK (event_cb), heard);
  g_signal_connect (channel, "error", G_CALLBACK (error_cb), &n_errors);
  g_signal_connect (plain, "event", G_CALLBACK (event_cb), plain_heard);
  pusher_test_server_set_encryption_master_key (fixture->server, OTHER_KEY);
  publish (fixture, CHANNEL, 1);
  publish (fixture, CHANNEL, 2);
  publish (fixture, "a", 3);
  pusher_test_server_set_encryption_master_key (fixture->server, key);
  wait_until (plain_heard->len > 0);
  g_assert_cmpuint (n_errors, ==, 0);
  wait_until (n_errors == 2);
  publish (fixture, CHANNEL, 4);
  fixture_sync (fixture);
  assert_words (heard, "4");

  /* No envelope: no key would help */
  pusher_test_faults_send_text (fixture->faults, NULL,
                                "{\"event\":\"e\",\"channel\":\"" CHANNEL "\",\"data\":\"{}\"}");
  fixture_sync (fixture);
  g_assert_cmpuint (n_errors, ==, 3);
  g_assert_cmpuint (pusher_test_backend_get_n_auth_requests (fixture->backend), ==, 2);
}

/* An authorizer that does not answer costs bounded memory. */
static void
test_hanging_refresh (Fixture      *fixture,
                      gconstpointer user_data)
{
  PusherChannel *channel = start (fixture);
  g_autofree char *text = g_strnfill (512 * 1024, 'x');
  g_autofree char *json = g_strdup_printf ("\"%s\"", text);
  guint n_errors = 0;

  g_signal_connect (channel, "error", G_CALLBACK (error_cb), &n_errors);
  pusher_test_server_set_max_event_size (fixture->server, 2 * strlen (json));
  pusher_test_backend_set_delay_ms (fixture->backend, G_MAXUINT);
  pusher_test_server_set_encryption_master_key (fixture->server, OTHER_KEY);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GError) error = NULL;

      pusher_test_server_publish_json (fixture->server, CHANNEL, "big", json, &error);
      g_assert_no_error (error);
      fixture_sync (fixture);
    }

  g_assert_cmpuint (n_errors, >=, 5);
  g_assert_cmpuint (n_errors, <, 30);
  g_string_truncate (fixture->log, 0);
}

/* Names count as well, and so does each event. */
static void
wait_for_key (Fixture *fixture,
              guint   *n_errors)
{
  PusherChannel *channel = start (fixture);

  g_signal_connect (channel, "error", G_CALLBACK (error_cb), n_errors);
  pusher_test_backend_set_delay_ms (fixture->backend, G_MAXUINT);
  pusher_test_server_set_encryption_master_key (fixture->server, OTHER_KEY);
  publish (fixture, CHANNEL, 1);
  fixture_sync (fixture);
  g_assert_cmpuint (*n_errors, ==, 0);
}

static void
test_waiting_names (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autofree char *name = g_strnfill (1000 * 1000, 'x');
  g_autofree char *text =
    g_strdup_printf ("{\"event\":\"%s\",\"channel\":\"" CHANNEL "\"}", name);
  guint n_errors = 0;

  wait_for_key (fixture, &n_errors);
  for (guint i = 0; i < 20; i++)
    {
      pusher_test_faults_send_text (fixture->faults, NULL, text);
      fixture_sync (fixture);
    }
  g_assert_cmpuint (n_errors, ==, 4);
  g_string_truncate (fixture->log, 0);
}

static void
test_waiting_number (Fixture      *fixture,
                     gconstpointer user_data)
{
  guint n_errors = 0;

  wait_for_key (fixture, &n_errors);
  for (guint i = 0; i < 10010; i++)
    pusher_test_faults_send_text (fixture->faults, NULL,
                                  "{\"event\":\"e\",\"channel\":\"" CHANNEL "\"}");
  fixture_sync (fixture);
  g_assert_cmpuint (n_errors, ==, 11);
  g_string_truncate (fixture->log, 0);
}

static void
publish_and_wait (Fixture *fixture,
                  guint   *n_errors)
{
  guint n_before = *n_errors;

  publish (fixture, CHANNEL, 1);
  wait_until (*n_errors > n_before);
}

/* A publisher with a wrong key does not make its subscribers ask on and on. */
static void
test_back_off (Fixture      *fixture,
               gconstpointer user_data)
{
  PusherChannel *channel = start (fixture);
  g_autofree char *key = pusher_test_server_dup_encryption_master_key (fixture->server);
  g_autoptr (PusherSecretAuthorizer) stale =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));
  g_autoptr (GString) heard = g_string_new (NULL);
  guint n_errors = 0;
  guint n_asked = 1;

  g_signal_connect (channel, "error", G_CALLBACK (error_cb), &n_errors);
  g_signal_connect (channel, "event", G_CALLBACK (event_cb), heard);
  pusher_secret_authorizer_set_encryption_master_key (stale, key, NULL);
  pusher_client_set_authorizer (fixture->client, PUSHER_AUTHORIZER (stale));
  g_signal_connect (stale, "authorize", G_CALLBACK (count_cb), &n_asked);
  pusher_test_server_set_encryption_master_key (fixture->server, OTHER_KEY);

  for (guint i = 0; i < 20; i++)
    publish_and_wait (fixture, &n_errors);
  g_assert_cmpuint (n_asked, ==, 3);

  fixture_advance (fixture, SECONDS (0.5));
  for (guint i = 0; i < 20; i++)
    publish_and_wait (fixture, &n_errors);
  g_assert_cmpuint (n_asked, ==, 4);

  fixture_advance (fixture, SECONDS (1) - 1);
  publish_and_wait (fixture, &n_errors);
  g_assert_cmpuint (n_asked, ==, 4);
  fixture_advance (fixture, 1);
  publish_and_wait (fixture, &n_errors);
  g_assert_cmpuint (n_asked, ==, 5);
  g_assert_cmpuint (n_errors, ==, 42);

  /* A key that is of use puts an end to it. */
  pusher_secret_authorizer_set_encryption_master_key (stale, OTHER_KEY, NULL);
  fixture_advance (fixture, SECONDS (2));
  publish (fixture, CHANNEL, 2);
  wait_until (heard->len > 0);
  g_assert_cmpuint (n_asked, ==, 6);
  pusher_secret_authorizer_set_encryption_master_key (stale, key, NULL);
  pusher_test_server_set_encryption_master_key (fixture->server, key);
  publish (fixture, CHANNEL, 3);
  wait_until (strstr (heard->str, "3") != NULL);
  g_assert_cmpuint (n_asked, ==, 7);
  g_string_truncate (fixture->log, 0);
}

static void
test_no_shared_secret (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  pusher_test_backend_set_body (fixture->backend, "{\"auth\":\"key:00\"}");
  pusher_client_use_endpoint (fixture->client,
                              pusher_test_backend_get_auth_endpoint (fixture->backend), NULL);
  fixture_connect (fixture);
  pusher_client_subscribe_async (fixture->client, CHANNEL, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_null (pusher_client_subscribe_finish (fixture->client, result, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION);
}

static void
add_error_cb (PusherChannel *channel,
              const GError  *error,
              GString       *log)
{
  if (error->domain == PUSHER_HTTP_ERROR)
    add_word (log, "http:%d", error->code);
  else if (g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION))
    add_word (log, "authorization");
  else if (g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_DECRYPTION))
    add_word (log, "decryption");
  else
    add_word (log, "%s", error->message);
}

/* The channel tells why there is no new key, then that the event is lost, and stays. */
static void
test_refresh_fails (Fixture      *fixture,
                    gconstpointer user_data)
{
  gboolean is_refused = GPOINTER_TO_INT (user_data);
  PusherChannel *channel = start (fixture);
  g_autoptr (GString) heard = g_string_new (NULL);

  g_signal_connect (channel, "event", G_CALLBACK (event_cb), heard);
  g_signal_connect (channel, "error", G_CALLBACK (add_error_cb), heard);
  if (is_refused)
    pusher_test_backend_set_status (fixture->backend, 403);
  else
    pusher_test_backend_set_body (fixture->backend, "{\"auth\":\"key:00\"}");
  pusher_test_server_set_encryption_master_key (fixture->server, OTHER_KEY);
  publish (fixture, CHANNEL, 1);
  wait_until (strstr (heard->str, "decryption") != NULL);
  assert_words (heard, is_refused ? "http:403 decryption" : "authorization decryption");
  g_assert_cmpint (pusher_channel_get_state (channel), ==, PUSHER_CHANNEL_STATE_SUBSCRIBED);

  /* The endpoint has come round. */
  pusher_test_backend_set_status (fixture->backend, 0);
  pusher_test_backend_set_body (fixture->backend, NULL);
  fixture_advance (fixture, SECONDS (1));
  publish (fixture, CHANNEL, 2);
  wait_until (heard->len > 0);
  assert_words (heard, "2");
  g_string_truncate (fixture->log, 0);
}

static void
test_trigger (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pusher_channel_trigger (start (fixture), "client-a", "1", &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_NOT_SUPPORTED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  fixture_add ("/encrypted-channel/rotation", NULL, test_rotation);
  fixture_add ("/encrypted-channel/wrong-key", NULL, test_wrong_key);
  fixture_add ("/encrypted-channel/hanging-refresh", NULL, test_hanging_refresh);
  fixture_add ("/encrypted-channel/waiting/names", NULL, test_waiting_names);
  fixture_add ("/encrypted-channel/waiting/number", NULL, test_waiting_number);
  fixture_add ("/encrypted-channel/back-off", NULL, test_back_off);
  fixture_add ("/encrypted-channel/no-shared-secret", NULL, test_no_shared_secret);
  fixture_add ("/encrypted-channel/refresh-fails/no-key", GINT_TO_POINTER (FALSE),
               test_refresh_fails);
  fixture_add ("/encrypted-channel/refresh-fails/refused", GINT_TO_POINTER (TRUE),
               test_refresh_fails);
  fixture_add ("/encrypted-channel/trigger", NULL, test_trigger);

  return g_test_run ();
}
