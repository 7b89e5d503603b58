/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-turns-private.h"

/* So long after an objection, whatever the server has not answered was too much for it. */
#define OBJECTION_PERIOD (3 * (gint64) G_USEC_PER_SEC)

/* A connection that is cut so soon after a message may have been cut because of it. */
#define BURST_PERIOD (5 * (gint64) G_USEC_PER_SEC)

/* So many cuts in a row are no coincidence. */
#define MAX_CUTS 3

void
pusher_turns_init (PusherTurns *self)
{
  *self = (PusherTurns) { 0 };
  pusher_subscription_pace_init (&self->pace);
}

void
pusher_turns_clear (PusherTurns *self)
{
  g_clear_pointer (&self->server, g_free);
}

/* --- The pace ------------------------------------------------------------ */

/* n_messages: sent on whatever connections until now */
void
pusher_turns_connect (PusherTurns *self,
                      const char  *server,
                      guint64      n_messages)
{
  if (g_strcmp0 (self->server, server) != 0)
    {
      g_free (self->server);
      self->server = g_strdup (server);
      self->n_cuts = 0;
      pusher_subscription_pace_init (&self->pace);
    }

  self->connected = TRUE;
  self->n_counted = n_messages;
  self->objection_due_at = 0;
  pusher_subscription_pace_connect (&self->pace);
}

/* Some servers cut a connection when there were too many messages. So does a server that
 * is restarted again and again, but not always after the same one.
 *
 * cut: without a close frame */
void
pusher_turns_disconnect (PusherTurns *self,
                         gboolean     cut,
                         guint        n_owed,
                         gint64       now)
{
  guint n_sent = pusher_subscription_pace_get_n_sent (&self->pace, now);
  guint n_taken = n_sent > n_owed ? n_sent - n_owed : 0;
  gboolean objected = self->objection_due_at != 0;

  if (!self->connected)
    return;

  self->connected = FALSE;
  self->objection_due_at = 0;
  if (!cut || n_owed == 0 || now - self->sent_at > BURST_PERIOD)
    {
      self->n_cuts = 0;
      return;
    }

  self->n_cuts++;
  if (objected || self->n_cuts >= MAX_CUTS ||
      (self->n_cuts > 1 && n_taken > 0 && n_taken == self->n_taken))
    {
      self->n_cuts = 0;
      pusher_turns_slow_down (self, n_owed, now);
    }
  self->n_taken = n_taken;
}

/* n_messages: sent on whatever connections until now, this one included */
void
pusher_turns_sent (PusherTurns *self,
                   guint64      n_messages,
                   gint64       now)
{
  pusher_subscription_pace_count (&self->pace, (guint) (n_messages - self->n_counted), now);
  self->n_counted = n_messages;
  self->sent_at = now;
}

/* The server has said that there were too many messages, of which number is the last.
 * Nothing more is sent until it is clear which it has not taken. FALSE if that is known
 * already. */
gboolean
pusher_turns_object (PusherTurns *self,
                     guint64      number,
                     gint64       now)
{
  if (self->objection_due_at != 0)
    return FALSE;

  self->objection_due_at = now + OBJECTION_PERIOD;
  self->objection_number = number;

  return TRUE;
}

/* Returns: the number up to which what is not answered was not taken, or 0 */
guint64
pusher_turns_take_objection (PusherTurns *self,
                             gint64       now)
{
  if (self->objection_due_at == 0 || self->objection_due_at > now)
    return 0;

  self->objection_due_at = 0;

  return self->objection_number;
}

/* So many of the messages that were sent were not taken. */
void
pusher_turns_slow_down (PusherTurns *self,
                        guint        n_refused,
                        gint64       now)
{
  guint n_sent = pusher_subscription_pace_get_n_sent (&self->pace, now);

  pusher_subscription_pace_slow_down (&self->pace, n_sent > n_refused ? n_sent - n_refused : 0,
                                      now);
  g_debug ("The server takes no more than %u messages in %" G_GINT64_FORMAT " s",
           self->pace.allowance, self->pace.period / G_USEC_PER_SEC);
}

/* When whoever comes now may be sent, if nobody else comes: maybe now. */
gint64
pusher_turns_get_next (PusherTurns *self,
                       gboolean     urgent,
                       gint64       now)
{
  gint64 next = pusher_subscription_pace_get_next (&self->pace, now);

  /* Others have waited for longer. */
  if (self->urgent.length > 0 || (!urgent && self->ordinary.length > 0))
    next = MAX (next, now + 1);

  return MAX (next, self->objection_due_at);
}

/* When there is something to do again; 0 for never. */
gint64
pusher_turns_get_wake (PusherTurns *self,
                       gint64       now)
{
  if (self->objection_due_at != 0)
    return self->objection_due_at;
  if (self->urgent.length == 0 && self->ordinary.length == 0)
    return 0;

  return pusher_subscription_pace_get_next (&self->pace, now);
}

/* --- Those who wait ------------------------------------------------------ */

/* first: of its kind */
void
pusher_turns_add (PusherTurns *self,
                  PusherTurn  *turn,
                  gpointer     owner,
                  gboolean     urgent,
                  gboolean     first)
{
  pusher_turns_remove (turn);
  turn->queue = urgent ? &self->urgent : &self->ordinary;
  turn->link.data = owner;
  if (first)
    g_queue_push_head_link (turn->queue, &turn->link);
  else
    g_queue_push_tail_link (turn->queue, &turn->link);
}

/* Does nothing if it does not wait. */
void
pusher_turns_remove (PusherTurn *turn)
{
  if (turn->queue != NULL)
    g_queue_unlink (turn->queue, &turn->link);
  turn->queue = NULL;
}

/* Returns: (nullable): whose turn it is now, and who does not wait any more */
gpointer
pusher_turns_take (PusherTurns *self,
                   gint64       now)
{
  GQueue *queue = self->urgent.length > 0 ? &self->urgent : &self->ordinary;
  PusherTurn *turn;

  if (queue->head == NULL || self->objection_due_at != 0 ||
      pusher_subscription_pace_get_next (&self->pace, now) > now)
    return NULL;

  turn = (gpointer) ((char *) queue->head - G_STRUCT_OFFSET (PusherTurn, link));
  pusher_turns_remove (turn);

  return turn->link.data;
}
