/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who is in a presence channel. A user may be so by several connections, and is
 * one member none the less. */

#include "config.h"

#include "pusher-test-presence-private.h"

#include "json/pusher-json-writer-private.h"

typedef struct
{
  PusherTestPeer *peer; /* unowned */
  PusherTestMember *member;
} Entry;

struct _PusherTestPresence
{
  GPtrArray *entries; /* of Entry, in the order in which they came */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->member, pusher_test_member_free);
  g_free (entry);
}

PusherTestPresence *
pusher_test_presence_new (void)
{
  PusherTestPresence *self = g_new0 (PusherTestPresence, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);

  return self;
}

void
pusher_test_presence_free (PusherTestPresence *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static gboolean
has_member (PusherTestPresence *self,
            const char         *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->member->id, id))
        return TRUE;
    }

  return FALSE;
}

/*
 * pusher_test_presence_add:
 * @member: (transfer full):
 *
 * Returns: whether the user was not there already
 */
gboolean
pusher_test_presence_add (PusherTestPresence *self,
                          PusherTestPeer     *peer,
                          PusherTestMember   *member)
{
  gboolean is_new = !has_member (self, member->id);
  Entry *entry = g_new (Entry, 1);

  entry->peer = peer;
  entry->member = member;
  g_ptr_array_add (self->entries, entry);

  return is_new;
}

/* Returns: (nullable) (transfer full): the user, if it is not there any more */
PusherTestMember *
pusher_test_presence_remove (PusherTestPresence *self,
                             PusherTestPeer     *peer)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      g_autoptr (PusherTestMember) member = NULL;

      if (entry->peer != peer)
        continue;

      member = g_steal_pointer (&entry->member);
      g_ptr_array_remove_index (self->entries, i);

      return has_member (self, member->id) ? NULL : g_steal_pointer (&member);
    }

  return NULL;
}

/* Returns: (nullable): who has this connection */
const PusherTestMember *
pusher_test_presence_find (PusherTestPresence *self,
                           PusherTestPeer     *peer)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (entry->peer == peer)
        return entry->member;
    }

  return NULL;
}

/* Returns: (transfer container): each user once */
static GPtrArray *
list_members (PusherTestPresence *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_hash_table_add (seen, entry->member->id))
        g_ptr_array_add (members, entry->member);
    }

  return members;
}

static const char *
get_info (const PusherTestMember *member)
{
  return member->info_json != NULL ? member->info_json : "null";
}

/* Returns: (transfer full): {"presence": {"ids": …, "hash": …, "count": …}} */
char *
pusher_test_presence_snapshot (PusherTestPresence *self)
{
  g_autoptr (GPtrArray) members = list_members (self);
  g_autoptr (GString) json = g_string_new ("{\"presence\":{\"ids\":[");

  for (guint i = 0; i < members->len; i++)
    {
      const PusherTestMember *member = g_ptr_array_index (members, i);

      g_string_append_printf (json, "%s%s", i > 0 ? "," : "", member->id_json);
    }

  g_string_append (json, "],\"hash\":{");
  for (guint i = 0; i < members->len; i++)
    {
      const PusherTestMember *member = g_ptr_array_index (members, i);

      if (i > 0)
        g_string_append_c (json, ',');
      pusher_json_append_string (json, member->id);
      g_string_append_printf (json, ":%s", get_info (member));
    }
  g_string_append_printf (json, "},\"count\":%u}}", members->len);

  return g_string_free (g_steal_pointer (&json), FALSE);
}

char **
pusher_test_presence_list_ids (PusherTestPresence *self)
{
  g_autoptr (GPtrArray) members = list_members (self);
  char **ids = g_new0 (char *, members->len + 1);

  for (guint i = 0; i < members->len; i++)
    ids[i] = g_strdup (((const PusherTestMember *) g_ptr_array_index (members, i))->id);

  return ids;
}

char *
pusher_test_presence_added_data (const PusherTestMember *member)
{
  if (member->info_json == NULL)
    return g_strdup_printf ("{\"user_id\":%s}", member->id_json);

  return g_strdup_printf ("{\"user_id\":%s,\"user_info\":%s}",
                          member->id_json, member->info_json);
}

char *
pusher_test_presence_removed_data (const PusherTestMember *member)
{
  return g_strdup_printf ("{\"user_id\":%s}", member->id_json);
}
