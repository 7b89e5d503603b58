/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a server says does not get into the log, wherever it says it: servers repeat the
 * key and the signature that they were sent, and may forge lines. Errors have the text,
 * but in one line of bounded length. */

#include "endpoint.h"
#include "fixture.h"

#include <string.h>

#define KEY "278d425bdf160c739803"
#define SIGNATURE "58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4"
#define SHARED_SECRET "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="

/* As it stands in JSON text */
#define HOSTILE                                                      \
  "Expected " KEY ":" SIGNATURE "\\n** (victim:1): WARNING **: forged\\r\\u001b[2J\\u202e" \
  SHARED_SECRET

/* Bytes of an error, with what the client says itself */
#define MAX_ERROR 1024

typedef struct
{
  Fixture fixture;
  GString *logged; /* all lines that the library has logged */
  guint n_errors;  /* that the application was told */
  guint log_handler;
} Listener;

/* --- What is told -------------------------------------------------------- */

static GThread *test_thread;

/* The thread that listens to the system logs as well. */
static void
log_cb (const char    *domain,
        GLogLevelFlags level,
        const char    *message,
        gpointer       user_data)
{
  Listener *self = user_data;

  if (g_thread_self () != test_thread)
    return;

  g_assert_true (g_utf8_validate (message, -1, NULL));
  for (const char *p = message; *p != '\0'; p++)
    g_assert_false (g_ascii_iscntrl (*p));
  g_assert_cmpuint (strlen (message), <, 256);
  g_assert_null (strstr (message, KEY));
  g_assert_null (strstr (message, "58df8b0c"));
  g_assert_null (strstr (message, "wp8Orjt2"));
  g_assert_null (strstr (message, "forged"));

  g_string_append_printf (self->logged, "%s\n", message);
}

static void
assert_one_line (const GError *error)
{
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpuint (strlen (error->message), <, MAX_ERROR);
  for (const char *p = error->message; *p != '\0'; p++)
    g_assert_false (g_ascii_iscntrl (*p));
  g_assert_null (strstr (error->message, "\xe2\x80\xae"));
}

static void
error_cb (gpointer      teller,
          const GError *error,
          Listener     *self)
{
  assert_one_line (error);
  self->n_errors++;
}

static gboolean
authorize_cb (PusherAuthorizer           *authorizer,
              PusherAuthorizationRequest *request,
              gpointer                    user_data)
{
  gboolean for_user = pusher_authorization_request_get_channel_name (request) == NULL;

  pusher_authorization_request_complete (request, KEY ":" SIGNATURE,
                                         for_user ? "{\"id\":\"42\"}" : "{\"user_id\":\"42\"}",
                                         for_user ? NULL : SHARED_SECRET);
  return TRUE;
}

/* --- The server ---------------------------------------------------------- */

static void
set_up (Listener     *self,
        gconstpointer user_data)
{
  Fixture *fixture = &self->fixture;
  g_autoptr (PusherAuthorizer) authorizer = g_object_new (PUSHER_TYPE_AUTHORIZER, NULL);

  self->logged = g_string_new (NULL);
  self->log_handler =
    g_log_set_handler ("Pusher", G_LOG_LEVEL_MASK | G_LOG_FLAG_FATAL | G_LOG_FLAG_RECURSION,
                       log_cb, self);
  fixture_set_up (fixture, NULL);
  fixture->random = 0;
  pusher_client_switch_cluster (fixture->client, KEY, NULL);
  g_signal_connect (authorizer, "authorize", G_CALLBACK (authorize_cb), NULL);
  pusher_client_set_authorizer (fixture->client, authorizer);
  pusher_client_set_user_authenticator (fixture->client, authorizer);
  g_signal_handlers_disconnect_by_data (fixture->client, fixture);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), self);
  fixture_connect_to_peer (fixture);
}

static void
tear_down (Listener     *self,
           gconstpointer user_data)
{
  fixture_tear_down (&self->fixture, NULL);
  g_log_remove_handler ("Pusher", self->log_handler);
  g_string_free (self->logged, TRUE);
}

static PusherChannel *
subscribe (Listener   *self,
           const char *name)
{
  GByteArray *received = self->fixture.peer->received;
  guint n_before = received->len;
  PusherChannel *channel = pusher_client_subscribe (self->fixture.client, name, NULL);

  g_signal_connect (channel, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (error_cb), self);
  wait_until (received->len > n_before);

  return channel;
}

static void
assert_told (Listener   *self,
             guint       n_errors,
             const char *line)
{
  wait_until (self->n_errors == n_errors);
  self->n_errors = 0;
  if (line != NULL)
    g_assert_nonnull (strstr (self->logged->str, line));
}

/* --- Cases --------------------------------------------------------------- */

