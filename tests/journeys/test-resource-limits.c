/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Servers that send too much, too slowly, or do not read: what they cost is
 * bounded, and the client says what happened and tries again. */

#include "connection/pusher-connection-private.h"
#include "fixture.h"
#include "tls-files.h"

#include <string.h>
#include <sys/socket.h>

#define MAX_SIZE 1000

#define TEXT 0x01
#define FIN 0x80
#define PING 0x89
#define PONG 0x8a

static guint n_events;
static gsize last_size; /* of the data of an event */

static void
event_cb (PusherClient *client,
          PusherEvent  *event)
{
  last_size = strlen (pusher_event_get_data (event));
  n_events++;
}

static void
set_up (Fixture      *fixture,
        gconstpointer user_data)
{
  fixture_set_up (fixture, NULL);
  fixture->random = 0.5;
  fixture_use_peer (fixture);
  pusher_client_set_max_message_size (fixture->client, MAX_SIZE);
  g_signal_connect (fixture->client, "event::x", G_CALLBACK (event_cb), NULL);
  n_events = 0;
}

static void
connect_client (Fixture *fixture)
{
  fixture_connect_to_peer (fixture);
  fixture_assert_log (fixture, "connecting connected");
}

/* The client has given up the connection with an error of its own. */
static void
wait_for_loss (Fixture    *fixture,
               const char *log,
               const char *message)
{
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, log);
  g_assert_cmpstr (pusher_client_get_last_error (fixture->client)->message, ==, message);
}

/* --- The size of messages ------------------------------------------------ */

/* An event of so many bytes. */
static char *
make_event (gsize size)
{
  const char *before = "{\"event\":\"x\",\"data\":\"";
  g_autofree char *data = g_strnfill (size - strlen (before) - 2, 'd');

  return g_strconcat (before, data, "\"}", NULL);
}

static void
send_fragments (Fixture *fixture,
                gsize size,
                guint n)
{
  g_autofree char *event = make_event (size);
  gsize part = size / n;

  for (guint i = 0; i < n; i++)
    {
      gsize at = i * part;
      guint8 first_byte = (i == 0 ? TEXT : 0) | (i == n - 1 ? FIN : 0);

      raw_peer_frame (fixture->peer, first_byte, event + at, i == n - 1 ? size - at : part);
      raw_peer_frame (fixture->peer, PING, "between", 7);
    }
}

/* As large as may be, whatever it is made of. */
static void
test_within (Fixture      *fixture,
             gconstpointer user_data)
{
  static const guint n_fragments[] = { 1, 2, 3, 500, 1000 };

  connect_client (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (n_fragments); i++)
    {
      send_fragments (fixture, MAX_SIZE, n_fragments[i]);
      wait_until (n_events == i + 1);
      g_assert_cmpuint (last_size, ==, MAX_SIZE - 23);
    }

  fixture_assert_log (fixture, "");
}

static const struct
{
  const char *path;
  guint n_fragments;
} too_large[] = {
  { "/resource-limits/message/whole", 1 },
  { "/resource-limits/message/two-fragments", 2 },
  { "/resource-limits/message/many-fragments", 700 },
};

/* One byte too much is the same error and the same close, in one frame or many. */
static void
test_too_large (Fixture      *fixture,
                gconstpointer user_data)
{
  connect_client (fixture);
  send_fragments (fixture, MAX_SIZE, 10);
  wait_until (n_events == 1);

  send_fragments (fixture, MAX_SIZE + 1, GPOINTER_TO_UINT (user_data));
  wait_until (raw_peer_find_close_code (fixture->peer) != -1);
  g_assert_cmpint (raw_peer_find_close_code (fixture->peer), ==, 1009);
  wait_for_loss (fixture, "connecting error:connection-lost in:0.25",
                 "The connection was lost: The server sent a message of more than 1000 bytes");
  g_assert_cmpuint (n_events, ==, 1);
}

static void
test_max_message_size (Fixture      *fixture,
                       gconstpointer user_data)
{
  g_autofree char *fits = g_strnfill (900, 'x');
  g_autofree char *larger = g_strnfill (1000, 'x');
  PusherChannel *channel = pusher_client_subscribe (fixture->client, "a", NULL);

  pusher_client_set_max_message_size (fixture->client, 1000);
  fixture_connect (fixture);
  fixture_subscribe (fixture, "a");
  fixture_record_channel (fixture, channel);
  g_string_truncate (fixture->log, 0);

  pusher_test_server_publish (fixture->server, "a", "fits", fits, NULL);
  wait_until (fixture->log->len > 900);
  g_string_truncate (fixture->log, 0);

  fixture->random = 0.5;
  pusher_test_server_publish (fixture->server, "a", "large", larger, NULL);
  pusher_test_server_publish (fixture->server, "a", "next", "", NULL);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "a:pending connecting error:connection-lost in:0.25");

  fixture_retry (fixture);
  wait_until (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED);
}

