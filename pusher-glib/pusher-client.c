/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-client-private.h"

#include "channels/pusher-channel-private.h"
#include "channels/pusher-keyed-list-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-subscription-private.h"
#include "pusher-enum-types.h"
#include "pusher-error.h"
#include "pusher-event-private.h"

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
struct _PusherClient
{
  GObject parent_instance;

  PusherConnection *connection;
  PusherSettings *settings; /* of the connection */
  PusherKeyedList *channels;

  /* Names for which the server still owes the answer to a subscription that the
   * application has given up since: never two under way for one name. */
  GHashTable *abandoned;
};

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
  PROP_STATE,
  PROP_SOCKET_ID,
  PROP_LAST_ERROR,
  PROP_RETRY_AT,
  PROP_CHANNELS,
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

/* For tests. */
PusherConnection *
pusher_client_get_connection (PusherClient *self)
{
  return self->connection;
}

/* --- Channels ------------------------------------------------------------ */

static gboolean
is_connected (PusherClient *self)
{
  return pusher_connection_get_state (self->connection) == PUSHER_CONNECTION_STATE_CONNECTED;
}

static void
start_subscription (PusherClient  *self,
                    PusherChannel *channel)
{
  if (is_connected (self) &&
      !g_hash_table_contains (self->abandoned, pusher_channel_get_name (channel)))
    pusher_channel_connected (channel);
}

/* Takes up a channel that has no other one of its name in its way. Takes over the
 * reference to task, which may be NULL. Handlers may do anything meanwhile: this
 * fails if the channel is unsubscribed from when they have returned. */
static gboolean
attach (PusherClient  *self,
        PusherChannel *channel,
        GTask         *task,
        GError       **error)
{
  g_autoptr (PusherClient) hold = g_object_ref (self);
  g_autoptr (PusherChannel) hold_channel = g_object_ref (channel);
  const char *name = pusher_channel_get_name (channel);

  /* It is both pending and in the list before anybody hears of it. */
  g_object_freeze_notify (G_OBJECT (channel));
  pusher_channel_want (channel, task);
  if (pusher_keyed_list_lookup (self->channels, name) == NULL)
    pusher_keyed_list_add (self->channels, name, channel);
  g_object_thaw_notify (G_OBJECT (channel));
  start_subscription (self, channel);

  if (pusher_keyed_list_lookup (self->channels, name) != channel)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED,
                   "The channel “%s” was unsubscribed from meanwhile", name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
channel_attach (gpointer       owner,
                PusherChannel *channel,
                GError       **error)
{
  PusherClient *self = owner;
  const char *name = pusher_channel_get_name (channel);
  PusherChannel *present = pusher_keyed_list_lookup (self->channels, name);

  if (present != NULL && present != channel)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                   "The client has another channel “%s” by now", name);
      return FALSE;
    }

  return attach (self, channel, NULL, error);
}

static void
channel_detach (gpointer       owner,
                PusherChannel *channel,
                gboolean       awaits_answer)
{
  PusherClient *self = owner;
  const char *name = pusher_channel_get_name (channel);

  if (awaits_answer)
    g_hash_table_add (self->abandoned, g_strdup (name));
  pusher_keyed_list_remove (self->channels, name);
}

static void
channel_event (gpointer     owner,
               PusherEvent *event,
               GQuark       detail)
{
  g_signal_emit (owner, signals[EVENT], detail, event);
}

static const PusherChannelOwner channel_owner = {
  channel_attach,
  channel_detach,
  channel_event,
};

/* The answer to a subscription that was given up: if the server accepted it, it
 * has to be undone; whoever wanted the channel again has waited for this. */
static gboolean
handle_abandoned (PusherClient        *self,
                  const PusherMessage *message)
{
  gboolean accepted = g_str_equal (message->event, PUSHER_MESSAGE_SUBSCRIBED);
  PusherChannel *channel;

  if (!accepted && !g_str_equal (message->event, PUSHER_MESSAGE_SUBSCRIPTION_ERROR))
    return FALSE;
  if (!g_hash_table_remove (self->abandoned, message->channel))
    return FALSE;

  if (accepted)
    {
      g_autofree char *text =
        pusher_subscription_encode (PUSHER_MESSAGE_UNSUBSCRIBE, message->channel);

      pusher_connection_send (self->connection, text);
    }

  channel = pusher_keyed_list_lookup (self->channels, message->channel);
  if (channel != NULL)
    start_subscription (self, channel);

  return TRUE;
}

