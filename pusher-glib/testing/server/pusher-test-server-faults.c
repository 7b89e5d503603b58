/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a test asks the server to do to its clients. */

#include "config.h"

#include "pusher-test-server-private.h"

/* Calls back for one client, or for all. */
static void
for_each_peer (PusherTestServer *self,
               const char       *socket_id,
               void            (*send) (PusherTestPeer *peer,
                                        gpointer        user_data),
               gpointer          user_data)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (self->connections, i);
      PusherTestPeer *peer = connection->peer;

      if (socket_id == NULL || g_str_equal (pusher_test_peer_get_id (peer), socket_id))
        send (peer, user_data);
    }
}

static void
send_text (PusherTestPeer *peer,
           gpointer        user_data)
{
  pusher_test_peer_send_text (peer, user_data);
}

/**
 * pusher_test_server_send_text:
 * @self: a server
 * @socket_id: (nullable): the socket id of a client; %NULL for all clients
 * @text: any text, a message of the protocol or not
 *
 * Sends a text frame.
 *
 * Nothing is sent if there is no such client.
 *
 * Since: 0.1
 */
void
pusher_test_server_send_text (PusherTestServer *self,
                              const char       *socket_id,
                              const char       *text)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (g_utf8_validate (text, -1, NULL));

  for_each_peer (self, socket_id, send_text, (gpointer) text);
}

static void
send_binary_frame (PusherTestPeer *peer,
                   gpointer        user_data)
{
  pusher_test_peer_send_bytes (peer, user_data, TRUE);
}

static void
send_text_frame (PusherTestPeer *peer,
                 gpointer        user_data)
{
  pusher_test_peer_send_bytes (peer, user_data, FALSE);
}

/**
 * pusher_test_server_send_bytes:
 * @self: a server
 * @socket_id: (nullable): the socket id of a client; %NULL for all clients
 * @bytes: any bytes
 * @binary: whether they go into a binary frame instead of a text frame
 *
 * Sends a frame with any bytes: a text frame that is not UTF-8, say, or a
 * binary one, which the protocol does not have.
 *
 * Nothing is sent if there is no such client.
 *
 * Since: 0.1
 */
void
pusher_test_server_send_bytes (PusherTestServer *self,
                               const char       *socket_id,
                               GBytes           *bytes,
                               gboolean          binary)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (bytes != NULL);

  for_each_peer (self, socket_id, binary ? send_binary_frame : send_text_frame, bytes);
}

/**
 * pusher_test_server_cut_connections:
 * @self: a server
 *
 * Ends the TCP connection of every client, without a close frame.
 *
 * The server goes on listening.
 *
 * Since: 0.1
 */
void
pusher_test_server_cut_connections (PusherTestServer *self)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  pusher_test_server_cut (self, FALSE);
}

/**
 * pusher_test_server_reset_connections:
 * @self: a server
 *
 * Ends the TCP connection of every client by a reset, which clients see as an
 * error instead of as an end.
 *
 * The server goes on listening. The reset is sent by the next iteration of the
 * main context.
 *
 * Since: 0.1
 */
void
pusher_test_server_reset_connections (PusherTestServer *self)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  pusher_test_server_cut (self, TRUE);
}

/**
 * pusher_test_server_refuse:
 * @self: a server
 * @code: a close code up to 65535; 0 to accept clients again
 * @message: (nullable): the reason
 *
 * Refuses new clients: each gets a `pusher:error` with the code and the
 * message, and then a close frame with both.
 *
 * Since: 0.1
 */
void
pusher_test_server_refuse (PusherTestServer *self,
                           guint             code,
                           const char       *message)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (code <= G_MAXUINT16);
  g_return_if_fail (message == NULL || g_utf8_validate (message, -1, NULL));

  self->refuse_code = code;
  g_free (self->refuse_message);
  self->refuse_message = g_strdup (message != NULL ? message : "");
}

/**
 * pusher_test_server_set_first_message:
 * @self: a server
 * @text: (nullable): any text; %NULL for what the protocol says
 *
 * Sets what new clients are sent instead of `pusher:connection_established`.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_first_message (PusherTestServer *self,
                                      const char       *text)
{
  g_autofree char *previous = NULL;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (text == NULL || g_utf8_validate (text, -1, NULL));

  previous = g_steal_pointer (&self->first_message);
  self->first_message = g_strdup (text);
}

/**
 * pusher_test_server_set_http_status:
 * @self: a server
 * @status: an HTTP status from 200 to 599; 0 to open WebSockets again
 *
 * Sets the HTTP status that new clients get instead of a WebSocket.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_http_status (PusherTestServer *self,
                                    guint             status)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (status == 0 || (status >= 200 && status <= 599));

  self->http_status = status;
}

/**
 * pusher_test_server_get_silent: (get-property silent)
 * @self: a server
 *
 * Gets whether the server sends nothing to clients.
 *
 * Returns: whether it does
 *
 * Since: 0.1
 */
gboolean
pusher_test_server_get_silent (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);

  return self->silent;
}

/**
 * pusher_test_server_set_silent: (set-property silent)
 * @self: a server
 * @silent: whether it sends nothing
 *
 * Sets whether the server sends nothing to clients, those that are connected
 * and those that come.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_silent (PusherTestServer *self,
                               gboolean          silent)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  if (self->silent == !!silent)
    return;

  self->silent = !!silent;
  pusher_test_server_tell_silence (self);
  if (!self->silent)
    pusher_test_server_resume (self);

  pusher_test_server_notify (self, PROP_SILENT);
}

/**
 * pusher_test_server_get_activity_timeout: (get-property activity-timeout)
 * @self: a server
 *
 * Gets the activity timeout that new clients are told.
 *
 * Returns: the timeout in seconds
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_activity_timeout (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->activity_timeout;
}

/**
 * pusher_test_server_set_activity_timeout: (set-property activity-timeout)
 * @self: a server
 * @activity_timeout: the timeout in seconds
 *
 * Sets the activity timeout that new clients are told.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_activity_timeout (PusherTestServer *self,
                                         guint             activity_timeout)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  if (self->activity_timeout == activity_timeout)
    return;

  self->activity_timeout = activity_timeout;
  pusher_test_server_notify (self, PROP_ACTIVITY_TIMEOUT);
}

/**
 * pusher_test_server_get_handshake_delay: (get-property handshake-delay)
 * @self: a server
 *
 * Gets how long the server waits before it sends a new client the first
 * message.
 *
 * Returns: the delay in milliseconds; %G_MAXUINT for ever
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_handshake_delay (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->handshake_delay;
}

/**
 * pusher_test_server_set_handshake_delay: (set-property handshake-delay)
 * @self: a server
 * @handshake_delay: the delay in milliseconds; %G_MAXUINT for ever
 *
 * Sets how long the server waits before it sends a new client the first
 * message.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_handshake_delay (PusherTestServer *self,
                                        guint             handshake_delay)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  if (self->handshake_delay == handshake_delay)
    return;

  self->handshake_delay = handshake_delay;
  pusher_test_server_notify (self, PROP_HANDSHAKE_DELAY);
}
