/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "watch.h"

#include "application.h"
#include "channels/pusher-channel-private.h"
#include "channels/pusher-presence-channel.h"
#include "outbox.h"
#include "user/pusher-user-private.h"
#include "truths.h"
#include "world.h"

/* What an object has told of its properties */
typedef struct
{
  guint n_properties;
  GParamSpec **properties;
  char **told; /* by the index of the property */
} Watch;

static GHashTable *watched; /* set of GObject, not owned */

/* --- Acting -------------------------------------------------------------- */

static void
marshal (GClosure     *closure,
         GValue       *return_value,
         guint         n_values,
         const GValue *values,
         gpointer      invocation_hint,
         gpointer      marshal_data)
{
  application_hear (n_values, values);
}

static void
connect (gpointer    object,
         guint       signal,
         const char *detail)
{
  GClosure *closure = g_closure_new_simple (sizeof (GClosure), NULL);

  g_closure_set_marshal (closure, marshal);
  g_signal_connect_closure_by_id (object, signal, g_quark_from_string (detail), closure, FALSE);
}

void
watch_signal (gpointer    object,
              const char *signal)
{
  connect (object, g_signal_lookup (signal, G_OBJECT_TYPE (object)), NULL);
}

/* Of the type and of those that it is derived from */
static void
connect_all (gpointer object)
{
  for (GType type = G_OBJECT_TYPE (object); type != 0; type = g_type_parent (type))
    {
      guint n;
      g_autofree guint *ids = g_signal_list_ids (type, &n);

      for (guint i = 0; i < n; i++)
        connect (object, ids[i], NULL);
    }
}

/* --- Properties ---------------------------------------------------------- */

static char *
describe (GObject    *object,
          GParamSpec *pspec)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_object_get_property (object, pspec->name, &value);
  if (G_VALUE_HOLDS_STRING (&value))
    return g_value_dup_string (&value);
  if (G_VALUE_HOLDS_ENUM (&value))
    return g_strdup_printf ("%d", g_value_get_enum (&value));
  if (G_VALUE_HOLDS_OBJECT (&value))
    return g_strdup_printf ("%p", g_value_get_object (&value));
  if (G_VALUE_HOLDS (&value, G_TYPE_ERROR))
    {
      const GError *error = g_value_get_boxed (&value);

      if (error == NULL)
        return NULL;
      return g_strdup_printf ("%u %d %s", error->domain, error->code, error->message);
    }

  return g_strdup_value_contents (&value);
}

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  for (guint i = 0; i < watch->n_properties; i++)
    g_free (watch->told[i]);
  g_free (watch->told);
  g_free (watch->properties);
  g_free (watch);
}

static void
notify_cb (GObject    *object,
           GParamSpec *pspec,
           gpointer    user_data)
{
  Watch *watch = user_data;

  for (guint i = 0; i < watch->n_properties; i++)
    if (watch->properties[i] == pspec)
      {
        g_free (watch->told[i]);
        watch->told[i] = describe (object, pspec);
      }
}

static void
gone_cb (gpointer  user_data,
         GObject  *object)
{
  g_hash_table_remove (watched, object);
}

/* Does nothing for one that is watched already. */
void
watch_object (gpointer object)
{
  Watch *watch;

  if (g_hash_table_contains (watched, object))
    return;

  g_hash_table_add (watched, object);
  g_object_weak_ref (object, gone_cb, NULL);
  world_track (object);

  watch = g_new0 (Watch, 1);
  watch->properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (object),
                                                      &watch->n_properties);
  watch->told = g_new0 (char *, watch->n_properties);
  for (guint i = 0; i < watch->n_properties; i++)
    watch->told[i] = describe (object, watch->properties[i]);
  g_object_set_data_full (object, "watch", watch, watch_free);
  g_signal_connect (object, "notify", G_CALLBACK (notify_cb), watch);
  truths_connect (object);
  connect_all (object);

  if (PUSHER_IS_CHANNEL (object))
    outbox_watch (object);
  if (PUSHER_IS_CHANNEL (object))
    connect (object, g_signal_lookup ("event", PUSHER_TYPE_CHANNEL), "tick");
  if (PUSHER_IS_PRESENCE_CHANNEL (object))
    watch_list (pusher_presence_channel_get_members (object));
}

/* What happens when a client goes away is not told. */
static gboolean
is_left_over (GObject *object)
{
  return (PUSHER_IS_CHANNEL (object) && PUSHER_CHANNEL (object)->host->client == NULL) ||
         (PUSHER_IS_USER (object) && PUSHER_USER (object)->host->client == NULL);
}

static void
check_object (GObject *object)
{
  Watch *watch = g_object_get_data (object, "watch");

  if (watch == NULL || is_left_over (object))
    return;

  for (guint i = 0; i < watch->n_properties; i++)
    {
      g_autofree char *value = describe (object, watch->properties[i]);

      world_check (g_strcmp0 (watch->told[i], value) == 0, "%s:%s is %s, but told was %s",
                   G_OBJECT_TYPE_NAME (object), watch->properties[i]->name, value, watch->told[i]);
    }
}

/* --- Lists --------------------------------------------------------------- */

static void
items_changed_cb (GListModel *list,
                  guint       position,
                  guint       n_removed,
                  guint       n_added,
                  GPtrArray  *shadow)
{
  world_check (position + n_removed <= shadow->len, "a list removes what it did not have");
  if (n_removed > 0)
    g_ptr_array_remove_range (shadow, position, n_removed);
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      world_check (item != NULL, "a list adds what it does not have");
      g_ptr_array_insert (shadow, (int) i, item);
      watch_object (item);
    }

  world_check (g_list_model_get_n_items (list) == shadow->len,
               "a list has %u items, but told of %u", g_list_model_get_n_items (list),
               shadow->len);
  for (guint i = 0; i < shadow->len; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (list, i);

      world_check (item == shadow->pdata[i], "item %u of a list is not the one it told of", i);
    }
}

static void
shadow_free (gpointer shadow)
{
  g_ptr_array_unref (shadow);
}

/* What is in it, now or later, is watched too. */
void
watch_list (GListModel *list)
{
  GPtrArray *shadow;

  if (g_hash_table_contains (watched, list))
    return;

  g_hash_table_add (watched, list);
  g_object_weak_ref (G_OBJECT (list), gone_cb, NULL);
  world_track (list);

  shadow = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (list), "shadow", shadow, shadow_free);
  g_signal_connect (list, "items-changed", G_CALLBACK (items_changed_cb), shadow);
  items_changed_cb (list, 0, 0, g_list_model_get_n_items (list), shadow);
  watch_signal (list, "items-changed");
}

/* --- */

/* Holds what was told against what is true. */
void
watch_check (void)
{
  g_autofree gpointer *objects = NULL;
  guint n;

  objects = g_hash_table_get_keys_as_array (watched, &n);
  for (guint i = 0; i < n; i++)
    check_object (objects[i]);
  outbox_check ();
}

void
watch_start (void)
{
  watched = g_hash_table_new (NULL, NULL);
}

void
watch_end (void)
{
  g_hash_table_unref (watched);
}
