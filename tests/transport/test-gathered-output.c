/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "socket-pair.h"
#include "transport/pusher-gathered-output-private.h"
#include "wait.h"

#include <string.h>
#include <sys/socket.h>

#define KIB 1024
#define PLENTY (1024 * KIB)

/* Writes to a pair of sockets. Each write is a packet of its own, so that they can be counted. */
typedef struct
{
  GSocket *peer;
  GSocketConnection *connection;
  PusherGatheredOutput *output;
  GPollableOutputStream *pollable;
} Writer;

static void
set_up (Writer       *fixture,
        gconstpointer user_data)
{
  fixture->connection = socket_pair_new (GPOINTER_TO_INT (user_data), &fixture->peer);
  g_socket_set_blocking (fixture->peer, FALSE);
  fixture->output = pusher_gathered_output_new (
    g_io_stream_get_output_stream (G_IO_STREAM (fixture->connection)));
  fixture->pollable = G_POLLABLE_OUTPUT_STREAM (fixture->output);
}

static void
tear_down (Writer       *fixture,
           gconstpointer user_data)
{
  if (fixture->output != NULL)
    g_assert_finalize_object (fixture->output);
  g_object_unref (fixture->connection);
  g_object_unref (fixture->peer);
}

static void
put (Writer     *fixture,
     const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_pollable_output_stream_write_nonblocking (fixture->pollable, text,
                                                               strlen (text), NULL, &error),
                   ==, strlen (text));
  g_assert_no_error (error);
}

static void
assert_packet (Writer     *fixture,
               const char *expected)
{
  char packet[KIB];
  gssize n = g_socket_receive (fixture->peer, packet, sizeof packet, NULL, NULL);

  if (expected != NULL)
    g_assert_cmpmem (packet, n, expected, strlen (expected));
  else
    g_assert_cmpint (n, <, 0);
}

/* --- Tests --------------------------------------------------------------- */

static void
test_at_once (Writer       *fixture,
              gconstpointer user_data)
{
  put (fixture, "one");
  assert_packet (fixture, "one");
  put (fixture, "two");
  put (fixture, "three");
  assert_packet (fixture, "two");
  assert_packet (fixture, "three");
}

static void
test_together (Writer       *fixture,
               gconstpointer user_data)
{
  put (fixture, "before");
  pusher_gathered_output_gather (fixture->output, TRUE);
  put (fixture, "one ");
  put (fixture, "two ");
  put (fixture, "three");
  assert_packet (fixture, "before");
  assert_packet (fixture, NULL);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  assert_packet (fixture, "one two three");
  assert_packet (fixture, NULL);
  g_assert_false (g_main_context_pending (NULL));
}

/* What must not wait does not overtake what does. */
static void
test_order (Writer       *fixture,
            gconstpointer user_data)
{
  pusher_gathered_output_gather (fixture->output, TRUE);
  put (fixture, "one ");
  put (fixture, "two");
  pusher_gathered_output_gather (fixture->output, FALSE);
  assert_packet (fixture, NULL);
  put (fixture, "after");
  assert_packet (fixture, "one two");
  assert_packet (fixture, "after");
  assert_packet (fixture, NULL);
}

/* The caller that writes may have another default context for a while. */
static void
test_context (Writer       *fixture,
              gconstpointer user_data)
{
  g_autoptr (GMainContext) other = g_main_context_new ();

  g_main_context_push_thread_default (other);
  pusher_gathered_output_gather (fixture->output, TRUE);
  put (fixture, "one");
  g_assert_false (g_main_context_pending (other));
  g_main_context_pop_thread_default (other);

  g_assert_true (g_main_context_iteration (NULL, FALSE));
  assert_packet (fixture, "one");
}

static void
test_nothing (Writer       *fixture,
              gconstpointer user_data)
{
  pusher_gathered_output_gather (fixture->output, TRUE);
  pusher_gathered_output_gather (fixture->output, FALSE);
  pusher_gathered_output_gather (fixture->output, FALSE);
  assert_packet (fixture, NULL);
  g_assert_true (g_pollable_output_stream_is_writable (fixture->pollable));
}

