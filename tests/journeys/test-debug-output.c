/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the log tells those who debug an application, line by line. */

#include "fixture.h"

#include <string.h>

/* As keys, signatures and shared secrets are */
#define KEY "278d425bdf160c739803"
#define SIGNATURE "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"
#define SHARED_SECRET "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="

typedef struct
{
  Fixture fixture;
  PusherClient *client; /* the fixture's */
  GString *lines;
  guint log_handler;
  GThread *thread;
} Reader;

/* The thread that listens to the system logs as well. */
static void
log_cb (const char    *domain,
        GLogLevelFlags level,
        const char    *message,
        gpointer       user_data)
{
  Reader *self = user_data;

  g_assert_cmpint (level & G_LOG_LEVEL_MASK, ==, G_LOG_LEVEL_DEBUG);
  if (g_thread_self () == self->thread)
    g_string_append_printf (self->lines, "%s\n", message);
}

/* reads: whether somebody does */
static void
set_up (Reader       *self,
        gconstpointer reads)
{
  g_log_set_debug_enabled (GPOINTER_TO_INT (reads));
  self->thread = g_thread_self ();
  self->lines = g_string_new (NULL);
  self->log_handler = g_log_set_handler ("Pusher", G_LOG_LEVEL_MASK, log_cb, self);
  fixture_set_up (&self->fixture, NULL);
  self->fixture.random = 0.5;
  self->client = self->fixture.client;
}

static void
tear_down (Reader       *self,
           gconstpointer reads)
{
  g_string_truncate (self->fixture.log, 0);
  fixture_tear_down (&self->fixture, NULL);
  g_log_remove_handler ("Pusher", self->log_handler);
  g_string_free (self->lines, TRUE);
}

static void
connect_client (Reader *self)
{
  fixture_connect (&self->fixture);
  g_string_truncate (self->lines, 0);
}

/* What was logged since the last time */
static void
assert_lines (Reader     *self,
              const char *expected)
{
  g_assert_cmpstr (self->lines->str, ==, expected);
  g_string_truncate (self->lines, 0);
}

static void
say (Reader     *self,
     const char *text)
{
  pusher_test_faults_send_text (self->fixture.faults, NULL, text);
  fixture_sync (&self->fixture);
}

static void
publish (Reader     *self,
         const char *channel,
         const char *event)
{
  pusher_test_server_publish (self->fixture.server, channel, event, "{\"secret\":\"data\"}",
                              NULL);
  fixture_sync (&self->fixture);
}

static void
ignore_event_cb (gpointer     teller,
                 PusherEvent *event,
                 gpointer     user_data)
{
}

static PusherChannel *
subscribe (Reader     *self,
           const char *name)
{
  PusherChannel *channel = fixture_subscribe (&self->fixture, name);

  g_string_truncate (self->lines, 0);

  return channel;
}

/* --- Events -------------------------------------------------------------- */

static void
test_events (Reader       *self,
             gconstpointer reads)
{
  PusherChannel *channel;
  gulong handler;

  connect_client (self);
  channel = subscribe (self, "prices");

  publish (self, "prices", "price-chnaged");
  assert_lines (self, "Channel “prices”: no handler for “price-chnaged”\n");

  g_signal_connect (channel, "event::price-changed", G_CALLBACK (ignore_event_cb), NULL);
  publish (self, "prices", "price-changed");
  publish (self, "prices", "price-chnaged");
  assert_lines (self, "Channel “prices”: 1 handler for “price-changed”\n"
                      "Channel “prices”: no handler for “price-chnaged”\n");

  handler = g_signal_connect (self->client, "event::price-changed",
                              G_CALLBACK (ignore_event_cb), NULL);
  g_signal_connect (channel, "event", G_CALLBACK (ignore_event_cb), NULL);
  g_signal_connect (self->client, "event", G_CALLBACK (ignore_event_cb), NULL);
  publish (self, "prices", "price-changed");
  publish (self, "prices", "price-chnaged");
  assert_lines (self, "Channel “prices”: 2 handlers for “price-changed”, 2 for all events\n"
                      "Channel “prices”: no handler for “price-chnaged”, 2 for all events\n");

  /* A blocked one does not hear it, and stays blocked. */
  g_signal_handler_block (self->client, handler);
  publish (self, "prices", "price-changed");
  publish (self, "prices", "price-changed");
  assert_lines (self, "Channel “prices”: 1 handler for “price-changed”, 2 for all events\n"
                      "Channel “prices”: 1 handler for “price-changed”, 2 for all events\n");
  g_signal_handler_unblock (self->client, handler);
  publish (self, "prices", "price-changed");
  assert_lines (self, "Channel “prices”: 2 handlers for “price-changed”, 2 for all events\n");
}

