/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Where and how a PusherClient connects. These settings lie in its connection, which
 * reads them at each attempt. */

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
 * Since: 1.0
 */
const char *
pusher_client_get_key (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return self->settings->key;
}

/**
 * pusher_client_set_key:
 * @self: a client
 * @key: (nullable): the key
 *
 * Sets the key of the application. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_key (PusherClient *self,
                       const char   *key)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  if (pusher_set_string (&self->settings->key, key))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_KEY);
}

/**
 * pusher_client_get_cluster:
 * @self: a client
 *
 * Gets the cluster that the application is in.
 *
 * Returns: (transfer none) (nullable): the cluster, or %NULL if none is set
 *
 * Since: 1.0
 */
const char *
pusher_client_get_cluster (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return self->settings->cluster;
}

/**
 * pusher_client_set_cluster:
 * @self: a client
 * @cluster: (nullable): the cluster, or %NULL for the default one
 *
 * Sets the cluster that the application is in. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_cluster (PusherClient *self,
                           const char   *cluster)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  if (pusher_set_string (&self->settings->cluster, cluster))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_CLUSTER);
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
 * Since: 1.0
 */
const char *
pusher_client_get_host (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return self->settings->host;
}

/**
 * pusher_client_set_host:
 * @self: a client
 * @host: (nullable): the host, or %NULL for the one of the cluster
 *
 * Sets the name or the IP address of the server. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_host (PusherClient *self,
                        const char   *host)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

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
 * Since: 1.0
 */
guint
pusher_client_get_port (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->port;
}

/**
 * pusher_client_set_port:
 * @self: a client
 * @port: the port, or 0 for the usual one: 443 with TLS, 80 without
 *
 * Sets the port of the server. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_port (PusherClient *self,
                        guint         port)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (port <= G_MAXUINT16);
  pusher_client_check_thread (self);

  if (pusher_set_uint (&self->settings->port, port))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_PORT);
}

/**
 * pusher_client_get_tls_port:
 * @self: a client
 *
 * Gets the port of the server for TLS.
 *
 * Returns: the port, or 0 for [property@Pusher.Client:port], or for 443 if the
 *   server had to ask for TLS
 *
 * Since: 1.0
 */
guint
pusher_client_get_tls_port (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

  return self->settings->tls_port;
}

/**
 * pusher_client_set_tls_port:
 * @self: a client
 * @port: the port, or 0 for [property@Pusher.Client:port], or for 443 if the
 *   server had to ask for TLS
 *
 * Sets the port of the server for TLS. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_tls_port (PusherClient *self,
                            guint         port)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (port <= G_MAXUINT16);
  pusher_client_check_thread (self);

  if (pusher_set_uint (&self->settings->tls_port, port))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_TLS_PORT);
}

/**
 * pusher_client_get_path:
 * @self: a client
 *
 * Gets what comes before `/app/KEY` in the path of the URL.
 *
 * Returns: (transfer none) (nullable): the prefix, or %NULL for nothing
 *
 * Since: 1.0
 */
const char *
pusher_client_get_path (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return self->settings->path;
}

/**
 * pusher_client_set_path:
 * @self: a client
 * @path: (nullable): the prefix, or %NULL for nothing
 *
 * Sets what comes before `/app/KEY` in the path of the URL. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_path (PusherClient *self,
                        const char   *path)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

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
 * Since: 1.0
 */
gboolean
pusher_client_get_use_tls (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), FALSE);
  pusher_client_check_thread (self);

  return self->settings->use_tls;
}

/**
 * pusher_client_set_use_tls:
 * @self: a client
 * @use_tls: %TRUE to use TLS
 *
 * Sets whether the client connects with TLS. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_use_tls (PusherClient *self,
                           gboolean      use_tls)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  if (pusher_set_boolean (&self->settings->use_tls, use_tls))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_USE_TLS);
}

/**
 * pusher_client_get_origin:
 * @self: a client
 *
 * Gets the `Origin` header of the connection.
 *
 * Returns: (transfer none) (nullable): the origin, or %NULL for none
 *
 * Since: 1.0
 */
const char *
pusher_client_get_origin (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return self->settings->origin;
}

/**
 * pusher_client_set_origin:
 * @self: a client
 * @origin: (nullable): the origin, such as `https://example.org`, or %NULL for none
 *
 * Sets the `Origin` header of the connection. This counts from the next connection on.
 *
 * Since: 1.0
 */
void
pusher_client_set_origin (PusherClient *self,
                          const char   *origin)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  if (pusher_set_string (&self->settings->origin, origin))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_ORIGIN);
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
 * Since: 1.0
 */
SoupSession *
pusher_client_get_session (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

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
 * Since: 1.0
 */
void
pusher_client_set_session (PusherClient *self,
                           SoupSession  *session)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (session == NULL || SOUP_IS_SESSION (session));
  pusher_client_check_thread (self);

  if (g_set_object (&self->settings->session, session))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_SESSION);
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
 * Since: 1.0
 */
void
pusher_client_switch_cluster (PusherClient *self,
                              const char   *key,
                              const char   *cluster)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (key != NULL);
  pusher_client_check_thread (self);

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
