/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The settings of a PusherBackfill, for applications. */

#include "config.h"

#include "pusher-backfill-private.h"

#include "base/pusher-setters-private.h"

/**
 * pusher_backfill_get_id_pointer:
 * @self: a backfill
 *
 * Gets where the id of an event lies in its data.
 *
 * Returns: (transfer none) (nullable): the pointer, or %NULL if there is none
 *
 * Since: 1.0
 */
const char *
pusher_backfill_get_id_pointer (PusherBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), NULL);

  return pusher_backfill_get_settings (self)->id_pointer;
}

/**
 * pusher_backfill_set_id_pointer:
 * @self: a backfill
 * @id_pointer: (nullable): a JSON Pointer (RFC 6901), or %NULL
 *
 * Sets where the id of an event lies in its data: see [property@Pusher.Backfill:id-pointer].
 *
 * Since: 1.0
 */
void
pusher_backfill_set_id_pointer (PusherBackfill *self,
                                const char     *id_pointer)
{
  g_return_if_fail (PUSHER_IS_BACKFILL (self));

  if (pusher_set_string (&pusher_backfill_get_settings (self)->id_pointer, id_pointer))
    pusher_backfill_changed (self, PUSHER_BACKFILL_PROP_ID_POINTER);
}

/**
 * pusher_backfill_get_client_events:
 * @self: a backfill
 *
 * Gets whether client events are kept like other events.
 *
 * Returns: %TRUE if the store has them too
 *
 * Since: 1.0
 */
gboolean
pusher_backfill_get_client_events (PusherBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), FALSE);

  return pusher_backfill_get_settings (self)->client_events;
}

/**
 * pusher_backfill_set_client_events:
 * @self: a backfill
 * @client_events: whether the store has them too
 *
 * Sets whether client events are kept like other events: see
 * [property@Pusher.Backfill:client-events].
 *
 * Since: 1.0
 */
void
pusher_backfill_set_client_events (PusherBackfill *self,
                                   gboolean        client_events)
{
  g_return_if_fail (PUSHER_IS_BACKFILL (self));

  if (pusher_set_boolean (&pusher_backfill_get_settings (self)->client_events, client_events))
    pusher_backfill_changed (self, PUSHER_BACKFILL_PROP_CLIENT_EVENTS);
}

/**
 * pusher_backfill_get_initial_count:
 * @self: a backfill
 *
 * Gets how many of the last events a channel begins with.
 *
 * Returns: the number
 *
 * Since: 1.0
 */
guint
pusher_backfill_get_initial_count (PusherBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), 0);

  return pusher_backfill_get_settings (self)->initial_count;
}

/**
 * pusher_backfill_set_initial_count:
 * @self: a backfill
 * @initial_count: the number, at most 10,000
 *
 * Sets how many of the last events a channel begins with: see
 * [property@Pusher.Backfill:initial-count].
 *
 * Since: 1.0
 */
void
pusher_backfill_set_initial_count (PusherBackfill *self,
                                   guint           initial_count)
{
  g_return_if_fail (PUSHER_IS_BACKFILL (self));
  g_return_if_fail (initial_count <= PUSHER_BACKFILL_MAX_INITIAL_COUNT);

  if (pusher_set_uint (&pusher_backfill_get_settings (self)->initial_count, initial_count))
    pusher_backfill_changed (self, PUSHER_BACKFILL_PROP_INITIAL_COUNT);
}

/**
 * pusher_backfill_get_max_held_events:
 * @self: a backfill
 *
 * Gets how many events of a channel are held while others are fetched.
 *
 * Returns: the most events
 *
 * Since: 1.0
 */
guint
pusher_backfill_get_max_held_events (PusherBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), 0);

  return pusher_backfill_get_settings (self)->max_held_events;
}

/**
 * pusher_backfill_set_max_held_events:
 * @self: a backfill
 * @max_held_events: the most events
 *
 * Sets how many events of a channel are held while others are fetched: see
 * [property@Pusher.Backfill:max-held-events].
 *
 * Since: 1.0
 */
void
pusher_backfill_set_max_held_events (PusherBackfill *self,
                                     guint           max_held_events)
{
  g_return_if_fail (PUSHER_IS_BACKFILL (self));

  if (pusher_set_uint (&pusher_backfill_get_settings (self)->max_held_events, max_held_events))
    pusher_backfill_changed (self, PUSHER_BACKFILL_PROP_MAX_HELD_EVENTS);
}

