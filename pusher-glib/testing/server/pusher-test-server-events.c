/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a server publishes, and the clients that hear it. */

#include "config.h"

#include "pusher-test-server.h"

#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-user-messages-private.h"
#include "pusher-test-server-types-private.h"
#include "testing/app/pusher-test-names-private.h"

#include <glib/gi18n-lib.h>

static PusherTestApp *
get_default_app (PusherTestServer *self)
{
  return g_ptr_array_index (self->apps, 0);
}

static gboolean
check_event (const char *event,
             const char *data,
             GError    **error)
{
  if (*event == '\0' || !g_utf8_validate (event, -1, NULL) ||
      g_utf8_strlen (event, -1) > PUSHER_TEST_MAX_EVENT_NAME_LENGTH)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 g_dngettext (GETTEXT_PACKAGE,
                              "An event name is UTF-8 of 1 to %d character",
                              "An event name is UTF-8 of 1 to %d characters",
                              PUSHER_TEST_MAX_EVENT_NAME_LENGTH),
                 PUSHER_TEST_MAX_EVENT_NAME_LENGTH);
  else if (!g_utf8_validate (data, -1, NULL))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _("The data is not UTF-8"));
  else
    return TRUE;

  return FALSE;
}

/* Reverb has no rules for names. */
static gboolean
check_channel (PusherTestServer *self,
               const char       *channel,
               GError          **error)
{
  return self->settings->flavor == PUSHER_TEST_FLAVOR_REVERB ||
         pusher_test_channel_name_check (channel, error);
}

/* What is sent for data: the same, unless the channel is encrypted. The
 * protocol's own events are not. */
static char *
seal (PusherTestServer *self,
      const char       *channel,
      const char       *event,
      const char       *data)
{
  PusherSecretboxKey key;

  if (pusher_channel_name_get_kind (channel) != PUSHER_CHANNEL_KIND_ENCRYPTED ||
      g_str_has_prefix (event, "pusher:") || g_str_has_prefix (event, "pusher_internal:"))
    return g_strdup (data);

  pusher_secretbox_key_derive (&key, channel, &self->settings->master_key);

  return pusher_secretbox_seal (&key, data);
}

/**
 * pusher_test_server_publish:
 * @self: a server
 * @channel: the name of a channel of the default app
 * @event: the name of the event
 * @data: its data: any text, though most often JSON
 * @error: return location for a #GError
 *
 * Sends an event to all clients that are subscribed to a channel, and keeps it
 * for those to come if it is a cache channel.
 *
 * If the channel is encrypted, the data is encrypted with the channel's key. If the
 * [property@PusherTest.Server:store] keeps the events of the channel, it keeps this one,
 * and its data gets an id if it has none.
 *
 * The data is a JSON string in the message, as with events that come through
 * the REST interface: JSON is encoded twice.
 *
 * Returns: the number of clients that it was sent to; 0 with @error set to
 *   %G_IO_ERROR_INVALID_ARGUMENT if @channel or @event is not a name or @data
 *   is not UTF-8
 *
 * Since: 1.0
 */
guint
pusher_test_server_publish (PusherTestServer *self,
                            const char       *channel,
                            const char       *event,
                            const char       *data,
                            GError          **error)
{
  g_autofree char *kept = NULL;
  g_autofree char *data_json = NULL;
  g_autofree char *sent = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (channel != NULL, 0);
  g_return_val_if_fail (event != NULL, 0);
  g_return_val_if_fail (data != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (!check_channel (self, channel, error) || !check_event (event, data, error))
    return 0;

  kept = pusher_test_event_store_add (get_default_app (self)->store, channel, event, data);
  sent = seal (self, channel, event, kept);
  data_json = pusher_json_quote (sent);

  return pusher_test_app_publish (get_default_app (self), channel, event, data_json, NULL);
}

/**
 * pusher_test_server_publish_json:
 * @self: a server
 * @channel: the name of a channel of the default app
 * @event: the name of the event
 * @data_json: its data: a JSON text
 * @error: return location for a #GError
 *
 * Sends an event, whose data is any JSON value, to all clients that are
 * subscribed to a channel.
 *
 * The value is put into the message as it is, as with events of some servers:
 * JSON is encoded once.
 *
 * Returns: the number of clients that it was sent to; 0 with @error set to
 *   %G_IO_ERROR_INVALID_ARGUMENT if @channel or @event is not a name or
 *   @data_json is not JSON
 *
 * Since: 1.0
 */
guint
pusher_test_server_publish_json (PusherTestServer *self,
                                 const char       *channel,
                                 const char       *event,
                                 const char       *data_json,
                                 GError          **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *sent = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (channel != NULL, 0);
  g_return_val_if_fail (event != NULL, 0);
  g_return_val_if_fail (data_json != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (!check_channel (self, channel, error) || !check_event (event, data_json, error))
    return 0;

  if (!pusher_json_validate (data_json, -1, &problem))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem->message);
      return 0;
    }

  kept = pusher_test_event_store_add_json (get_default_app (self)->store, channel, event,
                                           data_json);
  sent = seal (self, channel, event, kept);

  return pusher_test_app_publish (get_default_app (self), channel, event, sent, NULL);
}

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
 * Since: 1.0
 */
