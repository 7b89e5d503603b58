/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The subscriptions of a PusherClient. */

#include "config.h"

#include "pusher-client.h"

#include "base/pusher-error.h"
#include "channels/pusher-channel-subscription-private.h"
#include "channels/pusher-encrypted-channel.h"
#include "channels/pusher-presence-channel.h"
#include "protocol/pusher-channel-name-private.h"
#include "pusher-client-connection-private.h"
#include "pusher-client-routing-private.h"

#include <glib/gi18n-lib.h>

static GType
get_channel_type (const char *name)
{
  switch (pusher_channel_name_get_kind (name))
    {
    case PUSHER_CHANNEL_KIND_PRESENCE:
      return PUSHER_TYPE_PRESENCE_CHANNEL;
    case PUSHER_CHANNEL_KIND_ENCRYPTED:
      return PUSHER_TYPE_ENCRYPTED_CHANNEL;
    case PUSHER_CHANNEL_KIND_PUBLIC:
    case PUSHER_CHANNEL_KIND_PRIVATE:
    default:
      return PUSHER_TYPE_CHANNEL;
    }
}

/* A name is the application's own: who does not ask for the error gets to see it. */
static void
tell_ignored (const GError *error,
              GError      **asked)
{
  if (asked == NULL)
    g_message ("Nothing was subscribed to: %s", error->message);
}

/* Returns: (transfer full): the client's, or a new one */
static PusherChannel *
find_or_make_channel (PusherClient *self,
                      const char   *name,
                      GError      **error)
{
  g_autoptr (GError) name_error = NULL;
  PusherChannel *channel;

  if (!pusher_channel_name_check (name, &name_error))
    {
      tell_ignored (name_error, error);
      g_propagate_error (error, g_steal_pointer (&name_error));
      return NULL;
    }

  /* Disposed of, but still referred to: nobody would answer who waits for it. */
  if (self->host->client == NULL)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED, _("The client is gone"));
      return NULL;
    }

  channel = pusher_keyed_list_lookup (self->channels, name);
  if (channel != NULL)
    return g_object_ref (channel);

  return pusher_channel_new (get_channel_type (name), name, self->host,
                             &pusher_client_channel_owner);
}

/**
 * pusher_client_subscribe:
 * @self: a client
 * @name: the name of a channel
 * @error: return location for an error
 *
 * Subscribes to a channel, now if the client is connected, else as soon as it
 * is, and again after each reconnect.
 *
 * For one name there is one channel: if the application has it already, this
 * returns it, and tries again if its subscription was refused.
 *
 * The error is %PUSHER_ERROR_INVALID_NAME if the name cannot be sent, since it is
 * empty, has more than 512 bytes or a control character, or is not valid UTF-8, or
 * begins with `#`, which is the protocol's own; if @error is %NULL, a message in the log
 * says so. Servers may refuse other names: [signal@Pusher.Client::error] tells that. The
 * error is %PUSHER_ERROR_CLOSED if the client was disposed of before, or if a handler of one
 * of its signals unsubscribed from the channel meanwhile, or dropped the client.
 *
 * Returns: (transfer none): the channel, which the client keeps until it is
 *   unsubscribed from, or %NULL with an error
 *
 * Since: 1.0
 */
PusherChannel *
pusher_client_subscribe (PusherClient *self,
                         const char   *name,
                         GError      **error)
{
  g_autoptr (PusherChannel) channel = NULL;
  PusherHost *host;
  gboolean attached;

  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  channel = find_or_make_channel (self, name, error);
  if (channel == NULL)
    return NULL;

  host = pusher_host_ref (self->host);
  attached = pusher_client_attach (self, channel, NULL, error);
  if (attached && host->client == NULL)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED, _("The client is gone"));
      attached = FALSE;
    }
  pusher_host_unref (host);

  return attached ? channel : NULL;
}

