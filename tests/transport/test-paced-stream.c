/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "socket-pair.h"
#include "transport/pusher-paced-stream-private.h"
#include "wait.h"

#include <sys/socket.h>

#define KIB 1024
#define MS 1000 /* µs */

/* As much as libsoup asks for */
#define ROOM KIB

/* More than is read in one iteration of the main loop */
#define PLENTY (100 * KIB)

/* The stream of a WebSocket over a pair of sockets; the test has the other end. */
typedef struct
{
  GSocket *peer;
  SoupWebsocketConnection *websocket;
  PusherPacedStream *stream;
  GPollableInputStream *input;

  PusherPace pace;
  PusherClock clock;
  gint64 now;
  gint64 step; /* goes by whenever the time is asked for */
  guint n_asked;
} Reader;

static gint64
get_now (gpointer user_data)
{
  Reader *fixture = user_data;

  fixture->n_asked++;
  fixture->now += fixture->step;

  return fixture->now;
}

static SoupWebsocketConnection *
make_websocket (GSocket **peer)
{
  g_autoptr (GUri) uri = g_uri_parse ("ws://localhost/", SOUP_HTTP_URI_FLAGS, NULL);
  g_autoptr (GSocketConnection) connection = socket_pair_new (SOCK_STREAM, peer);

  return soup_websocket_connection_new (G_IO_STREAM (connection), uri,
                                        SOUP_WEBSOCKET_CONNECTION_CLIENT, NULL, NULL, NULL);
}

static void
set_up (Reader       *fixture,
        gconstpointer user_data)
{
  fixture->clock = (PusherClock) { get_now, NULL, fixture };
  pusher_pace_init (&fixture->pace, &fixture->clock);
  fixture->websocket = make_websocket (&fixture->peer);
  fixture->stream = pusher_paced_stream_take_over (fixture->websocket, GPOINTER_TO_UINT (user_data),
                                                   &fixture->pace);
  g_assert_nonnull (fixture->stream);
  fixture->input =
    G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (G_IO_STREAM (fixture->stream)));
}

static void
tear_down (Reader       *fixture,
           gconstpointer user_data)
{
  g_assert_finalize_object (fixture->stream);
  g_object_unref (fixture->websocket);
  g_object_unref (fixture->peer);
  settle ();
}

/* Numbers, so that what is lost or out of order shows. */
static char *
make_bytes (gsize size)
{
  GString *bytes = g_string_sized_new (size + 16);

  for (guint i = 0; bytes->len < size; i++)
    g_string_append_printf (bytes, "%u ", i);
  g_string_truncate (bytes, size);

  return g_string_free (bytes, FALSE);
}

static void
peer_send (Reader     *fixture,
           const char *bytes,
           gsize       size)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_socket_send (fixture->peer, bytes, size, NULL, &error), ==, size);
  g_assert_no_error (error);
}

/* Reads as libsoup does, until it is told that there is nothing. */
static gsize
read_all (Reader  *fixture,
          GString *received)
{
  gsize before = received->len;
  char room[ROOM];
  gssize n_read;

  do
    {
      g_autoptr (GError) error = NULL;

      n_read = g_pollable_input_stream_read_nonblocking (fixture->input, room, sizeof room, NULL,
                                                         &error);
      if (n_read > 0)
        g_string_append_len (received, room, n_read);
      else if (n_read < 0)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
    }
  while (n_read > 0);

  return received->len - before;
}

static gboolean
readable_cb (GObject *pollable,
             gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Whether the main loop would find the stream readable. */
static gboolean
poll_stream (Reader  *fixture,
             int     *priority)
{
  g_autoptr (GSource) source = g_pollable_input_stream_create_source (fixture->input, NULL);
  gboolean readable = FALSE;

  g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), &readable, NULL);
  g_source_attach (source, NULL);
  g_main_context_iteration (NULL, FALSE);
  if (priority != NULL)
    *priority = g_source_get_priority (source);
  g_source_destroy (source);

  return readable;
}

/* --- Tests --------------------------------------------------------------- */

static void
test_whole (Reader       *fixture,
            gconstpointer user_data)
{
  static const gsize sizes[] = { 1, 100, ROOM - 1, ROOM, ROOM + 1, 20 * KIB, PLENTY };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *bytes = make_bytes (sizes[i]);
      g_autoptr (GString) received = g_string_new (NULL);

      g_assert_false (poll_stream (fixture, NULL));
      peer_send (fixture, bytes, sizes[i]);
      while (poll_stream (fixture, NULL))
        g_assert_cmpuint (read_all (fixture, received), >, 0);
      g_assert_cmpmem (received->str, received->len, bytes, sizes[i]);
    }
}

