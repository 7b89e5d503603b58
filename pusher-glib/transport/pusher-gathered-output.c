/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-gathered-output-private.h"

/* Goes out before more is gathered. */
#define MAX_GATHERED (64 * 1024)

struct _PusherGatheredOutput
{
  GFilterOutputStream parent_instance;

  gboolean gathering;
  GByteArray *gathered; /* NULL unless something waits */

  /* Expected, and not yet in the socket: */
  gsize n_waiting;        /* bytes */
  gsize n_urgent_waiting; /* of them, as far as is known */
  guint n_urgent;         /* frames, since there were none */
  guint64 n_drains;       /* how often nothing waited any more; begins with 1 */
  gboolean blocked;       /* the last write failed, or the socket did not take all */

  /* When what waits goes out, at the latest, in the main context in which this was
   * made; it may be gone by now. */
  GSource *next_iteration; /* ready if something is gathered */
  GSource *writable;       /* NULL unless the socket was full */
};

static void pollable_output_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PusherGatheredOutput, pusher_gathered_output,
                               G_TYPE_FILTER_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      pollable_output_init))

static GPollableOutputStream *
get_base (PusherGatheredOutput *self)
{
  return G_POLLABLE_OUTPUT_STREAM (G_FILTER_OUTPUT_STREAM (self)->base_stream);
}

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
forget_gathered (PusherGatheredOutput *self)
{
  g_clear_pointer (&self->gathered, g_byte_array_unref);
  g_source_set_ready_time (self->next_iteration, -1);
  clear_source (&self->writable);
}

/* What is urgent goes first, but for one frame that had begun before. So there may be
 * a little more of it than is known, but not more and more. */
static void
count_written (PusherGatheredOutput *self,
               gsize                 n_bytes)
{
  if (self->n_waiting == 0)
    return;

  self->n_waiting -= MIN (n_bytes, self->n_waiting);
  if (self->n_waiting == 0)
    self->n_drains++;

  self->n_urgent_waiting -= MIN (n_bytes, self->n_urgent_waiting);
  if (self->n_urgent_waiting == 0)
    self->n_urgent = 0;
}

static gssize
write_base (PusherGatheredOutput *self,
            const void           *buffer,
            gsize                 size,
            GError              **error)
{
  gssize n_written = g_pollable_output_stream_write_nonblocking (get_base (self), buffer, size,
                                                                 NULL, error);

  count_written (self, MAX (n_written, 0));
  self->blocked = n_written != (gssize) size;

  return n_written;
}

/* Returns: whether nothing waits any more */
static gboolean
write_gathered (PusherGatheredOutput *self,
                GError              **error)
{
  gssize n_written;

  if (self->gathered == NULL)
    return TRUE;

  n_written = write_base (self, self->gathered->data, self->gathered->len, error);
  if (n_written < 0)
    return FALSE;
  if ((guint) n_written == self->gathered->len)
    {
      forget_gathered (self);
      return TRUE;
    }

  g_byte_array_remove_range (self->gathered, 0, n_written);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK, "The socket is full");

  return FALSE;
}

static void flush (PusherGatheredOutput *self);

static gboolean
writable_cb (GObject *base,
             gpointer user_data)
{
  flush (user_data);

  return G_SOURCE_CONTINUE;
}

static void
flush_when_writable (PusherGatheredOutput *self)
{
  if (self->writable != NULL || g_source_is_destroyed (self->next_iteration))
    return;

  self->writable = g_pollable_output_stream_create_source (get_base (self), NULL);
  g_source_set_callback (self->writable, G_SOURCE_FUNC (writable_cb), self, NULL);
  g_source_attach (self->writable, g_source_get_context (self->next_iteration));
}

/* If the connection is broken what waits is of no use any more; the input tells of
 * that. */
static void
flush (PusherGatheredOutput *self)
{
  g_autoptr (GError) error = NULL;

  if (write_gathered (self, &error))
    return;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    flush_when_writable (self);
  else
    forget_gathered (self);
}

static gboolean
next_iteration_dispatch (GSource    *source,
                         GSourceFunc callback,
                         gpointer    user_data)
{
  return callback (user_data);
}

static gboolean
next_iteration_cb (gpointer user_data)
{
  PusherGatheredOutput *self = user_data;

  g_source_set_ready_time (self->next_iteration, -1);
  flush (self);

  return G_SOURCE_CONTINUE;
}

