/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The client, over the real libsoup, and a server that says anything: odd answers to the
 * handshake, odd frames, odd messages, cut anywhere.
 *
 * The first byte has the bits that are defined below. Then comes either h and an answer
 * to the handshake, in which %A stands for what the client wants to hear and %P for the
 * port of the server, with all that follows on it; or any other byte, for a correct handshake, and steps of a letter and
 * its parameters: see take_step().
 */

#include "client/pusher-client-types-private.h"
#include "connection/pusher-connection-private.h"

#include <pusher-glib/pusher.h>

#include "raw/frame.h"

#include <string.h>

#define DRIBBLE 1     /* all is sent in small pieces */
#define SUBSCRIBES 2  /* before the client is open */
#define SMALL 4       /* the client takes small messages only */
#define NO_WELCOME 8  /* the server does not say that the connection is established */

#define SMALL_SIZE 4096
#define MAX_STEPS 60

/* Bytes that a server can make the client keep, and what fuzzing itself takes; more if a
 * message may be large */
#define HEAP (16 * 1024 * 1024)
#define LARGE_HEAP (48 * 1024 * 1024)

/* More than an attempt, and a close, may take */
#define LONG (120 * (gint64) G_USEC_PER_SEC)

#define REQUEST "GET /app/key?protocol=7&"

#define WELCOME                                   \
  "{\"event\":\"pusher:connection_established\"," \
  "\"data\":\"{\\\"socket_id\\\":\\\"1.1\\\",\\\"activity_timeout\\\":30}\"}"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         length);

static const char *const channels[] = { "a", "private-a", "presence-a", "cache-a", NULL };

static const char *const events[] = {
  "pusher:connection_established", "pusher:error", "pusher:ping", "pusher:pong",
  "pusher_internal:subscription_succeeded", "pusher:subscription_error",
  "pusher_internal:member_added", "pusher_internal:member_removed",
  "pusher_internal:subscription_count", "pusher:cache_miss", "pusher:signin_success",
  "pusher_internal:watchlist_events", "client-event", "price", NULL,
};

typedef struct
{
  GSocket *listening;
  guint port;
  RawSocket peer;
  RawInput input;
  guint8 bits;
  gint64 now;
  PusherClient *client;
  guint n_errors;
  guint n_pending; /* asynchronous calls */
  gboolean closed; /* by the application */
} World;

/* --- What the client tells ----------------------------------------------- */

static void
error_cb (PusherClient *client,
          const GError *error,
          World        *self)
{
  g_assert_nonnull (error);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
  g_assert_cmpstr (error->message, !=, "");
  self->n_errors++;
}

/* An application looks at its events in every way. */
static void
event_cb (PusherClient *client,
          PusherEvent  *event,
          World        *self)
{
  const char *name = pusher_event_get_name (event);
  const char *data = pusher_event_get_data (event);
  gint64 integer;

  g_assert_true (g_utf8_validate (name, -1, NULL));
  g_assert_cmpstr (name, !=, "");
  g_assert_true (data == NULL || g_utf8_validate (data, -1, NULL));
  g_free (pusher_event_lookup_string (event, "/a"));
  pusher_event_lookup_int (event, "/a/0", &integer);
  pusher_event_get_json (event);
  pusher_event_get_variant (event);
}

static void
pinged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  World *self = user_data;

  pusher_client_ping_finish (PUSHER_CLIENT (source), result, NULL);
  self->n_pending--;
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  World *self = user_data;

  pusher_client_close_finish (PUSHER_CLIENT (source), result, NULL);
  self->n_pending--;
}

/* --- Time ---------------------------------------------------------------- */

static gint64
world_now (gpointer user_data)
{
  return ((World *) user_data)->now;
}

static double
world_random (gpointer user_data)
{
  return 0.5;
}

static void
advance (World *self,
         gint64 duration)
{
  self->now += duration;
  pusher_connection_check_timers (pusher_client_get_connection (self->client));
  raw_settle ();
  raw_socket_receive (&self->peer);
}

/* --- The handshake ------------------------------------------------------- */

/* Nothing that a server says makes the client ask for something else. */
static void
check_request (RawSocket *socket)
{
  g_assert_true (socket->received->len >= strlen (REQUEST));
  g_assert_cmpmem (socket->received->data, strlen (REQUEST), REQUEST, strlen (REQUEST));
}

