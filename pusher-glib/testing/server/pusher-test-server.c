/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-server-private.h"

#include "pusher-test-properties-private.h"
#include "testing/backend/pusher-test-rest-private.h"

#define DEFAULT_APP_ID "1"
#define DEFAULT_KEY "test-key"
#define DEFAULT_SECRET "test-secret"

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
 * that the server also plays: [property@PusherTest.Server:backend]. Data that is
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
 * Since: 0.1
 */
G_DEFINE_FINAL_TYPE (PusherTestServer, pusher_test_server, G_TYPE_OBJECT)

static const PusherTestProperty properties[N_PROPS] = {
  /**
   * PusherTestServer:backend: (getter get_backend)
   *
   * The application's own server, which this one plays too: it authorizes
   * clients.
   *
   * Since: 0.1
   */
  [PROP_BACKEND] = { "backend", G_TYPE_OBJECT, G_CALLBACK (pusher_test_server_get_backend),
                     .get_object_type = pusher_test_backend_get_type },

  /**
   * PusherTestServer:faults: (getter get_faults)
   *
   * What the server does wrong on demand.
   *
   * Since: 0.1
   */
  [PROP_FAULTS] = { "faults", G_TYPE_OBJECT, G_CALLBACK (pusher_test_server_get_faults),
                    .get_object_type = pusher_test_faults_get_type },

  /**
   * PusherTestServer:port: (getter get_port) (setter set_port)
   *
   * The TCP port that the server listens on; 0 before it was started, unless
   * one was set.
   *
   * [method@PusherTest.Server.start] takes a free one if this is 0. It stays
   * the same when the server is stopped and started again, and cannot be set
   * while the server is listening.
   *
   * Since: 0.1
   */
  [PROP_PORT] = { "port", G_TYPE_UINT, G_CALLBACK (pusher_test_server_get_port),
                  G_CALLBACK (pusher_test_server_set_port), .maximum = G_MAXUINT16 },

  /**
   * PusherTestServer:path: (getter get_path) (setter set_path)
   *
   * What comes before `/app/KEY` and `/apps/ID/events` in URLs, as behind a
   * proxy: empty, or begins with a slash.
   *
   * Slashes at the end are taken off, and one is put in front where it lacks.
   *
   * Since: 0.1
   */
  [PROP_PATH] = { "path", G_TYPE_STRING, G_CALLBACK (pusher_test_server_get_path),
                  G_CALLBACK (pusher_test_server_set_path), .text = "" },

  /**
   * PusherTestServer:app-id: (getter get_app_id)
   *
   * The id of the default app.
   *
   * Since: 0.1
   */
  [PROP_APP_ID] = { "app-id", G_TYPE_STRING, G_CALLBACK (pusher_test_server_get_app_id),
                    .text = DEFAULT_APP_ID },

  /**
   * PusherTestServer:key: (getter get_key)
   *
   * The key of the default app.
   *
   * Since: 0.1
   */
  [PROP_KEY] = { "key", G_TYPE_STRING, G_CALLBACK (pusher_test_server_get_key),
                 .text = DEFAULT_KEY },

  /**
   * PusherTestServer:secret: (getter get_secret)
   *
   * The secret of the default app.
   *
   * Since: 0.1
   */
  [PROP_SECRET] = { "secret", G_TYPE_STRING, G_CALLBACK (pusher_test_server_get_secret),
                    .text = DEFAULT_SECRET },

  /**
   * PusherTestServer:max-event-size: (getter get_max_event_size) (setter set_max_event_size)
   *
   * How many bytes of data an event may have that comes through the REST
   * interface: Pusher's 10 KiB, by default; 0 for any number.
   *
   * Since: 0.1
   */
  [PROP_MAX_EVENT_SIZE] = { "max-event-size", G_TYPE_UINT,
                            G_CALLBACK (pusher_test_server_get_max_event_size),
                            G_CALLBACK (pusher_test_server_set_max_event_size),
                            .number = PUSHER_TEST_DEFAULT_MAX_EVENT_SIZE },

  /**
   * PusherTestServer:n-connections: (getter get_n_connections)
   *
   * How many clients are connected.
   *
   * One that the server closes or cuts counts no longer from that moment on.
   *
   * Since: 0.1
   */
  [PROP_N_CONNECTIONS] = { "n-connections", G_TYPE_UINT,
                           G_CALLBACK (pusher_test_server_get_n_connections) },

  /**
   * PusherTestServer:n-attempts: (getter get_n_attempts)
   *
   * How often clients have tried to connect, with or without success, since the
   * server was made.
   *
   * A test that a client does *not* connect again looks here.
   *
   * Since: 0.1
   */
  [PROP_N_ATTEMPTS] = { "n-attempts", G_TYPE_UINT,
                        G_CALLBACK (pusher_test_server_get_n_attempts) },

  /**
   * PusherTestServer:n-violations: (getter get_n_violations)
   *
   * How often clients have broken the rules, since the server was made: see
   * [signal@PusherTest.Server::violation].
   *
   * Since: 0.1
   */
  [PROP_N_VIOLATIONS] = { "n-violations", G_TYPE_UINT,
                          G_CALLBACK (pusher_test_server_get_n_violations) },

  /**
   * PusherTestServer:last-violation: (getter get_last_violation)
   *
   * What a client did wrong last; %NULL if none has done anything wrong.
   *
   * Since: 0.1
   */
  [PROP_LAST_VIOLATION] = { "last-violation", G_TYPE_STRING,
                            G_CALLBACK (pusher_test_server_get_last_violation) },

  /**
   * PusherTestServer:client-events: (getter get_client_events) (setter set_client_events)
   *
   * Whether clients may send events to each other on private and presence
   * channels: %TRUE by default. If not, they get a `pusher:error` with the code
   * 4301 for that channel.
   *
   * Since: 0.1
   */
  [PROP_CLIENT_EVENTS] = { "client-events", G_TYPE_BOOLEAN,
                           G_CALLBACK (pusher_test_server_get_client_events),
                           G_CALLBACK (pusher_test_server_set_client_events), .number = TRUE },

  /**
   * PusherTestServer:client-event-rate: (getter get_client_event_rate) (setter set_client_event_rate)
   *
   * How many events a client may send in a second; 0, the default, for any
   * number. For those above it gets a `pusher:error` with the code 4301.
   *
   * Since: 0.1
   */
  [PROP_CLIENT_EVENT_RATE] = { "client-event-rate", G_TYPE_UINT,
                               G_CALLBACK (pusher_test_server_get_client_event_rate),
                               G_CALLBACK (pusher_test_server_set_client_event_rate) },

  /**
   * PusherTestServer:subscription-counts: (getter get_subscription_counts) (setter set_subscription_counts)
   *
   * Whether the subscribers of a channel, unless it is a presence channel, are
   * told how many there are when one comes or goes: %FALSE by default.
   *
   * Since: 0.1
   */
  [PROP_SUBSCRIPTION_COUNTS] = { "subscription-counts", G_TYPE_BOOLEAN,
                                 G_CALLBACK (pusher_test_server_get_subscription_counts),
                                 G_CALLBACK (pusher_test_server_set_subscription_counts) },

  /**
   * PusherTestServer:encryption-master-key: (getter dup_encryption_master_key) (setter set_encryption_master_key)
   *
   * The key that the keys of encrypted channels are derived from: 32 bytes in
   * base64.
   *
   * Another one makes those invalid that clients have: what is published next is
   * sealed with new ones, which they get from the auth endpoint.
   *
   * Since: 0.1
   */
  [PROP_ENCRYPTION_MASTER_KEY] = { "encryption-master-key", G_TYPE_STRING,
                                   G_CALLBACK (pusher_test_server_dup_encryption_master_key),
                                   G_CALLBACK (pusher_test_server_set_encryption_master_key),
                                   .dup = TRUE, .text = PUSHER_TEST_DEFAULT_MASTER_KEY },
};

