/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-user-messages-private.h"

#include "base/pusher-error.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-writer-private.h"

#include <glib/gi18n-lib.h>

char *
pusher_sign_in_encode (const char *auth,
                       const char *user_data)
{
  g_autoptr (GString) data = g_string_new (NULL);

  pusher_json_begin_object (data, NULL);
  pusher_json_add_string (data, "auth", auth);
  pusher_json_add_string (data, "user_data", user_data);
  pusher_json_end_object (data);

  return pusher_message_encode (PUSHER_MESSAGE_SIGN_IN, NULL, data->str);
}

/* `user_data` is JSON text in a string, or the JSON itself. */
static char *
dup_user_data (JsonObject *object)
{
  JsonNode *node = pusher_json_object_get_member (object, "user_data");

  if (pusher_json_node_get_object (node) != NULL)
    return pusher_json_write (node);

  return g_strdup (pusher_json_object_get_string (object, "user_data"));
}

/* Reads {"user_data": {"id": str, …}}. */
gboolean
pusher_sign_in_parse (const PusherMessage *message,
                      char               **id,
                      char               **user_data,
                      GError             **error)
{
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  g_autofree char *text = dup_user_data (pusher_json_node_get_object (json));
  g_autoptr (JsonNode) user = text != NULL ? pusher_json_parse (text, -1, NULL) : NULL;
  const char *user_id =
    pusher_json_object_get_string (pusher_json_node_get_object (user), "id");

  if (user_id == NULL || !pusher_json_is_id (user_id))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                   _("The server signed in a user without a valid id"));
      return FALSE;
    }

  *id = g_strdup (user_id);
  *user_data = g_steal_pointer (&text);

  return TRUE;
}

static void
watchlist_event_free (gpointer data)
{
  PusherWatchlistEvent *self = data;

  g_free (self->name);
  g_strfreev (self->user_ids);
  g_free (self);
}

static PusherWatchlistEvent *
watchlist_event_new (const char *name,
                     JsonArray  *ids)
{
  PusherWatchlistEvent *self = g_new (PusherWatchlistEvent, 1);
  g_autoptr (GStrvBuilder) valid = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (ids); i++)
    {
      g_autofree char *id = pusher_json_node_dup_id (json_array_get_element (ids, i));

      if (id != NULL)
        g_strv_builder_add (valid, id);
    }
  self->name = g_strdup (name);
  self->user_ids = g_strv_builder_end (valid);

  return self;
}

/* Reads {"events": [{"name": str, "user_ids": [str, …]}, …]}. Leaves out ids that are
 * none.
 *
 * Returns: (element-type PusherWatchlistEvent): in the order of the server */
GPtrArray *
pusher_watchlist_parse (const PusherMessage *message)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (watchlist_event_free);
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  JsonArray *events =
    pusher_json_object_get_array (pusher_json_node_get_object (json), "events");
  guint n_events = events != NULL ? json_array_get_length (events) : 0;

  for (guint i = 0; i < n_events; i++)
    {
      JsonObject *event = pusher_json_node_get_object (json_array_get_element (events, i));
      const char *name = pusher_json_object_get_string (event, "name");
      JsonArray *ids = pusher_json_object_get_array (event, "user_ids");

      if (name != NULL && ids != NULL)
        g_ptr_array_add (result, watchlist_event_new (name, ids));
    }

  return result;
}
