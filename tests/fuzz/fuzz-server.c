/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The test server, and clients and backends that say anything: odd frames and messages,
 * some of them signed; odd HTTP; odd forms and events, signed or not. Afterwards it serves
 * a client that behaves as well as ever.
 *
 * The first byte has the bits that are defined below. Steps follow, of a letter and its
 * parameters: see take_step().
 */

#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-message-private.h"
#include "protocol/pusher-signature-private.h"

#include <pusher-glib/testing/pusher-test.h>

#include "raw/frame.h"

#include <string.h>

#define DRIBBLE 1       /* all is sent in small pieces */
#define CLIENT_EVENTS 2 /* are not allowed */
#define COUNTS 4        /* of subscriptions are told */
#define USER 8          /* the backend has one for those who do not say */
#define LIMITED 16      /* events are small and client events few */

#define MAX_STEPS 40
#define N_CLIENTS 3

#define APP_KEY "test-key"
#define SECRET "test-secret"
#define GOOD_PATH "/app/" APP_KEY "?protocol=7&client=raw&version=0.1"
#define SOCKET_ID "socket_id\\\":\\\""

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         length);

static const char *const events[] = {
  "pusher:subscribe", "pusher:unsubscribe", "pusher:signin", "pusher:ping", "pusher:pong",
  "client-event", NULL,
};

static const char *const channels[] = {
  "a", "private-a", "presence-a", "cache-a", "private-encrypted-a", "private-cache-a", NULL,
};

static const char *const paths[] = {
  "/apps/1/events", "/apps/1/batch_events", "/apps/1/users/1/terminate_connections", NULL,
};

typedef struct
{
  RawSocket socket;
  char *socket_id; /* nullable */
} Client;

typedef struct
{
  PusherTestServer *server;
  guint port;
  RawInput input;
  guint8 bits;
  Client clients[N_CLIENTS];
  Client *client; /* who has the word */
} World;

/* --- What the server tells ----------------------------------------------- */

/* All of it is for people, and for other languages. */
static void
told_cb (PusherTestServer *server,
         const char       *socket_id,
         const char       *text,
         gpointer          user_data)
{
  g_assert_true (g_utf8_validate (socket_id, -1, NULL));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
auth_requested_cb (PusherTestBackend *backend,
                   const char        *socket_id,
                   const char        *channel,
                   gpointer           user_data)
{
  g_assert_true (g_utf8_validate (socket_id, -1, NULL));
  g_assert_true (channel == NULL || g_utf8_validate (channel, -1, NULL));
}

/* --- HTTP ---------------------------------------------------------------- */

static void
say (RawSocket  *socket,
     const char *text)
{
  raw_socket_send (socket, text, strlen (text));
}

/* What is on its way between the two arrives. */
static void
listen_to (RawSocket *socket)
{
  raw_settle ();
  raw_socket_receive (socket);
}

static void
check_json (const char *text)
{
  g_autoptr (GError) error = NULL;

  pusher_json_validate (text, -1, &error);
  g_assert_no_error (error);
}

/* A request gets an answer of the server's, which is text, and JSON if all went well.
 *
 * Returns: the status */
static guint
post (World      *self,
      const char *path_and_query,
      const char *type,
      GBytes     *body)
{
  g_auto (RawSocket) socket = { .dribble = (self->bits & DRIBBLE) != 0 };
  g_autofree char *head =
    g_strdup_printf ("POST %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nContent-Type: %s\r\n"
                     "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
                     path_and_query, self->port, type, g_bytes_get_size (body));
  g_autofree char *answer = NULL;
  const char *text;
  guint status;

  raw_socket_connect (&socket, self->port);
  say (&socket, head);
  raw_socket_send (&socket, g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  listen_to (&socket);

  answer = raw_socket_dup_text (&socket);
  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 "));
  status = (guint) g_ascii_strtoull (answer + strlen ("HTTP/1.1 "), NULL, 10);
  text = strstr (answer, "\r\n\r\n");
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpuint (status, <, 500);
  if (status == 200)
    check_json (text + strlen ("\r\n\r\n"));

  return status;
}

/* As a backend does (protocol, "REST"), with more in the query if there is more */
static guint
post_signed (World      *self,
             const char *path,
             GBytes     *body)
{
  g_autofree char *md5 = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, body);
  g_autofree char *query =
    g_strdup_printf ("auth_key=" APP_KEY "&auth_timestamp=%" G_GINT64_FORMAT
                     "&auth_version=1.0&body_md5=%s",
                     g_get_real_time () / G_USEC_PER_SEC, md5);
  g_autofree char *text = g_strdup_printf ("POST\n%s\n%s", path, query);
  g_autofree char *signature =
    g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) SECRET, strlen (SECRET), text,
                               -1);
  g_autofree char *all = g_strdup_printf ("%s?%s&auth_signature=%s", path, query, signature);

  return post (self, all, "application/json", body);
}