/* Of PusherTestReport */
static guint report_signals[PUSHER_TEST_N_REPORTS];

static guint client_connected_signal;
static guint client_disconnected_signal;

static void
pusher_test_server_dispose (GObject *object)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);
  PusherTestClients *clients = self->faults->clients;

  g_clear_pointer (&self->listener, pusher_test_listener_free);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_ptr_array_set_size (self->held_requests, 0);

  /* The test may hold these longer. */
  pusher_test_backend_close (self->backend);
  g_signal_handlers_disconnect_by_data (self->faults, self);
  g_signal_handlers_disconnect_by_data (clients, self);
  pusher_test_clients_cut (clients, FALSE);

  G_OBJECT_CLASS (pusher_test_server_parent_class)->dispose (object);
}

static void
pusher_test_server_finalize (GObject *object)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  g_object_unref (self->backend);
  g_object_unref (self->faults);
  g_ptr_array_unref (self->apps);
  g_ptr_array_unref (self->held_requests);
  g_free (self->path);
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
   * [property@PusherTest.Faults:handshake-delay] is set.
   *
   * Since: 0.1
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
   * Since: 0.1
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
   * Since: 0.1
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
   * Since: 0.1
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
   * Since: 0.1
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
   * Since: 0.1
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
  pusher_test_properties_install (object_class, properties, N_PROPS);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
changed_cb (PusherTestClients *clients,
            PusherTestServer  *self)
{
  pusher_test_properties_notify (self, PROP_N_CONNECTIONS);
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

  pusher_test_properties_notify (self, PROP_N_VIOLATIONS);
  pusher_test_properties_notify (self, PROP_LAST_VIOLATION);
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

  if (pusher_test_backend_handle (self->backend, message, g_ptr_array_index (self->apps, 0)))
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
  self->path = g_strdup ("");
  self->apps = g_ptr_array_new_with_free_func (g_object_unref);
  self->held_requests = g_ptr_array_new_with_free_func (g_object_unref);
  pusher_test_server_add_app (self, DEFAULT_APP_ID, DEFAULT_KEY, DEFAULT_SECRET);

  g_signal_connect_swapped (self->faults, "notify::silent",
                            G_CALLBACK (pusher_test_server_answer_held), self);
  g_signal_connect (self->faults->clients, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect (self->faults->clients, "connected", G_CALLBACK (connected_cb), self);
  g_signal_connect (self->faults->clients, "report", G_CALLBACK (report_cb), self);
  g_signal_connect (self->faults->clients, "disconnected", G_CALLBACK (disconnected_cb), self);

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
