/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-keyed-list-private.h"

#define N_KEYS 40
#define N_OPERATIONS 4000
#define N_MANY 10000

/* What a list view shows: it knows nothing of the list but its items-changed. */
typedef struct
{
  PusherKeyedList *list;
  GListStore *shown;
  guint n_changes;
  guint n_added;
  guint n_removed;
} View;

static void
items_changed_cb (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  View       *view)
{
  g_autoptr (GPtrArray) additions = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < added; i++)
    g_ptr_array_add (additions, g_list_model_get_item (model, position + i));
  g_list_store_splice (view->shown, position, removed, additions->pdata, added);

  /* The list has changed already. */
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (view->shown)), ==,
                    g_list_model_get_n_items (model));

  view->n_changes++;
  view->n_added += added;
  view->n_removed += removed;
}

static void
view_init (View *view)
{
  *view = (View) {
    .list = pusher_keyed_list_new (G_TYPE_OBJECT),
    .shown = g_list_store_new (G_TYPE_OBJECT),
  };
  g_signal_connect (view->list, "items-changed", G_CALLBACK (items_changed_cb), view);
}

static void
view_clear (View *view)
{
  g_assert_finalize_object (view->list);
  g_assert_finalize_object (view->shown);
}

static void
assert_same (gpointer model,
             gpointer expected)
{
  guint n_items = g_list_model_get_n_items (expected);

  g_assert_cmpuint (g_list_model_get_n_items (model), ==, n_items);
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (model, i);
      g_autoptr (GObject) expected_item = g_list_model_get_item (expected, i);

      g_assert_true (item == expected_item);
    }
  g_assert_null (g_list_model_get_item (model, n_items));
}

static GObject *
add_new (PusherKeyedList *list,
         const char      *key)
{
  g_autoptr (GObject) item = g_object_new (G_TYPE_OBJECT, NULL);

  pusher_keyed_list_add (list, key, item);

  return item;
}

static void
test_empty (void)
{
  PusherKeyedList *list = pusher_keyed_list_new (G_TYPE_SIMPLE_ACTION);
  GListModel *model = G_LIST_MODEL (list);
  g_autoptr (GPtrArray) copy = pusher_keyed_list_copy (list);

  g_assert_true (g_list_model_get_item_type (model) == G_TYPE_SIMPLE_ACTION);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  g_assert_null (g_list_model_get_item (model, 0));
  g_assert_null (g_list_model_get_item (model, 1));
  g_assert_null (g_list_model_get_item (model, G_MAXINT));
  g_assert_null (g_list_model_get_item (model, G_MAXUINT));
  g_assert_null (pusher_keyed_list_lookup (list, "a"));
  g_assert_null (pusher_keyed_list_lookup (list, ""));
  g_assert_false (pusher_keyed_list_remove (list, "a"));
  g_assert_cmpuint (copy->len, ==, 0);
  g_assert_finalize_object (list);
}

static void
test_keys (void)
{
  PusherKeyedList *list = pusher_keyed_list_new (G_TYPE_OBJECT);
  char key[] = "a";
  GObject *a = add_new (list, key);
  GObject *capital_a, *empty;

  /* The list has a copy of the key. */
  key[0] = 'z';
  capital_a = add_new (list, "A");
  empty = add_new (list, "");

  g_assert_true (pusher_keyed_list_lookup (list, "a") == a);
  g_assert_true (pusher_keyed_list_lookup (list, "A") == capital_a);
  g_assert_true (pusher_keyed_list_lookup (list, "") == empty);
  g_assert_null (pusher_keyed_list_lookup (list, "z"));
  g_assert_null (pusher_keyed_list_lookup (list, "aa"));

  g_assert_true (pusher_keyed_list_remove (list, "a"));
  g_assert_null (pusher_keyed_list_lookup (list, "a"));
  g_assert_false (pusher_keyed_list_remove (list, "a"));
  g_assert_true (pusher_keyed_list_lookup (list, "A") == capital_a);
  g_assert_finalize_object (list);
}

/* The list keeps its items alive for as long as they are in it, no longer. */
static void
test_ownership (void)
{
  PusherKeyedList *list = pusher_keyed_list_new (G_TYPE_OBJECT);
  GObject *removed = add_new (list, "removed");
  GObject *kept = add_new (list, "kept");
  GObject *got;

  g_object_add_weak_pointer (removed, (gpointer *) &removed);
  g_object_add_weak_pointer (kept, (gpointer *) &kept);

  g_assert_nonnull (removed);
  pusher_keyed_list_remove (list, "removed");
  g_assert_null (removed);

  got = g_list_model_get_item (G_LIST_MODEL (list), 0);
  g_assert_true (got == kept);
  g_assert_finalize_object (list);
  g_assert_nonnull (kept);
  g_assert_finalize_object (got);
  g_assert_null (kept);
}

