/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-client.h"

#include "pusher-client-properties-private.h"
#include "pusher-client-routing-private.h"
#include "pusher-client-signals-private.h"
#include "user/pusher-user-sign-in-private.h"

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
 * Dropping the last reference closes the connection and frees everything, so that
 * somebody has to keep the client: neither an open connection nor a channel does. An
 * asynchronous operation under way holds a reference. With `G_MESSAGES_DEBUG=Pusher`
 * a client that goes while it has channels says so.
 *
 * A call from another thread than the one that runs the main context is a programming
 * error: it leaves a critical message that names the function.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (PusherClient, pusher_client, G_TYPE_OBJECT)

/* In languages with a garbage collector a client goes that only a local variable held, and
 * nothing else shows why there are no events. */
static void
log_end (PusherClient *self)
{
  guint n_channels = g_list_model_get_n_items (G_LIST_MODEL (self->channels));

  if (self->host->client != NULL && n_channels > 0 &&
      pusher_connection_get_state (self->connection) != PUSHER_CONNECTION_STATE_DISCONNECTED)
    g_debug ("The client goes, because nothing refers to it any more, and so do its "
             "subscriptions to %u channels, which nobody has ended", n_channels);
}

static void
pusher_client_dispose (GObject *object)
{
  PusherClient *self = PUSHER_CLIENT (object);

  log_end (self);
  pusher_client_abandon (self);
  g_clear_object (&self->authorizer);
  g_clear_object (&self->user_authenticator);

  G_OBJECT_CLASS (pusher_client_parent_class)->dispose (object);
}

static void
pusher_client_finalize (GObject *object)
{
  PusherClient *self = PUSHER_CLIENT (object);

  g_object_unref (self->channels);
  g_object_unref (self->user);
  g_object_unref (self->connection);
  pusher_host_unref (self->host);

  G_OBJECT_CLASS (pusher_client_parent_class)->finalize (object);
}

static void
pusher_client_class_init (PusherClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pusher_client_dispose;
  object_class->finalize = pusher_client_finalize;
  pusher_client_install_properties (object_class);
  pusher_client_install_signals (G_TYPE_FROM_CLASS (klass));
}

static void
pusher_client_init (PusherClient *self)
{
  self->connection = pusher_connection_new (&pusher_client_connection_listener, self);
  self->settings = pusher_connection_get_settings (self->connection);
  self->host = pusher_host_new (&pusher_client_host_funcs, self, self->connection);
  self->channels = pusher_keyed_list_new (PUSHER_TYPE_CHANNEL);
  self->user = pusher_user_new (self->host);
}

/**
 * pusher_client_new:
 * @key: the key of the application
 * @cluster: (nullable): the cluster of the application, or %NULL for the default
 *   one, `mt1`, and if [property@Pusher.Client:host] will be set
 *
 * Makes a client. It does nothing before [method@Pusher.Client.open].
 *
 * Returns: (transfer full): a new client
 *
 * Since: 1.0
 */
PusherClient *
pusher_client_new (const char *key,
                   const char *cluster)
{
  g_return_val_if_fail (key != NULL, NULL);

  return g_object_new (PUSHER_TYPE_CLIENT, "key", key, "cluster", cluster, NULL);
}

/**
 * pusher_client_new_for_host:
 * @key: the key of the application
 * @host: the name or the IP address of the server
 * @port: the port of the server, or 0 for the usual one: 443 with TLS, 80 without
 * @use_tls: whether to connect with TLS
 *
 * Makes a client for a server that is not one of Pusher's. It does nothing before
 * [method@Pusher.Client.open].
 *
 * Returns: (transfer full): a new client
 *
 * Since: 1.0
 */
PusherClient *
pusher_client_new_for_host (const char *key,
                            const char *host,
                            guint       port,
                            gboolean    use_tls)
{
  g_return_val_if_fail (key != NULL, NULL);
  g_return_val_if_fail (host != NULL, NULL);
  g_return_val_if_fail (port <= G_MAXUINT16, NULL);

  return g_object_new (PUSHER_TYPE_CLIENT,
                       "key", key,
                       "host", host,
                       "port", port,
                       "use-tls", use_tls,
                       NULL);
}
