/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-server.h"

#include "pusher-test-properties-private.h"
#include "pusher-test-server-types-private.h"
#include "testing/backend/pusher-test-rest-private.h"

#define CODE_CONNECT_AGAIN 4200

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
 * `test-secret`, unless [method@PusherTest.Server.set_default_app] says
 * otherwise. Clients subscribe to its channels, of every kind, and receive
 * what [method@PusherTest.Server.publish] sends, or what a server library of
 * Pusher sends to the REST interface, `POST /apps/1/events`,
 * `POST /apps/1/batch_events` and
 * `POST /apps/1/users/ID/terminate_connections`, which checks signatures. There
 * it also says what channels there are, `GET /apps/1/channels`,
 * `GET /apps/1/channels/NAME` and `GET /apps/1/channels/NAME/users`.
 *
 * Clients that need authorization may sign with the secret, or ask the backend
 * that the server also plays: [property@PusherTest.Server:backend]. The
 * [property@PusherTest.Server:store] remembers events for those who have missed them. Data that is
 * published to encrypted channels is encrypted by the server, unless it comes
 * through the REST interface: server libraries have done so.
 *
 * The server does what a client of the protocol can expect, and checks what it
 * is sent as strictly as the protocol says: see
 * [signal@PusherTest.Server::violation]. It also fails on demand:
 * [method@PusherTest.Server.stop] and [method@PusherTest.Server.start] are a
 * restart, [method@PusherTest.Server.kill] is a crash, and what else servers and
 * networks do to clients is in [property@PusherTest.Server:faults].
 *
 * Dropping the last reference ends everything, connections included.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (PusherTestServer, pusher_test_server, G_TYPE_OBJECT)

/* Of PusherTestReport */
static guint report_signals[PUSHER_TEST_N_REPORTS];

static guint client_connected_signal;
static guint client_disconnected_signal;

static void
pusher_test_server_dispose (GObject *object)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  g_clear_pointer (&self->listener, pusher_test_listener_free);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_ptr_array_set_size (self->held_requests, 0);

  /* The test may hold these longer. */
  pusher_test_backend_close (self->backend);
  pusher_test_store_close (self->store);
  g_signal_handlers_disconnect_by_data (self->faults, self);
  g_signal_handlers_disconnect_by_data (self->clients, self);
  pusher_test_clients_cut (self->clients, FALSE);

  G_OBJECT_CLASS (pusher_test_server_parent_class)->dispose (object);
}

static void
pusher_test_server_finalize (GObject *object)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  g_object_unref (self->backend);
  g_object_unref (self->store);
  g_object_unref (self->faults);
  pusher_test_settings_unref (self->settings);
  g_object_unref (self->clients);
  g_ptr_array_unref (self->apps);
  g_ptr_array_unref (self->held_requests);
  g_free (self->app_id);
  g_free (self->key);
  g_free (self->secret);
  g_free (self->last_violation);

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
   * [property@PusherTest.Faults:handshake-delay-ms] is set.
   *
   * Since: 1.0
   */
  client_connected_signal =
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
   * Since: 1.0
   */
  client_disconnected_signal =
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
   * Since: 1.0
   */
  report_signals[PUSHER_TEST_REPORT_MESSAGE_RECEIVED] =
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
   * Since: 1.0
   */
  report_signals[PUSHER_TEST_REPORT_SUBSCRIBED] =
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
   * Since: 1.0
   */
  report_signals[PUSHER_TEST_REPORT_UNSUBSCRIBED] =
    g_signal_new ("unsubscribed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
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
   * Since: 1.0
   */
  report_signals[PUSHER_TEST_REPORT_VIOLATION] =
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
changed_cb (PusherTestClients *clients,
            PusherTestServer  *self)
{
  pusher_test_properties_notify (self, &pusher_test_clients_get_open (clients)->len);
}

static void
connected_cb (PusherTestClients *clients,
              const char        *socket_id,
              PusherTestServer  *self)
{
  g_signal_emit (self, client_connected_signal, 0, socket_id);
}

static void
disconnected_cb (PusherTestClients *clients,
                 const char        *socket_id,
                 guint              close_code,
                 PusherTestServer  *self)
{
  g_signal_emit (self, client_disconnected_signal, 0, socket_id, close_code);
}

static void
count_violation (PusherTestServer *self,
                 const char       *what)
{
  g_debug ("Violation: %s", what);

  self->n_violations++;
  g_free (self->last_violation);
  self->last_violation = g_strdup (what);

  pusher_test_properties_notify (self, &self->n_violations);
  pusher_test_properties_notify (self, &self->last_violation);
}

static void
report_cb (PusherTestClients *clients,
           const char        *socket_id,
           PusherTestReport   report,
           const char        *text,
           PusherTestServer  *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestServer) hold = g_object_ref (self);

  if (report == PUSHER_TEST_REPORT_VIOLATION)
    count_violation (self, text);

  g_signal_emit (self, report_signals[report], 0, socket_id, text);
}