static void
each_channel_connected (PusherClient *self)
{
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);

  for (guint i = 0; i < channels->len; i++)
    start_subscription (self, channels->pdata[i]);
}

/* Whether there is an end to the attempts: then nobody waits any longer. */
static GError *
get_final_error (PusherClient *self)
{
  switch (pusher_connection_get_state (self->connection))
    {
    case PUSHER_CONNECTION_STATE_DISCONNECTED:
      return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, "The client was closed");
    case PUSHER_CONNECTION_STATE_FAILED:
      return g_error_copy (pusher_connection_get_last_error (self->connection));
    default:
      return NULL;
    }
}

static void
each_channel_disconnected (PusherClient *self)
{
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);
  g_autoptr (GError) final_error = get_final_error (self);

  g_hash_table_remove_all (self->abandoned);
  for (guint i = 0; i < channels->len && !is_connected (self); i++)
    pusher_channel_disconnected (channels->pdata[i], final_error);
}

/* --- What the connection reports ----------------------------------------- */

static void
connection_changed_cb (gpointer                owner,
                       PusherConnectionChanges changes)
{
  static const struct
  {
    PusherConnectionChanges change;
    guint property;
  } notifications[] = {
    { PUSHER_CONNECTION_CHANGE_STATE, PROP_STATE },
    { PUSHER_CONNECTION_CHANGE_SOCKET_ID, PROP_SOCKET_ID },
    { PUSHER_CONNECTION_CHANGE_LAST_ERROR, PROP_LAST_ERROR },
    { PUSHER_CONNECTION_CHANGE_RETRY_AT, PROP_RETRY_AT },
  };
  g_autoptr (PusherClient) self = g_object_ref (owner);

  /* Channels first: whoever hears of a state finds them in it. */
  if (changes & (PUSHER_CONNECTION_CHANGE_STATE | PUSHER_CONNECTION_CHANGE_SOCKET_ID))
    {
      if (is_connected (self))
        each_channel_connected (self);
      else
        each_channel_disconnected (self);
    }

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (notifications); i++)
    if (changes & notifications[i].change)
      g_object_notify_by_pspec (G_OBJECT (self), properties[notifications[i].property]);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
connection_message_cb (gpointer       owner,
                       PusherMessage *message)
{
  g_autoptr (PusherClient) self = g_object_ref (owner);
  PusherChannel *channel = NULL;

  if (message->channel != NULL)
    {
      if (g_hash_table_size (self->abandoned) > 0 && handle_abandoned (self, message))
        return;
      channel = pusher_keyed_list_lookup (self->channels, message->channel);
    }

  if (channel != NULL)
    {
      pusher_channel_receive (channel, message);
    }
  else if (!g_str_has_prefix (message->event, "pusher_internal:"))
    {
      g_autoptr (PusherEvent) event = pusher_event_new_take (message);

      g_signal_emit (self, signals[EVENT], g_quark_try_string (pusher_event_get_name (event)),
                     event);
    }
}

static void
connection_error_cb (gpointer      owner,
                     const GError *error)
{
  g_signal_emit (owner, signals[ERROR], 0, error);
}

static void
connection_connecting_in_cb (gpointer owner,
                             double   seconds)
{
  g_signal_emit (owner, signals[CONNECTING_IN], 0, seconds);
}

static const PusherConnectionListener connection_listener = {
  connection_changed_cb,
  connection_message_cb,
  connection_error_cb,
  connection_connecting_in_cb,
};

/* --- The object ---------------------------------------------------------- */

static void
pusher_client_dispose (GObject *object)
{
  PusherClient *self = PUSHER_CLIENT (object);
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);

  /* The channels stay in the list, for the same reason that they are silent. */
  pusher_connection_abandon (self->connection);
  for (guint i = 0; i < channels->len; i++)
    pusher_channel_abandon (channels->pdata[i]);

  G_OBJECT_CLASS (pusher_client_parent_class)->dispose (object);
}

