/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-ledger-private.h"

#include "base/pusher-hash-private.h"

#include <string.h>

typedef struct
{
  PusherLedger *ledger;
  GList link;
  GQueue *queue; /* that it is in; NULL once it is overdue */
  PusherTimeLimit limit;
  gpointer asker; /* NULL once it has given up */
  char name[];
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  if (self->queue != NULL)
    g_queue_unlink (self->queue, &self->link);
  pusher_time_limits_stop (&self->ledger->limits, &self->limit);
  if (self->asker == NULL)
    self->ledger->n_abandoned--;
  g_free (self);
}

void
pusher_ledger_init (PusherLedger *self)
{
  *self = (PusherLedger) { 0 };
  self->by_name = g_hash_table_new_full (pusher_str_hash, g_str_equal, NULL, entry_free);
}

void
pusher_ledger_clear (PusherLedger *self)
{
  g_clear_pointer (&self->by_name, g_hash_table_unref);
}

/* A message was sent. refusable: a server may refuse it without saying which. due_at
 * is 0 if there is no time limit. Takes the place of one that is overdue. */
void
pusher_ledger_add (PusherLedger *self,
                   const char   *name,
                   gboolean      refusable,
                   gpointer      asker,
                   gint64        due_at)
{
  gsize name_size = strlen (name) + 1;
  Entry *entry = g_malloc0 (sizeof *entry + name_size);

  entry->ledger = self;
  entry->link.data = entry;
  entry->queue = refusable ? &self->refusable : &self->not_refusable;
  entry->asker = asker;
  memcpy (entry->name, name, name_size);
  g_queue_push_tail_link (entry->queue, &entry->link);
  if (due_at != 0)
    pusher_time_limits_start (&self->limits, &entry->limit, entry, due_at);
  g_hash_table_replace (self->by_name, entry->name, entry);
}

/* The asker does not want the answer any more. */
void
pusher_ledger_abandon (PusherLedger *self,
                       const char   *name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, name);

  if (entry == NULL || entry->asker == NULL)
    return;

  entry->asker = NULL;
  self->n_abandoned++;
}

/* The server has answered. FALSE if it did not owe that. */
gboolean
pusher_ledger_settle (PusherLedger *self,
                      const char   *name)
{
  return g_hash_table_remove (self->by_name, name);
}

/* There is no such connection any more. */
void
pusher_ledger_forget_all (PusherLedger *self)
{
  g_hash_table_remove_all (self->by_name);
}

/* Whether an answer is owed, and not overdue. */
gboolean
pusher_ledger_owes (PusherLedger *self,
                    const char   *name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, name);

  return entry != NULL && entry->queue != NULL;
}

/* Whether the answer may still come, but nobody counts on it. */
gboolean
pusher_ledger_is_overdue (PusherLedger *self,
                          const char   *name)
{
  Entry *entry = g_hash_table_lookup (self->by_name, name);

  return entry != NULL && entry->queue == NULL;
}

/* Whether an answer is owed that is not wanted any more. */
gboolean
pusher_ledger_is_abandoned (PusherLedger *self,
                            const char   *name)
{
  Entry *entry = self->n_abandoned > 0 ? g_hash_table_lookup (self->by_name, name) : NULL;

  return entry != NULL && entry->asker == NULL;
}

/*
 * pusher_ledger_oldest_refusable:
 * @name: (out): valid until the entry is settled
 * @asker: (out) (nullable): NULL if it has given up
 *
 * Servers answer in order: this is what a refusal without a name is about.
 *
 * Returns: whether there is one
 */
gboolean
pusher_ledger_oldest_refusable (PusherLedger *self,
                                const char  **name,
                                gpointer     *asker)
{
  Entry *entry = g_queue_peek_head (&self->refusable);

  if (entry == NULL)
    return FALSE;

  *name = entry->name;
  *asker = entry->asker;

  return TRUE;
}

/*
 * pusher_ledger_take_overdue:
 * @name: (out): valid until the entry is settled
 * @asker: (out) (nullable): NULL if it has given up
 *
 * An answer that should have come by now: it becomes overdue.
 *
 * Returns: whether there is one
 */
gboolean
pusher_ledger_take_overdue (PusherLedger *self,
                            gint64        now,
                            const char  **name,
                            gpointer     *asker)
{
  Entry *entry = pusher_time_limits_take_over (&self->limits, now);

  if (entry == NULL)
    return FALSE;

  g_queue_unlink (entry->queue, &entry->link);
  entry->queue = NULL;
  *name = entry->name;
  *asker = entry->asker;

  return TRUE;
}
