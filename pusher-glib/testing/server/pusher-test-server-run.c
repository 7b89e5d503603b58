/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The server itself: its apps, where it listens, and what it publishes. */

#include "config.h"

#include "pusher-test-server-private.h"

#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"

static PusherTestApp *
get_default_app (PusherTestServer *self)
{
  return g_ptr_array_index (self->apps, 0);
}

/**
 * pusher_test_server_add_app:
 * @self: a server
 * @id: the id of the app, for the REST interface; no other app may have it
 * @key: its key, for clients; no other app may have it
 * @secret: its secret
 *
 * Adds an app next to the default one.
 *
 * Its channels are its own. [method@PusherTest.Server.publish] and the methods
 * that tell of subscribers mean those of the default app.
 *
 * Since: 0.1
 */
void
pusher_test_server_add_app (PusherTestServer *self,
                            const char       *id,
                            const char       *key,
                            const char       *secret)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (id != NULL && *id != '\0');
  g_return_if_fail (key != NULL && *key != '\0');
  g_return_if_fail (secret != NULL);
  g_return_if_fail (pusher_test_app_find (self->apps, pusher_test_app_get_key, key) == NULL);

  g_ptr_array_add (self->apps, pusher_test_app_new (id, key, secret, self->rules));
}

/**
 * pusher_test_server_set_app_enabled:
 * @self: a server
 * @key: the key of an app
 * @enabled: whether the app is enabled
 *
 * Enables or disables an app.
 *
 * While an app is disabled, new clients are refused with the close code 4003,
 * and backends with the HTTP status 403. Those who are connected stay so.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_app_enabled (PusherTestServer *self,
                                    const char       *key,
                                    gboolean          enabled)
{
  PusherTestApp *app;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (key != NULL);

  app = pusher_test_app_find (self->apps, pusher_test_app_get_key, key);
  g_return_if_fail (app != NULL);

  pusher_test_app_set_enabled (app, enabled);
}

/**
 * pusher_test_server_get_app_id: (get-property app-id)
 * @self: a server
 *
 * Gets the id of the default app.
 *
 * Returns: (transfer none): the id
 *
 * Since: 0.1
 */
const char *
pusher_test_server_get_app_id (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return pusher_test_app_get_id (get_default_app (self));
}

/**
 * pusher_test_server_get_key: (get-property key)
 * @self: a server
 *
 * Gets the key of the default app.
 *
 * Returns: (transfer none): the key
 *
 * Since: 0.1
 */
const char *
pusher_test_server_get_key (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return pusher_test_app_get_key (get_default_app (self));
}

/**
 * pusher_test_server_get_secret: (get-property secret)
 * @self: a server
 *
 * Gets the secret of the default app.
 *
 * Returns: (transfer none): the secret
 *
 * Since: 0.1
 */
const char *
pusher_test_server_get_secret (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return pusher_test_app_get_secret (get_default_app (self));
}

/**
 * pusher_test_server_start:
 * @self: a server
 * @error: return location for a #GError
 *
 * Starts to listen on 127.0.0.1, at [property@PusherTest.Server:port] or, if
 * that is 0, at a free port.
 *
 * The server answers when the main context is iterated that is the thread's
 * default one now. Nothing happens if it is listening already.
 *
 * Returns: %TRUE if the server is listening; otherwise @error is set, in the
 *   domain #GIOErrorEnum: %G_IO_ERROR_ADDRESS_IN_USE if another program uses
 *   the port
 *
 * Since: 0.1
 */
gboolean
pusher_test_server_start (PusherTestServer *self,
                          GError          **error)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->listener != NULL)
    return TRUE;

  self->listener = pusher_test_listener_new (self->soup, self->port, error);
  if (self->listener == NULL)
    return FALSE;

  if (self->port == 0)
    {
      self->port = pusher_test_listener_get_port (self->listener);
      pusher_test_server_notify (self, PROP_PORT);
      pusher_test_server_update_endpoints (self);
    }

  return TRUE;
}

static void
stop_listening (PusherTestServer *self)
{
  g_clear_pointer (&self->listener, pusher_test_listener_free);
  soup_server_disconnect (self->soup);
}

/**
 * pusher_test_server_stop:
 * @self: a server
 *
 * Stops the server as for a restart: it listens no longer, and tells clients
 * with a `pusher:error` and the close code 4200 to connect again.
 *
 * A [property@PusherTest.Server:silent] server cannot tell them, and stops as
 * by [method@PusherTest.Server.kill].
 *
 * Since: 0.1
 */
void
pusher_test_server_stop (PusherTestServer *self)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  stop_listening (self);
  if (self->silent)
    pusher_test_server_cut (self, FALSE);
  else
    pusher_test_server_dismiss (self);
}

/**
 * pusher_test_server_kill:
 * @self: a server
 *
 * Stops the server as a crash would: it listens no longer, and connections end
 * without a close frame.
 *
 * Since: 0.1
 */
void
pusher_test_server_kill (PusherTestServer *self)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  stop_listening (self);
  pusher_test_server_cut (self, FALSE);
}

/**
 * pusher_test_server_get_port: (get-property port)
 * @self: a server
 *
 * Gets the TCP port of the server.
 *
 * Returns: the port; 0 if the server was never started and none was set
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_port (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->port;
}

/**
 * pusher_test_server_set_port: (set-property port)
 * @self: a server that is not listening
 * @port: a port; 0 for a free one
 *
 * Sets the TCP port for the next [method@PusherTest.Server.start].
 *
 * Since: 0.1
 */
