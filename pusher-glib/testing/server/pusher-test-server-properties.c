/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The properties of the server. */

#include "config.h"

#include "pusher-test-server-private.h"

#define READABLE (G_PARAM_READABLE | G_PARAM_STATIC_STRINGS)
#define WRITABLE (G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY)

static GParamSpec *properties[N_PROPS];

static void
get_property_of_channels (PusherTestServer *self,
                          guint             property_id,
                          GValue           *value,
                          GParamSpec       *pspec)
{
  switch (property_id)
    {
    case PROP_CLIENT_EVENTS:
      g_value_set_boolean (value, self->rules->client_events);
      break;
    case PROP_CLIENT_EVENT_RATE:
      g_value_set_uint (value, self->rules->client_event_rate);
      break;
    case PROP_SUBSCRIPTION_COUNTS:
      g_value_set_boolean (value, self->rules->subscription_counts);
      break;
    case PROP_ENCRYPTION_MASTER_KEY:
      g_value_take_string (value, pusher_test_server_dup_encryption_master_key (self));
      break;
    case PROP_HOLD_ANSWERS:
      g_value_set_boolean (value, self->rules->hold_answers);
      break;
    case PROP_AUTH_ENDPOINT:
      g_value_set_string (value, self->auth_endpoint);
      break;
    case PROP_USER_AUTH_ENDPOINT:
      g_value_set_string (value, self->user_auth_endpoint);
      break;
    case PROP_N_AUTH_REQUESTS:
      g_value_set_uint (value, self->n_auth_requests);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (self, property_id, pspec);
    }
}

static void
pusher_test_server_get_property (GObject    *object,
                                 guint       property_id,
                                 GValue     *value,
                                 GParamSpec *pspec)
{
  PusherTestServer *self = PUSHER_TEST_SERVER (object);

  switch (property_id)
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
      g_value_set_uint (value, self->rules->max_event_size);
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
    default:
      get_property_of_channels (self, property_id, value, pspec);
    }
}

