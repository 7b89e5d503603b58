/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-paced-stream-private.h"

#include "pusher-io-stream-private.h"

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

/* Does not wait, so that there is no need for another thread, as libsoup's stream has. */
static gboolean
pusher_paced_stream_close (GIOStream    *stream,
                           GCancellable *cancellable,
                           GError      **error)
{
  PusherPacedStream *self = PUSHER_PACED_STREAM (stream);

  pusher_io_stream_close_now (get_base_stream (self),
                              pusher_gathered_output_is_blocked (self->output));

  return TRUE;
}

static void
pusher_paced_stream_close_async (GIOStream          *stream,
                                 int                 io_priority,
                                 GCancellable       *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data)
{
  g_autoptr (GTask) task = g_task_new (stream, cancellable, callback, user_data);

  g_task_set_source_tag (task, pusher_paced_stream_close_async);
  g_task_set_priority (task, io_priority);
  pusher_paced_stream_close (stream, cancellable, NULL);
  g_task_return_boolean (task, TRUE);
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
 * @pace: of what is read; stays the caller's, until it is forgotten or reading ends
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
                               PusherPace              *pace)
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
  pusher_io_stream_forget_interaction (base);
  self->output = pusher_gathered_output_new (g_io_stream_get_output_stream (base));
  self->input = pusher_paced_input_new (g_io_stream_get_input_stream (base), kind, pace);

  return self;
}

/* Reads on without asking. */
void
pusher_paced_stream_forget_pace (PusherPacedStream *self)
{
  pusher_paced_input_forget_pace (self->input);
}

/* Nothing is read any more, and the pace is not asked again. */
void
pusher_paced_stream_end (PusherPacedStream *self)
{
  pusher_paced_input_end (self->input);
}

PusherGatheredOutput *
pusher_paced_stream_get_output (PusherPacedStream *self)
{
  return self->output;
}
