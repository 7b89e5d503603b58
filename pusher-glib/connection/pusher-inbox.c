/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-inbox-private.h"

/* After GTK's redraw, which is G_PRIORITY_HIGH_IDLE + 20, before a socket whose
 * reading was broken off, and before what is done when there is nothing else to do. */
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 50)

static gboolean
inbox_dispatch (GSource    *source,
                GSourceFunc callback,
                gpointer    user_data)
{
  return callback (user_data);
}

static GSourceFuncs inbox_funcs = { .dispatch = inbox_dispatch };

/* due is called from the main loop when a slice is due: it has
 * pusher_inbox_deliver_slice() called. The pace stays the caller's. */
void
pusher_inbox_init (PusherInbox       *self,
                   PusherPace        *pace,
                   PusherInboxDeliver deliver,
                   GSourceFunc        due,
                   gpointer           user_data)
{
  self->pace = pace;
  self->deliver = deliver;
  self->due = due;
  self->user_data = user_data;
}

/* Returns: how many messages were lost */
guint
pusher_inbox_discard (PusherInbox *self)
{
  guint n_discarded = self->waiting.length;

  g_queue_clear_full (&self->waiting, (GDestroyNotify) g_bytes_unref);
  pusher_pace_hold (self->pace, FALSE);
  if (self->source != NULL)
    g_source_set_ready_time (self->source, -1);

  return n_discarded;
}

void
pusher_inbox_clear (PusherInbox *self)
{
  pusher_inbox_discard (self);
  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}

gboolean
pusher_inbox_is_empty (PusherInbox *self)
{
  return g_queue_is_empty (&self->waiting);
}

static void
deliver_first (PusherInbox *self)
{
  g_autoptr (GBytes) message = g_queue_pop_head (&self->waiting);

  pusher_pace_hold (self->pace, !pusher_inbox_is_empty (self));
  self->deliver (self->user_data, message);
}

static void
arm (PusherInbox *self)
{
  if (self->source == NULL)
    {
      self->source = g_source_new (&inbox_funcs, sizeof (GSource));
      g_source_set_static_name (self->source, "pusher-glib inbox");
      g_source_set_priority (self->source, PRIORITY);
      g_source_set_callback (self->source, self->due, self->user_data, NULL);
      g_source_attach (self->source, g_main_context_get_thread_default ());
    }
  g_source_set_ready_time (self->source, 0);
}

/* Keeps a message for a later slice. */
void
pusher_inbox_keep (PusherInbox *self,
                   GBytes      *message)
{
  if (pusher_inbox_is_empty (self))
    arm (self);

  g_queue_push_tail (&self->waiting, g_bytes_ref (message));
  pusher_pace_hold (self->pace, TRUE);
}

/* The caller holds a reference to whatever the inbox is in. */
void
pusher_inbox_deliver_slice (PusherInbox *self)
{
  pusher_pace_start_slice (self->pace);

  do
    if (!pusher_inbox_is_empty (self))
      deliver_first (self);
  while (!pusher_inbox_is_empty (self) && pusher_pace_slice_lasts (self->pace));

  if (pusher_inbox_is_empty (self) && self->source != NULL)
    g_source_set_ready_time (self->source, -1);
}
