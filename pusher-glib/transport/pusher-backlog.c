/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-backlog-private.h"

#include <string.h>

/* In bytes: so much of what waits for the socket is libsoup's */
#define ENOUGH (64 * 1024)

/* Whether the socket is full, and has enough to do. To ask the socket costs a system
 * call, which is made only once it has not taken what came before. */
gboolean
pusher_backlog_is_needed (PusherBacklog        *self,
                          PusherGatheredOutput *output)
{
  return pusher_gathered_output_get_n_waiting (output) >= ENOUGH &&
         pusher_gathered_output_is_blocked (output);
}

/*
 * pusher_backlog_add:
 * @output: of the socket that is full
 * @callback: called when the socket is not full any more, for as long as texts wait
 */
void
pusher_backlog_add (PusherBacklog        *self,
                    PusherGatheredOutput *output,
                    const char           *text,
                    GPollableSourceFunc   callback,
                    gpointer              user_data)
{
  g_queue_push_tail (&self->texts, g_strdup (text));
  self->n_bytes += strlen (text);
  if (self->writable != NULL)
    return;

  self->writable =
    g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (output), NULL);
  g_source_set_static_name (self->writable, "pusher-glib backlog");
  g_source_set_callback (self->writable, G_SOURCE_FUNC (callback), user_data, NULL);
  g_source_attach (self->writable, g_main_context_get_thread_default ());
}

static void
forget_source (PusherBacklog *self)
{
  if (self->writable != NULL)
    g_source_destroy (self->writable);
  g_clear_pointer (&self->writable, g_source_unref);
}

/* Returns: (transfer full) (nullable): the text that has waited longest */
char *
pusher_backlog_take (PusherBacklog *self)
{
  char *text = g_queue_pop_head (&self->texts);

  if (text != NULL)
    self->n_bytes -= strlen (text);
  if (g_queue_is_empty (&self->texts))
    forget_source (self);

  return text;
}

void
pusher_backlog_clear (PusherBacklog *self)
{
  g_queue_clear_full (&self->texts, g_free);
  self->n_bytes = 0;
  forget_source (self);
}
