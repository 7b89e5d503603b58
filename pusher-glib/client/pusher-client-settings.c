/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How long things may take, and how large they may be. These settings lie in the
 * connection of the client, as those of pusher-client-address.c do. */

#include "config.h"

#include "pusher-client.h"

#include "base/pusher-setters-private.h"
#include "pusher-client-properties-private.h"

/**
 * pusher_client_get_activity_timeout:
 * @self: a client
 *
 * Gets how long the server may be silent before the client asks whether it is there.
 *
 * Returns: seconds
 *
 * Since: 1.0
 */
guint
pusher_client_get_activity_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->activity_timeout;
}

/**
 * pusher_client_set_activity_timeout:
 * @self: a client
 * @seconds: seconds, at least 1
 *
 * Sets how long the server may be silent before the client asks whether it is there. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_activity_timeout (PusherClient *self,
                                    guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);
  pusher_client_check_thread (self);

  if (pusher_set_uint (&self->settings->activity_timeout, seconds))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_ACTIVITY_TIMEOUT);
}

/**
 * pusher_client_get_pong_timeout:
 * @self: a client
 *
 * Gets how long the server has for an answer before the connection counts as dead.
 *
 * Returns: seconds
 *
 * Since: 1.0
 */
guint
pusher_client_get_pong_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->pong_timeout;
}

/**
 * pusher_client_set_pong_timeout:
 * @self: a client
 * @seconds: seconds, at least 1
 *
 * Sets how long the server has for an answer before the connection counts as dead. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_pong_timeout (PusherClient *self,
                                guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);
  pusher_client_check_thread (self);

  if (pusher_set_uint (&self->settings->pong_timeout, seconds))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_PONG_TIMEOUT);
}

/**
 * pusher_client_get_unavailable_timeout:
 * @self: a client
 *
 * Gets how long the client tries to connect before its state becomes
 * %PUSHER_CONNECTION_STATE_UNAVAILABLE.
 *
 * Returns: seconds
 *
 * Since: 1.0
 */
guint
pusher_client_get_unavailable_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->unavailable_timeout;
}

/**
 * pusher_client_set_unavailable_timeout:
 * @self: a client
 * @seconds: seconds, at least 1
 *
 * Sets how long the client tries to connect before its state becomes
 * %PUSHER_CONNECTION_STATE_UNAVAILABLE. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_unavailable_timeout (PusherClient *self,
                                       guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);
  pusher_client_check_thread (self);

  if (pusher_set_uint (&self->settings->unavailable_timeout, seconds))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_UNAVAILABLE_TIMEOUT);
}

/**
 * pusher_client_get_connect_timeout:
 * @self: a client
 *
 * Gets how long one attempt to connect may take.
 *
 * Returns: seconds
 *
 * Since: 1.0
 */
guint
pusher_client_get_connect_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->connect_timeout;
}

/**
 * pusher_client_set_connect_timeout:
 * @self: a client
 * @seconds: seconds, at least 1
 *
 * Sets how long one attempt to connect may take. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_connect_timeout (PusherClient *self,
                                   guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);
  pusher_client_check_thread (self);

  if (pusher_set_uint (&self->settings->connect_timeout, seconds))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_CONNECT_TIMEOUT);
}

/**
 * pusher_client_get_subscription_timeout:
 * @self: a client
 *
 * Gets how long the authorizer and the server have to answer when the client subscribes
 * to a channel or signs a user in.
 *
 * Returns: seconds, or 0 for any time
 *
 * Since: 1.0
 */
guint
pusher_client_get_subscription_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->subscription_timeout;
}

/**
 * pusher_client_set_subscription_timeout:
 * @self: a client
 * @seconds: seconds, or 0 for any time
 *
 * Sets how long the authorizer and the server have to answer when the client subscribes
 * to a channel or signs a user in. This counts from the next subscription on.
 *
 * Since: 1.0
 */
void
pusher_client_set_subscription_timeout (PusherClient *self,
                                        guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  if (pusher_set_uint (&self->settings->subscription_timeout, seconds))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_SUBSCRIPTION_TIMEOUT);
}

/**
 * pusher_client_get_max_message_size:
 * @self: a client
 *
 * Gets how large a message of the server may be.
 *
 * Returns: bytes
 *
 * Since: 1.0
 */
guint64
pusher_client_get_max_message_size (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->max_message_size;
}

/**
 * pusher_client_set_max_message_size:
 * @self: a client
 * @bytes: bytes, at least 1
 *
 * Sets how large a message of the server may be. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_max_message_size (PusherClient *self,
                                    guint64       bytes)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (bytes > 0);
  pusher_client_check_thread (self);

  if (pusher_set_uint64 (&self->settings->max_message_size, bytes))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_MAX_MESSAGE_SIZE);
}

/**
 * pusher_client_get_max_event_size:
 * @self: a client
 *
 * Gets how large the message of a client event may be.
 *
 * Returns: bytes, or 0 if there is no limit
 *
 * Since: 1.0
 */
guint64
pusher_client_get_max_event_size (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->max_event_size;
}

/**
 * pusher_client_set_max_event_size:
 * @self: a client
 * @bytes: bytes, or 0 for no limit
 *
 * Sets how large the message of a client event may be. This counts at once.
 *
 * Since: 1.0
 */
void
pusher_client_set_max_event_size (PusherClient *self,
                                  guint64       bytes)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  if (pusher_set_uint64 (&self->settings->max_event_size, bytes))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_MAX_EVENT_SIZE);
}