/* More than libsoup takes by default: a presence channel can need it. */
static void
test_large_message (Fixture      *fixture,
                    gconstpointer user_data)
{
  g_autofree char *data = g_strnfill (1000 * 1000, 'x');

  fixture_connect_channel (fixture, "a");
  pusher_test_server_publish (fixture->server, "a", "large", data, NULL);
  wait_until (fixture->log->len > 0);
  g_assert_cmpuint (fixture->log->len, ==, strlen ("a:large=") + 1000 * 1000);
}

/* Only the header ever comes. */
static void
test_huge_length (Fixture      *fixture,
                  gconstpointer user_data)
{
  const guint64 *length = user_data;
  guint64 wire = GUINT64_TO_BE (*length);
  guint8 frame[10] = { FIN | TEXT, 127 };

  memcpy (frame + 2, &wire, sizeof wire);
  g_object_set (fixture->client, "max-message-size", G_MAXUINT64, NULL);
  connect_client (fixture);

  raw_peer_send (fixture->peer, frame, sizeof frame);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "connecting error:connection-lost in:0.25");
}

static const guint64 lengths[] = {
  G_MAXUINT64,
  G_MAXUINT64 - 10,
  G_GUINT64_CONSTANT (1) << 63,
  G_MAXINT64,
  (G_GUINT64_CONSTANT (1) << 32) - 1,
  (G_GUINT64_CONSTANT (1) << 30) + 1,
};

/* They cost the server two bytes each. */
static void
test_empty_fragments (Fixture      *fixture,
                      gconstpointer user_data)
{
  g_autofree char *zeros = g_strnfill (2000, '\0');
  g_autoptr (GBytes) fragments = g_bytes_new (zeros, 2000);

  connect_client (fixture);
  raw_peer_frame (fixture->peer, TEXT, "", 0);
  raw_peer_flood (fixture->peer, fragments);
  wait_for_loss (fixture, "connecting error:connection-lost in:0.25",
                 "The connection was lost: The server sent a message of more than 16384 fragments");
}

/* --- Answers that nobody reads ------------------------------------------- */

static void
network_event_cb (SoupMessage       *request,
                  GSocketClientEvent event,
                  GIOStream         *stream,
                  gpointer           user_data)
{
  GSocket *socket;

  if (event != G_SOCKET_CLIENT_CONNECTED)
    return;

  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream));
  g_assert_true (g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, 4096, NULL));
}

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *request,
                   gpointer     user_data)
{
  g_signal_connect (request, "network-event", G_CALLBACK (network_event_cb), NULL);
}

/* So that little fits between the client and the peer. */
static void
connect_deaf_peer (Fixture *fixture)
{
  SoupSession *session = pusher_client_get_session (fixture->client);

  g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), NULL);
  connect_client (fixture);
  fixture->peer->deaf = TRUE;
}

static GBytes *
repeat (GBytes *frame,
        guint   n)
{
  GByteArray *all = g_byte_array_new ();

  for (guint i = 0; i < n; i++)
    g_byte_array_append (all, g_bytes_get_data (frame, NULL), (guint) g_bytes_get_size (frame));
  g_bytes_unref (frame);

  return g_byte_array_free_to_bytes (all);
}

static void
test_websocket_pings (Fixture      *fixture,
                      gconstpointer user_data)
{
  g_autofree char *payload = g_strnfill (125, 'p');
  g_autoptr (GBytes) pings = repeat (make_frame (PING, payload, 125), 100);

  connect_deaf_peer (fixture);
  raw_peer_flood (fixture->peer, pings);
  wait_for_loss (fixture, "connecting error:connection-lost in:0.25",
                 "The connection was lost: "
                 "The server sends pings and does not read the answers");
}

/* The protocol's own: those that find no room are not answered, and nothing is
 * wrong afterwards. */
static void
test_pusher_pings (Fixture      *fixture,
                   gconstpointer user_data)
{
  const guint n = 10 * 1000;
  const char *ping = "{\"event\":\"pusher:ping\",\"data\":{}}";
  g_autoptr (GBytes) pings = repeat (make_frame (FIN | TEXT, ping, strlen (ping)), n);
  g_autofree char *event = make_event (100);

  connect_deaf_peer (fixture);
  raw_peer_send (fixture->peer, g_bytes_get_data (pings, NULL), g_bytes_get_size (pings));
  raw_peer_frame (fixture->peer, FIN | TEXT, event, strlen (event));
  wait_until (n_events == 1);

  raw_peer_listen (fixture->peer);
  pusher_client_close (fixture->client);
  wait_until (raw_peer_find_close_code (fixture->peer) == 1000);
  g_assert_cmpuint (raw_peer_count_frames (fixture->peer), >, 1);
  g_assert_cmpuint (raw_peer_count_frames (fixture->peer), <, n / 2);
}