/**
 * pusher_backfill_get_max_held_bytes:
 * @self: a backfill
 *
 * Gets how much memory the events of a channel take that are held while others are fetched.
 *
 * Returns: bytes
 *
 * Since: 1.0
 */
guint64
pusher_backfill_get_max_held_bytes (PusherBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), 0);

  return pusher_backfill_get_settings (self)->max_held_bytes;
}

/**
 * pusher_backfill_set_max_held_bytes:
 * @self: a backfill
 * @max_held_bytes: bytes
 *
 * Sets how much memory the events of a channel take that are held while others are fetched:
 * see [property@Pusher.Backfill:max-held-bytes].
 *
 * Since: 1.0
 */
void
pusher_backfill_set_max_held_bytes (PusherBackfill *self,
                                    guint64         max_held_bytes)
{
  g_return_if_fail (PUSHER_IS_BACKFILL (self));

  if (pusher_set_uint64 (&pusher_backfill_get_settings (self)->max_held_bytes, max_held_bytes))
    pusher_backfill_changed (self, PUSHER_BACKFILL_PROP_MAX_HELD_BYTES);
}

/**
 * pusher_backfill_get_max_concurrent:
 * @self: a backfill
 *
 * Gets how many requests are under way at the same time.
 *
 * Returns: the most requests
 *
 * Since: 1.0
 */
guint
pusher_backfill_get_max_concurrent (PusherBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), 0);

  return pusher_backfill_get_settings (self)->max_concurrent;
}

/**
 * pusher_backfill_set_max_concurrent:
 * @self: a backfill
 * @max_concurrent: the most requests, at least 1
 *
 * Sets how many requests are under way at the same time: see [property@Pusher.Backfill:max-
 * concurrent].
 *
 * Since: 1.0
 */
void
pusher_backfill_set_max_concurrent (PusherBackfill *self,
                                    guint           max_concurrent)
{
  g_return_if_fail (PUSHER_IS_BACKFILL (self));
  g_return_if_fail (max_concurrent > 0);

  if (pusher_set_uint (&pusher_backfill_get_settings (self)->max_concurrent, max_concurrent))
    pusher_backfill_changed (self, PUSHER_BACKFILL_PROP_MAX_CONCURRENT);
}

/**
 * pusher_backfill_get_max_attempts:
 * @self: a backfill
 *
 * Gets how often a channel asks for the same events.
 *
 * Returns: the number of attempts, or 0
 *
 * Since: 1.0
 */
guint
pusher_backfill_get_max_attempts (PusherBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), 0);

  return pusher_backfill_get_settings (self)->max_attempts;
}

/**
 * pusher_backfill_set_max_attempts:
 * @self: a backfill
 * @max_attempts: the number of attempts, or 0 for no end
 *
 * Sets how often a channel asks for the same events: see [property@Pusher.Backfill:max-
 * attempts].
 *
 * Since: 1.0
 */
void
pusher_backfill_set_max_attempts (PusherBackfill *self,
                                  guint           max_attempts)
{
  g_return_if_fail (PUSHER_IS_BACKFILL (self));

  if (pusher_set_uint (&pusher_backfill_get_settings (self)->max_attempts, max_attempts))
    pusher_backfill_changed (self, PUSHER_BACKFILL_PROP_MAX_ATTEMPTS);
}

/**
 * pusher_backfill_get_timeout:
 * @self: a backfill
 *
 * Gets within which time a request has to be answered.
 *
 * Returns: seconds
 *
 * Since: 1.0
 */
guint
pusher_backfill_get_timeout (PusherBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_BACKFILL (self), 0);

  return pusher_backfill_get_settings (self)->timeout;
}

/**
 * pusher_backfill_set_timeout:
 * @self: a backfill
 * @seconds: seconds, at least 1
 *
 * Sets within which time a request has to be answered: see [property@Pusher.Backfill:timeout].
 *
 * Since: 1.0
 */
void
pusher_backfill_set_timeout (PusherBackfill *self,
                             guint           seconds)
{
  g_return_if_fail (PUSHER_IS_BACKFILL (self));
  g_return_if_fail (seconds > 0);

  if (pusher_set_uint (&pusher_backfill_get_settings (self)->timeout, seconds))
    pusher_backfill_changed (self, PUSHER_BACKFILL_PROP_TIMEOUT);
}