void
pusher_test_server_set_port (PusherTestServer *self,
                             guint             port)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (self->listener == NULL);
  g_return_if_fail (port <= G_MAXUINT16);

  if (self->port == port)
    return;

  self->port = port;
  pusher_test_server_notify (self, PROP_PORT);
  pusher_test_server_update_endpoints (self);
}

/**
 * pusher_test_server_get_path: (get-property path)
 * @self: a server
 *
 * Gets what comes before the paths of the protocol.
 *
 * Returns: (transfer none): the path; may be empty
 *
 * Since: 0.1
 */
const char *
pusher_test_server_get_path (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->path;
}

/**
 * pusher_test_server_set_path: (set-property path)
 * @self: a server
 * @path: (nullable): the path
 *
 * Sets what comes before the paths of the protocol, from the next request on.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_path (PusherTestServer *self,
                             const char       *path)
{
  g_autofree char *new_path = NULL;
  gsize length;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  new_path = g_strconcat (path != NULL && *path == '/' ? "" : "/", path, NULL);
  for (length = strlen (new_path); length > 0 && new_path[length - 1] == '/'; length--)
    new_path[length - 1] = '\0';

  if (g_str_equal (self->path, new_path))
    return;

  g_free (self->path);
  self->path = g_steal_pointer (&new_path);
  pusher_test_server_notify (self, PROP_PATH);
}

gboolean
pusher_test_server_check_event_name (const char *event,
                                     GError    **error)
{
  if (*event != '\0' && g_utf8_validate (event, -1, NULL) &&
      g_utf8_strlen (event, -1) <= PUSHER_EVENT_NAME_MAX_LENGTH)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "An event name is UTF-8 of 1 to %d characters", PUSHER_EVENT_NAME_MAX_LENGTH);
  return FALSE;
}

gboolean
pusher_test_server_check_text (const char *data,
                               GError    **error)
{
  if (g_utf8_validate (data, -1, NULL))
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "The data is not UTF-8");
  return FALSE;
}

static gboolean
check_event (const char *channel,
             const char *event,
             GError    **error)
{
  g_autoptr (GError) problem = NULL;

  if (!pusher_channel_name_check (channel, &problem))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem->message);
      return FALSE;
    }

  return pusher_test_server_check_event_name (event, error);
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

  pusher_secretbox_key_derive (&key, channel, &self->rules->master_key);

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
 * If the channel is encrypted, the data is encrypted with the channel's key.
 *
 * The data is a JSON string in the message, as with events that come through
 * the REST interface: JSON is encoded twice.
 *
 * Returns: the number of clients that it was sent to; 0 with @error set to
 *   %G_IO_ERROR_INVALID_ARGUMENT if @channel or @event is not a name or @data
 *   is not UTF-8
 *
 * Since: 0.1
 */
guint
pusher_test_server_publish (PusherTestServer *self,
                            const char       *channel,
                            const char       *event,
                            const char       *data,
                            GError          **error)
{
  g_autoptr (GString) data_json = NULL;
  g_autofree char *sent = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (channel != NULL, 0);
  g_return_val_if_fail (event != NULL, 0);
  g_return_val_if_fail (data != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (!check_event (channel, event, error) ||
      !pusher_test_server_check_text (data, error))
    return 0;

  sent = seal (self, channel, event, data);
  data_json = g_string_sized_new (strlen (sent) + 2);
  pusher_json_append_string (data_json, sent);

  return pusher_test_app_publish (get_default_app (self), channel, event, data_json->str, NULL);
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
 * Since: 0.1
 */
guint
pusher_test_server_publish_json (PusherTestServer *self,
                                 const char       *channel,
                                 const char       *event,
                                 const char       *data_json,
                                 GError          **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *sent = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);
  g_return_val_if_fail (channel != NULL, 0);
  g_return_val_if_fail (event != NULL, 0);
  g_return_val_if_fail (data_json != NULL, 0);
  g_return_val_if_fail (error == NULL || *error == NULL, 0);

  if (!check_event (channel, event, error))
    return 0;

  if (!pusher_json_validate (data_json, -1, &problem))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem->message);
      return 0;
    }

  sent = seal (self, channel, event, data_json);

  return pusher_test_app_publish (get_default_app (self), channel, event, sent, NULL);
}

/**
 * pusher_test_server_get_max_event_size: (get-property max-event-size)
 * @self: a server
 *
 * Gets how many bytes of data an event of the REST interface may have.
 *
 * Returns: the number of bytes; 0 for any
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_max_event_size (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->rules->max_event_size;
}

/**
 * pusher_test_server_set_max_event_size: (set-property max-event-size)
 * @self: a server
 * @max_event_size: the number of bytes; 0 for any
 *
 * Sets how many bytes of data an event of the REST interface may have.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_max_event_size (PusherTestServer *self,
                                       guint             max_event_size)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  if (self->rules->max_event_size == max_event_size)
    return;

  self->rules->max_event_size = max_event_size;
  pusher_test_server_notify (self, PROP_MAX_EVENT_SIZE);
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
 * Since: 0.1
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
 * Since: 0.1
 */
gboolean
pusher_test_server_has_subscriber (PusherTestServer *self,
                                   const char       *channel)
{
  return pusher_test_server_get_n_subscribers (self, channel) > 0;
}
