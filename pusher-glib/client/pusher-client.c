/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-client-private.h"

#include "base/pusher-enum-types.h"

/**
 * PusherClient:
 *
 * A client of a server that speaks the Pusher Channels protocol.
 *
 * Make a client with the key of an application, subscribe to channels, and open
 * it. Events arrive as signals: [signal@Pusher.Channel::event] for the events of
 * one channel, [signal@Pusher.Client::event] for those of all channels.
 *
 * ```c
 * g_autoptr (PusherClient) client = pusher_client_new ("app-key", "eu");
 * PusherChannel *channel = pusher_client_subscribe (client, "prices", NULL);
 *
 * g_signal_connect (channel, "event::price-changed", G_CALLBACK (price_changed_cb), NULL);
 * pusher_client_open (client);
 * ```
 *
 * Once opened, the client stays connected: whenever the connection is lost it
 * makes a new one, after a random delay that grows from one attempt to the next,
 * and subscribes to its channels again. It stops only when the server refuses it
 * for good, in the state %PUSHER_CONNECTION_STATE_FAILED, or when the application
 * closes it.
 *
 * When the network changes or the machine resumes from suspend, it does not wait
 * for the time of the next attempt, and asks a server that it is connected to
 * whether it is still there. Where the system does not tell of such things, it
 * works in the same way without.
 *
 * A client lives in the main context that is the thread-default one when it is
 * made, and may be used only in the thread that runs this context. It calls
 * signal handlers from there. A handler may do anything, such as unsubscribe,
 * close the client, or drop the last reference to it.
 *
 * Dropping the last reference closes the connection and frees everything. An
 * asynchronous operation under way holds a reference.
 *
 * Since: 0.1
 */
G_DEFINE_FINAL_TYPE (PusherClient, pusher_client, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_KEY,
  PROP_CLUSTER,
  PROP_HOST,
  PROP_PORT,
  PROP_PATH,
  PROP_USE_TLS,
  PROP_SESSION,
  PROP_ACTIVITY_TIMEOUT,
  PROP_PONG_TIMEOUT,
  PROP_UNAVAILABLE_TIMEOUT,
  PROP_CONNECT_TIMEOUT,
  PROP_MAX_MESSAGE_SIZE,
  PROP_AUTHORIZER,
  PROP_USER_AUTHENTICATOR,
  PROP_STATE,
  PROP_SOCKET_ID,
  PROP_LAST_ERROR,
  PROP_RETRY_AT,
  PROP_CHANNELS,
  PROP_USER,
  N_PROPS
};

enum
{
  EVENT,
  ERROR,
  CONNECTING_IN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* --- The object ---------------------------------------------------------- */

void
pusher_client_emit_event (PusherClient *self,
                          PusherEvent  *event,
                          GQuark        detail)
{
  g_signal_emit (self, signals[EVENT], detail, event);
}

static void
pusher_client_dispose (GObject *object)
{
  PusherClient *self = PUSHER_CLIENT (object);
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);

  /* The channels stay in the list, for the same reason that they are silent. */
  pusher_connection_abandon (self->connection);
  for (guint i = 0; i < channels->len; i++)
    pusher_channel_abandon (channels->pdata[i]);
  pusher_user_abandon (self->user);
  g_clear_object (&self->authorizer);
  g_clear_object (&self->user_authenticator);

  G_OBJECT_CLASS (pusher_client_parent_class)->dispose (object);
}

static void
pusher_client_finalize (GObject *object)
{
  PusherClient *self = PUSHER_CLIENT (object);

  g_hash_table_unref (self->abandoned);
  g_object_unref (self->channels);
  g_object_unref (self->user);
  g_object_unref (self->connection);

  G_OBJECT_CLASS (pusher_client_parent_class)->finalize (object);
}