static void
add_or_remove (View       *view,
               GListStore *reference,
               const char *key)
{
  GObject *item = pusher_keyed_list_lookup (view->list, key);
  guint n_changes = view->n_changes;
  guint position;

  if (item == NULL)
    {
      item = add_new (view->list, key);
      g_list_store_append (reference, item);
      g_assert_true (pusher_keyed_list_lookup (view->list, key) == item);
    }
  else
    {
      g_assert_true (g_list_store_find (reference, item, &position));
      g_list_store_remove (reference, position);
      g_assert_true (pusher_keyed_list_remove (view->list, key));
      g_assert_null (pusher_keyed_list_lookup (view->list, key));
    }

  g_assert_cmpuint (view->n_changes, ==, n_changes + 1);
}

static void
test_random_operations (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  g_autoptr (GListStore) reference = g_list_store_new (G_TYPE_OBJECT);
  View view;

  view_init (&view);
  for (guint i = 0; i < N_OPERATIONS; i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%d", g_rand_int_range (rand, 0, N_KEYS));

      add_or_remove (&view, reference, key);
      assert_same (view.list, reference);
      assert_same (view.shown, reference);
    }

  g_assert_cmpuint (view.n_changes, ==, N_OPERATIONS);
  g_assert_cmpuint (view.n_added + view.n_removed, ==, N_OPERATIONS);
  g_assert_cmpuint (view.n_added - view.n_removed, ==,
                    g_list_model_get_n_items (G_LIST_MODEL (reference)));
  g_list_store_remove_all (reference);
  g_list_store_remove_all (view.shown);
  view_clear (&view);
}

/* A walk on the copy sees every item, whatever happens to the list meanwhile. */
static void
test_copy (void)
{
  PusherKeyedList *list = pusher_keyed_list_new (G_TYPE_OBJECT);
  GObject *items[3];
  g_autoptr (GPtrArray) copy = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      const char key[] = { (char) ('a' + i), '\0' };

      items[i] = add_new (list, key);
    }
  copy = pusher_keyed_list_copy (list);
  pusher_keyed_list_remove (list, "b");
  add_new (list, "d");
  g_assert_finalize_object (list);

  g_assert_cmpuint (copy->len, ==, G_N_ELEMENTS (items));
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    {
      g_assert_true (copy->pdata[i] == items[i]);
      g_assert_cmpuint (G_OBJECT (copy->pdata[i])->ref_count, ==, 1);
    }
}

static void
remove_in_turn_cb (GListModel *model,
                   guint       position,
                   guint       removed,
                   guint       added,
                   GPtrArray  *keys)
{
  if (keys->len == 0)
    return;

  pusher_keyed_list_remove (PUSHER_KEYED_LIST (model), g_ptr_array_steal_index (keys, 0));
}

/* A handler of items-changed may change the list again. */
static void
test_change_while_changing (void)
{
  PusherKeyedList *list = pusher_keyed_list_new (G_TYPE_OBJECT);
  g_autoptr (GPtrArray) keys = g_ptr_array_new ();
  GObject *c, *last;

  add_new (list, "a");
  add_new (list, "b");
  c = add_new (list, "c");
  g_ptr_array_add (keys, (gpointer) "a");
  g_ptr_array_add (keys, (gpointer) "b");
  g_signal_connect (list, "items-changed", G_CALLBACK (remove_in_turn_cb), keys);
  last = add_new (list, "d");

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_true (pusher_keyed_list_lookup (list, "c") == c);
  g_assert_true (pusher_keyed_list_lookup (list, "d") == last);
  g_assert_finalize_object (list);
}

static void
test_many (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GListStore) reference = g_list_store_new (G_TYPE_OBJECT);
  View view;

  view_init (&view);
  for (guint i = 0; i < N_MANY; i++)
    {
      g_ptr_array_add (keys, g_strdup_printf ("channel-%u", i));
      g_list_store_append (reference, add_new (view.list, keys->pdata[i]));
    }
  assert_same (view.list, reference);
  assert_same (view.shown, reference);

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (reference), i);

      g_assert_true (pusher_keyed_list_lookup (view.list, keys->pdata[i]) == item);
    }

  g_list_store_remove_all (reference);
  while (keys->len > 0)
    {
      guint i = (guint) g_rand_int_range (rand, 0, (gint32) keys->len);

      g_assert_true (pusher_keyed_list_remove (view.list, keys->pdata[i]));
      g_ptr_array_remove_index_fast (keys, i);
    }
  assert_same (view.list, reference);
  assert_same (view.shown, reference);
  g_assert_cmpuint (view.n_changes, ==, 2 * N_MANY);
  view_clear (&view);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/keyed-list/empty", test_empty);
  g_test_add_func ("/keyed-list/keys", test_keys);
  g_test_add_func ("/keyed-list/ownership", test_ownership);
  g_test_add_func ("/keyed-list/random-operations", test_random_operations);
  g_test_add_func ("/keyed-list/copy", test_copy);
  g_test_add_func ("/keyed-list/change-while-changing", test_change_while_changing);
  g_test_add_func ("/keyed-list/many", test_many);

  return g_test_run ();
}