static void
test_errors (Listener     *self,
             gconstpointer user_data)
{
  raw_peer_say (self->fixture.peer, "{\"event\":\"pusher:error\",\"data\":"
                                      "{\"code\":4301,\"message\":\"" HOSTILE "\"}}");
  raw_peer_say (self->fixture.peer, "{\"event\":\"pusher:error\",\"data\":"
                                      "{\"code\":null,\"message\":\"" HOSTILE "\"}}");
  raw_peer_say (self->fixture.peer, "{\"event\":\"pusher:error\",\"data\":\"" HOSTILE "\"}");
  raw_peer_say (self->fixture.peer, "{\"event\":\"" HOSTILE "\",\"data\":" HOSTILE "}");
  assert_told (self, 4, NULL);
}

static void
test_subscription (Listener     *self,
                   gconstpointer user_data)
{
  subscribe (self, "private-a");
  raw_peer_say (self->fixture.peer,
                        "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-a\","
                        "\"data\":{\"type\":\"" HOSTILE "\",\"error\":\"" HOSTILE "\","
                        "\"status\":401}}");
  assert_told (self, 2, "Channel “private-a”: refused: server error 401");

  subscribe (self, "private-b");
  raw_peer_say (self->fixture.peer,
                        "{\"event\":\"pusher:subscription_error\",\"channel\":\"private-b\","
                        "\"data\":\"" HOSTILE "\"}");
  assert_told (self, 2, "Channel “private-b”: refused: error subscription");

  subscribe (self, "private-c");
  raw_peer_say (self->fixture.peer,
                        "{\"event\":\"pusher:error\",\"channel\":\"private-c\","
                        "\"data\":{\"code\":4009,\"message\":\"" HOSTILE "\"}}");
  assert_told (self, 2, "Channel “private-c”: refused: server error 4009");
}

static void
test_sign_in (Listener     *self,
              gconstpointer user_data)
{
  PusherUser *user = pusher_client_get_user (self->fixture.client);

  g_signal_connect (user, "sign-in-error", G_CALLBACK (error_cb), self);
  pusher_user_sign_in (user);
  wait_until (self->fixture.peer->received->len > 0);
  raw_peer_say (self->fixture.peer, "{\"event\":\"pusher:signin_error\",\"data\":{\"type\":\""
                                      HOSTILE "\",\"error\":\"" HOSTILE "\"}}");
  assert_told (self, 2, "User: refused: error subscription");
}

static void
test_events (Listener     *self,
             gconstpointer user_data)
{
  subscribe (self, "private-encrypted-e");
  raw_peer_say (self->fixture.peer,
                        "{\"event\":\"pusher_internal:subscription_succeeded\","
                        "\"channel\":\"private-encrypted-e\",\"data\":\"" HOSTILE "\"}");
  raw_peer_say (self->fixture.peer,
                        "{\"event\":\"" HOSTILE "\",\"channel\":\"private-encrypted-e\","
                        "\"data\":\"" HOSTILE "\"}");
  /* The channel tells of it, and the client. */
  assert_told (self, 2, "Channel “private-encrypted-e”: subscribed");

  subscribe (self, "presence-p");
  raw_peer_say (self->fixture.peer,
                        "{\"event\":\"pusher_internal:subscription_succeeded\","
                        "\"channel\":\"presence-p\",\"data\":\"" HOSTILE "\"}");
  raw_peer_say (self->fixture.peer,
                        "{\"event\":\"pusher_internal:member_added\","
                        "\"channel\":\"presence-p\",\"data\":\"" HOSTILE "\"}");
  assert_told (self, 4, "Channel “presence-p”: subscribed");
}

static void
test_other_channels (Listener     *self,
                     gconstpointer user_data)
{
  raw_peer_say (self->fixture.peer, "{\"event\":\"e\",\"channel\":\"" HOSTILE "\"}");
  raw_peer_say (self->fixture.peer, "{\"event\":\"pusher_internal:subscription_succeeded\","
                                      "\"channel\":\"" HOSTILE "\"}");
  raw_peer_say (self->fixture.peer, "{\"event\":\"pusher:subscription_error\","
                                      "\"channel\":\"" HOSTILE "\",\"data\":{}}");
  raw_peer_say (self->fixture.peer, "{\"event\":5}");
  assert_told (self, 1, NULL);
}

static void
go_to_server (Listener *self)
{
  Fixture *fixture = &self->fixture;

  pusher_client_set_port (fixture->client, pusher_test_server_get_port (fixture->server));
  pusher_client_switch_cluster (fixture->client, pusher_test_server_get_key (fixture->server),
                                NULL);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
}

