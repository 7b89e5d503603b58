/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the backend of an application does to its users. */

#include "config.h"

#include "pusher-test-server-private.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-user-messages-private.h"

/**
 * pusher_test_server_send_to_user:
 * @self: a server
 * @user_id: the id of a user of the default app
 * @event: the name of the event
 * @data: its data: any text, though most often JSON
 * @error: return location for a #GError
 *
 * Sends an event to all clients that are signed in as a user and have
 * subscribed to `#server-to-user-` and its id.
 *
 * Returns: the number of clients that it was sent to; 0 with @error set to
 *   %G_IO_ERROR_INVALID_ARGUMENT if @event is not a name or @data is not UTF-8
 *
 * Since: 0.1
 */
guint
pusher_test_server_send_to_user (PusherTestServer *self,
                                 const char       *user_id,
                                 const char       *event,
                                 const char       *data,
                                 GError          **error)
{
  g_autoptr (GString) data_json = NULL;
  g_autofree char *channel = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (user_id != NULL && g_utf8_validate (user_id, -1, NULL), 0);
  g_return_val_if_fail (event != NULL, 0);
  g_return_val_if_fail (data != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (!pusher_test_server_check_event_name (event, error) ||
      !pusher_test_server_check_text (data, error))
    return 0;

  channel = g_strconcat (PUSHER_USER_CHANNEL_PREFIX, user_id, NULL);
  data_json = g_string_new (NULL);
  pusher_json_append_string (data_json, data);

  return pusher_test_app_publish (g_ptr_array_index (self->apps, 0), channel, event,
                                  data_json->str, NULL);
}

/**
 * pusher_test_server_terminate_user_connections:
 * @self: a server
 * @user_id: the id of a user of the default app
 *
 * Closes the connections of all clients that are signed in as a user, with the
 * close code 4009.
 *
 * Returns: the number of connections
 *
 * Since: 0.1
 */
guint
pusher_test_server_terminate_user_connections (PusherTestServer *self,
                                               const char       *user_id)
{
  G_GNUC_UNUSED g_autoptr (PusherTestServer) hold = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (user_id != NULL, 0);

  hold = g_object_ref (self);

  return pusher_test_connection_terminate_user (g_ptr_array_index (self->apps, 0), user_id);
}

/**
 * pusher_test_server_list_members:
 * @self: a server
 * @channel: the name of a presence channel of the default app
 *
 * Gets the ids of the users that are in a presence channel, in the order in
 * which they came.
 *
 * Returns: (transfer full) (array zero-terminated=1): the ids, each once
 *
 * Since: 0.1
 */
char **
pusher_test_server_list_members (PusherTestServer *self,
                                 const char       *channel)
{
  PusherTestChannel *found;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);
  g_return_val_if_fail (channel != NULL, NULL);

  found = pusher_test_app_get_channel (g_ptr_array_index (self->apps, 0), channel);

  return found != NULL ? pusher_test_channel_list_members (found) : g_new0 (char *, 1);
}
