/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The bytes between a SoupWebsocketConnection and its socket, with two faults
 * that libsoup cannot play: to say nothing at all, and to vanish.
 */

#include "config.h"

#include "pusher-test-stream-private.h"

#include <sys/socket.h>

typedef enum
{
  MODE_PASS,
  MODE_SILENT, /* what is written gets lost, and a close is not carried out */
  MODE_CUT,    /* what is written gets lost */
} Mode;

struct _PusherTestStream
{
  GIOStream parent_instance;

  GIOStream *base;
  GSocket *socket;
  GOutputStream *output;
  Mode mode;
  gboolean held; /* the WebSocket is done with it, the client is not told */
};

#define PUSHER_TEST_TYPE_OUTPUT (pusher_test_output_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestOutput, pusher_test_output, PUSHER_TEST, OUTPUT, GOutputStream)

struct _PusherTestOutput
{
  GOutputStream parent_instance;

  PusherTestStream *stream; /* unowned: it owns this */
  gboolean in_frame;
};

static void pusher_test_output_iface_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PusherTestOutput, pusher_test_output, G_TYPE_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      pusher_test_output_iface_init))
G_DEFINE_FINAL_TYPE (PusherTestStream, pusher_test_stream, G_TYPE_IO_STREAM)

static GPollableOutputStream *
get_base_output (PusherTestOutput *self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->stream->base));
}

static gssize
pusher_test_output_write_nonblocking (GPollableOutputStream *stream,
                                      const void            *buffer,
                                      gsize                  count,
                                      GError               **error)
{
  PusherTestOutput *self = PUSHER_TEST_OUTPUT (stream);
  Mode mode = self->stream->mode;
  gssize written;

  /* libsoup writes frame by frame. One that is half sent is sent to its end, or
   * a client that hears of the server again would be out of step for ever. */
  if (mode == MODE_CUT || (mode == MODE_SILENT && !self->in_frame))
    return count;

  written = g_pollable_output_stream_write_nonblocking (get_base_output (self), buffer, count,
                                                        NULL, error);
  if (written >= 0)
    self->in_frame = (gsize) written < count;

  return written;
}

static gboolean
pusher_test_output_is_writable (GPollableOutputStream *stream)
{
  PusherTestOutput *self = PUSHER_TEST_OUTPUT (stream);

  return g_pollable_output_stream_is_writable (get_base_output (self));
}

static GSource *
pusher_test_output_create_source (GPollableOutputStream *stream,
                                  GCancellable          *cancellable)
{
  PusherTestOutput *self = PUSHER_TEST_OUTPUT (stream);
  g_autoptr (GSource) source = NULL;

  source = g_pollable_output_stream_create_source (get_base_output (self), NULL);

  return g_pollable_source_new_full (stream, source, cancellable);
}

static void
pusher_test_output_iface_init (GPollableOutputStreamInterface *iface)
{
  iface->write_nonblocking = pusher_test_output_write_nonblocking;
  iface->is_writable = pusher_test_output_is_writable;
  iface->create_source = pusher_test_output_create_source;
}

static void
pusher_test_output_class_init (PusherTestOutputClass *klass)
{
}

static void
pusher_test_output_init (PusherTestOutput *self)
{
}

static GInputStream *
pusher_test_stream_get_input_stream (GIOStream *stream)
{
  return g_io_stream_get_input_stream (PUSHER_TEST_STREAM (stream)->base);
}

static GOutputStream *
pusher_test_stream_get_output_stream (GIOStream *stream)
{
  return PUSHER_TEST_STREAM (stream)->output;
}

static gboolean
pusher_test_stream_close (GIOStream    *stream,
                          GCancellable *cancellable,
                          GError      **error)
{
  PusherTestStream *self = PUSHER_TEST_STREAM (stream);

  return g_io_stream_close (self->base, cancellable, error);
}

/* GIOStream's own would close in a thread. */
static void
pusher_test_stream_close_async (GIOStream          *stream,
                                int                 io_priority,
                                GCancellable       *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer            user_data)
{
  PusherTestStream *self = PUSHER_TEST_STREAM (stream);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  g_task_set_source_tag (task, pusher_test_stream_close_async);
  g_task_set_priority (task, io_priority);

  self->held = self->mode == MODE_SILENT;
  if (self->held || g_io_stream_close (self->base, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static gboolean
pusher_test_stream_close_finish (GIOStream    *stream,
                                 GAsyncResult *result,
                                 GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
pusher_test_stream_finalize (GObject *object)
{
  PusherTestStream *self = PUSHER_TEST_STREAM (object);

  g_clear_object (&self->output);
  g_clear_object (&self->base);
  g_clear_object (&self->socket);

  G_OBJECT_CLASS (pusher_test_stream_parent_class)->finalize (object);
}

static void
pusher_test_stream_class_init (PusherTestStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  object_class->finalize = pusher_test_stream_finalize;
  stream_class->get_input_stream = pusher_test_stream_get_input_stream;
  stream_class->get_output_stream = pusher_test_stream_get_output_stream;
  stream_class->close_fn = pusher_test_stream_close;
  stream_class->close_async = pusher_test_stream_close_async;
  stream_class->close_finish = pusher_test_stream_close_finish;
}

static void
pusher_test_stream_init (PusherTestStream *self)
{
  PusherTestOutput *output = g_object_new (PUSHER_TEST_TYPE_OUTPUT, NULL);

  output->stream = self;
  self->output = G_OUTPUT_STREAM (output);
}

PusherTestStream *
pusher_test_stream_new (GIOStream *base,
                        GSocket   *socket)
{
  PusherTestStream *self = g_object_new (PUSHER_TEST_TYPE_STREAM, NULL);

  self->base = g_object_ref (base);
  self->socket = g_object_ref (socket);

  return self;
}

void
pusher_test_stream_set_silent (PusherTestStream *self,
                               gboolean          silent)
{
  if (self->mode == MODE_CUT)
    return;

  self->mode = silent ? MODE_SILENT : MODE_PASS;
  if (!silent && self->held)
    {
      self->held = FALSE;
      g_io_stream_close (self->base, NULL, NULL);
    }
}

/* Returns: whether the socket is open although the WebSocket has closed it */
gboolean
pusher_test_stream_is_held (PusherTestStream *self)
{
  return self->held;
}

/*
 * pusher_test_stream_cut:
 * @reset: whether the client gets a TCP reset instead of an end of the stream
 *
 * Ends the TCP connection without a word.
 *
 * The descriptor is not closed under the feet of the WebSocket, which polls it:
 * the WebSocket reads the end of the stream and closes it then. That close is
 * also what sends a reset.
 */
void
pusher_test_stream_cut (PusherTestStream *self,
                        gboolean          reset)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  gboolean was_held = self->held;

  if (self->mode == MODE_CUT)
    return;

  self->mode = MODE_CUT;
  self->held = FALSE;

  if (reset)
    setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);

  if (was_held)
    g_io_stream_close (self->base, NULL, NULL);
  else
    g_socket_shutdown (self->socket, TRUE, !reset, NULL);
}
