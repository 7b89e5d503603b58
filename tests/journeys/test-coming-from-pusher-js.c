/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What an application that is ported from pusher-js relies on, where no other test shows
 * it: doc/coming-from-pusher-js.md. */

#include "fixture.h"
#include "messages.h"

#include <string.h>

/* --- Events of the protocol ---------------------------------------------- */

static void
add_event_cb (GObject     *object,
              PusherEvent *event,
              GString     *log)
{
  add_word (log, "%s.%s=%s", PUSHER_IS_CLIENT (object) ? "client" : "channel",
            pusher_event_get_name (event), pusher_event_get_data (event));
}

static void
add_state_cb (PusherClient *client,
              GParamSpec   *pspec,
              GString      *log)
{
  add_word (log, "%s", pusher_client_get_socket_id (client) != NULL ? "socket-id" : "none");
}

/* The state comes first, as `connected` does in pusher-js. */
static void
test_connection_established (Fixture      *fixture,
                             gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);

  g_signal_connect (fixture->client, "notify::state", G_CALLBACK (add_state_cb), heard);
  g_signal_connect (fixture->client, "event::pusher:connection_established",
                    G_CALLBACK (add_event_cb), heard);
  fixture_connect (fixture);
  g_assert_true (g_str_has_prefix (heard->str,
                                   "none socket-id client.pusher:connection_established={"));
  g_assert_nonnull (strstr (heard->str, pusher_client_get_socket_id (fixture->client)));
}

static void
add_signal_cb (GString *log)
{
  add_word (log, "signal");
}

static void
add_member_cb (PusherPresenceChannel *channel,
               PusherMember          *member,
               GString               *log)
{
  add_word (log, "signal:%s", pusher_member_get_id (member));
}

/* The signal of a channel comes first, then its event, then the client's. */
static void
test_subscription (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, "cache-a");
  g_signal_connect_swapped (channel, "subscription-succeeded", G_CALLBACK (add_signal_cb), heard);
  g_signal_connect_swapped (channel, "notify::subscription-count", G_CALLBACK (add_signal_cb),
                            heard);
  g_signal_connect_swapped (channel, "cache-miss", G_CALLBACK (add_signal_cb), heard);
  g_signal_connect (channel, "event::pusher:subscription_succeeded", G_CALLBACK (add_event_cb),
                    heard);
  g_signal_connect (channel, "event::pusher:subscription_count", G_CALLBACK (add_event_cb), heard);
  g_signal_connect (channel, "event::pusher:cache_miss", G_CALLBACK (add_event_cb), heard);
  g_signal_connect (fixture->client, "event", G_CALLBACK (add_event_cb), heard);

  raw_peer_say (fixture->peer,
                MESSAGE_ON ("cache-a", "pusher_internal:subscription_succeeded", "{}"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("cache-a", "pusher_internal:subscription_count",
                                           "{\"subscription_count\":2}"));
  raw_peer_say (fixture->peer, MESSAGE_ON ("cache-a", "pusher:cache_miss", "{}"));
  raw_peer_say (fixture->peer, "{\"event\":\"pusher:ping\"}");
  raw_peer_say (fixture->peer, "{\"event\":\"pusher:pong\"}");
  raw_peer_say (fixture->peer, MESSAGE_ON ("cache-a", "last", "0"));
  wait_until (strstr (heard->str, "last") != NULL);
  assert_words (heard,
                "signal channel.pusher:subscription_succeeded={} "
                "client.pusher:subscription_succeeded={} "
                "signal channel.pusher:subscription_count={\"subscription_count\":2} "
                "client.pusher:subscription_count={\"subscription_count\":2} "
                "signal channel.pusher:cache_miss={} client.pusher:cache_miss={} client.last=0");
}

static void
add_error_cb (GObject      *object,
              const GError *error,
              GString      *log)
{
  add_word (log, "signal:%d", error->code);
}