static gboolean
is_open (PusherClient *self)
{
  switch (pusher_connection_get_state (self->connection))
    {
    case PUSHER_CONNECTION_STATE_CONNECTING:
    case PUSHER_CONNECTION_STATE_CONNECTED:
    case PUSHER_CONNECTION_STATE_UNAVAILABLE:
      return TRUE;
    case PUSHER_CONNECTION_STATE_INITIALIZED:
    case PUSHER_CONNECTION_STATE_FAILED:
    case PUSHER_CONNECTION_STATE_DISCONNECTED:
    default:
      return FALSE;
    }
}

/**
 * pusher_client_subscribe_async:
 * @self: a client
 * @name: the name of a channel
 * @cancellable: (nullable): ends the wait, but not the subscription
 * @callback: (scope async) (closure user_data): called when the server has
 *   answered
 * @user_data: data for @callback
 *
 * Subscribes like [method@Pusher.Client.subscribe], and waits until the server
 * has accepted or refused the subscription, it has failed for another reason, the
 * channel is unsubscribed from, or the client is closed or refused.
 *
 * While the client has not been opened, this waits for [method@Pusher.Client.open], which it
 * does not call; a debug message says so.
 *
 * A failure that may pass, such as %PUSHER_ERROR_TIMED_OUT, ends the wait, but not the
 * subscription: it is tried again by itself.
 *
 * Since: 1.0
 */
void
pusher_client_subscribe_async (PusherClient       *self,
                               const char         *name,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherChannel) channel = NULL;
  GTask *task;

  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  pusher_client_check_thread (self);

  task = pusher_client_new_task (self, pusher_client_subscribe_async, cancellable, callback, user_data);
  channel = find_or_make_channel (self, name, &error);
  if (channel == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  if (!is_open (self))
    g_debug ("Channel “%s”: waits until the client is opened", pusher_channel_get_name (channel));
  pusher_client_attach (self, channel, task, NULL);
}

/**
 * pusher_client_subscribe_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Pusher.Client.subscribe_async].
 *
 * Errors are %PUSHER_ERROR_INVALID_NAME, %PUSHER_ERROR_AUTHORIZATION,
 * %PUSHER_ERROR_TIMEOUT, %PUSHER_ERROR_TIMED_OUT, %PUSHER_ERROR_SUBSCRIPTION,
 * %PUSHER_ERROR_CLOSED, and %G_IO_ERROR_CANCELLED; the HTTP status of an
 * authorization endpoint in the domain %PUSHER_HTTP_ERROR; or the error with which
 * the server refused the subscription or the client, in the domain
 * %PUSHER_SERVER_ERROR.
 *
 * Returns: (transfer full): the channel, or %NULL with an error
 *
 * Since: 1.0
 */
PusherChannel *
pusher_client_subscribe_finish (PusherClient *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * pusher_client_unsubscribe:
 * @self: a client
 * @name: the name of a channel
 *
 * Ends the subscription to a channel, as [method@Pusher.Channel.unsubscribe]
 * does. Does nothing if the client has no such channel.
 *
 * Since: 1.0
 */
void
pusher_client_unsubscribe (PusherClient *self,
                           const char   *name)
{
  PusherChannel *channel;

  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (name != NULL);
  pusher_client_check_thread (self);

  channel = pusher_keyed_list_lookup (self->channels, name);
  if (channel != NULL)
    pusher_channel_unsubscribe (channel);
}

/**
 * pusher_client_get_channel:
 * @self: a client
 * @name: the name of a channel
 *
 * Gets a channel that the application subscribed to.
 *
 * Returns: (transfer none) (nullable): the channel, or %NULL if there is none of
 *   that name
 *
 * Since: 1.0
 */
PusherChannel *
pusher_client_get_channel (PusherClient *self,
                           const char   *name)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);
  pusher_client_check_thread (self);

  return pusher_keyed_list_lookup (self->channels, name);
}