/* Some goes out early, so that not everything has to be kept. */
static void
test_a_lot (Writer       *fixture,
            gconstpointer user_data)
{
  g_autofree char *block = g_strnfill (KIB, 'x');
  gsize n_early = 0, n_late = 0;
  char received[128 * KIB];
  gssize n;

  pusher_gathered_output_gather (fixture->output, TRUE);
  for (guint i = 0; i < 100; i++)
    put (fixture, block);
  while ((n = g_socket_receive (fixture->peer, received, sizeof received, NULL, NULL)) > 0)
    n_early += n;
  g_assert_cmpuint (n_early, ==, 64 * KIB);

  g_assert_true (g_main_context_iteration (NULL, FALSE));
  while ((n = g_socket_receive (fixture->peer, received, sizeof received, NULL, NULL)) > 0)
    n_late += n;
  g_assert_cmpuint (n_early + n_late, ==, 100 * KIB);
}

static void
assert_would_block (Writer *fixture)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_pollable_output_stream_write_nonblocking (fixture->pollable, "late", 4, NULL,
                                                               &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

/* What the socket has no room for follows in its turn. */
static void
test_full (Writer       *fixture,
           gconstpointer user_data)
{
  g_autofree char *block = g_malloc (PLENTY);
  g_autofree char *received = g_malloc (PLENTY + 4);
  gsize n_received = 0;

  for (gsize i = 0; i < PLENTY; i++)
    block[i] = i % 251;
  pusher_gathered_output_gather (fixture->output, TRUE);
  g_assert_cmpint (g_pollable_output_stream_write_nonblocking (fixture->pollable, block, PLENTY,
                                                               NULL, NULL), ==, PLENTY);
  assert_would_block (fixture);
  pusher_gathered_output_gather (fixture->output, FALSE);
  assert_would_block (fixture);
  g_assert_false (g_pollable_output_stream_is_writable (fixture->pollable));

  while (n_received < PLENTY)
    {
      gssize n = g_socket_receive (fixture->peer, received + n_received, PLENTY - n_received, NULL,
                                   NULL);

      n_received += MAX (n, 0);
      settle ();
    }
  g_assert_true (g_pollable_output_stream_is_writable (fixture->pollable));
  put (fixture, "late");
  assert_packet (fixture, "late");
  g_assert_cmpmem (received, n_received, block, PLENTY);
}

/* --- What waits ---------------------------------------------------------- */

static void
receive (Writer *fixture,
         gsize   size)
{
  g_autofree char *received = g_malloc (size);
  gsize n_received = 0;

  while (n_received < size)
    {
      gssize n = g_socket_receive (fixture->peer, received, size - n_received, NULL, NULL);

      n_received += MAX (n, 0);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

/* What libsoup has not written yet counts, and what is gathered. */
static void
test_waiting (Writer       *fixture,
              gconstpointer user_data)
{
  g_autofree char *block = g_malloc0 (PLENTY);
  guint64 n_drains = pusher_gathered_output_get_n_drains (fixture->output);

  g_assert_cmpuint (n_drains, >, 0);
  put (fixture, "told of by nobody");
  g_assert_cmpuint (pusher_gathered_output_get_n_waiting (fixture->output), ==, 0);
  receive (fixture, strlen ("told of by nobody"));

  pusher_gathered_output_expect (fixture->output, 3, FALSE);
  g_assert_cmpuint (pusher_gathered_output_get_n_waiting (fixture->output), ==, 3);
  put (fixture, "one");
  g_assert_cmpuint (pusher_gathered_output_get_n_waiting (fixture->output), ==, 0);
  g_assert_cmpuint (pusher_gathered_output_get_n_drains (fixture->output), ==, ++n_drains);
  receive (fixture, 3);

  pusher_gathered_output_gather (fixture->output, TRUE);
  pusher_gathered_output_expect (fixture->output, PLENTY, FALSE);
  g_pollable_output_stream_write_nonblocking (fixture->pollable, block, PLENTY, NULL, NULL);
  g_assert_cmpuint (pusher_gathered_output_get_n_waiting (fixture->output), ==, PLENTY);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_cmpuint (pusher_gathered_output_get_n_waiting (fixture->output), >, 0);
  g_assert_cmpuint (pusher_gathered_output_get_n_waiting (fixture->output), <, PLENTY);
  g_assert_cmpuint (pusher_gathered_output_get_n_drains (fixture->output), ==, n_drains);

  receive (fixture, PLENTY);
  g_assert_cmpuint (pusher_gathered_output_get_n_waiting (fixture->output), ==, 0);
  g_assert_cmpuint (pusher_gathered_output_get_n_drains (fixture->output), ==, n_drains + 1);
}

/* However little is read between them, they do not become more and more. */
static void
test_urgent (Writer       *fixture,
             gconstpointer user_data)
{
  pusher_gathered_output_expect (fixture->output, 7, FALSE);
  for (guint i = 1; i <= 3; i++)
    {
      pusher_gathered_output_expect (fixture->output, 2, TRUE);
      g_assert_cmpuint (pusher_gathered_output_get_n_urgent (fixture->output), ==, i);
    }

  put (fixture, "12345");
  g_assert_cmpuint (pusher_gathered_output_get_n_urgent (fixture->output), ==, 3);
  pusher_gathered_output_expect (fixture->output, 2, TRUE);
  put (fixture, "12");
  g_assert_cmpuint (pusher_gathered_output_get_n_urgent (fixture->output), ==, 4);
  put (fixture, "1");
  g_assert_cmpuint (pusher_gathered_output_get_n_urgent (fixture->output), ==, 0);
  g_assert_cmpuint (pusher_gathered_output_get_n_waiting (fixture->output), ==, 7);
  receive (fixture, 8);
}

static gboolean
writable_cb (GObject *pollable,
             gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
test_source (Writer       *fixture,
             gconstpointer user_data)
{
  g_autoptr (GSource) source = g_pollable_output_stream_create_source (fixture->pollable, NULL);
  gboolean writable = FALSE;

  g_source_set_callback (source, G_SOURCE_FUNC (writable_cb), &writable, NULL);
  g_source_attach (source, NULL);
  g_main_context_iteration (NULL, FALSE);
  g_assert_true (writable);
}

/* Only the next write can tell. */
static void
test_broken (Writer       *fixture,
             gconstpointer user_data)
{
  g_autoptr (GError) error = NULL;

  pusher_gathered_output_gather (fixture->output, TRUE);
  put (fixture, "lost");
  g_socket_close (fixture->peer, NULL);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_false (g_main_context_pending (NULL));
  pusher_gathered_output_gather (fixture->output, FALSE);

  g_assert_cmpint (g_pollable_output_stream_write_nonblocking (fixture->pollable, "next", 4, NULL,
                                                               &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
}

static void
test_dropped (Writer       *fixture,
              gconstpointer user_data)
{
  g_autofree char *block = g_malloc0 (PLENTY);

  pusher_gathered_output_gather (fixture->output, TRUE);
  g_pollable_output_stream_write_nonblocking (fixture->pollable, block, PLENTY, NULL, NULL);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  g_assert_finalize_object (fixture->output);
  fixture->output = NULL;
  g_assert_false (g_main_context_pending (NULL));
}

int
main (int   argc,
      char *argv[])
{
  const gconstpointer packets = GINT_TO_POINTER (SOCK_SEQPACKET);
  const gconstpointer bytes = GINT_TO_POINTER (SOCK_STREAM);

  g_test_init (&argc, &argv, NULL);

#define add(path, type, test) \
  g_test_add ("/gathered-output/" path, Writer, type, set_up, test, tear_down)
  add ("at-once", packets, test_at_once);
  add ("together", packets, test_together);
  add ("order", packets, test_order);
  add ("context", packets, test_context);
  add ("nothing", packets, test_nothing);
  add ("a-lot", bytes, test_a_lot);
  add ("full", bytes, test_full);
  add ("waiting", bytes, test_waiting);
  add ("urgent", bytes, test_urgent);
  add ("source", bytes, test_source);
  add ("broken", bytes, test_broken);
  add ("dropped", bytes, test_dropped);

  return g_test_run ();
}
