/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "scripted-server.h"

#include "fixture.h"

#include <sys/socket.h>

#define WELCOME                                   \
  "{\"event\":\"pusher:connection_established\"," \
  "\"data\":\"{\\\"socket_id\\\":\\\"1.1\\\"}\"}"

static void
message_cb (SoupWebsocketConnection *websocket,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            ScriptedServer          *self)
{
  add_request (self->received, g_bytes_get_data (bytes, NULL));
}

static void
forget_websocket (ScriptedServer *self)
{
  if (self->websocket != NULL)
    g_signal_handlers_disconnect_by_data (self->websocket, self);
  g_clear_object (&self->websocket);
  g_clear_object (&self->socket);
}

static void
closed_cb (SoupWebsocketConnection *websocket,
           ScriptedServer          *self)
{
  forget_websocket (self);
}

static void
connected_cb (SoupServer              *soup,
              SoupServerMessage       *message,
              const char              *path,
              SoupWebsocketConnection *websocket,
              gpointer                 user_data)
{
  ScriptedServer *self = user_data;

  forget_websocket (self);
  self->websocket = g_object_ref (websocket);
  self->socket = g_object_ref (pusher_test_listener_get_socket (message));
  g_signal_connect (websocket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (websocket, "closed", G_CALLBACK (closed_cb), self);
  scripted_server_send (self, WELCOME);
}

ScriptedServer *
scripted_server_new (void)
{
  ScriptedServer *self = g_new0 (ScriptedServer, 1);

  self->received = g_string_new (NULL);
  self->soup = soup_server_new (NULL, NULL);
  soup_server_add_websocket_handler (self->soup, NULL, NULL, NULL, connected_cb, self, NULL);
  self->listener = pusher_test_listener_new (self->soup, 0, NULL);
  self->port = pusher_test_listener_get_port (self->listener);

  return self;
}

void
scripted_server_free (ScriptedServer *self)
{
  forget_websocket (self);
  pusher_test_listener_free (self->listener);
  soup_server_disconnect (self->soup);
  g_object_unref (self->soup);
  g_string_free (self->received, TRUE);
  g_free (self);
}

void
scripted_server_send (ScriptedServer *self,
                      const char     *text)
{
  soup_websocket_connection_send_text (self->websocket, text);
}

/* Resets the TCP connection. The client can know when this returns, but has not
 * looked yet. */
void
scripted_server_reset (ScriptedServer *self)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };
  g_autoptr (GSocket) socket = g_object_ref (self->socket);

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  forget_websocket (self);
  g_socket_close (socket, NULL);
}

/* Sends bytes that need not be a frame. */
void
scripted_server_send_raw (ScriptedServer *self,
                          const char     *bytes,
                          gsize           length)
{
  g_assert_cmpint (g_socket_send (self->socket, bytes, length, NULL, NULL), ==, length);
}