static void
test_other_channels (Reader       *self,
                     gconstpointer reads)
{
  connect_client (self);
  say (self, "{\"event\":\"news\",\"channel\":\"another\",\"data\":\"secret\"}");
  say (self, "{\"event\":\"news\",\"data\":\"secret\"}");
  say (self, "{\"event\":\"news\",\"channel\":\"" KEY "\"}");
  assert_lines (self, "Channel “another”, not subscribed to: no handler for “news”\n"
                      "No channel: no handler for “news”\n"
                      "Channel a name of 20 bytes that is not shown, not subscribed to: "
                      "no handler for “news”\n");
}

/* Servers repeat what they were sent. */
static void
test_names (Reader       *self,
            gconstpointer reads)
{
  connect_client (self);
  subscribe (self, "prices");
  publish (self, "prices", "Preis geändert");
  publish (self, "prices", "App\\Events\\OrderShipped");
  publish (self, "prices", "order.0d9a6b1e-5a3b-4b5e-9e53-2f1c0f9a7a11");
  publish (self, "prices", "sent " KEY);
  publish (self, "prices", SIGNATURE);
  publish (self, "prices", SHARED_SECRET);
  publish (self, "prices", "a\n** WARNING **: forged");
  assert_lines (self, "Channel “prices”: no handler for “Preis geändert”\n"
                      "Channel “prices”: no handler for “App\\Events\\OrderShipped”\n"
                      "Channel “prices”: no handler for "
                      "“order.0d9a6b1e-5a3b-4b5e-9e53-2f1c0f9a7a11”\n"
                      "Channel “prices”: no handler for a name of 25 bytes that is not shown\n"
                      "Channel “prices”: no handler for a name of 64 bytes that is not shown\n"
                      "Channel “prices”: no handler for a name of 44 bytes that is not shown\n"
                      "Channel “prices”: no handler for a name of 23 bytes that is not shown\n");
}

/* What the protocol has events for, and what goes wrong on a channel */
static void
test_news (Reader       *self,
           gconstpointer reads)
{
  pusher_test_server_set_subscription_counts (self->fixture.server, TRUE);
  connect_client (self);
  fixture_subscribe (&self->fixture, "prices");
  fixture_sync (&self->fixture);
  assert_lines (self, "Channel “prices”: asking the server\n"
                      "Channel “prices”: subscribed\n"
                      "Channel “prices”: pusher:subscription_count\n");
  say (self, "{\"event\":\"pusher:error\",\"channel\":\"prices\","
             "\"data\":{\"code\":4301,\"message\":\"" KEY "\"}}");
  assert_lines (self, "Channel “prices”: server error 4301\n");
}

