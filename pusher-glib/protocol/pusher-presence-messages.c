/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-presence-messages-private.h"

#include "base/pusher-hash-private.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"

void
pusher_presence_entry_free (gpointer data)
{
  PusherPresenceEntry *entry = data;

  g_free (entry->id);
  g_clear_pointer (&entry->info, json_node_unref);
  g_free (entry);
}

static PusherPresenceEntry *
entry_new (char     *id,
           JsonNode *info)
{
  PusherPresenceEntry *entry = g_new (PusherPresenceEntry, 1);

  entry->id = id;
  entry->info = info != NULL ? json_node_copy (info) : NULL;

  return entry;
}

/* Servers written in PHP make an array of the hash if its ids are 0, 1, 2 and so on. */
static JsonObject *
dup_hash (JsonObject *presence)
{
  JsonObject *hash = pusher_json_object_get_object (presence, "hash");
  JsonArray *array = pusher_json_object_get_array (presence, "hash");

  if (array == NULL)
    return hash != NULL ? json_object_ref (hash) : NULL;

  hash = json_object_new ();
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      char id[11];

      g_snprintf (id, sizeof id, "%u", i);
      json_object_set_member (hash, id, json_array_dup_element (array, i));
    }

  return hash;
}

/* By their ids. json-glib would find them too, but in a table of which the server
 * knows what collides. */
static GHashTable *
index_infos (JsonObject *hash)
{
  GHashTable *infos = g_hash_table_new (pusher_str_hash, g_str_equal);
  JsonObjectIter iter;
  const char *id;
  JsonNode *info;

  if (hash == NULL)
    return infos;

  json_object_iter_init_ordered (&iter, hash);
  while (json_object_iter_next_ordered (&iter, &id, &info))
    g_hash_table_insert (infos, (char *) id, info);

  return infos;
}

static void
add_entry (GPtrArray  *entries,
           GHashTable *seen,
           char       *id,
           JsonNode   *info)
{
  g_hash_table_add (seen, id);
  g_ptr_array_add (entries, entry_new (id, info));
}

static void
add_those_in_ids (GPtrArray  *entries,
                  GHashTable *seen,
                  JsonArray  *ids,
                  GHashTable *infos)
{
  guint n_ids = ids != NULL ? json_array_get_length (ids) : 0;

  for (guint i = 0; i < n_ids; i++)
    {
      g_autofree char *id = pusher_json_node_dup_id (json_array_get_element (ids, i));
      JsonNode *info;

      if (id == NULL || g_hash_table_contains (seen, id))
        continue;

      info = g_hash_table_lookup (infos, id);
      add_entry (entries, seen, g_steal_pointer (&id), info);
    }
}

static void
add_those_in_hash (GPtrArray  *entries,
                   GHashTable *seen,
                   JsonObject *hash)
{
  JsonObjectIter iter;
  const char *id;
  JsonNode *info;

  if (hash == NULL)
    return;

  json_object_iter_init_ordered (&iter, hash);
  while (json_object_iter_next_ordered (&iter, &id, &info))
    if (pusher_json_is_id (id) && !g_hash_table_contains (seen, id))
      add_entry (entries, seen, g_strdup (id), info);
}

/* The members in `ids` come in its order, those that are only in `hash` after them: a
 * server that disagrees with itself hides no member. NULL if there is no list at all. */
GPtrArray *
pusher_presence_parse_snapshot (const PusherMessage *message)
{
  GPtrArray *entries;
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  g_autoptr (GHashTable) seen = g_hash_table_new (pusher_str_hash, g_str_equal);
  g_autoptr (GHashTable) infos = NULL;
  JsonObject *presence =
    pusher_json_object_get_object (pusher_json_node_get_object (json), "presence");
  JsonArray *ids = pusher_json_object_get_array (presence, "ids");
  g_autoptr (JsonObject) hash = dup_hash (presence);

  if (ids == NULL && hash == NULL)
    return NULL;

  entries = g_ptr_array_new_with_free_func (pusher_presence_entry_free);
  infos = index_infos (hash);
  add_those_in_ids (entries, seen, ids, infos);
  add_those_in_hash (entries, seen, hash);

  return entries;
}

/* Reads {"user_id": …, "user_info"?: …}. NULL if there is no id. */
PusherPresenceEntry *
pusher_presence_parse_member (const PusherMessage *message)
{
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  JsonObject *object = pusher_json_node_get_object (json);
  char *id = pusher_json_node_dup_id (pusher_json_object_get_member (object, "user_id"));

  return id != NULL ? entry_new (id, json_object_get_member (object, "user_info")) : NULL;
}

/* The member that a channel_data is about. NULL if it does not say. */
char *
pusher_presence_parse_user_id (const char *channel_data)
{
  g_autoptr (JsonNode) json = pusher_json_parse (channel_data, -1, NULL);
  JsonObject *object = pusher_json_node_get_object (json);

  return pusher_json_node_dup_id (pusher_json_object_get_member (object, "user_id"));
}
