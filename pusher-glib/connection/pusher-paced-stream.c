/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-paced-stream-private.h"

#include "pusher-gathered-output-private.h"

#include <string.h>

/* What is read at once from a socket that is full */
#define BLOCK_SIZE (16 * 1024)

/* What is read in one iteration of the main loop: some versions of libsoup read all
 * before they look at any of it, and then move the rest after each frame. */
#define MAX_READ (2 * BLOCK_SIZE)

/* Of reading that was broken off: after GTK's redraw, which is G_PRIORITY_HIGH_IDLE
 * + 20, after messages that wait in the inbox, and before what is done when there
 * is nothing else to do. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 51)

/* --- Input --------------------------------------------------------------- */

#define PUSHER_TYPE_PACED_INPUT (pusher_paced_input_get_type ())
G_DECLARE_FINAL_TYPE (PusherPacedInput, pusher_paced_input, PUSHER, PACED_INPUT,
                      GFilterInputStream)

struct _PusherPacedInput
{
  GFilterInputStream parent_instance;

  PusherPacedKind kind;
  PusherPace pace; /* NULL once nobody wants anything */
  gpointer user_data;

  char *block; /* read, and not yet asked for; NULL: nothing */
  gsize block_start, block_end;

  /* In this iteration of the main loop: */
  gboolean began;
  gsize n_read;
  gboolean empty;   /* the socket was */
  gboolean resting; /* until another one */

  gboolean full; /* the last read filled all the room */
};

static void pollable_input_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PusherPacedInput, pusher_paced_input, G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      pollable_input_init))

static GPollableInputStream *
get_base (PusherPacedInput *self)
{
  return G_POLLABLE_INPUT_STREAM (G_FILTER_INPUT_STREAM (self)->base_stream);
}

static gssize
read_base (PusherPacedInput *self,
           void             *buffer,
           gsize             size,
           GError          **error)
{
  gssize n_read = g_pollable_input_stream_read_nonblocking (get_base (self), buffer, size, NULL,
                                                            error);

  self->full = n_read == (gssize) size;
  self->empty = n_read > 0 && !self->full && self->kind == PUSHER_PACED_BYTES;

  return n_read;
}

static gssize
read_block (PusherPacedInput *self,
            GError          **error)
{
  gssize n_read;

  self->block = g_malloc (BLOCK_SIZE);
  n_read = read_base (self, self->block, BLOCK_SIZE, error);
  if (n_read <= 0)
    g_clear_pointer (&self->block, g_free);
  self->block_start = 0;
  self->block_end = MAX (n_read, 0);

  return n_read;
}

static gsize
take_from_block (PusherPacedInput *self,
                 void             *buffer,
                 gsize             size)
{
  gsize n_taken = MIN (size, self->block_end - self->block_start);

  memcpy (buffer, self->block + self->block_start, n_taken);
  self->block_start += n_taken;
  if (self->block_start == self->block_end)
    g_clear_pointer (&self->block, g_free);

  return n_taken;
}

/* The block is for a socket that has more than there is room for. */
static gssize
read_some (PusherPacedInput *self,
           void             *buffer,
           gsize             size,
           GError          **error)
{
  gssize n_read;

  if (self->block == NULL)
    {
      if (!self->full || size >= BLOCK_SIZE)
        return read_base (self, buffer, size, error);

      n_read = read_block (self, error);
      if (n_read <= 0)
        return n_read;
    }

  return take_from_block (self, buffer, size);
}

static gboolean
may_read (PusherPacedInput *self)
{
  gboolean begins = !self->began;

  self->began = TRUE;
  if (!self->resting)
    self->resting = self->n_read >= MAX_READ || self->pace == NULL ||
                    !self->pace (self->user_data, begins);

  return !self->resting && (self->block != NULL || !self->empty);
}

static gssize
pusher_paced_input_read_nonblocking (GPollableInputStream *pollable,
                                     void                 *buffer,
                                     gsize                 size,
                                     GError              **error)
{
  PusherPacedInput *self = PUSHER_PACED_INPUT (pollable);
  gssize n_read;

  if (!may_read (self))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "Read on later");
      return -1;
    }

  n_read = read_some (self, buffer, size, error);
  if (n_read > 0)
    self->n_read += n_read;

  return n_read;
}

/* libsoup makes a source for each iteration of the main loop. */
static GSource *
pusher_paced_input_create_source (GPollableInputStream *pollable,
                                  GCancellable         *cancellable)
{
  PusherPacedInput *self = PUSHER_PACED_INPUT (pollable);
  g_autoptr (GSource) readable = NULL;
  GSource *source;

  if (self->block != NULL)
    readable = g_timeout_source_new (0);
  else
    readable = g_pollable_input_stream_create_source (get_base (self), cancellable);

  source = g_pollable_source_new_full (self, readable, cancellable);
  if (self->resting)
    g_source_set_priority (source, PRIORITY);
  self->began = self->empty = self->resting = FALSE;
  self->n_read = 0;

  return source;
}

static gboolean
pusher_paced_input_is_readable (GPollableInputStream *pollable)
{
  PusherPacedInput *self = PUSHER_PACED_INPUT (pollable);

  return self->block != NULL || g_pollable_input_stream_is_readable (get_base (self));
}