/* Also a refusal has the members that it has in pusher-js. */
static void
test_subscription_error (Fixture      *fixture,
                         gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, "a");
  g_signal_connect (channel, "subscription-error", G_CALLBACK (add_error_cb), heard);
  g_signal_connect (channel, "event::pusher:subscription_error", G_CALLBACK (add_event_cb), heard);
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (strchr (heard->str, '{') != NULL);
  assert_words (heard,
                "signal:4100 channel.pusher:subscription_error="
                "{\"type\":\"LimitReached\",\"error\":\"too many\",\"status\":4100}");
}

/* After the server has refused, and after the authorizer has. */
static void
test_subscribe_after_refusal (Fixture      *fixture,
                              gconstpointer user_data)
{
  PusherChannel *channel;

  fixture_connect_to_peer (fixture);
  channel = pusher_client_subscribe (fixture->client, "a", NULL);
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
  g_assert_true (pusher_client_subscribe (fixture->client, "a", NULL) == channel);
  raw_peer_expect (fixture->peer, "subscribe:a");
  raw_peer_say (fixture->peer, SUBSCRIPTION_ERROR ("a"));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
  g_assert_true (pusher_channel_resubscribe (channel, NULL));
  raw_peer_expect (fixture->peer, "subscribe:a");

  channel = pusher_client_subscribe (fixture->client, "private-a", NULL);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_FAILED);
  fixture_use_secret (fixture, fixture->client, NULL);
  g_assert_true (pusher_client_subscribe (fixture->client, "private-a", NULL) == channel);
  raw_peer_expect (fixture->peer, "subscribe:private-a");
}

#define PRESENCE(hash) "{\"presence\":{\"count\":1,\"ids\":[\"1\"],\"hash\":" hash "}}"
#define BO "{\"user_id\":\"2\",\"user_info\":{\"name\":\"Bo\"}}"

static void
test_members (Fixture      *fixture,
              gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);
  PusherChannel *channel;

  fixture_use_secret (fixture, fixture->client, "{\"user_id\":\"1\"}");
  fixture_connect_to_peer (fixture);
  channel = fixture_ask_for (fixture, "presence-a");
  raw_peer_say (fixture->peer, MESSAGE_ON ("presence-a", "pusher_internal:subscription_succeeded",
                                           PRESENCE ("{\"1\":{}}")));
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
  g_signal_connect (channel, "member-added", G_CALLBACK (add_member_cb), heard);
  g_signal_connect (channel, "member-removed", G_CALLBACK (add_member_cb), heard);
  g_signal_connect (channel, "event::pusher:member_added", G_CALLBACK (add_event_cb), heard);
  g_signal_connect (channel, "event::pusher:member_removed", G_CALLBACK (add_event_cb), heard);
  g_signal_connect (fixture->client, "event::pusher:member_added", G_CALLBACK (add_event_cb),
                    heard);
  raw_peer_say (fixture->peer, MESSAGE_ON ("presence-a", "pusher_internal:member_added", BO));
  raw_peer_say (fixture->peer, MESSAGE_ON ("presence-a", "pusher_internal:member_removed",
                                           "{\"user_id\":\"2\"}"));
  wait_until (strstr (heard->str, "removed") != NULL);
  assert_words (heard,
                "signal:2 channel.pusher:member_added=" BO " client.pusher:member_added=" BO
                " signal:2 channel.pusher:member_removed={\"user_id\":\"2\"}");
}

/* One that names a channel is told there first; neither is an event. */
static void
test_error (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr (GString) client_heard = g_string_new (NULL);
  g_autoptr (GString) channel_heard = g_string_new (NULL);
  PusherChannel *channel = fixture_connect_channel (fixture, "a");

  g_signal_connect (fixture->client, "error", G_CALLBACK (add_error_cb), client_heard);
  g_signal_connect (fixture->client, "event", G_CALLBACK (add_event_cb), client_heard);
  g_signal_connect (channel, "error", G_CALLBACK (add_error_cb), channel_heard);
  g_signal_connect (channel, "event", G_CALLBACK (add_event_cb), channel_heard);
  pusher_test_faults_send_text (fixture->faults, NULL,
                                MESSAGE ("pusher:error", "{\"code\":4302,\"message\":\"x\"}"));
  pusher_test_faults_send_text (fixture->faults, NULL,
                                MESSAGE_ON ("a", "pusher:error",
                                            "{\"code\":4301,\"message\":\"x\"}"));
  fixture_sync (fixture);
  assert_words (client_heard, "signal:4302 signal:4301");
  assert_words (channel_heard, "signal:4301");
}