/* Returns: whether a client waits for an answer */
static gboolean
wait_for_request (World *self)
{
  gint64 end = g_get_monotonic_time () + RAW_PATIENCE;

  do
    {
      raw_settle ();
      if (self->peer.socket == NULL)
        raw_socket_accept (&self->peer, self->listening);
      else
        raw_socket_receive (&self->peer);
      if (raw_socket_heard (&self->peer, "\r\n\r\n"))
        {
          check_request (&self->peer);
          return TRUE;
        }
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
  while (pusher_client_get_state (self->client) == PUSHER_CONNECTION_STATE_CONNECTING &&
         pusher_client_get_retry_at (self->client) == 0);

  return FALSE;
}

static void
answer_well (World *self)
{
  g_autofree char *accept = raw_frame_accept (&self->peer);
  g_autofree char *answer = NULL;

  g_assert_nonnull (accept);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                            accept);
  g_byte_array_set_size (self->peer.received, 0);
  raw_socket_send (&self->peer, answer, strlen (answer));
  if ((self->bits & NO_WELCOME) == 0)
    raw_frame_say (&self->peer, FALSE, WELCOME);
}

static void
answer_oddly (World *self)
{
  g_autofree char *accept = raw_frame_accept (&self->peer);
  g_autofree char *port = g_strdup_printf ("%u", self->port);
  g_autoptr (GBytes) bytes = raw_input_rest (&self->input);
  gsize length;
  const char *p = g_bytes_get_data (bytes, &length);
  g_autoptr (GString) answer = g_string_new_len (p, (gssize) length);

  /* A GString replaces up to the first NUL: enough for a head. */
  g_string_replace (answer, "%A", accept, 1);
  g_string_replace (answer, "%P", port, 1);
  raw_socket_send (&self->peer, answer->str, answer->len);
}

/* If the client has lost the connection, and tries again */
static void
welcome_again (World *self)
{
  if (self->peer.socket == NULL && wait_for_request (self))
    answer_well (self);
}

/* --- Steps --------------------------------------------------------------- */

static void
send_message (World *self)
{
  const char *event = raw_input_word (&self->input, events);
  guint8 channel = raw_input_byte (&self->input);
  g_autofree char *data = raw_input_text (&self->input);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_printf (text, "{\"event\":\"%s\"", event);
  if (channel % 5 < 4)
    g_string_append_printf (text, ",\"channel\":\"%s\"", channels[channel % 5]);
  if (*data != '\0')
    g_string_append_printf (text, ",\"data\":%s", data);
  if (channel >= 128)
    g_string_append (text, ",\"user_id\":\"1\"");
  g_string_append_c (text, '}');
  raw_frame_say (&self->peer, FALSE, text->str);
}

static void
send_text (World *self)
{
  g_autofree char *text = raw_input_text (&self->input);

  raw_frame_say (&self->peer, FALSE, text);
}

static void
send_control (World *self,
              guint8 first_byte)
{
  g_autoptr (GBytes) payload = raw_input_bytes (&self->input);

  raw_frame_send (&self->peer, FALSE, first_byte, payload);
}

static void
send_raw (World *self)
{
  g_autoptr (GBytes) bytes = raw_input_bytes (&self->input);
  gsize length;
  gconstpointer p = g_bytes_get_data (bytes, &length);

  raw_socket_send (&self->peer, p, length);
}

static void
hang_up (World *self)
{
  guint8 how = raw_input_byte (&self->input);

  if (how % 3 == 0)
    raw_socket_finish (&self->peer);
  else
    raw_socket_hang_up (&self->peer, how % 3 == 1);
}

static void
call_client (World *self)
{
  const char *channel;

  switch (raw_input_step (&self->input, "ocrpsut"))
    {
    case 'o':
      pusher_client_open (self->client);
      self->closed = FALSE;
      break;
    case 'c':
      pusher_client_close (self->client);
      self->closed = TRUE;
      break;
    case 'r':
      pusher_client_reconnect_now (self->client);
      break;
    case 'p':
      self->n_pending++;
      pusher_client_ping_async (self->client, NULL, pinged_cb, self);
      break;
    case 's':
      channel = raw_input_word (&self->input, channels);
      pusher_client_subscribe (self->client, channel, NULL);
      break;
    case 'u':
      channel = raw_input_word (&self->input, channels);
      pusher_client_unsubscribe (self->client, channel);
      break;
    default:
      channel = raw_input_word (&self->input, channels);
      pusher_channel_trigger (pusher_client_subscribe (self->client, channel, NULL),
                              "client-event", "{}", NULL);
    }
}

