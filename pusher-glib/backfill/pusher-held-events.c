/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-held-events-private.h"

#include "base/pusher-hash-private.h"
#include "event/pusher-event-private.h"

#include <string.h>

/* About what an event takes besides its texts */
#define OVERHEAD 256

void
pusher_held_event_free (PusherHeldEvent *self)
{
  g_object_unref (self->event);
  g_free (self->id);
  g_free (self);
}

static gsize
get_size (PusherHeldEvent *held)
{
  const PusherMessage *message = &held->event->message;

  return OVERHEAD + strlen (message->event) + message->data_length +
         (message->user_id != NULL ? strlen (message->user_id) : 0) +
         (held->id != NULL ? strlen (held->id) : 0);
}

void
pusher_held_events_clear (PusherHeldEvents *self)
{
  PusherHeldEvent *first;

  while ((first = pusher_held_events_peek (self)) != NULL)
    pusher_held_event_free (pusher_held_events_take (self, first));
  g_clear_pointer (&self->ids, g_hash_table_unref);
}

static void
push (PusherHeldEvents *self,
      PusherHeldEvent  *held)
{
  held->link = (GList) { .data = held };
  g_queue_push_tail_link (&self->events, &held->link);
  self->n_bytes += get_size (held);
  if (held->id == NULL)
    {
      self->n_nameless++;
    }
  else if (self->indexed)
    {
      if (self->ids == NULL)
        self->ids = g_hash_table_new (pusher_str_hash, g_str_equal);
      g_hash_table_insert (self->ids, held->id, held);
    }
}

/* id: (nullable), and not one of the ids that are there if they are indexed.
 *
 * Returns: (transfer none): the event */
PusherHeldEvent *
pusher_held_events_add (PusherHeldEvents *self,
                        PusherEvent      *event,
                        const char       *id)
{
  PusherHeldEvent *held = g_new0 (PusherHeldEvent, 1);

  held->event = g_object_ref (event);
  held->id = g_strdup (id);
  push (self, held);

  return held;
}

/* Takes over the others: none is left there. */
void
pusher_held_events_add_all (PusherHeldEvents *self,
                            PusherHeldEvents *others)
{
  PusherHeldEvent *first;

  while ((first = pusher_held_events_peek (others)) != NULL)
    push (self, pusher_held_events_take (others, first));
}

gboolean
pusher_held_events_is_empty (PusherHeldEvents *self)
{
  return self->events.head == NULL;
}

/* Whether they are within their bounds. */
gboolean
pusher_held_events_has_room (PusherHeldEvents *self,
                             guint             max_events,
                             guint64           max_bytes)
{
  return self->events.length <= max_events && self->n_bytes <= max_bytes;
}

/* Returns: (nullable): the one with this id, of events that are indexed */
PusherHeldEvent *
pusher_held_events_find (PusherHeldEvents *self,
                         const char       *id)
{
  return self->ids != NULL ? g_hash_table_lookup (self->ids, id) : NULL;
}

/* Returns: (nullable): the first one without an id that comes before another */
PusherHeldEvent *
pusher_held_events_find_before (PusherHeldEvents *self,
                                PusherHeldEvent  *end)
{
  if (self->n_nameless == 0)
    return NULL;

  for (GList *link = self->events.head; link != &end->link; link = link->next)
    if (((PusherHeldEvent *) link->data)->id == NULL)
      return link->data;

  return NULL;
}

/* Returns: (nullable): the first one */
PusherHeldEvent *
pusher_held_events_peek (PusherHeldEvents *self)
{
  return self->events.head != NULL ? self->events.head->data : NULL;
}

/* Returns: (transfer full): the event, which is one of them no more */
PusherHeldEvent *
pusher_held_events_take (PusherHeldEvents *self,
                         PusherHeldEvent  *event)
{
  g_queue_unlink (&self->events, &event->link);
  self->n_bytes -= get_size (event);
  if (event->id == NULL)
    self->n_nameless--;
  else if (self->ids != NULL)
    g_hash_table_remove (self->ids, event->id);

  return event;
}
