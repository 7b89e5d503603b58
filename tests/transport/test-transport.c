/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a transport reports to its owner, and what it leaves alone after that. */

#include "protocol/pusher-close-policy-private.h"
#include "raw-peer.h"
#include "transport/pusher-paced-input-private.h"
#include "transport/pusher-transport-private.h"
#include "wait.h"
#include "words.h"

#include <string.h>

#define MAX_SIZE 1024

/* A bit that no extension has claimed */
#define RESERVED_BIT 0x10

typedef struct
{
  RawPeer *peer;
  SoupSession *session;
  PusherTransport *transport;
  PusherClock clock;
  PusherPace *pace;
  guint n_asked; /* questions for time */

  /* What was reported: "message:TEXT", "bad-frame" and "closed:CODE" */
  GString *reports;
} Test;

static gint64
get_now (gpointer user_data)
{
  ((Test *) user_data)->n_asked++;

  return 0;
}

static void
message (gpointer owner,
         GBytes  *text)
{
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);

  add_word (((Test *) owner)->reports, "message:%.*s", (int) size, bytes);
}

static void
bad_frame (gpointer      owner,
           const GError *error)
{
  add_word (((Test *) owner)->reports, "bad-frame");
}

static void
closed (gpointer      owner,
        guint         close_code,
        const char   *reason,
        const GError *error)
{
  add_word (((Test *) owner)->reports, "closed:%u", close_code);
}

/* The WebSocket is there, and the message that the peer begins with has come. */
static void
set_up (Test         *test,
        gconstpointer user_data)
{
  static const PusherTransportListener listener = { message, bad_frame, closed };
  g_autofree char *address = NULL;
  g_autoptr (GUri) uri = NULL;

  test->peer = raw_peer_new ();
  test->session = soup_session_new ();
  test->reports = g_string_new (NULL);
  test->clock = (PusherClock) { get_now, NULL, test };
  test->pace = g_new0 (PusherPace, 1);
  pusher_pace_init (test->pace, &test->clock);
  test->transport = pusher_transport_new (&listener, test, test->pace);

  address = g_strdup_printf ("ws://127.0.0.1:%u/", test->peer->port);
  uri = g_uri_parse (address, SOUP_HTTP_URI_FLAGS, NULL);
  pusher_transport_open (test->transport, test->session, uri, NULL, MAX_SIZE);
  raw_peer_welcome (test->peer);
  wait_until (test->reports->len > 0);
  g_string_truncate (test->reports, 0);
}

static void
tear_down (Test         *test,
           gconstpointer user_data)
{
  settle ();
  g_assert_finalize_object (test->transport);
  g_object_unref (test->session);
  raw_peer_free (test->peer);
  g_free (test->pace);
  g_string_free (test->reports, TRUE);
}

/* --- The stream ---------------------------------------------------------- */

static void (*constructed) (GObject *input);
static GPollableInputStream *last_input; /* nullable */

static void
keep_input (GObject *input)
{
  constructed (input);
  g_set_object (&last_input, G_POLLABLE_INPUT_STREAM (input));
}

/* The tests get hold of each input that is made from now on. */
static void
catch_inputs (void)
{
  GObjectClass *klass = g_type_class_ref (PUSHER_TYPE_PACED_INPUT);

  constructed = klass->constructed;
  klass->constructed = keep_input;
}

/* Some versions of libsoup read on after they have told of an error: the owner and its
 * pace may be gone by then. */
static void
test_stream_outlives (Test         *test,
                      gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;
  char room[16];
  guint n_asked;

  raw_peer_frame (test->peer, FRAME_TEXT | RESERVED_BIT, "", 0);
  wait_until (test->reports->len > 0);
  assert_words (test->reports, "closed:1006");
  n_asked = test->n_asked;
  g_clear_pointer (&test->pace, g_free);

  g_assert_nonnull (last_input);
  g_assert_cmpint (g_pollable_input_stream_read_nonblocking (last_input, room, sizeof room, NULL,
                                                             &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  g_assert_cmpuint (test->n_asked, ==, n_asked);
}

/* Also if the peer does not hear any more what libsoup tells it about that. */
static void
test_oversized (Test         *test,
                gconstpointer user_data)
{
  g_autofree char *text = g_strnfill (MAX_SIZE + 1, '1');
  g_autoptr (GBytes) frame = make_frame (FRAME_TEXT, text, MAX_SIZE + 1);
  GSocket *socket = g_socket_connection_get_socket (test->peer->connection);
  gsize length;
  gconstpointer bytes = g_bytes_get_data (frame, &length);

  g_assert_cmpint (g_socket_send (socket, bytes, length, NULL, NULL), ==, (gssize) length);
  if (GPOINTER_TO_INT (user_data))
    raw_peer_reset (test->peer);
  wait_until (test->reports->len > 0);
  settle ();
  assert_words (test->reports, "closed:1009");
}

/* --- What waits for the socket ------------------------------------------- */

/* What is sent soon goes out together with what comes after it, or in the next iteration. */
static void
test_soon (Test         *test,
           gconstpointer user_data)
{
  gsize size = test->peer->received->len;

  g_assert_true (pusher_transport_send (test->transport, "a", TRUE));
  g_assert_true (pusher_transport_send (test->transport, "b", TRUE));
  g_assert_cmpuint (pusher_transport_get_n_waiting (test->transport), >, 0);
  g_assert_true (pusher_transport_send (test->transport, "c", FALSE));
  g_assert_cmpuint (pusher_transport_get_n_waiting (test->transport), ==, 0);

  g_assert_true (pusher_transport_send (test->transport, "d", TRUE));
  g_assert_cmpuint (pusher_transport_get_n_waiting (test->transport), >, 0);
  wait_until (test->peer->received->len == size + 4 * (2 + 4 + 1));
  g_assert_cmpuint (pusher_transport_get_n_waiting (test->transport), ==, 0);
}

static gboolean
has_drained (Test  *test,
             guint *n_iterations)
{
  ++*n_iterations;

  return pusher_transport_get_n_waiting (test->transport) == 0;
}

/* What a full socket did not take is not written one by one, and nothing gets lost. */
static void
test_full (Test         *test,
           gconstpointer user_data)
{
  const guint n_texts = 8 * 1024; /* more than fits into the sockets */
  const gsize header_size = 2 + 2 + 4; /* of a frame of 126 bytes and more */
  g_autofree char *text = g_strnfill (1000, '1');
  gsize size = test->peer->received->len + n_texts * (header_size + strlen (text));
  guint n_waiting, n_iterations = 0;

  test->peer->deaf = TRUE;
  for (guint i = 0; i < n_texts; i++)
    g_assert_true (pusher_transport_send (test->transport, text, FALSE));
  n_waiting = pusher_transport_get_n_waiting (test->transport) / strlen (text);
  g_assert_cmpuint (n_waiting, >, 0);

  raw_peer_listen (test->peer);
  wait_until (has_drained (test, &n_iterations));
  g_test_message ("%u texts in %u iterations", n_waiting, n_iterations);
  g_assert_cmpuint (n_iterations, <, n_waiting / 2);
  wait_until (test->peer->received->len == size);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  catch_inputs ();

#define add(path, user_data, test) \
  g_test_add ("/transport/" path, Test, user_data, set_up, test, tear_down)
  add ("stream-outlives", NULL, test_stream_outlives);
  add ("oversized", NULL, test_oversized);
  add ("oversized/reset", GINT_TO_POINTER (TRUE), test_oversized);
  add ("soon", NULL, test_soon);
  add ("full", NULL, test_full);

  status = g_test_run ();
  g_clear_object (&last_input);

  return status;
}
