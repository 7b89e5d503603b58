/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a PusherClient tells about itself. */

#include "config.h"

#include "pusher-client.h"

#include "pusher-client-types-private.h"

/**
 * pusher_client_get_state:
 * @self: a client
 *
 * Gets the state of the connection.
 *
 * Returns: the state
 *
 * Since: 1.0
 */
PusherConnectionState
pusher_client_get_state (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), PUSHER_CONNECTION_STATE_INITIALIZED);
  pusher_client_check_thread (self);

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
 * Since: 1.0
 */
const char *
pusher_client_get_socket_id (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

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
 * Since: 1.0
 */
const GError *
pusher_client_get_last_error (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return pusher_connection_get_last_error (self->connection);
}

/**
 * pusher_client_get_retry_at:
 * @self: a client
 *
 * Gets when the client tries to connect again.
 *
 * Returns: the time in microseconds of [func@GLib.get_monotonic_time], or 0 if the client
 *   does not wait for another attempt
 *
 * Since: 1.0
 */
gint64
pusher_client_get_retry_at (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), 0);
  pusher_client_check_thread (self);

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
 * Since: 1.0
 */
GListModel *
pusher_client_get_channels (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return G_LIST_MODEL (self->channels);
}

/**
 * pusher_client_get_user:
 * @self: a client
 *
 * Gets the user of the client, who may sign in.
 *
 * Returns: (transfer none): the user
 *
 * Since: 1.0
 */
PusherUser *
pusher_client_get_user (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return self->user;
}

static void
count_channels (PusherClient  *self,
                PusherMetrics *metrics)
{
  GListModel *channels = G_LIST_MODEL (self->channels);

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      switch (pusher_channel_get_state (channel))
        {
        case PUSHER_CHANNEL_STATE_PENDING:
          metrics->channels_pending++;
          break;
        case PUSHER_CHANNEL_STATE_SUBSCRIBED:
          metrics->channels_subscribed++;
          break;
        case PUSHER_CHANNEL_STATE_FAILED:
          metrics->channels_failed++;
          break;
        case PUSHER_CHANNEL_STATE_UNSUBSCRIBED:
        default:
          break;
        }
    }
}

/**
 * pusher_client_get_metrics:
 * @self: a client
 *
 * Gets what the client has done since it was made. Nothing tells that it changed.
 *
 * Returns: (transfer full): the metrics as they are now
 *
 * Since: 1.0
 */
PusherMetrics *
pusher_client_get_metrics (PusherClient *self)
{
  const PusherCounters *counters;
  PusherMetrics *metrics;

  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  counters = pusher_connection_get_counters (self->connection);
  metrics = g_new0 (PusherMetrics, 1);
  metrics->attempts = counters->attempts;
  metrics->connects = counters->connects;
  metrics->reconnects = counters->connects > 0 ? counters->connects - 1 : 0;
  metrics->last_round_trip = pusher_connection_get_round_trip (self->connection);
  metrics->ping_interval = pusher_connection_get_ping_interval (self->connection);
  metrics->messages_received = counters->messages_received;
  metrics->bytes_received = counters->bytes_received;
  metrics->messages_dropped = counters->messages_dropped;
  metrics->messages_sent = counters->messages_sent;
  metrics->bytes_sent = counters->bytes_sent;
  count_channels (self, metrics);

  return metrics;
}
