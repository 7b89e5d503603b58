/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-keyed-list-private.h"

struct _PusherKeyedList
{
  GObject parent_instance;

  GType item_type;
  GSequence *items;         /* of GObject, owned */
  GHashTable *iters_by_key; /* char *, owned → GSequenceIter */
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PusherKeyedList, pusher_keyed_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
pusher_keyed_list_get_item_type (GListModel *model)
{
  return PUSHER_KEYED_LIST (model)->item_type;
}

static guint
pusher_keyed_list_get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (PUSHER_KEYED_LIST (model)->items);
}

static gpointer
pusher_keyed_list_get_item (GListModel *model,
                            guint       position)
{
  PusherKeyedList *self = PUSHER_KEYED_LIST (model);
  GSequenceIter *iter;

  if (position >= pusher_keyed_list_get_n_items (model))
    return NULL;

  iter = g_sequence_get_iter_at_pos (self->items, (int) position);

  return g_object_ref (g_sequence_get (iter));
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

  g_hash_table_unref (self->iters_by_key);
  g_sequence_free (self->items);

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
  self->items = g_sequence_new (g_object_unref);
  self->iters_by_key = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
  GSequenceIter *iter = g_sequence_append (self->items, g_object_ref (item));

  g_hash_table_insert (self->iters_by_key, g_strdup (key), iter);
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

  g_hash_table_remove_all (self->iters_by_key);
  g_sequence_remove_range (g_sequence_get_begin_iter (self->items),
                           g_sequence_get_end_iter (self->items));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_items, 0);
}

/* Returns: (transfer none) (nullable) */
gpointer
pusher_keyed_list_lookup (PusherKeyedList *self,
                          const char      *key)
{
  GSequenceIter *iter = g_hash_table_lookup (self->iters_by_key, key);

  return iter != NULL ? g_sequence_get (iter) : NULL;
}

gboolean
pusher_keyed_list_remove (PusherKeyedList *self,
                          const char      *key)
{
  GSequenceIter *iter = g_hash_table_lookup (self->iters_by_key, key);
  guint position;

  if (iter == NULL)
    return FALSE;

  position = (guint) g_sequence_iter_get_position (iter);
  g_hash_table_remove (self->iters_by_key, key);
  g_sequence_remove (iter);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);

  return TRUE;
}

static void
copy_item (gpointer item,
           gpointer copy)
{
  g_ptr_array_add (copy, g_object_ref (item));
}

/* The items as they are now, for a walk on which the list may change. */
GPtrArray *
pusher_keyed_list_copy (PusherKeyedList *self)
{
  GPtrArray *copy =
    g_ptr_array_new_full (pusher_keyed_list_get_n_items (G_LIST_MODEL (self)), g_object_unref);

  g_sequence_foreach (self->items, copy_item, copy);

  return copy;
}
