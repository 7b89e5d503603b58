/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-server-private.h"

#define READABLE (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)
#define WRITABLE (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

#define DEFAULT_APP_ID "1"
#define DEFAULT_KEY "test-key"
#define DEFAULT_SECRET "test-secret"
#define DEFAULT_ACTIVITY_TIMEOUT 120
#define DEFAULT_MAX_EVENT_SIZE (10 * 1024)

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
 * `test-secret`. Clients subscribe to its public channels and receive what
 * [method@PusherTest.Server.publish] sends, or what a server library of Pusher
 * sends to the REST interface, `POST /apps/1/events` and
 * `POST /apps/1/batch_events`, which checks signatures.
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
 * | anything as a message | [method@PusherTest.Server.send_text], [method@PusherTest.Server.send_bytes] |
 *
 * Dropping the last reference ends everything, connections included.
 *
 * Since: 0.1
 */
G_DEFINE_FINAL_TYPE (PusherTestServer, pusher_test_server, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
pusher_test_server_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  switch ((PusherTestServerProperty) property_id)
    {
    case PROP_PORT:
      g_value_set_uint (value, self->port);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_APP_ID:
      g_value_set_string (value, pusher_test_server_get_app_id (self));
      break;
    case PROP_KEY:
      g_value_set_string (value, pusher_test_server_get_key (self));
      break;
    case PROP_SECRET:
      g_value_set_string (value, pusher_test_server_get_secret (self));
      break;
    case PROP_MAX_EVENT_SIZE:
      g_value_set_uint (value, self->max_event_size);
      break;
    case PROP_N_CONNECTIONS:
      g_value_set_uint (value, pusher_test_server_get_n_connections (self));
      break;
    case PROP_N_ATTEMPTS:
      g_value_set_uint (value, self->n_attempts);
      break;
    case PROP_N_VIOLATIONS:
      g_value_set_uint (value, self->n_violations);
      break;
    case PROP_LAST_VIOLATION:
      g_value_set_string (value, self->last_violation);
      break;
    case PROP_SILENT:
      g_value_set_boolean (value, self->silent);
      break;
    case PROP_ACTIVITY_TIMEOUT:
      g_value_set_uint (value, self->activity_timeout);
      break;
    case PROP_HANDSHAKE_DELAY:
      g_value_set_uint (value, self->handshake_delay);
      break;
    case PROP_0:
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
pusher_test_server_set_property (GObject      *object,
                                 guint         property_id,
                                 const GValue *value,
                                 GParamSpec   *pspec)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  switch (property_id)
    {
    case PROP_PORT:
      pusher_test_server_set_port (self, g_value_get_uint (value));
      break;
    case PROP_PATH:
      pusher_test_server_set_path (self, g_value_get_string (value));
      break;
    case PROP_MAX_EVENT_SIZE:
      pusher_test_server_set_max_event_size (self, g_value_get_uint (value));
      break;
    case PROP_SILENT:
      pusher_test_server_set_silent (self, g_value_get_boolean (value));
      break;
    case PROP_ACTIVITY_TIMEOUT:
      pusher_test_server_set_activity_timeout (self, g_value_get_uint (value));
      break;
    case PROP_HANDSHAKE_DELAY:
      pusher_test_server_set_handshake_delay (self, g_value_get_uint (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
pusher_test_server_dispose (GObject *object)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  g_clear_pointer (&self->listener, pusher_test_listener_free);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  g_ptr_array_set_size (self->held_requests, 0);
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
  g_free (self->path);
  g_free (self->last_violation);
  g_free (self->first_message);
  g_free (self->refuse_message);

  G_OBJECT_CLASS (pusher_test_server_parent_class)->finalize (object);
}

/* Where the server is, and what it takes */
static void
describe_address (void)
{
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
  properties[PROP_PORT] =
    g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, WRITABLE);

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
  properties[PROP_PATH] =
    g_param_spec_string ("path", NULL, NULL, "", WRITABLE);

  /**
   * PusherTestServer:max-event-size: (getter get_max_event_size) (setter set_max_event_size)
   *
   * How many bytes of data an event may have that comes through the REST
   * interface: Pusher's 10 KiB, by default; 0 for any number.
   *
   * Since: 0.1
   */
  properties[PROP_MAX_EVENT_SIZE] =
    g_param_spec_uint ("max-event-size", NULL, NULL, 0, G_MAXUINT, DEFAULT_MAX_EVENT_SIZE,
                       WRITABLE);
}

/* Whom it serves */
static void
describe_app (void)
{
  /**
   * PusherTestServer:app-id: (getter get_app_id)
   *
   * The id of the default app.
   *
   * Since: 0.1
   */
  properties[PROP_APP_ID] =
    g_param_spec_string ("app-id", NULL, NULL, DEFAULT_APP_ID, READABLE);

  /**
   * PusherTestServer:key: (getter get_key)
   *
   * The key of the default app.
   *
   * Since: 0.1
   */
  properties[PROP_KEY] =
    g_param_spec_string ("key", NULL, NULL, DEFAULT_KEY, READABLE);

  /**
   * PusherTestServer:secret: (getter get_secret)
   *
   * The secret of the default app.
   *
   * Since: 0.1
   */
  properties[PROP_SECRET] =
    g_param_spec_string ("secret", NULL, NULL, DEFAULT_SECRET, READABLE);
}

/* What clients did */
static void
describe_counters (void)
{
  /**
   * PusherTestServer:n-connections: (getter get_n_connections)
   *
   * How many clients are connected.
   *
   * One that the server closes or cuts counts no longer from that moment on.
   *
   * Since: 0.1
   */
  properties[PROP_N_CONNECTIONS] =
    g_param_spec_uint ("n-connections", NULL, NULL, 0, G_MAXUINT, 0, READABLE);

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
  properties[PROP_N_ATTEMPTS] =
    g_param_spec_uint ("n-attempts", NULL, NULL, 0, G_MAXUINT, 0, READABLE);

  /**
   * PusherTestServer:n-violations: (getter get_n_violations)
   *
   * How often clients have broken the rules, since the server was made: see
   * [signal@PusherTest.Server::violation].
   *
   * Since: 0.1
   */
  properties[PROP_N_VIOLATIONS] =
    g_param_spec_uint ("n-violations", NULL, NULL, 0, G_MAXUINT, 0, READABLE);

  /**
   * PusherTestServer:last-violation: (getter get_last_violation)
   *
   * What a client did wrong last; %NULL if none has done anything wrong.
   *
   * Since: 0.1
   */
  properties[PROP_LAST_VIOLATION] =
    g_param_spec_string ("last-violation", NULL, NULL, NULL, READABLE);
}

/* What the server does to them */
static void
describe_faults (void)
{
  /**
   * PusherTestServer:silent: (getter get_silent) (setter set_silent)
   *
   * Whether the server sends nothing to clients, as if it hung or the network
   * were down.
   *
   * A silent server receives and acts as ever, but what it would send is lost:
   * events, answers, pongs of both kinds, close frames. It does not even close
   * a connection that the client closes, nor answer a new client's handshake;
   * both happen when it ceases to be silent. The REST interface still answers.
   *
   * Since: 0.1
   */
  properties[PROP_SILENT] =
    g_param_spec_boolean ("silent", NULL, NULL, FALSE, WRITABLE);

  /**
   * PusherTestServer:activity-timeout: (getter get_activity_timeout) (setter set_activity_timeout)
   *
   * The activity timeout that new clients are told, in seconds.
   *
   * Since: 0.1
   */
  properties[PROP_ACTIVITY_TIMEOUT] =
    g_param_spec_uint ("activity-timeout", NULL, NULL, 0, G_MAXUINT, DEFAULT_ACTIVITY_TIMEOUT,
                       WRITABLE);

  /**
   * PusherTestServer:handshake-delay: (getter get_handshake_delay) (setter set_handshake_delay)
   *
   * How long the server waits, after the WebSocket of a new client is open,
   * before it sends the first message, in milliseconds; %G_MAXUINT for ever.
   *
   * Since: 0.1
   */
  properties[PROP_HANDSHAKE_DELAY] =
    g_param_spec_uint ("handshake-delay", NULL, NULL, 0, G_MAXUINT, 0, WRITABLE);
}

/* Who is there */
static void
add_client_signals (GType type)
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
}

/* What they are subscribed to */
static void
add_channel_signals (GType type)
{
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
}

/* What they say */
static void
add_message_signals (GType type)
{
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

  object_class->get_property = pusher_test_server_get_property;
  object_class->set_property = pusher_test_server_set_property;
  object_class->dispose = pusher_test_server_dispose;
  object_class->finalize = pusher_test_server_finalize;

  describe_address ();
  describe_app ();
  describe_counters ();
  describe_faults ();
  g_object_class_install_properties (object_class, N_PROPS, properties);

  add_client_signals (G_TYPE_FROM_CLASS (klass));
  add_channel_signals (G_TYPE_FROM_CLASS (klass));
  add_message_signals (G_TYPE_FROM_CLASS (klass));
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
  self->max_event_size = DEFAULT_MAX_EVENT_SIZE;
  self->activity_timeout = DEFAULT_ACTIVITY_TIMEOUT;
  self->apps = g_ptr_array_new_with_free_func (g_object_unref);
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->leaving = g_ptr_array_new_with_free_func (g_object_unref);
  self->held_requests = g_ptr_array_new_with_free_func (g_object_unref);
  pusher_test_server_add_app (self, DEFAULT_APP_ID, DEFAULT_KEY, DEFAULT_SECRET);

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

void
pusher_test_server_notify (PusherTestServer        *self,
                           PusherTestServerProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}