static void
take_step (World *self)
{
  switch (raw_input_step (&self->input, "tfmcponhrFxdwaC"))
    {
    case 'f':
      raw_frame_send_odd (&self->peer, &self->input, FALSE);
      break;
    case 'm':
      send_message (self);
      break;
    case 't':
      send_text (self);
      break;
    case 'c':
      raw_frame_close (&self->peer, &self->input, FALSE);
      break;
    case 'p':
      send_control (self, 0x89);
      break;
    case 'o':
      send_control (self, 0x8a);
      break;
    case 'n': /* a fragment, that may be the first */
      send_control (self, raw_input_byte (&self->input) % 3);
      break;
    case 'h':
      raw_frame_huge (&self->peer, &self->input, FALSE);
      break;
    case 'r':
      send_raw (self);
      break;
    case 'F':
      raw_frame_flood (&self->peer, &self->input, FALSE);
      break;
    case 'x':
      hang_up (self);
      break;
    case 'd':
      raw_socket_deafen (&self->peer);
      break;
    case 'w':
      welcome_again (self);
      break;
    case 'a':
      advance (self, (gint64) raw_input_byte (&self->input) * G_USEC_PER_SEC / 4);
      break;
    default:
      call_client (self);
    }
  raw_settle ();
  raw_socket_receive (&self->peer);
  raw_check_heap (HEAP + ((self->bits & SMALL) != 0 ? 0 : LARGE_HEAP));
}

/* --- The whole life ------------------------------------------------------ */

static void
begin (World *self)
{
  const PusherClock clock = { world_now, world_random, self };

  self->bits = raw_input_byte (&self->input);
  self->client = pusher_client_new ("key", NULL);
  g_object_set (self->client, "host", "127.0.0.1", "port", self->port, "use-tls", FALSE, NULL);
  pusher_connection_set_clock (pusher_client_get_connection (self->client), &clock);
  pusher_client_use_secret (self->client, "secret", "{\"user_id\":\"1\"}", NULL);
  if ((self->bits & SMALL) != 0)
    pusher_client_set_max_message_size (self->client, SMALL_SIZE);
  g_signal_connect (self->client, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (self->client, "event", G_CALLBACK (event_cb), self);
  for (guint i = 0; (self->bits & SUBSCRIBES) != 0 && channels[i] != NULL; i++)
    pusher_client_subscribe (self->client, channels[i], NULL);

  pusher_client_open (self->client);
  wait_for_request (self);
  self->peer.dribble = (self->bits & DRIBBLE) != 0;
}

/* Whatever was said, in the end there is a connection, or the application has been told
 * why there is none. */
static void
check_outcome (World *self)
{
  PusherConnectionState state = pusher_client_get_state (self->client);

  if (self->closed)
    return;

  if (state != PUSHER_CONNECTION_STATE_CONNECTED && self->n_errors == 0)
    {
      advance (self, LONG);
      state = pusher_client_get_state (self->client);
    }

  if (state == PUSHER_CONNECTION_STATE_CONNECTED)
    g_assert_nonnull (pusher_client_get_socket_id (self->client));
  else
    g_assert_cmpuint (self->n_errors, >, 0);
}

/* It can be closed, if the server hears it or not, and leaves nothing behind. */
static void
end (World *self)
{
  self->n_pending++;
  pusher_client_close_async (self->client, NULL, closed_cb, self);
  raw_settle ();
  self->peer.deaf = FALSE;
  raw_socket_receive (&self->peer);
  if (self->n_pending > 0)
    advance (self, LONG);
  if (self->n_pending > 0)
    raw_socket_hang_up (&self->peer, TRUE); /* at once, whatever the kernel has to send */
  raw_settle ();
  g_assert_cmpuint (self->n_pending, ==, 0);
  g_assert_cmpint (pusher_client_get_state (self->client), ==,
                   PUSHER_CONNECTION_STATE_DISCONNECTED);

  g_assert_finalize_object (self->client);
  raw_settle ();
  raw_socket_clear (&self->peer);

  /* Connections that nobody has accepted */
  while (raw_socket_accept (&self->peer, self->listening))
    {
      raw_socket_receive (&self->peer);
      if (raw_socket_heard (&self->peer, "\r\n"))
        check_request (&self->peer);
      raw_socket_clear (&self->peer);
    }
  raw_settle ();
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  static GSocket *listening;
  static guint port;
  World self = { .input = { bytes, length }, .now = 1000 * G_USEC_PER_SEC };

  if (listening == NULL)
    listening = raw_socket_listen (&port);
  self.listening = listening;
  self.port = port;

  begin (&self);
  if (raw_input_byte (&self.input) == 'h')
    {
      answer_oddly (&self);
    }
  else
    {
      answer_well (&self);
      for (guint i = 0; i < MAX_STEPS && self.input.left > 0; i++)
        take_step (&self);
    }
  check_outcome (&self);
  end (&self);
  raw_check_descriptors ();

  return 0;
}