/* However much there is, the main loop gets its turn. */
static void
test_piecewise (Reader       *fixture,
                gconstpointer user_data)
{
  g_autofree char *bytes = make_bytes (PLENTY);
  g_autoptr (GString) received = g_string_new (NULL);
  int priority;

  peer_send (fixture, bytes, PLENTY);
  g_assert_true (poll_stream (fixture, &priority));
  g_assert_cmpint (priority, ==, G_PRIORITY_DEFAULT);
  g_assert_cmpuint (read_all (fixture, received), <, PLENTY / 2);

  g_assert_true (poll_stream (fixture, &priority));
  g_assert_cmpint (priority, >, G_PRIORITY_HIGH_IDLE + 20);
  g_assert_cmpint (priority, <, G_PRIORITY_DEFAULT_IDLE);
  while (received->len < PLENTY && poll_stream (fixture, NULL))
    read_all (fixture, received);
  g_assert_cmpmem (received->str, received->len, bytes, PLENTY);

  g_assert_false (poll_stream (fixture, &priority));
  g_assert_cmpint (priority, ==, G_PRIORITY_DEFAULT);
}

/* What has been read from the socket waits as well as what has not. */
static void
test_pace (Reader       *fixture,
           gconstpointer user_data)
{
  g_autofree char *bytes = make_bytes (4 * KIB);
  g_autoptr (GString) received = g_string_new (NULL);
  int priority;

  peer_send (fixture, bytes, 4 * KIB);
  for (guint n_wanted = 0; n_wanted < 3; n_wanted++)
    {
      gint64 begin = fixture->now;

      g_assert_true (poll_stream (fixture, &priority));
      fixture->n_asked = 0;
      fixture->step = n_wanted > 0 ? 5 * MS / n_wanted : 0;
      pusher_pace_hold (&fixture->pace, n_wanted == 0);
      g_assert_cmpuint (read_all (fixture, received), ==, n_wanted * ROOM);
      g_assert_cmpuint (read_all (fixture, received), ==, 0);
      g_assert_cmpuint (fixture->n_asked, ==, n_wanted + 1);
      g_assert_cmpint (fixture->pace.begin, ==, begin + fixture->step);
      g_assert_true (g_pollable_input_stream_is_readable (fixture->input));
    }

  g_assert_true (poll_stream (fixture, &priority));
  g_assert_cmpint (priority, >, G_PRIORITY_HIGH_IDLE + 20);
  fixture->step = 0;
  read_all (fixture, received);
  g_assert_cmpmem (received->str, received->len, bytes, 4 * KIB);
}

/* However fast the peer sends, and however much time there is */
static void
test_bound (Reader       *fixture,
            gconstpointer user_data)
{
  const gsize size = 128 * KIB;
  g_autofree char *bytes = make_bytes (size);
  g_autoptr (GString) received = g_string_new (NULL);

  peer_send (fixture, bytes, size);
  while (received->len < size)
    {
      gsize n_read;

      g_assert_true (poll_stream (fixture, NULL));
      n_read = read_all (fixture, received);
      g_assert_cmpuint (n_read, >, 0);
      g_assert_cmpuint (n_read, <=, 32 * KIB + ROOM);
    }

  g_assert_cmpmem (received->str, received->len, bytes, size);
}

static void
test_end (Reader       *fixture,
          gconstpointer user_data)
{
  g_autoptr (GString) received = g_string_new (NULL);

  peer_send (fixture, "hello", 5);
  g_assert_true (poll_stream (fixture, NULL));
  pusher_paced_stream_end (fixture->stream);
  g_assert_cmpuint (read_all (fixture, received), ==, 0);
  g_assert_cmpuint (fixture->n_asked, ==, 0);
}

/* As after the end of what the pace lies in. */
static void
test_forget_pace (Reader       *fixture,
                  gconstpointer user_data)
{
  g_autoptr (GString) received = g_string_new (NULL);

  peer_send (fixture, "hello", 5);
  pusher_pace_hold (&fixture->pace, TRUE);
  g_assert_true (poll_stream (fixture, NULL));
  g_assert_cmpuint (read_all (fixture, received), ==, 0);
  fixture->n_asked = 0;

  pusher_paced_stream_forget_pace (fixture->stream);
  g_assert_true (poll_stream (fixture, NULL));
  g_assert_cmpuint (read_all (fixture, received), ==, 5);
  g_assert_cmpuint (fixture->n_asked, ==, 0);
}

