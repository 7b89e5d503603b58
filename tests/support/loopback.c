/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "loopback.h"

#include <sys/socket.h>

#define MAX_FILLERS 16

static GSocket *
new_socket (GSocketAddress *address)
{
  GSocket *self = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                G_SOCKET_PROTOCOL_TCP, NULL);

  if (self != NULL)
    g_socket_set_blocking (self, FALSE);

  return self;
}

/* @port: 0 for any
 *
 * Returns: (nullable): NULL if this machine does not have the address */
GSocket *
loopback_bind (const char *address,
               guint       port)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocket) self = new_socket (wanted);

  if (self == NULL || !g_socket_bind (self, wanted, TRUE, NULL))
    return NULL;

  return g_steal_pointer (&self);
}

guint
loopback_get_port (GSocket *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

/* Listens, and fills the queue of connections, none of which is accepted. The kernel
 * drops the SYNs of all others.
 *
 * Returns: (transfer full): what is in the queue */
GPtrArray *
loopback_clog (GSocket *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self, NULL);
  GPtrArray *fillers = g_ptr_array_new_with_free_func (g_object_unref);

  g_assert_cmpint (listen (g_socket_get_fd (self), 0), ==, 0);
  for (guint i = 0; i < MAX_FILLERS; i++)
    {
      GSocket *socket = new_socket (address);

      g_socket_connect (socket, address, NULL, NULL);
      g_ptr_array_add (fillers, socket);
    }

  g_assert_cmpint (g_socket_condition_check (fillers->pdata[0], G_IO_OUT), ==, G_IO_OUT);
  g_assert_cmpint (g_socket_condition_check (fillers->pdata[MAX_FILLERS - 1], G_IO_OUT), ==, 0);

  return fillers;
}

/* Gives each connection to a handler of GSocketService::incoming. */
GSocketService *
loopback_serve (const char *address,
                GCallback   incoming_cb,
                gpointer    user_data,
                guint      *port)
{
  g_autoptr (GSocket) socket = loopback_bind (address, 0);
  GSocketService *service;

  if (socket == NULL || !g_socket_listen (socket, NULL))
    return NULL;

  service = g_socket_service_new ();
  g_socket_listener_add_socket (G_SOCKET_LISTENER (service), socket, NULL, NULL);
  g_signal_connect (service, "incoming", incoming_cb, user_data);
  *port = loopback_get_port (socket);

  return service;
}

void
loopback_end (GSocketService *service)
{
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
  g_object_unref (service);
}
