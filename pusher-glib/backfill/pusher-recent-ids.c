/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-recent-ids-private.h"

#include "base/pusher-hash-private.h"

#include <string.h>

void
pusher_recent_ids_clear (PusherRecentIds *self)
{
  g_queue_clear (&self->order);
  g_clear_pointer (&self->ids, g_hash_table_unref);
  self->n_bytes = 0;
}

gboolean
pusher_recent_ids_contains (PusherRecentIds *self,
                            const char      *id)
{
  return self->ids != NULL && g_hash_table_contains (self->ids, id);
}

static void
forget_oldest (PusherRecentIds *self)
{
  char *id = g_queue_pop_head (&self->order);

  self->n_bytes -= strlen (id);
  g_hash_table_remove (self->ids, id);
}

void
pusher_recent_ids_add (PusherRecentIds *self,
                       const char      *id)
{
  char *copy;

  if (pusher_recent_ids_contains (self, id))
    return;

  if (self->ids == NULL)
    self->ids = g_hash_table_new_full (pusher_str_hash, g_str_equal, g_free, NULL);
  copy = g_strdup (id);
  g_hash_table_add (self->ids, copy);
  g_queue_push_tail (&self->order, copy);
  self->n_bytes += strlen (id);

  while (self->order.length > PUSHER_RECENT_IDS_MAX ||
         self->n_bytes > PUSHER_RECENT_IDS_MAX_BYTES)
    forget_oldest (self);
}