static void
pusher_client_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PusherClient *self = PUSHER_CLIENT (object);

  switch (prop_id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->settings->key);
      break;
    case PROP_CLUSTER:
      g_value_set_string (value, self->settings->cluster);
      break;
    case PROP_HOST:
      g_value_set_string (value, self->settings->host);
      break;
    case PROP_PORT:
      g_value_set_uint (value, self->settings->port);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->settings->path);
      break;
    case PROP_USE_TLS:
      g_value_set_boolean (value, self->settings->use_tls);
      break;
    case PROP_SESSION:
      g_value_set_object (value, pusher_client_get_session (self));
      break;
    case PROP_ACTIVITY_TIMEOUT:
      g_value_set_uint (value, self->settings->activity_timeout);
      break;
    case PROP_PONG_TIMEOUT:
      g_value_set_uint (value, self->settings->pong_timeout);
      break;
    case PROP_UNAVAILABLE_TIMEOUT:
      g_value_set_uint (value, self->settings->unavailable_timeout);
      break;
    case PROP_CONNECT_TIMEOUT:
      g_value_set_uint (value, self->settings->connect_timeout);
      break;
    case PROP_MAX_MESSAGE_SIZE:
      g_value_set_uint64 (value, self->settings->max_message_size);
      break;
    case PROP_AUTHORIZER:
      g_value_set_object (value, self->authorizer);
      break;
    case PROP_USER_AUTHENTICATOR:
      g_value_set_object (value, self->user_authenticator);
      break;
    case PROP_STATE:
      g_value_set_enum (value, pusher_client_get_state (self));
      break;
    case PROP_SOCKET_ID:
      g_value_set_string (value, pusher_client_get_socket_id (self));
      break;
    case PROP_LAST_ERROR:
      g_value_set_boxed (value, pusher_client_get_last_error (self));
      break;
    case PROP_RETRY_AT:
      g_value_set_int64 (value, pusher_client_get_retry_at (self));
      break;
    case PROP_CHANNELS:
      g_value_set_object (value, self->channels);
      break;
    case PROP_USER:
      g_value_set_object (value, self->user);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pusher_client_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PusherClient *self = PUSHER_CLIENT (object);

  switch (prop_id)
    {
    case PROP_KEY:
      self->settings->key = g_value_dup_string (value);
      break;
    case PROP_CLUSTER:
      self->settings->cluster = g_value_dup_string (value);
      break;
    case PROP_HOST:
      pusher_client_set_host (self, g_value_get_string (value));
      break;
    case PROP_PORT:
      pusher_client_set_port (self, g_value_get_uint (value));
      break;
    case PROP_PATH:
      pusher_client_set_path (self, g_value_get_string (value));
      break;
    case PROP_USE_TLS:
      pusher_client_set_use_tls (self, g_value_get_boolean (value));
      break;
    case PROP_SESSION:
      pusher_client_set_session (self, g_value_get_object (value));
      break;
    case PROP_ACTIVITY_TIMEOUT:
      pusher_client_set_activity_timeout (self, g_value_get_uint (value));
      break;
    case PROP_PONG_TIMEOUT:
      pusher_client_set_pong_timeout (self, g_value_get_uint (value));
      break;
    case PROP_UNAVAILABLE_TIMEOUT:
      pusher_client_set_unavailable_timeout (self, g_value_get_uint (value));
      break;
    case PROP_CONNECT_TIMEOUT:
      pusher_client_set_connect_timeout (self, g_value_get_uint (value));
      break;
    case PROP_MAX_MESSAGE_SIZE:
      pusher_client_set_max_message_size (self, g_value_get_uint64 (value));
      break;
    case PROP_AUTHORIZER:
      pusher_client_set_authorizer (self, g_value_get_object (value));
      break;
    case PROP_USER_AUTHENTICATOR:
      pusher_client_set_user_authenticator (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_address_properties (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  const GParamFlags construct_flags =
    G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  /**
   * PusherClient:key:
   *
   * The key of the application at the server.
   *
   * Since: 0.1
   */
  properties[PROP_KEY] = g_param_spec_string ("key", NULL, NULL, NULL, construct_flags);

  /**
   * PusherClient:cluster:
   *
   * The cluster of Pusher that the application is in, such as `eu`, or %NULL
   * with another server: see [property@Pusher.Client:host].
   *
   * Since: 0.1
   */
  properties[PROP_CLUSTER] = g_param_spec_string ("cluster", NULL, NULL, NULL, construct_flags);

  /**
   * PusherClient:host:
   *
   * The name or the IP address of the server, or %NULL for the one of the
   * cluster, `ws-CLUSTER.pusher.com`.
   *
   * Like all settings, this counts from the next connection on.
   *
   * Since: 0.1
   */
  properties[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, flags);

  /**
   * PusherClient:port:
   *
   * The port of the server, or 0 for the usual one: 443 with TLS, 80 without.
   *
   * Since: 0.1
   */
  properties[PROP_PORT] = g_param_spec_uint ("port", NULL, NULL, 0, G_MAXUINT16, 0, flags);

  /**
   * PusherClient:path:
   *
   * What comes before `/app/KEY` in the path of the URL, or %NULL for nothing.
   * Servers behind a reverse proxy may need it.
   *
   * Since: 0.1
   */
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);

  /**
   * PusherClient:use-tls:
   *
   * Whether to connect with TLS.
   *
   * Since: 0.1
   */
  properties[PROP_USE_TLS] = g_param_spec_boolean ("use-tls", NULL, NULL, TRUE, flags);

  /**
   * PusherClient:session:
   *
   * The session that makes the connections: its proxy, its certificate
   * authorities and its cookies count. The client makes one of its own unless it
   * is given one; a session may serve several clients of the same main context.
   *
   * Since: 0.1
   */
  properties[PROP_SESSION] =
    g_param_spec_object ("session", NULL, NULL, SOUP_TYPE_SESSION, flags);
}

static void
install_limit_properties (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherClient:activity-timeout:
   *
   * Seconds without a message from the server after which the client asks
   * whether it is still there. The server may ask for less.
   *
   * Since: 0.1
   */
  properties[PROP_ACTIVITY_TIMEOUT] =
    g_param_spec_uint ("activity-timeout", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_DEFAULT_ACTIVITY_TIMEOUT, flags);

  /**
   * PusherClient:pong-timeout:
   *
   * Seconds that the server has for an answer before the client takes the
   * connection for dead and makes a new one.
   *
   * Since: 0.1
   */
  properties[PROP_PONG_TIMEOUT] =
    g_param_spec_uint ("pong-timeout", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_DEFAULT_PONG_TIMEOUT, flags);

  /**
   * PusherClient:unavailable-timeout:
   *
   * Seconds without a connection after which
   * %PUSHER_CONNECTION_STATE_CONNECTING becomes
   * %PUSHER_CONNECTION_STATE_UNAVAILABLE. The client goes on trying.
   *
   * Since: 0.1
   */
  properties[PROP_UNAVAILABLE_TIMEOUT] =
    g_param_spec_uint ("unavailable-timeout", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_DEFAULT_UNAVAILABLE_TIMEOUT, flags);

  /**
   * PusherClient:connect-timeout:
   *
   * Seconds that one attempt to connect may take, from the look-up of the name
   * to the first message of the server.
   *
   * Since: 0.1
   */
  properties[PROP_CONNECT_TIMEOUT] =
    g_param_spec_uint ("connect-timeout", NULL, NULL, 1, G_MAXUINT,
                       PUSHER_DEFAULT_CONNECT_TIMEOUT, flags);

  /**
   * PusherClient:max-message-size:
   *
   * Bytes that one message of the server may have. A larger one ends the
   * connection, and the client makes a new one.
   *
   * Since: 0.1
   */
  properties[PROP_MAX_MESSAGE_SIZE] =
    g_param_spec_uint64 ("max-message-size", NULL, NULL, 1, G_MAXUINT64,
                         PUSHER_DEFAULT_MAX_MESSAGE_SIZE, flags);
}

static void
install_authorizer_properties (void)
{
  const GParamFlags flags =
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherClient:authorizer:
   *
   * Who authorizes subscriptions to private, presence and encrypted channels, or
   * %NULL. This counts from the next subscription on.
   *
   * Since: 0.1
   */
  properties[PROP_AUTHORIZER] =
    g_param_spec_object ("authorizer", NULL, NULL, PUSHER_TYPE_AUTHORIZER, flags);

  /**
   * PusherClient:user-authenticator:
   *
   * Who authenticates the user that signs in, or %NULL. This counts from the next
   * sign-in on.
   *
   * Since: 0.1
   */
  properties[PROP_USER_AUTHENTICATOR] =
    g_param_spec_object ("user-authenticator", NULL, NULL, PUSHER_TYPE_AUTHORIZER, flags);
}

static void
install_status_properties (void)
{
  const GParamFlags flags =
    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  /**
   * PusherClient:state:
   *
   * The state of the connection.
   *
   * Since: 0.1
   */
  properties[PROP_STATE] =
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
   * Since: 0.1
   */
  properties[PROP_SOCKET_ID] = g_param_spec_string ("socket-id", NULL, NULL, NULL, flags);

  /**
   * PusherClient:last-error:
   *
   * Why the client is not connected: the error that ended the last connection or
   * the last attempt. %NULL once it is connected, and once it is closed.
   *
   * Since: 0.1
   */
  properties[PROP_LAST_ERROR] =
    g_param_spec_boxed ("last-error", NULL, NULL, G_TYPE_ERROR, flags);

  /**
   * PusherClient:retry-at:
   *
   * When the client tries to connect again, in µs of
   * [func@GLib.get_monotonic_time], or 0 if it does not wait for that.
   *
   * Since: 0.1
   */
  properties[PROP_RETRY_AT] =
    g_param_spec_int64 ("retry-at", NULL, NULL, 0, G_MAXINT64, 0, flags);

  /**
   * PusherClient:channels:
   *
   * The [class@Pusher.Channel]s that the application wants, in the order in which
   * it subscribed to them.
   *
   * Since: 0.1
   */
  properties[PROP_CHANNELS] =
    g_param_spec_object ("channels", NULL, NULL, G_TYPE_LIST_MODEL, flags);

  /**
   * PusherClient:user:
   *
   * The user of the client, who may sign in.
   *
   * Since: 0.1
   */
  properties[PROP_USER] = g_param_spec_object ("user", NULL, NULL, PUSHER_TYPE_USER, flags);
}

static void
install_signals (GType type)
{
  /**
   * PusherClient::event:
   * @self: the client
   * @event: the event
   *
   * Emitted for each event of each channel, after the channel emitted it, and for
   * events that came on no channel. The name of the event is the detail.
   *
   * Since: 0.1
   */
  signals[EVENT] =
    g_signal_new ("event", type, G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL,
                  g_cclosure_marshal_VOID__OBJECT, G_TYPE_NONE, 1, PUSHER_TYPE_EVENT);
  g_signal_set_va_marshaller (signals[EVENT], type, g_cclosure_marshal_VOID__OBJECTv);

  /**
   * PusherClient::error:
   * @self: the client
   * @error: what went wrong
   *
   * Emitted when something went wrong that no call reports: a connection was
   * lost, an attempt failed, the server sent an error or something that the
   * protocol does not allow. The domain is %PUSHER_SERVER_ERROR for what the
   * server reports, else %PUSHER_ERROR.
   *
   * The client carries on by itself unless its state is
   * %PUSHER_CONNECTION_STATE_FAILED.
   *
   * Since: 0.1
   */
  signals[ERROR] =
    g_signal_new ("error", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_ERROR);

  /**
   * PusherClient::connecting-in:
   * @self: the client
   * @seconds: the delay
   *
   * Emitted when the client begins to wait before it tries to connect again.
   *
   * Since: 0.1
   */
  signals[CONNECTING_IN] =
    g_signal_new ("connecting-in", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
pusher_client_class_init (PusherClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pusher_client_dispose;
  object_class->finalize = pusher_client_finalize;
  object_class->get_property = pusher_client_get_property;
  object_class->set_property = pusher_client_set_property;

  install_address_properties ();
  install_limit_properties ();
  install_authorizer_properties ();
  install_status_properties ();
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
pusher_client_init (PusherClient *self)
{
  self->connection = pusher_connection_new (&pusher_client_connection_listener, self);
  self->settings = pusher_connection_get_settings (self->connection);
  self->channels = pusher_keyed_list_new (PUSHER_TYPE_CHANNEL);
  self->user = pusher_user_new (self->connection, &pusher_client_user_owner, self);
  self->abandoned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * pusher_client_new:
 * @key: the key of the application
 * @cluster: (nullable): the cluster of the application, or %NULL if
 *   [property@Pusher.Client:host] will be set
 *
 * Makes a client. It does nothing before [method@Pusher.Client.open].
 *
 * Returns: (transfer full): a new client
 *
 * Since: 0.1
 */
PusherClient *
pusher_client_new (const char *key,
                   const char *cluster)
{
  g_return_val_if_fail (key != NULL, NULL);

  return g_object_new (PUSHER_TYPE_CLIENT, "key", key, "cluster", cluster, NULL);
}