static void
pollable_input_init (GPollableInputStreamInterface *iface)
{
  iface->create_source = pusher_paced_input_create_source;
  iface->is_readable = pusher_paced_input_is_readable;
  iface->read_nonblocking = pusher_paced_input_read_nonblocking;
}

static void
pusher_paced_input_finalize (GObject *object)
{
  PusherPacedInput *self = PUSHER_PACED_INPUT (object);

  g_free (self->block);

  G_OBJECT_CLASS (pusher_paced_input_parent_class)->finalize (object);
}

static void
pusher_paced_input_class_init (PusherPacedInputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pusher_paced_input_finalize;
}

static void
pusher_paced_input_init (PusherPacedInput *self)
{
}

/* --- The stream ---------------------------------------------------------- */

struct _PusherPacedStream
{
  GIOStream parent_instance;

  SoupWebsocketConnection *websocket; /* which has the stream that this one is of */
  PusherPacedInput *input;
  PusherGatheredOutput *output;
};

G_DEFINE_FINAL_TYPE (PusherPacedStream, pusher_paced_stream, G_TYPE_IO_STREAM)

static GIOStream *
get_base_stream (PusherPacedStream *self)
{
  return soup_websocket_connection_get_io_stream (self->websocket);
}

static GInputStream *
pusher_paced_stream_get_input_stream (GIOStream *stream)
{
  return G_INPUT_STREAM (PUSHER_PACED_STREAM (stream)->input);
}

static GOutputStream *
pusher_paced_stream_get_output_stream (GIOStream *stream)
{
  return G_OUTPUT_STREAM (PUSHER_PACED_STREAM (stream)->output);
}

static gboolean
pusher_paced_stream_close (GIOStream    *stream,
                           GCancellable *cancellable,
                           GError      **error)
{
  return g_io_stream_close (get_base_stream (PUSHER_PACED_STREAM (stream)), cancellable, error);
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (g_io_stream_close_finish (G_IO_STREAM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
pusher_paced_stream_close_async (GIOStream          *stream,
                                 int                 io_priority,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  GTask *task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, pusher_paced_stream_close_async);
  g_io_stream_close_async (get_base_stream (PUSHER_PACED_STREAM (stream)), io_priority,
                           cancellable, closed_cb, task);
}

static gboolean
pusher_paced_stream_close_finish (GIOStream    *stream,
                                  GAsyncResult *result,
                                  GError      **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
pusher_paced_stream_finalize (GObject *object)
{
  PusherPacedStream *self = PUSHER_PACED_STREAM (object);

  g_object_unref (self->input);
  g_object_unref (self->output);
  g_object_unref (self->websocket);

  G_OBJECT_CLASS (pusher_paced_stream_parent_class)->finalize (object);
}

static void
pusher_paced_stream_class_init (PusherPacedStreamClass *klass)
{
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = pusher_paced_stream_finalize;
  stream_class->get_input_stream = pusher_paced_stream_get_input_stream;
  stream_class->get_output_stream = pusher_paced_stream_get_output_stream;
  stream_class->close_fn = pusher_paced_stream_close;
  stream_class->close_async = pusher_paced_stream_close_async;
  stream_class->close_finish = pusher_paced_stream_close_finish;
}

static void
pusher_paced_stream_init (PusherPacedStream *self)
{
}

/*
 * pusher_paced_stream_take_over:
 * @websocket: that libsoup has just made
 *
 * A session gives away its streams only as WebSockets, which wait for something to
 * read from then on. This ends the waiting: @websocket does nothing any more but
 * keep its stream, and another one may be made of what this returns.
 *
 * Returns: (transfer full) (nullable): %NULL if @websocket does not wait in the
 *   thread-default main context: then it is as it was
 */
PusherPacedStream *
pusher_paced_stream_take_over (SoupWebsocketConnection *websocket,
                               PusherPacedKind          kind,
                               PusherPace               pace,
                               gpointer                 user_data)
{
  GSource *source =
    g_main_context_find_source_by_user_data (g_main_context_get_thread_default (), websocket);
  PusherPacedStream *self;
  GIOStream *base;

  if (source == NULL)
    return NULL;

  g_source_destroy (source);
  self = g_object_new (PUSHER_TYPE_PACED_STREAM, NULL);
  self->websocket = g_object_ref (websocket);
  base = get_base_stream (self);
  self->output = pusher_gathered_output_new (g_io_stream_get_output_stream (base));
  self->input = g_object_new (PUSHER_TYPE_PACED_INPUT,
                              "base-stream", g_io_stream_get_input_stream (base),
                              "close-base-stream", FALSE, NULL);
  self->input->kind = kind;
  self->input->pace = pace;
  self->input->user_data = user_data;

  return self;
}

/* Nothing is read any more, and the pace is not asked again. */
void
pusher_paced_stream_end (PusherPacedStream *self)
{
  self->input->pace = NULL;
}

/* Whether what is written waits until this is called with FALSE. */
void
pusher_paced_stream_gather_output (PusherPacedStream *self,
                                   gboolean           gather)
{
  pusher_gathered_output_gather (self->output, gather);
}
