/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Accepts connections for a SoupServer.
 *
 * SoupServer's own listener leaks the socket of every connection before libsoup
 * 3.4, which leak checkers would report of every test of an application. And
 * to cut a connection its socket is needed.
 */

#include "config.h"

#include "pusher-test-listener-private.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

/* Clients that come while it is full wait for seconds, and tests have thousands. */
#define BACKLOG 2048

#define SOCKET_DATA "pusher-test-socket"

struct _PusherTestListener
{
  SoupServer *soup;
  GSocket *socket;
  GSource *source;
};

static void
take_connection (PusherTestListener *self,
                 GSocket            *socket)
{
  g_autoptr (GSocketAddress) local = g_socket_get_local_address (socket, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);
  g_autoptr (GSocketConnection) connection = NULL;

  /* The client may have gone already. */
  if (local == NULL || remote == NULL)
    return;

  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);

  /* Requests give nothing else back of what they were given. */
  g_object_set_data_full (G_OBJECT (remote), SOCKET_DATA, g_object_ref (socket), g_object_unref);

  connection = g_socket_connection_factory_create_connection (socket);
  soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), local, remote, NULL);
}

static gboolean
accept_cb (GSocket     *listening,
           GIOCondition condition,
           gpointer     user_data)
{
  g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, NULL);

  if (socket != NULL)
    take_connection (user_data, socket);

  return G_SOURCE_CONTINUE;
}

static GSocket *
open_socket (guint    port,
             GError **error)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL)
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);

  /* To be reused although connections of the last run are not forgotten yet */
  if (!g_socket_bind (socket, address, TRUE, error) ||
      !g_socket_listen (socket, error))
    return NULL;

  return g_steal_pointer (&socket);
}

/*
 * pusher_test_listener_new:
 * @port: a TCP port; 0 for a free one
 *
 * Listens on the loopback interface.
 *
 * Returns: (transfer full):
 */
PusherTestListener *
pusher_test_listener_new (SoupServer *soup,
                          guint       port,
                          GError    **error)
{
  GSocket *socket = open_socket (port, error);
  PusherTestListener *self;

  if (socket == NULL)
    return NULL;

  self = g_new0 (PusherTestListener, 1);
  self->soup = g_object_ref (soup);
  self->socket = socket;
  self->source = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_static_name (self->source, "pusher-test listener");
  g_source_set_callback (self->source, G_SOURCE_FUNC (accept_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());

  return self;
}

void
pusher_test_listener_free (PusherTestListener *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_object_unref (self->soup);
  g_free (self);
}

guint
pusher_test_listener_get_port (PusherTestListener *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* Returns: (transfer none): the socket that the request came through */
GSocket *
pusher_test_listener_get_socket (SoupServerMessage *message)
{
  GSocketAddress *remote = soup_server_message_get_remote_address (message);

  return g_object_get_data (G_OBJECT (remote), SOCKET_DATA);
}