static void
pusher_client_finalize (GObject *object)
{
  PusherClient *self = PUSHER_CLIENT (object);

  g_hash_table_unref (self->abandoned);
  g_object_unref (self->channels);
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
  install_status_properties ();
  g_object_class_install_properties (object_class, N_PROPS, properties);
  install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
pusher_client_init (PusherClient *self)
{
  self->connection = pusher_connection_new (&connection_listener, self);
  self->settings = pusher_connection_get_settings (self->connection);
  self->channels = pusher_keyed_list_new (PUSHER_TYPE_CHANNEL);
  self->abandoned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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

/* --- Status -------------------------------------------------------------- */

/**
 * pusher_client_get_state:
 * @self: a client
 *
 * Gets the state of the connection.
 *
 * Returns: the state
 *
 * Since: 0.1
 */
PusherConnectionState
pusher_client_get_state (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), PUSHER_CONNECTION_STATE_INITIALIZED);

  return pusher_connection_get_state (self->connection);
}

/**
 * pusher_client_get_socket_id:
 * @self: a client
 *
 * Gets what the server calls this connection.
 *
 * Returns: (transfer none) (nullable): the socket id, or %NULL without a
 *   connection
 *
 * Since: 0.1
 */
const char *
pusher_client_get_socket_id (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  return pusher_connection_get_socket_id (self->connection);
}

/**
 * pusher_client_get_last_error:
 * @self: a client
 *
 * Gets why the client is not connected.
 *
 * Returns: (transfer none) (nullable): the error that ended the last connection
 *   or the last attempt, or %NULL if the client is connected or closed
 *
 * Since: 0.1
 */
const GError *
pusher_client_get_last_error (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  return pusher_connection_get_last_error (self->connection);
}

/**
 * pusher_client_get_retry_at:
 * @self: a client
 *
 * Gets when the client tries to connect again.
 *
 * Returns: the time in µs of [func@GLib.get_monotonic_time], or 0 if the client
 *   does not wait for another attempt
 *
 * Since: 0.1
 */
gint64
pusher_client_get_retry_at (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);

  return pusher_connection_get_retry_at (self->connection);
}

/**
 * pusher_client_get_channels:
 * @self: a client
 *
 * Gets the channels that the application wants.
 *
 * Returns: (transfer none): a list of [class@Pusher.Channel], which follows what
 *   the application does
 *
 * Since: 0.1
 */
GListModel *
pusher_client_get_channels (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  return G_LIST_MODEL (self->channels);
}

/* --- The connection ------------------------------------------------------ */

static GTask *
new_task (PusherClient       *self,
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
 * Since: 0.1
 */
void
pusher_client_open (PusherClient *self)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));

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
 * Since: 0.1
 */