/* --- All channels -------------------------------------------------------- */

static void
test_encrypted_events (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autoptr (GString) heard = g_string_new (NULL);

  pusher_client_use_endpoint (fixture->client,
                              pusher_test_backend_get_auth_endpoint (fixture->backend), NULL);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "private-encrypted-a");
  g_signal_connect (fixture->client, "event::news", G_CALLBACK (add_event_cb), heard);
  pusher_test_server_publish (fixture->server, "private-encrypted-a", "news", "1.5", NULL);
  wait_until (heard->len > 0);
  assert_words (heard, "client.news=1.5");
}

/* --- The connection ------------------------------------------------------ */

/* A client that waits goes on waiting, unless it is told otherwise. */
static void
test_open_while_waiting (Fixture      *fixture,
                         gconstpointer user_data)
{
  gint64 retry_at;

  fixture_connect (fixture);
  fixture_lose (fixture);
  retry_at = pusher_client_get_retry_at (fixture->client);
  pusher_client_open (fixture->client);
  fixture_settle (fixture);
  g_assert_cmpint (pusher_client_get_retry_at (fixture->client), ==, retry_at);
  g_assert_cmpuint (pusher_test_server_get_n_attempts (fixture->server), ==, 1);

  pusher_client_reconnect_now (fixture->client);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
}

static void
close_with (Fixture *fixture,
            guint    code)
{
  g_test_message ("%u", code);
  fixture->random = 0.5;
  pusher_client_close (fixture->client);
  fixture_connect (fixture);
  pusher_test_faults_close_connections (fixture->faults, code, "because");
}

static void
test_refused (Fixture      *fixture,
              gconstpointer user_data)
{
  static const guint codes[] = { 4001, 4099, 4300, 4301, 4999 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      close_with (fixture, codes[i]);
      fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_FAILED);
      g_assert_error (pusher_client_get_last_error (fixture->client), PUSHER_SERVER_ERROR,
                      (int) codes[i]);
      pusher_client_close (fixture->client);
      g_assert_cmpint (pusher_client_get_state (fixture->client), ==,
                       PUSHER_CONNECTION_STATE_DISCONNECTED);
    }
}

static void
add_seconds_cb (PusherClient *client,
                gint64        delay,
                GString      *log)
{
  add_word (log, "%g", delay / (double) G_USEC_PER_SEC);
}

/* Half of what it may be at most, as the fixture's random number says. */
static void
test_later (Fixture      *fixture,
            gconstpointer user_data)
{
  static const struct
  {
    guint code;
    const char *seconds;
  } closes[] = {
    { 1000, "0.25" }, { 1006, "0.25" }, { 3999, "0.25" }, { 4100, "1.25" }, { 4199, "1.25" },
  };
  g_autoptr (GString) heard = g_string_new (NULL);

  g_signal_connect (fixture->client, "connecting-in", G_CALLBACK (add_seconds_cb), heard);
  for (guint i = 0; i < G_N_ELEMENTS (closes); i++)
    {
      close_with (fixture, closes[i].code);
      wait_until (heard->len > 0);
      assert_words (heard, closes[i].seconds);
      fixture_retry (fixture);
    }
}

static void
test_at_once (Fixture      *fixture,
              gconstpointer user_data)
{
  static const guint codes[] = { 4200, 4299 };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      guint n_attempts = pusher_test_server_get_n_attempts (fixture->server);

      close_with (fixture, codes[i]);
      wait_until (pusher_test_server_get_n_attempts (fixture->server) == n_attempts + 2);
      fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);

      pusher_test_faults_close_connections (fixture->faults, codes[i], "again");
      wait_until (pusher_client_get_retry_at (fixture->client) > fixture->now);
      fixture_retry (fixture);
    }
}