/* --- Handshakes ---------------------------------------------------------- */

/* What the peer says at first, and then each second. */
static const struct
{
  const char *path;
  gboolean use_tls;
  const char *text;
  const char *drip;
} trickles[] = {
  { "/resource-limits/handshake/silence", FALSE, "", "" },
  { "/resource-limits/handshake/status", FALSE, "HTTP/1.1 101 ", "x" },
  { "/resource-limits/handshake/headers", FALSE, "HTTP/1.1 101 Switching Protocols\r\nX: ", "x" },
  { "/resource-limits/handshake/informational", FALSE, "", "HTTP/1.1 100 Continue\r\n\r\n" },
  { "/resource-limits/handshake/tls-silence", TRUE, "", "" },
  { "/resource-limits/handshake/tls", TRUE, "\x16\x03\x03\x3f\xff\x02", "x" },
};

static void
test_trickle (Fixture      *fixture,
              gconstpointer user_data)
{
  guint i = GPOINTER_TO_UINT (user_data);
  const char *drip = trickles[i].drip;
  g_autoptr (GTlsDatabase) database = tls_load_authority ("authority");

  soup_session_set_tls_database (pusher_client_get_session (fixture->client), database);
  g_object_set (fixture->client, "use-tls", trickles[i].use_tls, "unavailable-timeout", 60, NULL);
  pusher_client_open (fixture->client);
  wait_until (fixture->peer->connection != NULL && fixture->peer->received->len > 0);
  raw_peer_send (fixture->peer, trickles[i].text, strlen (trickles[i].text));
  for (guint second = 1; second < 15; second++)
    {
      raw_peer_send (fixture->peer, drip, strlen (drip));
      wait_until (fixture->peer->n_sent == strlen (trickles[i].text) + second * strlen (drip));
      fixture_advance (fixture, SECONDS (1));
      fixture_settle (fixture);
    }
  fixture_assert_log (fixture, "connecting");

  fixture_advance (fixture, SECONDS (1));
  fixture_assert_log (fixture, "error:timeout in:0.25");
  wait_until (fixture->peer->connection == NULL);
}

static void
test_endless_headers (Fixture      *fixture,
                      gconstpointer user_data)
{
  static const char start[] = "HTTP/1.1 101 Switching Protocols\r\n";
  g_autoptr (GBytes) headers = repeat (g_bytes_new_static ("X: yyyyyyyyyyyyy\r\n", 18), 100);

  pusher_client_open (fixture->client);
  wait_until (fixture->peer->connection != NULL && fixture->peer->received->len > 0);
  raw_peer_send (fixture->peer, start, strlen (start));
  raw_peer_flood (fixture->peer, headers);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_assert_log (fixture, "connecting error:connection-lost in:0.25");
  wait_until (fixture->peer->connection == NULL);
}

/* All that the server has to say comes with its answer to the handshake. */
static void
test_behind_handshake (Fixture      *fixture,
                       gconstpointer user_data)
{
  const guint n = 2000;
  g_autofree char *event = make_event (500);
  g_autoptr (GBytes) events = repeat (make_frame (FIN | TEXT, event, strlen (event)), n);

  pusher_client_open (fixture->client);
  raw_peer_welcome (fixture->peer);
  raw_peer_send (fixture->peer, g_bytes_get_data (events, NULL), g_bytes_get_size (events));
  wait_until (n_events == n);
  fixture_assert_log (fixture, "connecting connected");
}

/* --- Closing ------------------------------------------------------------- */

