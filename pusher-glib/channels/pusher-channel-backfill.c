/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The backfill of a channel, for applications. */

#include "config.h"

#include "pusher-channel-private.h"

#include "pusher-channel-catch-up-private.h"

/**
 * pusher_channel_get_backfill:
 * @self: a channel
 *
 * Gets what knows where the events of the channel are kept.
 *
 * Returns: (transfer none) (nullable): the backfill, or %NULL if there is none
 *
 * Since: 1.0
 */
PusherBackfill *
pusher_channel_get_backfill (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), NULL);
  pusher_host_check_thread (self->host);

  return pusher_channel_find_backfill (self);
}

/**
 * pusher_channel_set_backfill:
 * @self: a channel
 * @backfill: (nullable): a backfill, or %NULL for none
 *
 * Sets what knows where the events of the channel are kept: best before it is subscribed. A
 * channel that is subscribed catches up at once, if it has a position or is to begin with
 * some of the last events.
 *
 * Without a backfill nothing more is fetched; events that arrived meanwhile are delivered.
 *
 * Since: 1.0
 */
void
pusher_channel_set_backfill (PusherChannel  *self,
                             PusherBackfill *backfill)
{
  g_return_if_fail (PUSHER_IS_CHANNEL (self));
  g_return_if_fail (backfill == NULL || PUSHER_IS_BACKFILL (backfill));
  pusher_host_check_thread (self->host);

  pusher_channel_change_backfill (self, backfill);
}

/**
 * pusher_channel_get_position:
 * @self: a channel
 *
 * Gets where the channel is: see [property@Pusher.Channel:position].
 *
 * Returns: (transfer none) (nullable): the id of the last event that was delivered, or %NULL
 *
 * Since: 1.0
 */
const char *
pusher_channel_get_position (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), NULL);
  pusher_host_check_thread (self->host);

  return pusher_channel_find_position (self);
}

/**
 * pusher_channel_set_position:
 * @self: a channel
 * @position: (nullable): the id of an event, or %NULL to begin anew
 *
 * Sets where the channel is, to what [property@Pusher.Channel:position] was before: events
 * after that one are delivered once it is subscribed. With an empty text this is as with
 * %NULL.
 *
 * A channel that is subscribed goes on with what arrives: this counts for the next time that
 * it catches up, or for the rest of it.
 *
 * Since: 1.0
 */
void
pusher_channel_set_position (PusherChannel *self,
                             const char    *position)
{
  g_return_if_fail (PUSHER_IS_CHANNEL (self));
  pusher_host_check_thread (self->host);

  pusher_channel_change_position (self, position);
}

/**
 * pusher_channel_get_catching_up:
 * @self: a channel
 *
 * Gets whether events that were missed are being fetched and delivered.
 *
 * Returns: %TRUE until the channel has caught up
 *
 * Since: 1.0
 */
gboolean
pusher_channel_get_catching_up (PusherChannel *self)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), FALSE);
  pusher_host_check_thread (self->host);

  return pusher_channel_is_catching_up (self);
}
