/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-server-private.h"

/**
 * PusherTestServer:
 *
 * A server of the Pusher Channels protocol, for tests.
 *
 * It listens on the loopback interface, in the main context that is the
 * thread's default one when it is started, next to the client that is tested:
 *
 * ```c
 * g_autoptr (PusherTestServer) server = pusher_test_server_new ();
 *
 * pusher_test_server_start (server, &error);
 * g_object_set (client,
 *               "host", "127.0.0.1",
 *               "port", pusher_test_server_get_port (server),
 *               "use-tls", FALSE,
 *               NULL);
 * ```
 *
 * A new server has one app with the id `1`, the key `test-key` and the secret
 * `test-secret`. Clients subscribe to its channels, of every kind, and receive
 * what [method@PusherTest.Server.publish] sends, or what a server library of
 * Pusher sends to the REST interface, `POST /apps/1/events`,
 * `POST /apps/1/batch_events` and
 * `POST /apps/1/users/ID/terminate_connections`, which checks signatures.
 *
 * Clients that need authorization may sign with the secret, or ask the backend
 * that the server also plays: [property@PusherTest.Server:auth-endpoint] and
 * [property@PusherTest.Server:user-auth-endpoint]. Data that is published to
 * encrypted channels is encrypted by the server, unless it comes through the
 * REST interface: server libraries have done so.
 *
 * The server does what a client of the protocol can expect, and checks what it
 * is sent as strictly as the protocol says: see
 * [signal@PusherTest.Server::violation]. It also fails on demand, as servers
 * and networks do:
 *
 * | what happens | |
 * | --- | --- |
 * | a restart | [method@PusherTest.Server.stop], [method@PusherTest.Server.start] |
 * | a crash | [method@PusherTest.Server.kill] |
 * | a connection is closed, with any code | [method@PusherTest.Server.close_connections] |
 * | a connection is lost | [method@PusherTest.Server.cut_connections], [method@PusherTest.Server.reset_connections] |
 * | no more answers | [property@PusherTest.Server:silent] |
 * | a client is refused | [method@PusherTest.Server.refuse], [method@PusherTest.Server.set_http_status] |
 * | a slow handshake, or none | [property@PusherTest.Server:handshake-delay] |
 * | a wrong handshake | [method@PusherTest.Server.set_first_message] |
 * | a subscription fails | [method@PusherTest.Server.fail_subscription] |
 * | a subscription takes its time | [property@PusherTest.Server:hold-answers] |
 * | the auth endpoint fails | [method@PusherTest.Server.forbid], [method@PusherTest.Server.set_endpoint_status], [method@PusherTest.Server.set_endpoint_delay], [method@PusherTest.Server.set_endpoint_body] |
 * | anything as a message | [method@PusherTest.Server.send_text], [method@PusherTest.Server.send_bytes] |
 *
 * Dropping the last reference ends everything, connections included.
 *
 * Since: 0.1
 */
G_DEFINE_FINAL_TYPE (PusherTestServer, pusher_test_server, G_TYPE_OBJECT)

static void
pusher_test_server_dispose (GObject *object)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  g_clear_pointer (&self->listener, pusher_test_listener_free);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_ptr_array_set_size (self->held_requests, 0);
  pusher_test_server_forget_delayed_answers (self);
  pusher_test_server_forget_connections (self);

  G_OBJECT_CLASS (pusher_test_server_parent_class)->dispose (object);
}