static void
send_events (World *self)
{
  const char *path = raw_input_word (&self->input, paths);
  g_autoptr (GBytes) body = raw_input_bytes (&self->input);

  post_signed (self, path, body);
}

/* @path: of an endpoint */
static void
ask_endpoint (World *self)
{
  gboolean for_user = raw_input_byte (&self->input) % 2 == 1;
  g_autoptr (GBytes) form = raw_input_bytes (&self->input);

  post (self, for_user ? "/pusher/user-auth" : "/pusher/auth",
        "application/x-www-form-urlencoded", form);
}

/* Any bytes, in a connection of their own, which the client ends or forgets */
static void
send_http (World *self)
{
  g_auto (RawSocket) socket = { .dribble = (self->bits & DRIBBLE) != 0 };
  g_autoptr (GBytes) bytes = raw_input_bytes (&self->input);
  gsize length;
  const char *p = g_bytes_get_data (bytes, &length);

  raw_socket_connect (&socket, self->port);
  raw_socket_send (&socket, p, length);
  if (length % 2 == 0)
    raw_socket_finish (&socket);
  listen_to (&socket);
}

/* --- WebSockets ---------------------------------------------------------- */

static void
hang_up (Client  *self,
         gboolean reset)
{
  raw_socket_hang_up (&self->socket, reset);
  raw_socket_clear (&self->socket);
  g_clear_pointer (&self->socket_id, g_free);
  raw_settle ();
}

static void
read_socket_id (Client *self)
{
  g_autofree char *text = raw_socket_dup_text (&self->socket);
  const char *end = strstr (text, "\r\n\r\n");
  const char *id = end != NULL ? strstr (end, SOCKET_ID) : NULL;

  if (id != NULL)
    self->socket_id = g_strndup (id + strlen (SOCKET_ID),
                                 strspn (id + strlen (SOCKET_ID), "0123456789."));
}

static void
open_client (World      *self,
             Client     *client,
             const char *path)
{
  g_autofree char *request =
    g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nUpgrade: websocket\r\n"
                     "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
                     path, self->port);

  hang_up (client, FALSE);
  raw_socket_connect (&client->socket, self->port);
  client->socket.dribble = (self->bits & DRIBBLE) != 0;
  say (&client->socket, request);
  listen_to (&client->socket);
  read_socket_id (client);
}

/* A path that is a line, for the request to be one */
static void
open_oddly (World *self)
{
  g_autofree char *path = raw_input_text (&self->input);

  g_strdelimit (path, "\r\n", ' ');
  open_client (self, self->client, path);
}

static void
send_text (World *self)
{
  g_autofree char *text = raw_input_text (&self->input);

  raw_frame_say (&self->client->socket, TRUE, text);
}

static void
send_control (World *self,
              guint8 first_byte)
{
  g_autoptr (GBytes) payload = raw_input_bytes (&self->input);

  raw_frame_send (&self->client->socket, TRUE, first_byte, payload);
}

