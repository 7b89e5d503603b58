/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-presence-messages-private.h"

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

/* The members in `ids` come in its order, those that are only in `hash` after them: a
 * server that disagrees with itself hides no member. NULL if there is no list at all. */
GPtrArray *
pusher_presence_parse_snapshot (const PusherMessage *message)
{
  GPtrArray *entries;
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  JsonObject *presence =
    pusher_json_object_get_object (pusher_json_node_get_object (json), "presence");
  JsonArray *ids = pusher_json_object_get_array (presence, "ids");
  JsonObject *hash = pusher_json_object_get_object (presence, "hash");
  guint n_ids = ids != NULL ? json_array_get_length (ids) : 0;

  if (ids == NULL && hash == NULL)
    return NULL;

  entries = g_ptr_array_new_with_free_func (pusher_presence_entry_free);
  for (guint i = 0; i < n_ids; i++)
    {
      g_autofree char *id = pusher_json_node_dup_id (json_array_get_element (ids, i));

      if (id == NULL || g_hash_table_contains (seen, id))
        continue;

      g_hash_table_add (seen, id);
      g_ptr_array_add (entries, entry_new (id, pusher_json_object_get_member (hash, id)));
      g_steal_pointer (&id);
    }

  if (hash != NULL)
    {
      JsonObjectIter iter;
      const char *id;
      JsonNode *info;

      json_object_iter_init_ordered (&iter, hash);
      while (json_object_iter_next_ordered (&iter, &id, &info))
        if (*id != '\0' && !g_hash_table_contains (seen, id))
          g_ptr_array_add (entries, entry_new (g_strdup (id), info));
    }

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
