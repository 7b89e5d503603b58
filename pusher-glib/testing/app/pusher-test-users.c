/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who is signed in to an app, and who watches whom. */

#include "config.h"

#include "pusher-test-users-private.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-user-messages-private.h"

/* One connection of a user. */
typedef struct
{
  PusherTestPeer *peer; /* unowned */
  char *id;
  char **watchlist;
  PusherTestTerminateFunc terminate;
  GObject *connection; /* unowned */
} Entry;

struct _PusherTestUsers
{
  GPtrArray *entries; /* of Entry */
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->id);
  g_strfreev (entry->watchlist);
  g_free (entry);
}

PusherTestUsers *
pusher_test_users_new (void)
{
  PusherTestUsers *self = g_new0 (PusherTestUsers, 1);

  self->entries = g_ptr_array_new_with_free_func (entry_free);

  return self;
}

void
pusher_test_users_free (PusherTestUsers *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static gboolean
is_online (PusherTestUsers *self,
           const char      *id)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_str_equal (entry->id, id))
        return TRUE;
    }

  return FALSE;
}

/* @ids: (element-type utf8): at least one */
static void
send_watchlist_event (PusherTestPeer *peer,
                      const char     *name,
                      GPtrArray      *ids)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autoptr (GString) data = g_string_new (NULL);

  g_string_append_printf (json, "{\"events\":[{\"name\":\"%s\",\"user_ids\":[", name);
  for (guint i = 0; i < ids->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      pusher_json_append_string (json, g_ptr_array_index (ids, i));
    }
  g_string_append (json, "]}]}");

  pusher_json_append_string (data, json->str);
  pusher_test_peer_send_event (peer, PUSHER_MESSAGE_WATCHLIST, NULL, data->str);
}

static void
tell_watchers (PusherTestUsers *self,
               const char      *name,
               const char      *id)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  g_ptr_array_add (ids, (gpointer) id);

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (g_strv_contains ((const char *const *) entry->watchlist, id))
        send_watchlist_event (entry->peer, name, ids);
    }
}

static void
tell_who_is_online (PusherTestUsers   *self,
                    PusherTestPeer    *peer,
                    const char *const *watchlist)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; watchlist[i] != NULL; i++)
    if (is_online (self, watchlist[i]))
      g_ptr_array_add (ids, (gpointer) watchlist[i]);

  if (ids->len > 0)
    send_watchlist_event (peer, "online", ids);
}

/*
 * pusher_test_users_sign_in:
 * @watchlist: ids of the users that this one watches
 * @terminate: called with @connection if its user is to be disconnected
 */
void
pusher_test_users_sign_in (PusherTestUsers        *self,
                           PusherTestPeer         *peer,
                           const char             *id,
                           const char *const      *watchlist,
                           PusherTestTerminateFunc terminate,
                           GObject                *connection)
{
  gboolean was_online = is_online (self, id);
  Entry *entry = g_new0 (Entry, 1);

  if (!was_online)
    tell_watchers (self, "online", id);

  entry->peer = peer;
  entry->id = g_strdup (id);
  entry->watchlist = g_strdupv ((char **) watchlist);
  entry->terminate = terminate;
  entry->connection = connection;
  g_ptr_array_add (self->entries, entry);

  tell_who_is_online (self, peer, watchlist);
}

/* @quiet: whether the watchers are not told */
void
pusher_test_users_sign_out (PusherTestUsers *self,
                            PusherTestPeer  *peer,
                            gboolean         quiet)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = g_ptr_array_index (self->entries, i);
      g_autofree char *id = NULL;

      if (entry->peer != peer)
        continue;

      id = g_strdup (entry->id);
      g_ptr_array_remove_index (self->entries, i);
      if (!quiet && !is_online (self, id))
        tell_watchers (self, "offline", id);
      return;
    }
}

/* Returns: the number of connections that the user had */
guint
pusher_test_users_terminate (PusherTestUsers *self,
                             const char      *id)
{
  g_autoptr (GPtrArray) connections = g_ptr_array_new_with_free_func (g_object_unref);
  PusherTestTerminateFunc terminate = NULL;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (self->entries, i);

      if (!g_str_equal (entry->id, id))
        continue;

      terminate = entry->terminate;
      g_ptr_array_add (connections, g_object_ref (entry->connection));
    }

  for (guint i = 0; i < connections->len; i++)
    terminate (g_ptr_array_index (connections, i));

  return connections->len;
}