/* A request with any data, or a client event */
static void
send_message (World *self)
{
  const char *event = raw_input_word (&self->input, events);
  const char *channel = raw_input_word (&self->input, channels);
  g_autofree char *data = raw_input_text (&self->input);
  g_autofree char *text =
    pusher_message_encode (event, g_str_has_prefix (event, "client-") ? channel : NULL,
                           *data != '\0' ? data : NULL);

  raw_frame_say (&self->client->socket, TRUE, text);
}

/* What needs to be signed is; what is signed is any text. */
static void
send_signed (World *self)
{
  gboolean for_user = raw_input_byte (&self->input) % 4 == 3;
  const char *channel = raw_input_word (&self->input, channels);
  g_autofree char *input = raw_input_text (&self->input);
  g_autofree char *more = g_utf8_make_valid (input, -1);
  const char *socket_id = self->client->socket_id != NULL ? self->client->socket_id : "1.1";
  g_autofree char *auth =
    for_user ? pusher_signature_for_user (APP_KEY, SECRET, socket_id, more)
             : pusher_signature_for_channel (APP_KEY, SECRET, socket_id, channel,
                                             *more != '\0' ? more : NULL);
  g_autoptr (GString) data = g_string_new (NULL);
  g_autofree char *text = NULL;

  pusher_json_begin_object (data, NULL);
  pusher_json_add_string (data, "channel", for_user ? NULL : channel);
  pusher_json_add_string (data, "auth", auth);
  if (*more != '\0')
    pusher_json_add_string (data, for_user ? "user_data" : "channel_data", more);
  pusher_json_end_object (data);
  text = pusher_message_encode (for_user ? "pusher:signin" : "pusher:subscribe", NULL, data->str);
  raw_frame_say (&self->client->socket, TRUE, text);
}

/* --- The test ------------------------------------------------------------ */

/* What a test may do with its server meanwhile */
static void
call_server (World *self)
{
  PusherTestFaults *faults = pusher_test_server_get_faults (self->server);
  const char *channel = raw_input_word (&self->input, channels);
  g_autofree char *input = raw_input_text (&self->input);
  g_autofree char *text = g_utf8_make_valid (input, -1);
  guint8 byte = raw_input_byte (&self->input);

  switch (raw_input_step (&self->input, "pjuthsfxcbk"))
    {
    case 'p':
      pusher_test_server_publish (self->server, channel, "event", text, NULL);
      break;
    case 'j':
      pusher_test_server_publish_json (self->server, channel, "event", text, NULL);
      break;
    case 'u':
      pusher_test_server_send_to_user (self->server, "1", "event", text, NULL);
      break;
    case 't':
      pusher_test_server_terminate_user_connections (self->server, "1");
      break;
    case 'h':
      pusher_test_faults_set_hold_answers (faults, byte % 2 == 0);
      break;
    case 's':
      pusher_test_faults_set_silent (faults, byte % 2 == 0);
      break;
    case 'f':
      pusher_test_faults_fail_subscription (faults, channel, "AuthError", text, byte);
      break;
    case 'x':
      pusher_test_faults_cut_connections (faults);
      break;
    case 'c':
      pusher_test_faults_close_connections (faults, 4000 + byte, text);
      break;
    case 'b':
      pusher_test_backend_forbid (pusher_test_server_get_backend (self->server), channel);
      break;
    default:
      pusher_test_server_kill (self->server);
      pusher_test_server_start (self->server, NULL);
    }
}