/* --- Users --------------------------------------------------------------- */

static gboolean
authenticate_cb (PusherAuthorizer           *authenticator,
                 PusherAuthorizationRequest *request,
                 PusherAuthorizer           *signer)
{
  g_assert_cmpint (pusher_authorization_request_get_kind (request), ==,
                   PUSHER_AUTHORIZATION_KIND_USER);

  return pusher_authorizer_authorize (signer, request);
}

static void
add_signed_in_cb (PusherUser *user,
                  GParamSpec *pspec,
                  GString    *log)
{
  add_word (log, "%s", pusher_user_get_id (user));
}

/* By a handler of the application. */
static void
test_sign_in (Fixture      *fixture,
              gconstpointer user_data)
{
  PusherUser *user = pusher_client_get_user (fixture->client);
  g_autoptr (PusherAuthorizer) authenticator = pusher_authorizer_new ();
  g_autoptr (PusherSecretAuthorizer) signer =
    pusher_secret_authorizer_new (pusher_test_server_get_secret (fixture->server));
  g_autoptr (GString) heard = g_string_new (NULL);

  pusher_secret_authorizer_set_user_data (signer, "{\"id\":\"42\"}", NULL);
  g_signal_connect (authenticator, "authorize", G_CALLBACK (authenticate_cb), signer);
  pusher_client_set_user_authenticator (fixture->client, authenticator);
  g_signal_connect (user, "notify::signed-in", G_CALLBACK (add_signed_in_cb), heard);
  g_signal_connect (fixture->client, "event::pusher:signin_success", G_CALLBACK (add_event_cb),
                    heard);
  fixture_connect (fixture);
  pusher_user_sign_in (user);
  wait_until (strchr (heard->str, '=') != NULL);
  g_assert_true (g_str_has_prefix (heard->str, "42 client.pusher:signin_success={"));
}

/* --- The log ------------------------------------------------------------- */

static const char *program;

/* As in a program that is no test. */
static void
test_logged (void)
{
  Fixture fixture = { NULL };

  g_log_set_default_handler (g_log_default_handler, NULL);
  fixture_set_up (&fixture, NULL);
  fixture_connect_channel (&fixture, "a");
  fixture_tear_down (&fixture, NULL);
}

/* Returns: what such a program prints. The environment is its own, as threads of this one
 * may be reading theirs. */
static char *
run_logged (const char *domains)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_subprocess_launcher_unsetenv (launcher, "G_MESSAGES_DEBUG");
  if (domains != NULL)
    g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", domains, TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "-q", "-p",
                                         "/coming-from-pusher-js/log/subprocess",
                                         "--GTestSubprocess", NULL);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));

  return output;
}

/* Nothing is logged, unless the environment asks for it. */
static void
test_log (void)
{
  g_autofree char *loud = run_logged ("Pusher");
  g_autofree char *quiet = run_logged (NULL);

  g_assert_nonnull (strstr (loud, "Pusher-DEBUG"));
  g_assert_nonnull (strstr (loud, "Connection: "));
  g_assert_nonnull (strstr (loud, ": subscribed"));
  g_assert_null (strstr (quiet, "DEBUG"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  program = argv[0];

#define add(name, test) fixture_add ("/coming-from-pusher-js/" name, NULL, test)
  add ("connection-established", test_connection_established);
  add ("subscription", test_subscription);
  add ("subscription-error", test_subscription_error);
  add ("subscribe-after-refusal", test_subscribe_after_refusal);
  add ("members", test_members);
  add ("error", test_error);
  add ("encrypted-events", test_encrypted_events);
  add ("open-while-waiting", test_open_while_waiting);
  add ("refused", test_refused);
  add ("later", test_later);
  add ("at-once", test_at_once);
  add ("sign-in", test_sign_in);
  g_test_add_func ("/coming-from-pusher-js/log", test_log);
  g_test_add_func ("/coming-from-pusher-js/log/subprocess", test_logged);

  return g_test_run ();
}