static void
test_end_of_stream (Reader       *fixture,
                    gconstpointer user_data)
{
  g_autoptr (GString) received = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char room[ROOM];

  peer_send (fixture, "hello", 5);
  g_socket_close (fixture->peer, NULL);
  g_assert_true (poll_stream (fixture, NULL));
  read_all (fixture, received);
  g_assert_cmpstr (received->str, ==, "hello");

  g_assert_true (poll_stream (fixture, NULL));
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (fixture->input, room, sizeof room,
                                                             NULL, &error), ==, 0);
  g_assert_no_error (error);
}

static void
close_cb (GObject      *stream,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (g_io_stream_close_finish (G_IO_STREAM (stream), result, &error));
  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static void
assert_peer_sees_end (Reader *fixture)
{
  char room[ROOM];

  g_assert_cmpint (g_socket_receive (fixture->peer, room, sizeof room, NULL, NULL), ==, 0);
}

static void
test_close_async (Reader       *fixture,
                  gconstpointer user_data)
{
  gboolean closed = FALSE;

  g_io_stream_close_async (G_IO_STREAM (fixture->stream), G_PRIORITY_DEFAULT, NULL, close_cb,
                           &closed);
  wait_until (closed);
  assert_peer_sees_end (fixture);
}

static void
test_close (Reader       *fixture,
            gconstpointer user_data)
{
  g_assert_true (g_io_stream_close (G_IO_STREAM (fixture->stream), NULL, NULL));
  assert_peer_sees_end (fixture);
}

/* The other way goes past all this. */
static void
test_output (Reader       *fixture,
             gconstpointer user_data)
{
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (fixture->stream));
  char room[ROOM];

  g_assert_cmpint (g_output_stream_write (output, "hello", 5, NULL, NULL), ==, 5);
  g_assert_cmpint (g_socket_receive (fixture->peer, room, sizeof room, NULL, NULL), ==, 5);
}

/* The WebSocket that was taken over leaves what comes to the stream. */
static void
test_no_other_reader (Reader       *fixture,
                      gconstpointer user_data)
{
  g_autoptr (GString) received = g_string_new (NULL);

  peer_send (fixture, "\x81\x05hello", 7);
  settle ();
  g_assert_true (poll_stream (fixture, NULL));
  g_assert_cmpuint (read_all (fixture, received), ==, 7);
}

static void
message_cb (SoupWebsocketConnection *websocket,
            int                      type,
            GBytes                  *message,
            gpointer                 user_data)
{
  *(guint *) user_data = g_bytes_get_size (message);
}

/* A WebSocket that is waited for elsewhere goes on as it was. */
static void
test_other_context (void)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (SoupWebsocketConnection) websocket = NULL;
  g_autoptr (GSocket) peer = NULL;
  guint size = 0;

  g_main_context_push_thread_default (context);
  websocket = make_websocket (&peer);
  g_main_context_pop_thread_default (context);
  g_assert_null (pusher_paced_stream_take_over (websocket, PUSHER_PACED_BYTES, NULL));

  g_signal_connect (websocket, "message", G_CALLBACK (message_cb), &size);
  g_assert_cmpint (g_socket_send (peer, "\x81\x05hello", 7, NULL, NULL), ==, 7);
  g_main_context_push_thread_default (context);
  g_assert_true (g_main_context_iteration (context, FALSE));
  g_assert_cmpuint (size, ==, 5);
  g_clear_object (&websocket);
  settle ();
  g_main_context_pop_thread_default (context);
}

int
main (int   argc,
      char *argv[])
{
  const gconstpointer bytes = GUINT_TO_POINTER (PUSHER_PACED_BYTES);
  const gconstpointer records = GUINT_TO_POINTER (PUSHER_PACED_RECORDS);

  g_test_init (&argc, &argv, NULL);

#define add(path, kind, test) \
  g_test_add ("/paced-stream/" path, Reader, kind, set_up, test, tear_down)
  add ("whole", bytes, test_whole);
  add ("whole-records", records, test_whole);
  add ("piecewise", bytes, test_piecewise);
  add ("piecewise-records", records, test_piecewise);
  add ("pace", bytes, test_pace);
  add ("bound", bytes, test_bound);
  add ("end", bytes, test_end);
  add ("forget-pace", bytes, test_forget_pace);
  add ("end-of-stream", bytes, test_end_of_stream);
  add ("close-async", bytes, test_close_async);
  add ("close", bytes, test_close);
  add ("output", bytes, test_output);
  add ("no-other-reader", bytes, test_no_other_reader);
  g_test_add_func ("/paced-stream/other-context", test_other_context);

  return g_test_run ();
}