static void
take_step (World *self)
{
  RawSocket *socket = &self->client->socket;

  switch (raw_input_step (&self->input, "tomgfFHcpnrhxswOREA"))
    {
    case 'o':
      open_client (self, self->client, GOOD_PATH);
      break;
    case 'O':
      open_oddly (self);
      break;
    case 't':
      send_text (self);
      break;
    case 'm':
      send_message (self);
      break;
    case 'g':
      send_signed (self);
      break;
    case 'f':
      raw_frame_send_odd (socket, &self->input, TRUE);
      break;
    case 'F':
      raw_frame_flood (socket, &self->input, TRUE);
      break;
    case 'H':
      raw_frame_huge (socket, &self->input, TRUE);
      break;
    case 'c':
      raw_frame_close (socket, &self->input, TRUE);
      break;
    case 'p':
      send_control (self, 0x89);
      break;
    case 'n': /* a fragment, that may be the first */
      send_control (self, raw_input_byte (&self->input) % 3);
      break;
    case 'h':
    case 'r':
      send_http (self);
      break;
    case 'x':
      hang_up (self->client, raw_input_byte (&self->input) % 2 == 1);
      break;
    case 's':
      self->client = &self->clients[raw_input_byte (&self->input) % N_CLIENTS];
      break;
    case 'R':
    case 'E':
      send_events (self);
      break;
    case 'A':
      ask_endpoint (self);
      break;
    default:
      call_server (self);
    }
  for (guint i = 0; i < N_CLIENTS; i++)
    listen_to (&self->clients[i].socket);
}

/* --- The whole life ------------------------------------------------------ */

static void
begin (World *self)
{
  static const char *const reports[] = {
    "violation", "message-received", "subscribed", "unsubscribed",
  };
  PusherTestBackend *backend;
  g_autoptr (GError) error = NULL;

  self->bits = raw_input_byte (&self->input);
  self->client = &self->clients[0];
  self->server = pusher_test_server_new ();
  backend = pusher_test_server_get_backend (self->server);
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    g_signal_connect (self->server, reports[i], G_CALLBACK (told_cb), NULL);
  g_signal_connect (backend, "auth-requested", G_CALLBACK (auth_requested_cb), NULL);

  pusher_test_server_set_client_events (self->server, (self->bits & CLIENT_EVENTS) == 0);
  pusher_test_server_set_subscription_counts (self->server, (self->bits & COUNTS) != 0);
  if ((self->bits & USER) != 0)
    pusher_test_backend_set_user (backend, "1", "{\"name\":\"Al\"}", NULL);
  if ((self->bits & LIMITED) != 0)
    {
      pusher_test_server_set_max_event_size (self->server, 16);
      pusher_test_server_set_client_event_rate (self->server, 2);
    }
  pusher_test_server_start (self->server, &error);
  g_assert_no_error (error);
  self->port = pusher_test_server_get_port (self->server);
}

/* A client, and a backend, that do nothing odd */
static void
check_service (World *self)
{
  static const char event[] = "{\"name\":\"e\",\"data\":\"d\",\"channel\":\"good\"}";
  PusherTestFaults *faults = pusher_test_server_get_faults (self->server);
  Client *client = &self->clients[0];
  g_autoptr (GBytes) body = g_bytes_new_static (event, strlen (event));

  pusher_test_faults_set_silent (faults, FALSE);
  pusher_test_faults_set_hold_answers (faults, FALSE);
  open_client (self, client, GOOD_PATH);
  g_assert_nonnull (client->socket_id);
  raw_frame_say (&client->socket, TRUE,
                 "{\"event\":\"pusher:subscribe\",\"data\":{\"channel\":\"good\"}}");
  listen_to (&client->socket);
  g_assert_true (raw_socket_heard (&client->socket, "pusher_internal:subscription_succeeded"));
  g_assert_cmpuint (post_signed (self, "/apps/1/events", body), ==, 200);
  listen_to (&client->socket);
  g_assert_true (raw_socket_heard (&client->socket,
                                   "{\"event\":\"e\",\"channel\":\"good\",\"data\":\"d\"}"));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  World self = { .input = { bytes, length } };

  begin (&self);
  for (guint i = 0; i < MAX_STEPS && self.input.left > 0; i++)
    take_step (&self);
  check_service (&self);

  for (guint i = 0; i < N_CLIENTS; i++)
    hang_up (&self.clients[i], i == 1);
  g_assert_cmpuint (pusher_test_server_get_n_subscribers (self.server, "good"), ==, 0);
  g_assert_finalize_object (self.server);
  raw_settle ();
  raw_check_descriptors ();

  return 0;
}
