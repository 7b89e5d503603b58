/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the application asks of the connection of a PusherClient. */

#include "config.h"

#include "pusher-client-connection-private.h"

#include "pusher-client.h"

GTask *
pusher_client_new_task (PusherClient       *self,
                        gpointer            source_tag,
                        GCancellable       *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer            user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, source_tag);

  return task;
}

/**
 * pusher_client_open:
 * @self: a client
 *
 * Connects, and stays connected until [method@Pusher.Client.close].
 *
 * Whether it worked shows in [property@Pusher.Client:state]. Does nothing if the
 * client is connected or about to be.
 *
 * Since: 1.0
 */
void
pusher_client_open (PusherClient *self)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  pusher_connection_open (self->connection, NULL);
}

/**
 * pusher_client_open_async:
 * @self: a client
 * @cancellable: (nullable): ends the wait, but not the attempts to connect
 * @callback: (scope async) (closure user_data): called when the client is
 *   connected or refused
 * @user_data: data for @callback
 *
 * Connects like [method@Pusher.Client.open], and waits until the server has
 * accepted or refused the connection, or the client is closed.
 *
 * While the server cannot be reached the client goes on trying, and this goes on
 * waiting.
 *
 * Since: 1.0
 */
void
pusher_client_open_async (PusherClient       *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  pusher_client_check_thread (self);

  pusher_connection_open (self->connection,
                          pusher_client_new_task (self, pusher_client_open_async,
                                                  cancellable, callback, user_data));
}

/**
 * pusher_client_open_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Pusher.Client.open_async].
 *
 * Errors are those of [error@Pusher.ServerError] if the server refused the
 * client, %PUSHER_ERROR_INVALID_SETTINGS, %PUSHER_ERROR_CLOSED, and
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: %TRUE if the client is connected
 *
 * Since: 1.0
 */
gboolean
pusher_client_open_finish (PusherClient *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * pusher_client_close:
 * @self: a client
 *
 * Closes the connection, or gives up connecting. The channels stay, and are
 * subscribed to again when the client is opened again.
 *
 * The state is %PUSHER_CONNECTION_STATE_DISCONNECTED at once.
 *
 * Since: 1.0
 */
void
pusher_client_close (PusherClient *self)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  pusher_connection_close (self->connection, NULL);
}

/**
 * pusher_client_close_async:
 * @self: a client
 * @cancellable: (nullable): ends the wait, but does not open the client again
 * @callback: (scope async) (closure user_data): called when the socket is closed
 * @user_data: data for @callback
 *
 * Closes like [method@Pusher.Client.close], and waits until the server has
 * answered and the socket is closed, for a few seconds at most.
 *
 * Since: 1.0
 */
void
pusher_client_close_async (PusherClient       *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  pusher_client_check_thread (self);

  pusher_connection_close (self->connection,
                           pusher_client_new_task (self, pusher_client_close_async,
                                                  cancellable, callback, user_data));
}

/**
 * pusher_client_close_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Pusher.Client.close_async]. The only error is
 * %G_IO_ERROR_CANCELLED.
 *
 * Returns: %TRUE if the socket is closed
 *
 * Since: 1.0
 */
gboolean
pusher_client_close_finish (PusherClient *self,
                            GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * pusher_client_reconnect_now:
 * @self: a client
 *
 * Makes a new connection at once: instead of waiting until
 * [property@Pusher.Client:retry-at], of an attempt under way, or of the present
 * connection. The delays start anew.
 *
 * Does nothing unless the client is open.
 *
 * Since: 1.0
 */
void
pusher_client_reconnect_now (PusherClient *self)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  pusher_client_check_thread (self);

  pusher_connection_reconnect_now (self->connection);
}

/**
 * pusher_client_ping_async:
 * @self: a client
 * @cancellable: (nullable): ends the wait
 * @callback: (scope async) (closure user_data): called when the server has
 *   answered
 * @user_data: data for @callback
 *
 * Measures how long the server takes to answer. If it does not answer at all,
 * this finds a dead connection sooner than the client would by itself.
 *
 * Since: 1.0
 */
void
pusher_client_ping_async (PusherClient       *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  pusher_client_check_thread (self);

  pusher_connection_ping (self->connection,
                          pusher_client_new_task (self, pusher_client_ping_async,
                                                  cancellable, callback, user_data));
}

/**
 * pusher_client_ping_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Pusher.Client.ping_async].
 *
 * Errors are %PUSHER_ERROR_INVALID_STATE without a connection, %PUSHER_ERROR_BUSY
 * while 64 pings of the last seconds have not been answered, %PUSHER_ERROR_TIMEOUT,
 * %PUSHER_ERROR_CONNECTION_LOST, %PUSHER_ERROR_CLOSED, and %G_IO_ERROR_CANCELLED;
 * or the error with which the server ended the connection.
 *
 * Returns: the round trip in microseconds, or -1 with an error
 *
 * Since: 1.0
 */
gint64
pusher_client_ping_finish (PusherClient *self,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), -1);
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