static void
pusher_test_server_finalize (GObject *object)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  g_ptr_array_unref (self->apps);
  g_ptr_array_unref (self->connections);
  g_ptr_array_unref (self->leaving);
  g_ptr_array_unref (self->held_requests);
  g_ptr_array_unref (self->delayed_answers);
  g_hash_table_unref (self->forbidden);
  pusher_test_rules_unref (self->rules);
  pusher_test_identity_clear (&self->endpoint_user);
  g_free (self->auth_endpoint);
  g_free (self->user_auth_endpoint);
  g_free (self->endpoint_body);
  g_free (self->path);
  g_free (self->last_violation);
  g_free (self->first_message);
  g_free (self->refuse_message);

  G_OBJECT_CLASS (pusher_test_server_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  /**
   * PusherTestServer::client-connected:
   * @self: the server
   * @socket_id: the socket id of the client
   *
   * Emitted when a client was let in.
   *
   * It has been sent its first message, unless
   * [property@PusherTest.Server:handshake-delay] is set.
   *
   * Since: 0.1
   */
  g_signal_new ("client-connected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);

  /**
   * PusherTestServer::client-disconnected:
   * @self: the server
   * @socket_id: the socket id of the client
   * @close_code: the close code that the client sent, perhaps in answer to the
   *   server's; 1005 if it sent none with its close frame, 1006 if there was no
   *   close frame
   *
   * Emitted when the connection of a client, that was let in, has ended.
   *
   * Since: 0.1
   */
  g_signal_new ("client-disconnected", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_UINT);

  /**
   * PusherTestServer::message-received:
   * @self: the server
   * @socket_id: the socket id of the client
   * @text: what it sent
   *
   * Emitted when a client has sent a text message, before the server looks
   * into it.
   *
   * Since: 0.1
   */
  g_signal_new ("message-received", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * PusherTestServer::subscribed:
   * @self: the server
   * @socket_id: the socket id of the client
   * @channel: the name of the channel
   *
   * Emitted when a client has subscribed to a channel, of any app.
   *
   * Since: 0.1
   */
  g_signal_new ("subscribed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * PusherTestServer::unsubscribed:
   * @self: the server
   * @socket_id: the socket id of the client
   * @channel: the name of the channel
   *
   * Emitted when a client has unsubscribed from a channel, of any app.
   *
   * It is not emitted for the channels of a client that disconnects.
   *
   * Since: 0.1
   */
  g_signal_new ("unsubscribed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * PusherTestServer::auth-requested:
   * @self: the server
   * @socket_id: the socket id that the client gave
   * @channel_name: (nullable): the name of the channel; %NULL to sign in
   *
   * Emitted when a client has asked the auth endpoint, for each channel that it
   * asked for, before it is answered.
   *
   * Since: 0.1
   */
  g_signal_new ("auth-requested", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);

  /**
   * PusherTestServer::violation:
   * @self: the server
   * @socket_id: the socket id of the client
   * @what: what it did wrong, for people to read
   *
   * Emitted when a client has broken a rule of the protocol.
   *
   * The client is told by a `pusher:error` without a code, where Pusher does
   * so, and stays connected.
   *
   * Since: 0.1
   */
  g_signal_new ("violation", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
pusher_test_server_class_init (PusherTestServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pusher_test_server_dispose;
  object_class->finalize = pusher_test_server_finalize;

  pusher_test_server_install_properties (object_class);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
weak_ref_free (GWeakRef *weak)
{
  g_weak_ref_clear (weak);
  g_free (weak);
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  g_autoptr (PusherTestServer) self = g_weak_ref_get (user_data);

  if (self != NULL)
    pusher_test_server_handle_request (self, message);
}

static void
pusher_test_server_init (PusherTestServer *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  self->path = g_strdup ("");
  self->activity_timeout = PUSHER_TEST_DEFAULT_ACTIVITY_TIMEOUT;
  self->apps = g_ptr_array_new_with_free_func (g_object_unref);
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
  self->held_requests = g_ptr_array_new_with_free_func (g_object_unref);
  self->delayed_answers = g_ptr_array_new_with_free_func (g_object_unref);
  self->forbidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->rules = pusher_test_rules_new ();
  pusher_test_server_add_app (self, PUSHER_TEST_DEFAULT_APP_ID,
                              PUSHER_TEST_DEFAULT_KEY, PUSHER_TEST_DEFAULT_SECRET);

  /* The key is a segment of the path, and may have an encoded slash. */
  self->soup = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);

  /* A request may outlive this server, if a handler drops the last reference. */
  g_weak_ref_init (weak, self);
  soup_server_add_handler (self->soup, NULL, request_cb, weak, (GDestroyNotify) weak_ref_free);
}

/**
 * pusher_test_server_new:
 *
 * Makes a server that does not listen yet.
 *
 * Returns: (transfer full): a server
 *
 * Since: 0.1
 */
PusherTestServer *
pusher_test_server_new (void)
{
  return g_object_new (PUSHER_TEST_TYPE_SERVER, NULL);
}
