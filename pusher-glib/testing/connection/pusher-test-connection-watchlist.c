/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Users that watch each other: one is online as long as it has a connection that is
 * signed in. */

#include "config.h"

#include "pusher-test-connection-types-private.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-user-messages-private.h"

static gboolean
is_online (PusherTestApp *app,
           const char    *user_id)
{
  GPtrArray *signed_in = app->signed_in;

  for (guint i = 0; i < signed_in->len; i++)
    {
      const PusherTestConnection *connection = g_ptr_array_index (signed_in, i);

      if (g_str_equal (connection->user_id, user_id))
        return TRUE;
    }

  return FALSE;
}

static void
send_watchlist_event (PusherTestConnection *self,
                      const char           *name,
                      const char *const    *user_ids)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *data = NULL;

  pusher_json_begin_object (json, NULL);
  pusher_json_begin_array (json, "events");
  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "name", name);
  pusher_json_begin_array (json, "user_ids");
  for (guint i = 0; user_ids[i] != NULL; i++)
    pusher_json_add_string (json, NULL, user_ids[i]);
  pusher_json_end_array (json);
  pusher_json_end_object (json);
  pusher_json_end_array (json);
  pusher_json_end_object (json);

  data = pusher_json_quote (json->str);
  pusher_test_peer_send_event (self->peer, PUSHER_MESSAGE_WATCHLIST, NULL, data);
}

static void
tell_watchers (PusherTestApp *app,
               const char    *name,
               const char    *user_id)
{
  GPtrArray *signed_in = app->signed_in;
  const char *const user_ids[] = { user_id, NULL };

  for (guint i = 0; i < signed_in->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (signed_in, i);

      if (g_strv_contains ((const char *const *) connection->watchlist, user_id))
        send_watchlist_event (connection, name, user_ids);
    }
}

/* Tells the watchers of the user, and the user which of those that it watches are
 * online. */
void
pusher_test_connection_go_online (PusherTestConnection *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) online = NULL;

  if (!is_online (self->app, self->user_id))
    tell_watchers (self->app, "online", self->user_id);

  g_ptr_array_add (self->app->signed_in, self);

  for (guint i = 0; self->watchlist[i] != NULL; i++)
    if (is_online (self->app, self->watchlist[i]))
      g_strv_builder_add (builder, self->watchlist[i]);

  online = g_strv_builder_end (builder);
  if (*online != NULL)
    send_watchlist_event (self, "online", (const char *const *) online);
}

void
pusher_test_connection_go_offline (PusherTestConnection *self)
{
  g_ptr_array_remove (self->app->signed_in, self);

  if (!self->app->settings->quiet && !is_online (self->app, self->user_id))
    tell_watchers (self->app, "offline", self->user_id);
}