guint
pusher_test_server_send_to_user (PusherTestServer *self,
                                 const char       *user_id,
                                 const char       *event,
                                 const char       *data,
                                 GError          **error)
{
  g_autofree char *data_json = NULL;
  g_autofree char *channel = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (user_id != NULL && g_utf8_validate (user_id, -1, NULL), 0);
  g_return_val_if_fail (event != NULL, 0);
  g_return_val_if_fail (data != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (!check_event (event, data, error))
    return 0;

  channel = g_strconcat (PUSHER_USER_CHANNEL_PREFIX, user_id, NULL);
  data_json = pusher_json_quote (data);

  return pusher_test_app_publish (get_default_app (self), channel, event, data_json, NULL);
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
 * Since: 1.0
 */
guint
pusher_test_server_terminate_user_connections (PusherTestServer *self,
                                               const char       *user_id)
{
  G_GNUC_UNUSED g_autoptr (PusherTestServer) hold = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (user_id != NULL, 0);

  hold = g_object_ref (self);

  return pusher_test_connection_terminate_user (get_default_app (self), user_id);
}

/**
 * pusher_test_server_get_n_subscribers:
 * @self: a server
 * @channel: the name of a channel of the default app
 *
 * Gets how many clients are subscribed to a channel.
 *
 * Returns: the number of clients
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_n_subscribers (PusherTestServer *self,
                                      const char       *channel)
{
  PusherTestChannel *found;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (channel != NULL, 0);

  found = pusher_test_app_get_channel (get_default_app (self), channel);

  return found != NULL ? pusher_test_channel_get_n_subscribers (found) : 0;
}

/**
 * pusher_test_server_has_subscriber:
 * @self: a server
 * @channel: the name of a channel of the default app
 *
 * Gets whether any client is subscribed to a channel.
 *
 * Returns: whether one is
 *
 * Since: 1.0
 */
gboolean
pusher_test_server_has_subscriber (PusherTestServer *self,
                                   const char       *channel)
{
  return pusher_test_server_get_n_subscribers (self, channel) > 0;
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
 * Since: 1.0
 */
char **
pusher_test_server_list_members (PusherTestServer *self,
                                 const char       *channel)
{
  PusherTestChannel *found;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);
  g_return_val_if_fail (channel != NULL, NULL);

  found = pusher_test_app_get_channel (get_default_app (self), channel);

  return found != NULL ? pusher_test_channel_list_members (found) : g_new0 (char *, 1);
}

/**
 * pusher_test_server_list_socket_ids:
 * @self: a server
 *
 * Gets the socket ids of the clients that are connected, in the order in which
 * they came.
 *
 * Returns: (transfer full) (array zero-terminated=1): the socket ids
 *
 * Since: 1.0
 */
char **
pusher_test_server_list_socket_ids (PusherTestServer *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  GPtrArray *connections;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  connections = pusher_test_clients_get_open (self->clients);
  for (guint i = 0; i < connections->len; i++)
    g_strv_builder_add (
      ids, pusher_test_connection_get_socket_id (g_ptr_array_index (connections, i)));

  return g_strv_builder_end (ids);
}

/**
 * pusher_test_server_get_n_connections: (get-property n-connections)
 * @self: a server
 *
 * Gets how many clients are connected.
 *
 * Returns: the number of clients
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_n_connections (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return pusher_test_clients_get_open (self->clients)->len;
}
