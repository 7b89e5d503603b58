/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Where a server listens, and how long. */

#include "config.h"

#include "pusher-test-server-private.h"

#include "pusher-test-properties-private.h"

#define CODE_CONNECT_AGAIN 4200

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
      pusher_test_properties_notify (self, PROP_PORT);
      pusher_test_backend_set_port (self->backend, self->port);
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
 * A [property@PusherTest.Faults:silent] server cannot tell them, and stops as by
 * [method@PusherTest.Server.kill].
 *
 * Since: 0.1
 */
void
pusher_test_server_stop (PusherTestServer *self)
{
  PusherTestClients *clients;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  clients = self->faults->clients;
  stop_listening (self);
  if (pusher_test_clients_get_silent (clients))
    pusher_test_clients_cut (clients, FALSE);
  else
    pusher_test_clients_close (clients, CODE_CONNECT_AGAIN,
                               "Server closed. Please reconnect shortly.", TRUE);
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
  pusher_test_clients_cut (self->faults->clients, FALSE);
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
  pusher_test_properties_notify (self, PROP_PORT);
  pusher_test_backend_set_port (self->backend, port);
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
  pusher_test_properties_notify (self, PROP_PATH);
}