/* The server neither answers nor hangs up. */
static void
test_close (Fixture      *fixture,
            gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  connect_client (fixture);
  pusher_client_close_async (fixture->client, NULL, store_result_cb, &result);
  fixture_assert_log (fixture, "disconnected");
  wait_until (result != NULL);
  g_assert_true (pusher_client_close_finish (fixture->client, result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (raw_peer_find_close_code (fixture->peer), ==, 1000);
}

/* Nor does it read, so that not even the close frame gets to it. */
static void
test_close_deaf (Fixture      *fixture,
                 gconstpointer user_data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *event = g_strnfill (100 * 1000, ' ');
  PusherConnection *connection = pusher_client_get_connection (fixture->client);

  connect_deaf_peer (fixture);
  for (guint i = 0; i < 100; i++)
    g_assert_true (pusher_connection_send (connection, event));

  pusher_client_close_async (fixture->client, NULL, store_result_cb, &result);
  wait_until (result != NULL);
  g_assert_true (pusher_client_close_finish (fixture->client, result, NULL));
}

/* --- The application's session ------------------------------------------- */

/* Asks for a WebSocket by other means than the client, and returns the request. */
static char *
record_handshake (Fixture     *fixture,
                  SoupSession *session)
{
  g_autofree char *uri = g_strdup_printf ("ws://127.0.0.1:%u/", fixture->peer->port);
  g_autoptr (SoupMessage) request = soup_message_new (SOUP_METHOD_GET, uri);
  guint n = fixture->peer->n_connections;
  g_autoptr (GAsyncResult) result = NULL;
  char *text;

  soup_session_websocket_connect_async (session, request, NULL, NULL, G_PRIORITY_DEFAULT, NULL,
                                        store_result_cb, &result);
  wait_until (fixture->peer->n_connections > n && raw_peer_heard (fixture->peer, "\r\n\r\n"));
  text = g_strndup ((const char *) fixture->peer->received->data, fixture->peer->received->len);
  raw_peer_hang_up (fixture->peer);
  wait_until (result != NULL);
  g_assert_null (soup_session_websocket_connect_finish (session, result, NULL));

  return text;
}

/* What bounds the messages is not seen by the server, nor by other WebSockets of
 * the session. */
static void
test_invisible (Fixture      *fixture,
                gconstpointer user_data)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autofree char *other = NULL;
  g_autofree char *ours = NULL;
  gboolean compress = GPOINTER_TO_INT (user_data);

  if (compress)
    soup_session_add_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  g_object_set (fixture->client, "session", session, NULL);

  pusher_client_open (fixture->client);
  raw_peer_await_request (fixture->peer);
  ours = g_strndup ((const char *) fixture->peer->received->data, fixture->peer->received->len);
  g_assert_null (strstr (ours, "xtension"));
  raw_peer_welcome (fixture->peer);
  fixture_wait_for_state (fixture, PUSHER_CONNECTION_STATE_CONNECTED);
  send_fragments (fixture, MAX_SIZE + 1, 2);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);

  other = record_handshake (fixture, session);
  g_assert_null (strstr (other, "pusher"));
  g_assert_cmpint (strstr (other, "permessage-deflate") != NULL, ==, compress);
  g_string_truncate (fixture->log, 0);
}

/* A session that has requests under way when the client gets it. */
static void
test_busy_session (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr (RawPeer) slow = raw_peer_new ();
  SoupSession *session = soup_session_new ();
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", slow->port);
  GAsyncResult *results[3] = { NULL };

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (SoupMessage) request = soup_message_new (SOUP_METHOD_GET, uri);

      soup_session_send_and_read_async (session, request, G_PRIORITY_DEFAULT, NULL,
                                        store_result_cb, &results[i]);
    }
  wait_until (slow->connection != NULL);

  g_object_set (fixture->client, "session", session, NULL);
  connect_client (fixture);
  soup_session_abort (session);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      wait_until (results[i] != NULL);
      g_clear_object (&results[i]);
    }

  raw_peer_hang_up (fixture->peer);
  wait_until (pusher_client_get_retry_at (fixture->client) != 0);
  fixture_drop_client (fixture);
  fixture_settle (fixture);
  g_assert_finalize_object (session);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, data, test) g_test_add (path, Fixture, data, set_up, test, fixture_tear_down)
  add ("/resource-limits/message/within", NULL, test_within);
  for (guint i = 0; i < G_N_ELEMENTS (too_large); i++)
    add (too_large[i].path, GUINT_TO_POINTER (too_large[i].n_fragments), test_too_large);
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/resource-limits/message/length/%" G_GUINT64_FORMAT, lengths[i]);

      add (path, &lengths[i], test_huge_length);
    }
  fixture_add ("/resource-limits/message/setting", NULL, test_max_message_size);
  fixture_add ("/resource-limits/message/large", NULL, test_large_message);
  add ("/resource-limits/message/empty-fragments", NULL, test_empty_fragments);
  add ("/resource-limits/deaf/websocket-pings", NULL, test_websocket_pings);
  add ("/resource-limits/deaf/pusher-pings", NULL, test_pusher_pings);
  for (guint i = 0; i < G_N_ELEMENTS (trickles); i++)
    add (trickles[i].path, GUINT_TO_POINTER (i), test_trickle);
  add ("/resource-limits/handshake/endless-headers", NULL, test_endless_headers);
  add ("/resource-limits/handshake/behind", NULL, test_behind_handshake);
  add ("/resource-limits/close/silent", NULL, test_close);
  add ("/resource-limits/close/deaf", NULL, test_close_deaf);
  add ("/resource-limits/session/plain", GINT_TO_POINTER (FALSE), test_invisible);
  add ("/resource-limits/session/compressing", GINT_TO_POINTER (TRUE), test_invisible);
  add ("/resource-limits/session/busy", NULL, test_busy_session);

  return g_test_run ();
}
