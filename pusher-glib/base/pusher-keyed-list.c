/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-keyed-list-private.h"

#include "pusher-hash-private.h"

#include <string.h>

typedef struct _Entry Entry;

struct _PusherKeyedList
{
  GObject parent_instance;

  GType item_type;
  GSequence *entries; /* of Entry, owned */
  GHashTable *keys;   /* the set of their keys */
  Entry *last_found;  /* nullable */
};

/* In one block with its key, as a look-up among thousands is a matter of how many
 * blocks it has to look at. */
struct _Entry
{
  GObject *item; /* owned */
  GSequenceIter *iter;
  char key[];
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PusherKeyedList, pusher_keyed_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static Entry *
entry_new (const char *key,
           gpointer    item)
{
  gsize key_size = strlen (key) + 1;
  Entry *self = g_malloc (sizeof *self + key_size);

  self->item = g_object_ref (item);
  memcpy (self->key, key, key_size);

  return self;
}

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_object_unref (self->item);
  g_free (self);
}

static Entry *
get_entry (char *key)
{
  return (gpointer) (key - G_STRUCT_OFFSET (Entry, key));
}

/* Messages come in runs of the same channel, and to compare two names takes far less
 * than to hash one. */
static Entry *
find (PusherKeyedList *self,
      const char      *key)
{
  char *found;

  if (self->last_found != NULL && strcmp (self->last_found->key, key) == 0)
    return self->last_found;

  found = g_hash_table_lookup (self->keys, key);
  if (found == NULL)
    return NULL;

  self->last_found = get_entry (found);

  return self->last_found;
}

static GType
pusher_keyed_list_get_item_type (GListModel *model)
{
  return PUSHER_KEYED_LIST (model)->item_type;
}

static guint
pusher_keyed_list_get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (PUSHER_KEYED_LIST (model)->entries);
}

static gpointer
pusher_keyed_list_get_item (GListModel *model,
                            guint       position)
{
  PusherKeyedList *self = PUSHER_KEYED_LIST (model);
  Entry *entry;

  if (position >= pusher_keyed_list_get_n_items (model))
    return NULL;

  entry = g_sequence_get (g_sequence_get_iter_at_pos (self->entries, (int) position));

  return g_object_ref (entry->item);
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = pusher_keyed_list_get_item_type;
  iface->get_n_items = pusher_keyed_list_get_n_items;
  iface->get_item = pusher_keyed_list_get_item;
}

static void
pusher_keyed_list_finalize (GObject *object)
{
  PusherKeyedList *self = PUSHER_KEYED_LIST (object);

  g_hash_table_unref (self->keys);
  g_sequence_free (self->entries);

  G_OBJECT_CLASS (pusher_keyed_list_parent_class)->finalize (object);
}

static void
pusher_keyed_list_class_init (PusherKeyedListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pusher_keyed_list_finalize;
}

static void
pusher_keyed_list_init (PusherKeyedList *self)
{
  self->entries = g_sequence_new (entry_free);
  self->keys = g_hash_table_new (pusher_str_hash, g_str_equal);
}

PusherKeyedList *
pusher_keyed_list_new (GType item_type)
{
  PusherKeyedList *self = g_object_new (PUSHER_TYPE_KEYED_LIST, NULL);

  self->item_type = item_type;

  return self;
}

static void
append (PusherKeyedList *self,
        const char      *key,
        gpointer         item)
{
  Entry *entry = entry_new (key, item);

  entry->iter = g_sequence_append (self->entries, entry);
  g_hash_table_add (self->keys, entry->key);
}

/* The key must not be in the list yet. */
void
pusher_keyed_list_add (PusherKeyedList *self,
                       const char      *key,
                       gpointer         item)
{
  guint position = pusher_keyed_list_get_n_items (G_LIST_MODEL (self));

  append (self, key, item);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

/* Adds all at once. None of the keys must be in the list yet. */
void
pusher_keyed_list_add_all (PusherKeyedList      *self,
                           GPtrArray            *items,
                           PusherKeyedListGetKey get_key)
{
  guint position = pusher_keyed_list_get_n_items (G_LIST_MODEL (self));

  for (guint i = 0; i < items->len; i++)
    append (self, get_key (items->pdata[i]), items->pdata[i]);
  if (items->len > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, 0, items->len);
}

void
pusher_keyed_list_clear (PusherKeyedList *self)
{
  guint n_items = pusher_keyed_list_get_n_items (G_LIST_MODEL (self));

  if (n_items == 0)
    return;

  self->last_found = NULL;
  g_hash_table_remove_all (self->keys);
  g_sequence_remove_range (g_sequence_get_begin_iter (self->entries),
                           g_sequence_get_end_iter (self->entries));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
}

/* Returns: (transfer none) (nullable) */
gpointer
pusher_keyed_list_lookup (PusherKeyedList *self,
                          const char      *key)
{
  Entry *entry = find (self, key);

  return entry != NULL ? entry->item : NULL;
}

gboolean
pusher_keyed_list_remove (PusherKeyedList *self,
                          const char      *key)
{
  gpointer found;
  Entry *entry;
  guint position;

  if (!g_hash_table_steal_extended (self->keys, key, &found, NULL))
    return FALSE;

  entry = get_entry (found);
  if (self->last_found == entry)
    self->last_found = NULL;
  position = (guint) g_sequence_iter_get_position (entry->iter);
  g_sequence_remove (entry->iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  return TRUE;
}

static void
copy_item (gpointer entry,
           gpointer copy)
{
  g_ptr_array_add (copy, g_object_ref (((Entry *) entry)->item));
}

/* The items as they are now, for a walk on which the list may change. */
GPtrArray *
pusher_keyed_list_copy (PusherKeyedList *self)
{
  GPtrArray *copy =
    g_ptr_array_new_full (pusher_keyed_list_get_n_items (G_LIST_MODEL (self)), g_object_unref);

  g_sequence_foreach (self->entries, copy_item, copy);

  return copy;
}
