/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a channel says of itself, and what can be set of it. */

#include "config.h"

#include "pusher-channel-private.h"

#include "protocol/pusher-channel-name-private.h"

/**
 * pusher_channel_get_name:
 * @self: a channel
 *
 * Gets the name of the channel.
 *
 * Returns: (transfer none): the name
 *
 * Since: 1.0
 */
const char *
pusher_channel_get_name (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), NULL);

  return self->name;
}

/**
 * pusher_channel_get_kind:
 * @self: a channel
 *
 * Gets the kind of the channel.
 *
 * Returns: the kind, which the name tells
 *
 * Since: 1.0
 */
PusherChannelKind
pusher_channel_get_kind (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), PUSHER_CHANNEL_KIND_PUBLIC);

  return pusher_channel_name_get_kind (self->name);
}

/**
 * pusher_channel_get_is_cache:
 * @self: a channel
 *
 * Gets whether this is a cache channel.
 *
 * Returns: %TRUE if the server keeps the last event for new subscribers
 *
 * Since: 1.0
 */
gboolean
pusher_channel_get_is_cache (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), FALSE);

  return pusher_channel_name_is_cache (self->name);
}

/**
 * pusher_channel_get_state:
 * @self: a channel
 *
 * Gets the state of the subscription.
 *
 * Returns: the state
 *
 * Since: 1.0
 */
PusherChannelState
pusher_channel_get_state (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), PUSHER_CHANNEL_STATE_UNSUBSCRIBED);
  pusher_host_check_thread (self->host);

  return self->state;
}

/**
 * pusher_channel_get_last_error:
 * @self: a channel
 *
 * Gets why the channel is not subscribed.
 *
 * Returns: (transfer none) (nullable): the error with which the subscription failed
 *   last, or %NULL if it is subscribed, or has not failed
 *
 * Since: 1.0
 */
const GError *
pusher_channel_get_last_error (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), NULL);
  pusher_host_check_thread (self->host);

  return self->last_error;
}

/**
 * pusher_channel_get_subscription_count:
 * @self: a channel
 *
 * Gets how many connections are subscribed to the channel.
 *
 * Returns: the number, or -1 if the server has not told it
 *
 * Since: 1.0
 */
gint64
pusher_channel_get_subscription_count (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), -1);
  pusher_host_check_thread (self->host);

  return self->subscription_count;
}

/**
 * pusher_channel_get_outbox_size:
 * @self: a channel
 *
 * Gets how many client events are kept until the channel is subscribed.
 *
 * Returns: the number, or 0 if none is kept
 *
 * Since: 1.0
 */
guint
pusher_channel_get_outbox_size (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), 0);
  pusher_host_check_thread (self->host);

  return self->outbox != NULL ? self->outbox->size : 0;
}

/**
 * pusher_channel_set_outbox_size:
 * @self: a channel
 * @size: the number, or 0 to keep none
 *
 * Sets how many client events are kept until the channel is subscribed: see
 * [property@Pusher.Channel:outbox-size].
 *
 * Since: 1.0
 */
void
pusher_channel_set_outbox_size (PusherChannel *self,
                                guint          size)
{
  g_return_if_fail (PUSHER_IS_CHANNEL (self));
  pusher_host_check_thread (self->host);

  pusher_channel_set (self, PUSHER_CHANNEL_PROP_OUTBOX_SIZE, size);
}

/**
 * pusher_channel_get_outbox_expiry:
 * @self: a channel
 *
 * Gets how long a client event is kept.
 *
 * Returns: seconds, or 0 for ever
 *
 * Since: 1.0
 */
guint
pusher_channel_get_outbox_expiry (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), 0);
  pusher_host_check_thread (self->host);

  return self->outbox != NULL ? self->outbox->expiry : PUSHER_OUTBOX_DEFAULT_EXPIRY;
}

/**
 * pusher_channel_set_outbox_expiry:
 * @self: a channel
 * @seconds: seconds, or 0 for ever
 *
 * Sets how long a client event is kept, those included that are kept already.
 *
 * Since: 1.0
 */
void
pusher_channel_set_outbox_expiry (PusherChannel *self,
                                  guint          seconds)
{
  g_return_if_fail (PUSHER_IS_CHANNEL (self));
  pusher_host_check_thread (self->host);

  pusher_channel_set (self, PUSHER_CHANNEL_PROP_OUTBOX_EXPIRY, seconds);
}

/**
 * pusher_channel_get_outbox_length:
 * @self: a channel
 *
 * Gets how many client events are kept now.
 *
 * Returns: the number
 *
 * Since: 1.0
 */
guint
pusher_channel_get_outbox_length (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), 0);
  pusher_host_check_thread (self->host);

  return self->outbox != NULL ? self->outbox->events.length : 0;
}