void
pusher_client_open_async (PusherClient       *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  pusher_connection_open (self->connection,
                          new_task (self, pusher_client_open_async,
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
 * Since: 0.1
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
 * Since: 0.1
 */
void
pusher_client_close (PusherClient *self)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));

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
 * Since: 0.1
 */
void
pusher_client_close_async (PusherClient       *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  pusher_connection_close (self->connection,
                           new_task (self, pusher_client_close_async,
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
 * Since: 0.1
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
 * Since: 0.1
 */
void
pusher_client_reconnect_now (PusherClient *self)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));

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
 * Since: 0.1
 */
void
pusher_client_ping_async (PusherClient       *self,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  pusher_connection_ping (self->connection,
                          new_task (self, pusher_client_ping_async,
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
 * Errors are %PUSHER_ERROR_INVALID_STATE without a connection,
 * %PUSHER_ERROR_TIMEOUT, %PUSHER_ERROR_CONNECTION_LOST, %PUSHER_ERROR_CLOSED,
 * and %G_IO_ERROR_CANCELLED; or the error with which the server ended the
 * connection.
 *
 * Returns: the round trip in µs, or -1 with an error
 *
 * Since: 0.1
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

/* --- Subscriptions ------------------------------------------------------- */

/* Returns: (transfer full): the client's, or a new one */
static PusherChannel *
find_or_make_channel (PusherClient *self,
                      const char   *name,
                      GError      **error)
{
  PusherChannel *channel;

  if (!pusher_channel_name_check (name, error))
    return NULL;

  channel = pusher_keyed_list_lookup (self->channels, name);
  if (channel != NULL)
    return g_object_ref (channel);

  return pusher_channel_new (name, self->connection, &channel_owner, self);
}

/**
 * pusher_client_subscribe:
 * @self: a client
 * @name: the name of a channel
 * @error: return location for an error
 *
 * Subscribes to a channel, now if the client is connected, else as soon as it
 * is, and again after each reconnect.
 *
 * For one name there is one channel: if the application has it already, this
 * returns it, and tries again if its subscription was refused.
 *
 * The error is %PUSHER_ERROR_INVALID_NAME if the name breaks the rules: 1 to 164
 * letters, digits, and characters of `-_=@,.;`; or %PUSHER_ERROR_CLOSED if a
 * handler of one of its signals unsubscribed from it meanwhile.
 *
 * Returns: (transfer none): the channel, which the client keeps until it is
 *   unsubscribed from, or %NULL with an error
 *
 * Since: 0.1
 */
PusherChannel *
pusher_client_subscribe (PusherClient *self,
                         const char   *name,
                         GError      **error)
{
  g_autoptr (PusherChannel) channel = NULL;

  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);

  channel = find_or_make_channel (self, name, error);
  if (channel == NULL || !attach (self, channel, NULL, error))
    return NULL;

  return channel;
}

/**
 * pusher_client_subscribe_async:
 * @self: a client
 * @name: the name of a channel
 * @cancellable: (nullable): ends the wait, but not the subscription
 * @callback: (scope async) (closure user_data): called when the server has
 *   answered
 * @user_data: data for @callback
 *
 * Subscribes like [method@Pusher.Client.subscribe], and waits until the server
 * has accepted or refused the subscription, the channel is unsubscribed from, or
 * the client is closed or refused.
 *
 * Since: 0.1
 */
void
pusher_client_subscribe_async (PusherClient       *self,
                               const char         *name,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherChannel) channel = NULL;
  GTask *task;

  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  task = new_task (self, pusher_client_subscribe_async, cancellable, callback, user_data);
  channel = find_or_make_channel (self, name, &error);
  if (channel == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  attach (self, channel, task, NULL);
}

/**
 * pusher_client_subscribe_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Pusher.Client.subscribe_async].
 *
 * Errors are %PUSHER_ERROR_INVALID_NAME, %PUSHER_ERROR_SUBSCRIPTION,
 * %PUSHER_ERROR_CLOSED, and %G_IO_ERROR_CANCELLED; or the error with which the
 * server refused the client.
 *
 * Returns: (transfer full): the channel, or %NULL with an error
 *
 * Since: 0.1
 */
PusherChannel *
pusher_client_subscribe_finish (PusherClient *self,
                                GAsyncResult *result,
                                GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * pusher_client_unsubscribe:
 * @self: a client
 * @name: the name of a channel
 *
 * Ends the subscription to a channel, as [method@Pusher.Channel.unsubscribe]
 * does. Does nothing if the client has no such channel.
 *
 * Since: 0.1
 */
void
pusher_client_unsubscribe (PusherClient *self,
                           const char   *name)
{
  PusherChannel *channel;

  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (name != NULL);

  channel = pusher_keyed_list_lookup (self->channels, name);
  if (channel != NULL)
    pusher_channel_unsubscribe (channel);
}

/**
 * pusher_client_get_channel:
 * @self: a client
 * @name: the name of a channel
 *
 * Gets a channel that the application subscribed to.
 *
 * Returns: (transfer none) (nullable): the channel, or %NULL if there is none of
 *   that name
 *
 * Since: 0.1
 */
PusherChannel *
pusher_client_get_channel (PusherClient *self,
                           const char   *name)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  g_return_val_if_fail (name != NULL, NULL);

  return pusher_keyed_list_lookup (self->channels, name);
}
