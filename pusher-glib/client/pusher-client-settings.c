/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The settings of a PusherClient. They lie in its connection, which reads them
 * at each attempt. */

#include "config.h"

#include "pusher-client.h"

#include "base/pusher-setters-private.h"
#include "pusher-client-properties-private.h"

/**
 * pusher_client_get_key:
 * @self: a client
 *
 * Gets the key of the application.
 *
 * Returns: (transfer none) (nullable): the key
 *
 * Since: 0.1
 */
const char *
pusher_client_get_key (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  return self->settings->key;
}

/**
 * pusher_client_get_cluster:
 * @self: a client
 *
 * Gets the cluster that the application is in.
 *
 * Returns: (transfer none) (nullable): the cluster, or %NULL with another
 *   server
 *
 * Since: 0.1
 */
const char *
pusher_client_get_cluster (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  return self->settings->cluster;
}

/**
 * pusher_client_get_host:
 * @self: a client
 *
 * Gets the name or the IP address of the server.
 *
 * Returns: (transfer none) (nullable): the host, or %NULL for the one of the
 *   cluster
 *
 * Since: 0.1
 */
const char *
pusher_client_get_host (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  return self->settings->host;
}

/**
 * pusher_client_set_host:
 * @self: a client
 * @host: (nullable): the host, or %NULL for the one of the cluster
 *
 * Sets the name or the IP address of the server. This counts from the next connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_host (PusherClient *self,
                        const char   *host)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));

  if (pusher_set_string (&self->settings->host, host))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_HOST);
}

/**
 * pusher_client_get_port:
 * @self: a client
 *
 * Gets the port of the server.
 *
 * Returns: the port, or 0 for the usual one
 *
 * Since: 0.1
 */
guint
pusher_client_get_port (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);

  return self->settings->port;
}

/**
 * pusher_client_set_port:
 * @self: a client
 * @port: the port, or 0 for the usual one: 443 with TLS, 80 without
 *
 * Sets the port of the server. This counts from the next connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_port (PusherClient *self,
                        guint         port)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (port <= G_MAXUINT16);

  if (pusher_set_uint (&self->settings->port, port))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_PORT);
}

/**
 * pusher_client_get_path:
 * @self: a client
 *
 * Gets what comes before `/app/KEY` in the path of the URL.
 *
 * Returns: (transfer none) (nullable): the prefix, or %NULL for nothing
 *
 * Since: 0.1
 */
const char *
pusher_client_get_path (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  return self->settings->path;
}

/**
 * pusher_client_set_path:
 * @self: a client
 * @path: (nullable): the prefix, or %NULL for nothing
 *
 * Sets what comes before `/app/KEY` in the path of the URL. This counts from the next connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_path (PusherClient *self,
                        const char   *path)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));

  if (pusher_set_string (&self->settings->path, path))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_PATH);
}

/**
 * pusher_client_get_use_tls:
 * @self: a client
 *
 * Gets whether the client connects with TLS.
 *
 * Returns: %TRUE if it does
 *
 * Since: 0.1
 */
gboolean
pusher_client_get_use_tls (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), FALSE);

  return self->settings->use_tls;
}

/**
 * pusher_client_set_use_tls:
 * @self: a client
 * @use_tls: %TRUE to use TLS
 *
 * Sets whether the client connects with TLS. This counts from the next connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_use_tls (PusherClient *self,
                           gboolean      use_tls)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));

  if (pusher_set_boolean (&self->settings->use_tls, use_tls))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_USE_TLS);
}

/**
 * pusher_client_get_session:
 * @self: a client
 *
 * Gets the session that makes the connections. The client makes one when it is
 * first needed, unless it was given one.
 *
 * Returns: (transfer none): the session
 *
 * Since: 0.1
 */
SoupSession *
pusher_client_get_session (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  return pusher_settings_get_session (self->settings);
}

/**
 * pusher_client_set_session:
 * @self: a client
 * @session: (nullable): a session of the client's main context, or %NULL for one
 *   of the client's own
 *
 * Sets the session that makes the connections. This counts from the next
 * connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_session (PusherClient *self,
                           SoupSession  *session)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (session == NULL || SOUP_IS_SESSION (session));

  if (g_set_object (&self->settings->session, session))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_SESSION);
}

/**
 * pusher_client_get_activity_timeout:
 * @self: a client
 *
 * Gets how long the server may be silent before the client asks whether it is there.
 *
 * Returns: seconds
 *
 * Since: 0.1
 */
guint
pusher_client_get_activity_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);

  return self->settings->activity_timeout;
}

/**
 * pusher_client_set_activity_timeout:
 * @self: a client
 * @seconds: seconds, at least 1
 *
 * Sets how long the server may be silent before the client asks whether it is there. This counts from the next connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_activity_timeout (PusherClient *self,
                                    guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);

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
 * Since: 0.1
 */
guint
pusher_client_get_pong_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);

  return self->settings->pong_timeout;
}

/**
 * pusher_client_set_pong_timeout:
 * @self: a client
 * @seconds: seconds, at least 1
 *
 * Sets how long the server has for an answer before the connection counts as dead. This counts from the next connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_pong_timeout (PusherClient *self,
                                guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);

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
 * Since: 0.1
 */
guint
pusher_client_get_unavailable_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);

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
 * Since: 0.1
 */
void
pusher_client_set_unavailable_timeout (PusherClient *self,
                                       guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);

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
 * Since: 0.1
 */
guint
pusher_client_get_connect_timeout (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);

  return self->settings->connect_timeout;
}

/**
 * pusher_client_set_connect_timeout:
 * @self: a client
 * @seconds: seconds, at least 1
 *
 * Sets how long one attempt to connect may take. This counts from the next connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_connect_timeout (PusherClient *self,
                                   guint         seconds)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (seconds > 0);

  if (pusher_set_uint (&self->settings->connect_timeout, seconds))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_CONNECT_TIMEOUT);
}

/**
 * pusher_client_get_max_message_size:
 * @self: a client
 *
 * Gets how large a message of the server may be.
 *
 * Returns: bytes
 *
 * Since: 0.1
 */
guint64
pusher_client_get_max_message_size (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);

  return self->settings->max_message_size;
}

/**
 * pusher_client_set_max_message_size:
 * @self: a client
 * @bytes: bytes, at least 1
 *
 * Sets how large a message of the server may be. This counts from the next connection on.
 *
 * Since: 0.1
 */
void
pusher_client_set_max_message_size (PusherClient *self,
                                    guint64       bytes)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (bytes > 0);

  if (pusher_set_uint64 (&self->settings->max_message_size, bytes))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_MAX_MESSAGE_SIZE);
}

/**
 * pusher_client_switch_cluster:
 * @self: a client
 * @key: the key of the application there
 * @cluster: (nullable): the other cluster, or %NULL with another server
 *
 * Goes over to another application or cluster. All channels stay, with their
 * handlers, and are subscribed to there. A client that is open connects anew at
 * once; another one connects there when it is opened.
 *
 * If [property@Pusher.Client:host] is set it counts more than the cluster.
 *
 * Since: 0.1
 */
void
pusher_client_switch_cluster (PusherClient *self,
                              const char   *key,
                              const char   *cluster)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (key != NULL);

  g_object_ref (self);

  g_object_freeze_notify (G_OBJECT (self));
  if (pusher_set_string (&self->settings->key, key))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_KEY);
  if (pusher_set_string (&self->settings->cluster, cluster))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_CLUSTER);
  g_object_thaw_notify (G_OBJECT (self));
  pusher_connection_reconnect_now (self->connection);

  g_object_unref (self);
}
