/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The properties of a PusherClient. A new setting is a field of PusherSettings, a line
 * of the table here with its property, and its functions in
 * pusher-client-address.c or pusher-client-settings.c. */

#include "config.h"

#include "pusher-client-properties-private.h"

#include "base/pusher-enum-types.h"
#include "base/pusher-setters-private.h"

static GParamSpec *properties[PUSHER_CLIENT_N_PROPS];

/* --- Settings ------------------------------------------------------------ */

static const gsize setting_offsets[] = {
  [PUSHER_CLIENT_PROP_KEY] = G_STRUCT_OFFSET (PusherSettings, key),
  [PUSHER_CLIENT_PROP_CLUSTER] = G_STRUCT_OFFSET (PusherSettings, cluster),
  [PUSHER_CLIENT_PROP_HOST] = G_STRUCT_OFFSET (PusherSettings, host),
  [PUSHER_CLIENT_PROP_PORT] = G_STRUCT_OFFSET (PusherSettings, port),
  [PUSHER_CLIENT_PROP_TLS_PORT] = G_STRUCT_OFFSET (PusherSettings, tls_port),
  [PUSHER_CLIENT_PROP_PATH] = G_STRUCT_OFFSET (PusherSettings, path),
  [PUSHER_CLIENT_PROP_USE_TLS] = G_STRUCT_OFFSET (PusherSettings, use_tls),
  [PUSHER_CLIENT_PROP_ORIGIN] = G_STRUCT_OFFSET (PusherSettings, origin),
  [PUSHER_CLIENT_PROP_SESSION] = G_STRUCT_OFFSET (PusherSettings, session),
  [PUSHER_CLIENT_PROP_ACTIVITY_TIMEOUT] = G_STRUCT_OFFSET (PusherSettings, activity_timeout),
  [PUSHER_CLIENT_PROP_PONG_TIMEOUT] = G_STRUCT_OFFSET (PusherSettings, pong_timeout),
  [PUSHER_CLIENT_PROP_UNAVAILABLE_TIMEOUT] =
    G_STRUCT_OFFSET (PusherSettings, unavailable_timeout),
  [PUSHER_CLIENT_PROP_CONNECT_TIMEOUT] = G_STRUCT_OFFSET (PusherSettings, connect_timeout),
  [PUSHER_CLIENT_PROP_SUBSCRIPTION_TIMEOUT] =
    G_STRUCT_OFFSET (PusherSettings, subscription_timeout),
  [PUSHER_CLIENT_PROP_MAX_MESSAGE_SIZE] = G_STRUCT_OFFSET (PusherSettings, max_message_size),
  [PUSHER_CLIENT_PROP_MAX_EVENT_SIZE] = G_STRUCT_OFFSET (PusherSettings, max_event_size),
};

/* Where a property lies that can be set. */
static gpointer
get_field (PusherClient *self,
           guint         prop_id)
{
  switch (prop_id)
    {
    case PUSHER_CLIENT_PROP_AUTHORIZER:
      return &self->authorizer;
    case PUSHER_CLIENT_PROP_USER_AUTHENTICATOR:
      return &self->user_authenticator;
    default:
      return G_STRUCT_MEMBER_P (self->settings, setting_offsets[prop_id]);
    }
}

/* --- Access -------------------------------------------------------------- */

void
pusher_client_notify (PusherClient    *self,
                      PusherClientProp prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[prop]);
}

static void
get_property (GObject    *object,
              guint       prop_id,
              GValue     *value,
              GParamSpec *pspec)
{
  PusherClient *self = (PusherClient *) object;

  switch (prop_id)
    {
    case PUSHER_CLIENT_PROP_SESSION:
      g_value_set_object (value, pusher_settings_get_session (self->settings));
      break;
    case PUSHER_CLIENT_PROP_STATE:
      g_value_set_enum (value, pusher_connection_get_state (self->connection));
      break;
    case PUSHER_CLIENT_PROP_SOCKET_ID:
      g_value_set_string (value, pusher_connection_get_socket_id (self->connection));
      break;
    case PUSHER_CLIENT_PROP_LAST_ERROR:
      g_value_set_boxed (value, pusher_connection_get_last_error (self->connection));
      break;
    case PUSHER_CLIENT_PROP_RETRY_AT:
      g_value_set_int64 (value, pusher_connection_get_retry_at (self->connection));
      break;
    case PUSHER_CLIENT_PROP_CHANNELS:
      g_value_set_object (value, self->channels);
      break;
    case PUSHER_CLIENT_PROP_USER:
      g_value_set_object (value, self->user);
      break;
    default:
      pusher_get_value (get_field (self, prop_id), value);
    }
}