static gssize
pusher_gathered_output_write_nonblocking (GPollableOutputStream *pollable,
                                          const void            *buffer,
                                          gsize                  size,
                                          GError               **error)
{
  PusherGatheredOutput *self = PUSHER_GATHERED_OUTPUT (pollable);
  gboolean has_room = self->gathered == NULL || self->gathered->len < MAX_GATHERED;

  if ((!self->gathering || !has_room) && !write_gathered (self, error))
    return -1;
  if (!self->gathering)
    return write_base (self, buffer, size, error);

  if (self->gathered == NULL)
    self->gathered = g_byte_array_new ();
  if (g_source_get_ready_time (self->next_iteration) == -1)
    g_source_set_ready_time (self->next_iteration, 0);
  g_byte_array_append (self->gathered, buffer, size);

  return size;
}

static gboolean
pusher_gathered_output_is_writable (GPollableOutputStream *pollable)
{
  PusherGatheredOutput *self = PUSHER_GATHERED_OUTPUT (pollable);

  return self->writable == NULL && g_pollable_output_stream_is_writable (get_base (self));
}

static GSource *
pusher_gathered_output_create_source (GPollableOutputStream *pollable,
                                      GCancellable          *cancellable)
{
  PusherGatheredOutput *self = PUSHER_GATHERED_OUTPUT (pollable);
  g_autoptr (GSource) base =
    g_pollable_output_stream_create_source (get_base (self), cancellable);

  return g_pollable_source_new_full (self, base, cancellable);
}

static void
pollable_output_init (GPollableOutputStreamInterface *iface)
{
  iface->create_source = pusher_gathered_output_create_source;
  iface->is_writable = pusher_gathered_output_is_writable;
  iface->write_nonblocking = pusher_gathered_output_write_nonblocking;
}

static void
pusher_gathered_output_finalize (GObject *object)
{
  PusherGatheredOutput *self = PUSHER_GATHERED_OUTPUT (object);

  forget_gathered (self);
  clear_source (&self->next_iteration);

  G_OBJECT_CLASS (pusher_gathered_output_parent_class)->finalize (object);
}

static void
pusher_gathered_output_class_init (PusherGatheredOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pusher_gathered_output_finalize;
}

static void
pusher_gathered_output_init (PusherGatheredOutput *self)
{
  static GSourceFuncs funcs = { .dispatch = next_iteration_dispatch };

  self->n_drains = 1;
  self->next_iteration = g_source_new (&funcs, sizeof (GSource));
  g_source_set_static_name (self->next_iteration, "pusher-glib gathered output");
  g_source_set_priority (self->next_iteration, G_PRIORITY_HIGH);
  g_source_set_callback (self->next_iteration, next_iteration_cb, self, NULL);
  g_source_attach (self->next_iteration, g_main_context_get_thread_default ());
}

PusherGatheredOutput *
pusher_gathered_output_new (GOutputStream *base)
{
  return g_object_new (PUSHER_TYPE_GATHERED_OUTPUT, "base-stream", base,
                       "close-base-stream", FALSE, NULL);
}

/* Whether what is written from now on may wait for the next iteration of the main
 * loop. What is written without waiting takes along all that waits. */
void
pusher_gathered_output_gather (PusherGatheredOutput *self,
                               gboolean              gather)
{
  self->gathering = gather;
}

/* A frame was made that will be written some time; urgent: before those that are not. */
void
pusher_gathered_output_expect (PusherGatheredOutput *self,
                               gsize                 n_bytes,
                               gboolean              urgent)
{
  self->n_waiting += n_bytes;
  if (!urgent)
    return;

  self->n_urgent_waiting += n_bytes;
  self->n_urgent++;
}

/* Returns: the bytes that were expected and are not yet in the socket */
gsize
pusher_gathered_output_get_n_waiting (PusherGatheredOutput *self)
{
  return self->n_waiting;
}

/* Returns: a number that has changed once nothing waits any more; never 0 */
guint64
pusher_gathered_output_get_n_drains (PusherGatheredOutput *self)
{
  return self->n_drains;
}

/* Returns: how many urgent frames were expected since none of them waited */
guint
pusher_gathered_output_get_n_urgent (PusherGatheredOutput *self)
{
  return self->n_urgent;
}

/* Whether a write that waits for the socket might wait for long, as far as is known */
gboolean
pusher_gathered_output_is_blocked (PusherGatheredOutput *self)
{
  return self->blocked || !g_pollable_output_stream_is_writable (get_base (self));
}