static void
set_property_of_channels (PusherTestServer *self,
                          guint             property_id,
                          const GValue     *value,
                          GParamSpec       *pspec)
{
  switch (property_id)
    {
    case PROP_CLIENT_EVENTS:
      pusher_test_server_set_client_events (self, g_value_get_boolean (value));
      break;
    case PROP_CLIENT_EVENT_RATE:
      pusher_test_server_set_client_event_rate (self, g_value_get_uint (value));
      break;
    case PROP_SUBSCRIPTION_COUNTS:
      pusher_test_server_set_subscription_counts (self, g_value_get_boolean (value));
      break;
    case PROP_ENCRYPTION_MASTER_KEY:
      pusher_test_server_set_encryption_master_key (self, g_value_get_string (value));
      break;
    case PROP_HOLD_ANSWERS:
      pusher_test_server_set_hold_answers (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (self, property_id, pspec);
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
      set_property_of_channels (self, property_id, value, pspec);
    }
}

/* Where the server is and whom it serves */
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
   * PusherTestServer:app-id: (getter get_app_id)
   *
   * The id of the default app.
   *
   * Since: 0.1
   */
  properties[PROP_APP_ID] =
    g_param_spec_string ("app-id", NULL, NULL, PUSHER_TEST_DEFAULT_APP_ID, READABLE);

  /**
   * PusherTestServer:key: (getter get_key)
   *
   * The key of the default app.
   *
   * Since: 0.1
   */
  properties[PROP_KEY] =
    g_param_spec_string ("key", NULL, NULL, PUSHER_TEST_DEFAULT_KEY, READABLE);

  /**
   * PusherTestServer:secret: (getter get_secret)
   *
   * The secret of the default app.
   *
   * Since: 0.1
   */
  properties[PROP_SECRET] =
    g_param_spec_string ("secret", NULL, NULL, PUSHER_TEST_DEFAULT_SECRET, READABLE);

  /**
   * PusherTestServer:max-event-size: (getter get_max_event_size) (setter set_max_event_size)
   *
   * How many bytes of data an event may have that comes through the REST
   * interface: Pusher's 10 KiB, by default; 0 for any number.
   *
   * Since: 0.1
   */
  properties[PROP_MAX_EVENT_SIZE] =
    g_param_spec_uint ("max-event-size", NULL, NULL, 0, G_MAXUINT, PUSHER_TEST_DEFAULT_MAX_EVENT_SIZE,
                       WRITABLE);
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
    g_param_spec_uint ("activity-timeout", NULL, NULL, 0, G_MAXUINT, PUSHER_TEST_DEFAULT_ACTIVITY_TIMEOUT,
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

/* How channels behave */
static void
describe_channels (void)
{
  /**
   * PusherTestServer:client-events: (getter get_client_events) (setter set_client_events)
   *
   * Whether clients may send events to each other on private and presence
   * channels: %TRUE by default. If not, they get a `pusher:error` with the code
   * 4301 for that channel.
   *
   * Since: 0.1
   */
  properties[PROP_CLIENT_EVENTS] =
    g_param_spec_boolean ("client-events", NULL, NULL, TRUE, WRITABLE);

  /**
   * PusherTestServer:client-event-rate: (getter get_client_event_rate) (setter set_client_event_rate)
   *
   * How many events a client may send in a second; 0, the default, for any
   * number. For those above it gets a `pusher:error` with the code 4301.
   *
   * Since: 0.1
   */
  properties[PROP_CLIENT_EVENT_RATE] =
    g_param_spec_uint ("client-event-rate", NULL, NULL, 0, G_MAXUINT, 0, WRITABLE);

  /**
   * PusherTestServer:subscription-counts: (getter get_subscription_counts) (setter set_subscription_counts)
   *
   * Whether the subscribers of a channel, unless it is a presence channel, are
   * told how many there are when one comes or goes: %FALSE by default.
   *
   * Since: 0.1
   */
  properties[PROP_SUBSCRIPTION_COUNTS] =
    g_param_spec_boolean ("subscription-counts", NULL, NULL, FALSE, WRITABLE);

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
  properties[PROP_ENCRYPTION_MASTER_KEY] =
    g_param_spec_string ("encryption-master-key", NULL, NULL, PUSHER_TEST_DEFAULT_MASTER_KEY,
                         WRITABLE);

  /**
   * PusherTestServer:hold-answers: (getter get_hold_answers) (setter set_hold_answers)
   *
   * Whether requests to subscribe and to unsubscribe wait, each client's in
   * their order, until this is %FALSE again.
   *
   * Until then, who waits is not subscribed. Everything else is answered.
   *
   * Since: 0.1
   */
  properties[PROP_HOLD_ANSWERS] =
    g_param_spec_boolean ("hold-answers", NULL, NULL, FALSE, WRITABLE);
}

/* Where clients are authorized */
static void
describe_endpoint (void)
{
  /**
   * PusherTestServer:auth-endpoint: (getter get_auth_endpoint)
   *
   * The URL that authorizes clients for channels of the default app, one by one
   * or several at once; %NULL while [property@PusherTest.Server:port] is 0.
   *
   * It takes forms by POST.
   *
   * Since: 0.1
   */
  properties[PROP_AUTH_ENDPOINT] =
    g_param_spec_string ("auth-endpoint", NULL, NULL, NULL, READABLE);

  /**
   * PusherTestServer:user-auth-endpoint: (getter get_user_auth_endpoint)
   *
   * The URL that lets clients sign in to the default app; %NULL while
   * [property@PusherTest.Server:port] is 0.
   *
   * Since: 0.1
   */
  properties[PROP_USER_AUTH_ENDPOINT] =
    g_param_spec_string ("user-auth-endpoint", NULL, NULL, NULL, READABLE);

  /**
   * PusherTestServer:n-auth-requests: (getter get_n_auth_requests)
   *
   * How many requests clients have sent to the auth endpoint, each for any
   * number of channels, since the server was made.
   *
   * Since: 0.1
   */
  properties[PROP_N_AUTH_REQUESTS] =
    g_param_spec_uint ("n-auth-requests", NULL, NULL, 0, G_MAXUINT, 0, READABLE);
}

void
pusher_test_server_install_properties (GObjectClass *object_class)
{
  object_class->get_property = pusher_test_server_get_property;
  object_class->set_property = pusher_test_server_set_property;

  describe_address ();
  describe_counters ();
  describe_faults ();
  describe_channels ();
  describe_endpoint ();
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

void
pusher_test_server_notify (PusherTestServer        *self,
                           PusherTestServerProperty property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}