static void
set_property (GObject      *object,
              guint         prop_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  if (pusher_set_value (get_field ((PusherClient *) object, prop_id), value))
    g_object_notify_by_pspec (object, pspec);
}

/* --- Definitions --------------------------------------------------------- */

static void
define_address_properties (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherClient:key:
   *
   * The key of the application at the server.
   *
   * Like all settings, this counts from the next connection on. See
   * [method@Pusher.Client.switch_cluster] for another application at once.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, flags);

  /**
   * PusherClient:cluster:
   *
   * The cluster of Pusher that the application is in, such as `eu`, or %NULL:
   * then it is `mt1`, unless there is another server in
   * [property@Pusher.Client:host].
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_CLUSTER] = g_param_spec_string ("cluster", NULL, NULL, NULL, flags);

  /**
   * PusherClient:host:
   *
   * The name or the IP address of the server, or %NULL for the one of the
   * cluster, `ws-CLUSTER.pusher.com`.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, flags);

  /**
   * PusherClient:port:
   *
   * The port of the server, or 0 for the usual one: 443 with TLS, 80 without.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags);

  /**
   * PusherClient:tls-port:
   *
   * The port of the server for TLS where it is another one than
   * [property@Pusher.Client:port], or 0.
   *
   * A server that has closed with 4000, which means that it wants TLS, is
   * reached there, or at 443 if this is 0.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_TLS_PORT] =
    g_param_spec_uint ("tls-port", NULL, NULL, 0, G_MAXUINT16, 0, flags);

  /**
   * PusherClient:path:
   *
   * What comes before `/app/KEY` in the path of the URL, or %NULL for nothing.
   * Servers behind a reverse proxy may need it.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);

  /**
   * PusherClient:use-tls:
   *
   * Whether to connect with TLS.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_USE_TLS] = g_param_spec_boolean ("use-tls", NULL, NULL, TRUE, flags);

  /**
   * PusherClient:origin:
   *
   * The `Origin` header of the connection, such as `https://example.org`, or
   * %NULL for none. Servers may be set up to take only connections of pages
   * that come from certain places.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_ORIGIN] =
    g_param_spec_string ("origin", NULL, NULL, NULL, flags);

  /**
   * PusherClient:session:
   *
   * The session that makes the connections: its proxy, its certificate
   * authorities and its cookies count. The client makes one of its own unless it
   * is given one; a session may serve several clients of the same main context.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, flags);
}

static void
define_limit_properties (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherClient:activity-timeout:
   *
   * Seconds without a message from the server after which the client asks
   * whether it is still there. The server may ask for less.
   *
   * The client asks sooner once it has lost a connection to this host because it
   * was silent: see [Silence](networks.html#silence).
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_ACTIVITY_TIMEOUT] =
    g_param_spec_uint ("activity-timeout", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_DEFAULT_ACTIVITY_TIMEOUT, flags);

  /**
   * PusherClient:pong-timeout:
   *
   * Seconds that the server has for an answer before the client takes the
   * connection for dead and makes a new one. If a ping after a long silence was
   * not answered, the next connection pings sooner: see
   * [Silence](networks.html#silence).
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_PONG_TIMEOUT] =
    g_param_spec_uint ("pong-timeout", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_DEFAULT_PONG_TIMEOUT, flags);

  /**
   * PusherClient:unavailable-timeout:
   *
   * Seconds without a connection after which
   * %PUSHER_CONNECTION_STATE_CONNECTING becomes
   * %PUSHER_CONNECTION_STATE_UNAVAILABLE. The client goes on trying.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_UNAVAILABLE_TIMEOUT] =
    g_param_spec_uint ("unavailable-timeout", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_DEFAULT_UNAVAILABLE_TIMEOUT, flags);

  /**
   * PusherClient:connect-timeout:
   *
   * Seconds that one attempt to connect may take, from the look-up of the name
   * to the first message of the server.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_CONNECT_TIMEOUT] =
    g_param_spec_uint ("connect-timeout", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_DEFAULT_CONNECT_TIMEOUT, flags);

  /**
   * PusherClient:subscription-timeout:
   *
   * Seconds that the authorizer has to answer, and then the server, when the client
   * subscribes to a channel or signs a user in, or 0 for any time. This counts from the
   * next subscription on.
   *
   * What is not answered in time has failed with %PUSHER_ERROR_TIMED_OUT and is tried
   * again by itself; should the server accept it after all, the client takes that.
   * An authorizer that asks a person needs more than the default of 30.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_SUBSCRIPTION_TIMEOUT] =
    g_param_spec_uint ("subscription-timeout", NULL, NULL, 0, G_MAXUINT,
                       PUSHER_DEFAULT_SUBSCRIPTION_TIMEOUT, flags);

  /**
   * PusherClient:max-message-size:
   *
   * Bytes that one message of the server may have. A larger one ends the
   * connection, and the client makes a new one.
   *
   * Members who join a presence channel one by one may take four times as much
   * there; more are not added, and [signal@Pusher.Channel::error] tells that.
   *
   * In C, [method@GObject.Object.set] needs a #guint64, `(guint64) 5000`: a plain
   * number is an #int, and too short for it.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_MAX_MESSAGE_SIZE] =
    g_param_spec_uint64 ("max-message-size", NULL, NULL, 1, G_MAXUINT64,
                         PUSHER_DEFAULT_MAX_MESSAGE_SIZE, flags);

  /**
   * PusherClient:max-event-size:
   *
   * Bytes that the message of one client event may have, or 0 for any number.
   * [method@Pusher.Channel.trigger] refuses a larger one, where servers close the
   * connection. The usual limit of servers is the default.
   *
   * Unlike other settings, this counts at once.
   *
   * In C, [method@GObject.Object.set] needs a #guint64, `(guint64) 5000`: a plain
   * number is an #int, and too short for it.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_MAX_EVENT_SIZE] =
    g_param_spec_uint64 ("max-event-size", NULL, NULL, 0, G_MAXUINT64,
                         PUSHER_DEFAULT_MAX_EVENT_SIZE, flags);
}

static void
define_authorizer_properties (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherClient:authorizer:
   *
   * Who authorizes subscriptions to private, presence and encrypted channels, or
   * %NULL. This counts from the next subscription on.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_AUTHORIZER] =
    g_param_spec_object ("authorizer", NULL, NULL, PUSHER_TYPE_AUTHORIZER, flags);

  /**
   * PusherClient:user-authenticator:
   *
   * Who authenticates the user that signs in, or %NULL. This counts from the next
   * sign-in on.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_USER_AUTHENTICATOR] =
    g_param_spec_object ("user-authenticator", NULL, NULL, PUSHER_TYPE_AUTHORIZER, flags);
}

static void
define_status_properties (void)
{
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherClient:state:
   *
   * The state of the connection.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_STATE] =
    g_param_spec_enum ("state", NULL, NULL, PUSHER_TYPE_CONNECTION_STATE,
                       PUSHER_CONNECTION_STATE_INITIALIZED, flags);

  /**
   * PusherClient:socket-id:
   *
   * What the server calls this connection, or %NULL without a connection. Each
   * connection has another one.
   *
   * An application passes it to its own server, which passes it on when it
   * publishes an event that this client is not to receive.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_SOCKET_ID] = g_param_spec_string ("socket-id", NULL, NULL, NULL, flags);

  /**
   * PusherClient:last-error:
   *
   * Why the client is not connected: the error that ended the last connection or
   * the last attempt. %NULL once it is connected, and once it is closed.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_LAST_ERROR] =
    g_param_spec_boxed ("last-error", NULL, NULL, G_TYPE_ERROR, flags);

  /**
   * PusherClient:retry-at:
   *
   * When the client tries to connect again, in microseconds of
   * [func@GLib.get_monotonic_time], or 0 if it does not wait for that.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_RETRY_AT] =
    g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);

  /**
   * PusherClient:channels:
   *
   * The [class@Pusher.Channel]s that the application wants, in the order in which
   * it subscribed to them.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_CHANNELS] =
    g_param_spec_object ("channels", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  /**
   * PusherClient:user:
   *
   * The user of the client, who may sign in.
   *
   * Since: 1.0
   */
  properties[PUSHER_CLIENT_PROP_USER] = g_param_spec_object ("user", NULL, NULL, PUSHER_TYPE_USER, flags);
}

void
pusher_client_install_properties (GObjectClass *object_class)
{
  object_class->get_property = get_property;
  object_class->set_property = set_property;

  define_address_properties ();
  define_limit_properties ();
  define_authorizer_properties ();
  define_status_properties ();
  g_object_class_install_properties (object_class, PUSHER_CLIENT_N_PROPS, properties);
}