static void
test_triggers (Reader       *self,
               gconstpointer reads)
{
  g_autoptr (GError) error = NULL;
  PusherChannel *channel;

  g_signal_handlers_disconnect_by_data (self->fixture.server, &self->fixture);
  pusher_test_server_set_client_events (self->fixture.server, TRUE);
  fixture_use_secret (&self->fixture, self->client, NULL);
  connect_client (self);
  channel = subscribe (self, "private-a");

  g_assert_true (pusher_channel_trigger (channel, "client-typing", "\"secret\"", NULL));
  assert_lines (self, "Channel “private-a”: “client-typing” was sent\n");
  g_assert_false (pusher_channel_trigger (channel, "client-typing", "{", NULL));
  assert_lines (self, "Channel “private-a”: “client-typing” was not sent: "
                      "error invalid-data\n");
  g_assert_false (pusher_channel_trigger (channel, "typing", NULL, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME);
  assert_lines (self, "Channel “private-a”: “typing” was not sent: error invalid-name\n");

  g_object_ref (channel);
  pusher_channel_unsubscribe (channel);
  assert_lines (self, "Channel “private-a”: unsubscribed\n");
  g_assert_false (pusher_channel_trigger (channel, "client-typing", NULL, NULL));
  assert_lines (self, "Channel “private-a”: “client-typing” was not sent: "
                      "error invalid-state\n");
  g_object_unref (channel);
}

static void
test_kept_events (Reader       *self,
                  gconstpointer reads)
{
  PusherChannel *channel;

  g_signal_handlers_disconnect_by_data (self->fixture.server, &self->fixture);
  pusher_test_faults_set_hold_answers (self->fixture.faults, TRUE);
  connect_client (self);
  channel = fixture_ask_for (&self->fixture, "a");
  assert_lines (self, "Channel “a”: asking the server\n");
  pusher_channel_set_outbox_size (channel, 5);
  g_assert_true (pusher_channel_trigger (channel, "client-said", "\"secret\"", NULL));
  g_assert_true (pusher_channel_trigger (channel, "client-said", "\"secret\"", NULL));
  assert_lines (self, "Channel “a”: “client-said” is kept\n"
                      "Channel “a”: “client-said” is kept\n");
  pusher_channel_set_outbox_expiry (channel, 5);
  fixture_advance (&self->fixture, SECONDS (5));
  assert_lines (self, "Channel “a”: “client-said” is given up\n"
                      "Channel “a”: “client-said” is given up\n");
  g_assert_true (pusher_channel_trigger (channel, "client-said", "\"secret\"", NULL));
  pusher_test_faults_set_hold_answers (self->fixture.faults, FALSE);
  wait_until (pusher_channel_get_outbox_length (channel) == 0);
  assert_lines (self, "Channel “a”: “client-said” is kept\n"
                      "Channel “a”: subscribed\n"
                      "Channel “a”: “client-said” was sent, after it was kept\n");
}

/* --- Subscriptions ------------------------------------------------------- */

static void
test_subscriptions (Reader       *self,
                    gconstpointer reads)
{
  fixture_use_secret (&self->fixture, self->client, NULL);
  connect_client (self);
  fixture_subscribe (&self->fixture, "prices");
  assert_lines (self, "Channel “prices”: asking the server\n"
                      "Channel “prices”: subscribed\n");
  fixture_subscribe (&self->fixture, "private-a");
  assert_lines (self, "Channel “private-a”: asking for an authorization\n"
                      "Channel “private-a”: authorized\n"
                      "Channel “private-a”: asking the server\n"
                      "Channel “private-a”: subscribed\n");

  pusher_test_faults_fail_subscription (self->fixture.faults, "private-b", "AuthError",
                                        SIGNATURE, 401);
  fixture_ask_for (&self->fixture, "private-b");
  fixture_sync (&self->fixture);
  assert_lines (self, "Channel “private-b”: asking for an authorization\n"
                      "Channel “private-b”: authorized\n"
                      "Channel “private-b”: asking the server\n"
                      "Channel “private-b”: refused: server error 401\n");
}

static void
test_time_limits (Reader       *self,
                  gconstpointer reads)
{
  connect_client (self);
  pusher_test_faults_set_never_answer (self->fixture.faults, TRUE);
  fixture_ask_for (&self->fixture, "prices");
  fixture_advance (&self->fixture, SECONDS (30));
  assert_lines (self, "Channel “prices”: asking the server\n"
                      "Channel “prices”: the server did not answer in time\n"
                      "Connection: what could not be subscribed to is tried again in 22.5 s\n"
                      "Channel “prices”: failed: error timed-out\n");

  fixture_sync (&self->fixture);
  fixture_advance (&self->fixture, SECONDS (22.5));
  assert_lines (self, "Channel “prices”: asking the server\n");
}

static gboolean
keep_request_cb (PusherAuthorizer            *authorizer,
                 PusherAuthorizationRequest  *request,
                 PusherAuthorizationRequest **kept)
{
  g_set_object (kept, request);

  return TRUE;
}

static void
test_silent_authorizer (Reader       *self,
                        gconstpointer reads)
{
  g_autoptr (PusherAuthorizer) authorizer = g_object_new (PUSHER_TYPE_AUTHORIZER, NULL);
  g_autoptr (PusherAuthorizationRequest) request = NULL;

  g_signal_connect (authorizer, "authorize", G_CALLBACK (keep_request_cb), &request);
  pusher_client_set_authorizer (self->client, authorizer);
  connect_client (self);
  fixture_ask_for (&self->fixture, "private-a");
  fixture_advance (&self->fixture, SECONDS (30));
  assert_lines (self, "Channel “private-a”: asking for an authorization\n"
                      "Channel “private-a”: the authorizer did not answer in time\n"
                      "Connection: what could not be subscribed to is tried again in 22.5 s\n"
                      "Channel “private-a”: failed: error timed-out\n");
}

/* The server takes three messages a minute. */
static void
test_pace (Reader       *self,
           gconstpointer reads)
{
  pusher_test_server_set_rate_limit (self->fixture.server, 3, 60 * 1000, FALSE);
  connect_client (self);
  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *name = g_strdup_printf ("c%u", i);

      fixture_ask_for (&self->fixture, name);
    }
  wait_until (strstr (self->lines->str, "complains") != NULL);
  fixture_ask_for (&self->fixture, "c4");
  fixture_advance (&self->fixture, SECONDS (3));
  assert_lines (self, "Channel “c0”: asking the server\n"
                      "Channel “c1”: asking the server\n"
                      "Channel “c2”: asking the server\n"
                      "Channel “c3”: asking the server\n"
                      "Channel “c0”: subscribed\n"
                      "Channel “c1”: subscribed\n"
                      "Channel “c2”: subscribed\n"
                      "The server complains: server error 4301\n"
                      "Channel “c4”: waits for its turn\n"
                      "The server takes no more than 3 messages in 60 s\n"
                      "Channel “c3”: the server took no more: waits for its turn again\n");
}