/* A close frame has room for 123 bytes. */
static void
test_close (Listener     *self,
            gconstpointer user_data)
{
  static const struct
  {
    gushort code;
    const char *line;
  } closes[] = {
    { 1001, "because: error connection-lost" },
    { 4200, "because: server error 4200" },
    { 4100, "because: server error 4100" },
    { 4001, "because: server error 4001" },
  };

  go_to_server (self);
  for (guint i = 0; i < G_N_ELEMENTS (closes); i++)
    {
      PusherClient *client = self->fixture.client;
      const GError *error;

      g_string_truncate (self->logged, 0);
      pusher_test_faults_close_connections (self->fixture.faults, closes[i].code,
                                            KEY "\n** WARNING **: forged\x1b[2J");
      wait_until (pusher_client_get_state (client) != PUSHER_CONNECTION_STATE_CONNECTED);
      error = pusher_client_get_last_error (client);
      assert_one_line (error);
      g_assert_nonnull (strstr (error->message, KEY "\\n** WARNING **: forged\\u{1b}[2J"));
      g_assert_nonnull (strstr (self->logged->str, closes[i].line));
      if (pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_CONNECTING)
        {
          fixture_advance (&self->fixture, SECONDS (60));
          fixture_wait_for_state (&self->fixture, PUSHER_CONNECTION_STATE_CONNECTED);
        }
    }
}

static void
test_endpoint (Listener     *self,
               gconstpointer user_data)
{
  g_autoptr (Endpoint) endpoint = endpoint_new ();
  g_autofree char *url = endpoint_get_url (endpoint, "/auth?token=" KEY);

  pusher_client_use_endpoint (self->fixture.client, url, NULL);

  endpoint_answer (endpoint, 403, KEY ":" SIGNATURE "\n** WARNING **: forged");
  pusher_client_subscribe (self->fixture.client, "private-d", NULL);
  wait_until (strstr (self->logged->str, "“private-d”: refused: HTTP status 403") != NULL);

  endpoint_answer_with (endpoint, 302, "Location", "http://" KEY "%0A**%20forged%1B.example/",
                        NULL);
  pusher_client_subscribe (self->fixture.client, "private-f", NULL);
  wait_until (strstr (self->logged->str, "“private-f”: refused: HTTP status 302") != NULL);

  endpoint_answer (endpoint, 200, "{\"auth\":\"" KEY ":" SIGNATURE "\\n\",\"channel_data\":\"" KEY
                                  "\"}");
  pusher_client_subscribe (self->fixture.client, "private-g", NULL);
  wait_until (strstr (self->logged->str, "“private-g”: refused: error authorization") != NULL);
}

static void
test_first_message (Listener     *self,
                    gconstpointer user_data)
{
  static const struct
  {
    const char *message;
    PusherConnectionState state;
    const char *line;
  } messages[] = {
    { "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"" HOSTILE "\"}}",
      PUSHER_CONNECTION_STATE_CONNECTING, "because: error protocol" },
    { "{\"event\":\"" HOSTILE "\"}", PUSHER_CONNECTION_STATE_CONNECTING,
      "because: error protocol" },
    { "{\"" HOSTILE "\"}", PUSHER_CONNECTION_STATE_CONNECTING, "because: error protocol" },
    { "{\"event\":\"pusher:error\",\"data\":{\"code\":4001,\"message\":\"" HOSTILE "\"}}",
      PUSHER_CONNECTION_STATE_FAILED, "because: server error 4001" },
  };
  PusherTestServer *server = self->fixture.server;
  PusherClient *client = self->fixture.client;

  pusher_client_set_port (client, pusher_test_server_get_port (server));
  pusher_client_switch_cluster (client, pusher_test_server_get_key (server), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_string_truncate (self->logged, 0);
      pusher_test_faults_set_first_message (pusher_test_server_get_faults (server),
                                            messages[i].message);
      pusher_client_reconnect_now (client);
      wait_until (strstr (self->logged->str, messages[i].line) != NULL);
      g_assert_cmpint (pusher_client_get_state (client), ==, messages[i].state);
      assert_one_line (pusher_client_get_last_error (client));
    }
}

#define add(path, test) g_test_add (path, Listener, NULL, set_up, test, tear_down)

int
main (int   argc,
      char *argv[])
{
  /* All that there is */
  g_setenv ("G_MESSAGES_DEBUG", "Pusher", TRUE);
  g_test_init (&argc, &argv, NULL);
  test_thread = g_thread_self ();

  add ("/log/errors", test_errors);
  add ("/log/subscription", test_subscription);
  add ("/log/sign-in", test_sign_in);
  add ("/log/events", test_events);
  add ("/log/other-channels", test_other_channels);
  add ("/log/close", test_close);
  add ("/log/endpoint", test_endpoint);
  add ("/log/first-message", test_first_message);

  return g_test_run ();
}
