/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-paced-input-private.h"

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

struct _PusherPacedInput
{
  GFilterInputStream parent_instance;

  PusherPacedKind kind;
  PusherPace *pace; /* nullable: reads on at once */
  gboolean ended;

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
    self->resting = self->n_read >= MAX_READ || self->ended ||
                    (self->pace != NULL && !pusher_pace_may_read (self->pace, begins));

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

static GSource *
create_block_source (PusherPacedInput *self,
                     GCancellable     *cancellable)
{
  g_autoptr (GSource) ready = g_timeout_source_new (0);

  return g_pollable_source_new_full (self, ready, cancellable);
}

/* libsoup makes a source for each iteration of the main loop. Its callback does not
 * look at the stream that it is given, so that the source of the base will do. */
static GSource *
pusher_paced_input_create_source (GPollableInputStream *pollable,
                                  GCancellable         *cancellable)
{
  PusherPacedInput *self = PUSHER_PACED_INPUT (pollable);
  GSource *source = self->block != NULL
                      ? create_block_source (self, cancellable)
                      : g_pollable_input_stream_create_source (get_base (self), cancellable);

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

/* The pace stays the caller's, until it is forgotten or the input ends. */
PusherPacedInput *
pusher_paced_input_new (GInputStream   *base,
                        PusherPacedKind kind,
                        PusherPace     *pace)
{
  PusherPacedInput *self = g_object_new (PUSHER_TYPE_PACED_INPUT, "base-stream", base,
                                         "close-base-stream", FALSE, NULL);

  self->kind = kind;
  self->pace = pace;

  return self;
}

/* Reads on without asking. */
void
pusher_paced_input_forget_pace (PusherPacedInput *self)
{
  self->pace = NULL;
}

/* Nothing is read any more, and the pace is not asked again. */
void
pusher_paced_input_end (PusherPacedInput *self)
{
  self->pace = NULL;
  self->ended = TRUE;
}