static void
use_user (Reader     *self,
          const char *user_data)
{
  g_autoptr (PusherAuthorizer) authenticator =
    g_object_new (PUSHER_TYPE_SECRET_AUTHORIZER,
                  "secret", pusher_test_server_get_secret (self->fixture.server),
                  "user-data", user_data, NULL);

  pusher_client_set_user_authenticator (self->client, authenticator);
}

static void
test_sign_in (Reader       *self,
              gconstpointer reads)
{
  PusherUser *user = pusher_client_get_user (self->client);

  use_user (self, NULL);
  connect_client (self);
  pusher_user_sign_in (user);
  assert_lines (self, "User: asking for an authorization\n"
                      "User: refused: error authorization\n");

  use_user (self, "{\"id\":\"42\"}");
  pusher_user_sign_in (user);
  fixture_sync (&self->fixture);
  assert_lines (self, "User: asking for an authorization\n"
                      "User: authorized\n"
                      "User: asking the server\n"
                      "User: signed in\n");

  /* The server knows the user's own channel after that. */
  fixture_sync (&self->fixture);
  pusher_test_server_send_to_user (self->fixture.server, "42", "news", "\"secret\"",
                                   NULL);
  fixture_sync (&self->fixture);
  assert_lines (self, "User: no handler for “news”\n");
}

/* --- The connection ------------------------------------------------------ */

static void
test_wrong_port (Reader       *self,
                 gconstpointer reads)
{
  guint port = pusher_test_server_get_port (self->fixture.server);
  g_autofree char *expected = NULL;

  pusher_test_server_stop (self->fixture.server);
  pusher_client_open (self->client);
  wait_until (pusher_client_get_retry_at (self->client) != 0);
  expected = g_strdup_printf ("Connection: open: idle → attempting\n"
                              "Connection: connecting to ws://127.0.0.1:%u\n"
                              "The WebSocket has ended (0): I/O error connection-refused\n"
                              "Connection: lost: attempting → waiting, "
                              "because: error connection-lost\n"
                              "Connection: the next attempt in 0.2 s\n", port);
  assert_lines (self, expected);
}

/* --- Without anybody who reads ------------------------------------------- */

/* Whether there is somebody is looked up once a connection. */
static void
test_unread (Reader       *self,
             gconstpointer reads)
{
  g_autoptr (PusherChannel) channel = NULL;

  connect_client (self);
  channel = g_object_ref (subscribe (self, "prices"));
  publish (self, "prices", "price-changed");
  g_assert_false (pusher_channel_trigger (channel, "typing", NULL, NULL));
  assert_lines (self, "");

  g_log_set_debug_enabled (TRUE);
  publish (self, "prices", "price-changed");
  assert_lines (self, "");

  fixture_lose (&self->fixture);
  fixture_retry (&self->fixture);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_string_truncate (self->lines, 0);
  publish (self, "prices", "price-changed");
  assert_lines (self, "Channel “prices”: no handler for “price-changed”\n");
}

#define add(path, reads, test) \
  g_test_add (path, Reader, GINT_TO_POINTER (reads), set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_unsetenv ("G_MESSAGES_DEBUG");
  g_test_init (&argc, &argv, NULL);
  be_quiet ();

  add ("/debug-output/events", TRUE, test_events);
  add ("/debug-output/other-channels", TRUE, test_other_channels);
  add ("/debug-output/names", TRUE, test_names);
  add ("/debug-output/news", TRUE, test_news);
  add ("/debug-output/triggers", TRUE, test_triggers);
  add ("/debug-output/kept-events", TRUE, test_kept_events);
  add ("/debug-output/subscriptions", TRUE, test_subscriptions);
  add ("/debug-output/time-limits", TRUE, test_time_limits);
  add ("/debug-output/silent-authorizer", TRUE, test_silent_authorizer);
  add ("/debug-output/pace", TRUE, test_pace);
  add ("/debug-output/sign-in", TRUE, test_sign_in);
  add ("/debug-output/wrong-port", TRUE, test_wrong_port);
  add ("/debug-output/unread", FALSE, test_unread);

  return g_test_run ();
}