static void
handle_request (PusherTestServer  *self,
                SoupServerMessage *message)
{
  const char *rest = pusher_test_server_get_route (self, message, "/apps/");
  const char *key = pusher_test_server_get_route (self, message, "/app/");

  if (pusher_test_backend_handle (self->backend, message, g_ptr_array_index (self->apps, 0)) ||
      pusher_test_store_handle (self->store, message))
    return;

  if (rest != NULL)
    pusher_test_rest_handle (message, rest, self->apps);
  else if (key != NULL && *key != '\0' && strchr (key, '/') == NULL)
    pusher_test_server_handle_handshake (self, message);
  else
    soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
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
    handle_request (self, message);
}

static void
weak_ref_free (GWeakRef *weak)
{
  g_weak_ref_clear (weak);
  g_free (weak);
}

static void
pusher_test_server_init (PusherTestServer *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  self->backend = g_object_new (PUSHER_TEST_TYPE_BACKEND, NULL);
  self->faults = g_object_new (PUSHER_TEST_TYPE_FAULTS, NULL);
  self->settings = pusher_test_settings_ref (self->faults->settings);
  self->clients = g_object_ref (self->faults->clients);
  self->app_id = g_strdup ("1");
  self->key = g_strdup ("test-key");
  self->secret = g_strdup ("test-secret");
  self->apps = g_ptr_array_new_with_free_func (g_object_unref);
  self->held_requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->apps, pusher_test_app_new (self->app_id, self->key, self->secret,
                                                    self->settings));
  self->store = pusher_test_store_new (g_ptr_array_index (self->apps, 0));

  g_signal_connect_swapped (self->faults, "notify::silent",
                            G_CALLBACK (pusher_test_server_answer_held), self);
  g_signal_connect (self->clients, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->clients, "connected", G_CALLBACK (connected_cb), self);
  g_signal_connect (self->clients, "report", G_CALLBACK (report_cb), self);
  g_signal_connect (self->clients, "disconnected", G_CALLBACK (disconnected_cb), self);

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
 * Since: 1.0
 */
PusherTestServer *
pusher_test_server_new (void)
{
  return g_object_new (PUSHER_TEST_TYPE_SERVER, NULL);
}

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
 * Since: 1.0
 */
gboolean
pusher_test_server_start (PusherTestServer *self,
                          GError          **error)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (self->listener != NULL)
    return TRUE;

  self->listener = pusher_test_listener_new (self->soup, self->settings->port, error);
  if (self->listener == NULL)
    return FALSE;

  if (self->settings->port == 0)
    {
      self->settings->port = pusher_test_listener_get_port (self->listener);
      pusher_test_backend_set_port (self->backend, self->settings->port);
      pusher_test_store_set_port (self->store, self->settings->port);
      pusher_test_properties_notify (self, &self->settings->port);
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
 * [method@PusherTest.Server.kill]. Reverb does not tell them either.
 *
 * Since: 1.0
 */
void
pusher_test_server_stop (PusherTestServer *self)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  stop_listening (self);
  if (self->settings->silent)
    pusher_test_clients_cut (self->clients, FALSE);
  else if (self->settings->flavor == PUSHER_TEST_FLAVOR_REVERB)
    pusher_test_clients_hang_up (self->clients);
  else
    pusher_test_clients_close (self->clients, CODE_CONNECT_AGAIN,
                               "Server closed. Please reconnect shortly.", TRUE);
}

/**
 * pusher_test_server_kill:
 * @self: a server
 *
 * Stops the server as a crash would: it listens no longer, and connections end
 * without a close frame.
 *
 * Since: 1.0
 */
void
pusher_test_server_kill (PusherTestServer *self)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  stop_listening (self);
  pusher_test_clients_cut (self->clients, FALSE);
}
