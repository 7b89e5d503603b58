/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a channel has to do with its catching up. */

#include "config.h"

#include "pusher-channel-catch-up-private.h"

/* --- The subscription ---------------------------------------------------- */

static void
note_if_changed (PusherChannel *self,
                 gboolean       was_under_way)
{
  if (pusher_catch_up_is_under_way (self->catch_up) != was_under_way)
    pusher_channel_note (self, PUSHER_CHANNEL_PROP_CATCHING_UP);
}

/* It is subscribed, for the first time or again. */
void
pusher_channel_begin_catch_up (PusherChannel *self)
{
  if (self->catch_up == NULL)
    return;

  pusher_catch_up_begin (self->catch_up);
  note_if_changed (self, FALSE);
}

/* for_good: the application has unsubscribed */
void
pusher_channel_end_catch_up (PusherChannel *self,
                             gboolean       for_good,
                             GPtrArray     *cancellations)
{
  gboolean was_under_way;

  if (self->catch_up == NULL)
    return;

  was_under_way = pusher_catch_up_is_under_way (self->catch_up);
  if (for_good)
    pusher_catch_up_end (self->catch_up, cancellations);
  else
    pusher_catch_up_interrupt (self->catch_up, cancellations);
  note_if_changed (self, was_under_way);
}

/* Those that are to be woken again at once wait for the next time. */
void
pusher_channels_wake (PusherHost *host)
{
  gint64 time = pusher_connection_get_now (host->connection);
  PusherChannel *channel;

  for (guint n = host->wakes.running.length;
       n > 0 && (channel = pusher_time_limits_take_over (&host->wakes, time)) != NULL; n--)
    {
      g_object_ref (channel);
      pusher_catch_up_wake (channel->catch_up);
      g_object_unref (channel);
    }
  pusher_host_set_timer (host);
}

/* --- What the application sets and reads --------------------------------- */

static PusherCatchUp *
ensure_catch_up (PusherChannel *self)
{
  PusherChannelClass *klass = (gpointer) self->parent_instance.g_type_instance.g_class;

  if (self->catch_up == NULL)
    {
      self->catch_up = pusher_catch_up_new (klass->catch_up_funcs, self, self->host->connection, self->name);
      if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
        pusher_catch_up_begin (self->catch_up);
    }

  return self->catch_up;
}

/* Returns: (nullable) */
PusherBackfill *
pusher_channel_find_backfill (PusherChannel *self)
{
  return self->catch_up != NULL ? pusher_catch_up_get_backfill (self->catch_up) : NULL;
}

/* Returns: (nullable) */
const char *
pusher_channel_find_position (PusherChannel *self)
{
  return self->catch_up != NULL ? pusher_catch_up_get_position (self->catch_up) : NULL;
}

gboolean
pusher_channel_is_catching_up (PusherChannel *self)
{
  return self->catch_up != NULL && pusher_catch_up_is_under_way (self->catch_up);
}

/* backfill: (nullable) */
void
pusher_channel_change_backfill (PusherChannel  *self,
                                PusherBackfill *backfill)
{
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (G_OBJECT (self));
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  gboolean was_under_way;

  if (backfill == pusher_channel_find_backfill (self))
    return;

  was_under_way = pusher_catch_up_is_under_way (ensure_catch_up (self));
  pusher_catch_up_set_backfill (self->catch_up, backfill,
                                self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED, cancellations);
  note_if_changed (self, was_under_way);
  pusher_channel_note (self, PUSHER_CHANNEL_PROP_BACKFILL);
  pusher_channel_tell (self);
}

/* position: (nullable): with an empty one it is as with none */
void
pusher_channel_change_position (PusherChannel *self,
                                const char    *position)
{
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (G_OBJECT (self));
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  gboolean was_under_way;

  if (position != NULL && *position == '\0')
    position = NULL;
  if (g_strcmp0 (position, pusher_channel_find_position (self)) == 0)
    return;

  was_under_way = pusher_catch_up_is_under_way (ensure_catch_up (self));
  pusher_catch_up_set_position (self->catch_up, position, cancellations);
  note_if_changed (self, was_under_way);
  pusher_channel_note (self, PUSHER_CHANNEL_PROP_POSITION);
  pusher_channel_tell (self);
}
