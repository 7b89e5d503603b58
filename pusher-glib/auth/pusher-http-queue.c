/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-queue-private.h"

#include "protocol/pusher-backoff-private.h"

struct _PusherHttpQueue
{
  guint max_under_way;
  guint n_under_way;
  GQueue urgent; /* of PusherHttpTurn, like the next: those who wait */
  GQueue ordinary;

  GSource *pause; /* NULL unless nobody may ask now */
  gint64 pause_end;
  gboolean pause_wanted; /* by the endpoint */
  guint n_pauses;        /* since the endpoint last gave an answer */
  guint64 round;         /* numbers the pauses, ever */
  gboolean starting;
};

static void
end_pause (PusherHttpQueue *self)
{
  if (self->pause != NULL)
    g_source_destroy (self->pause);
  g_clear_pointer (&self->pause, g_source_unref);
  self->pause_end = 0;
  self->pause_wanted = FALSE;
}

static void
queue_free (gpointer data)
{
  end_pause (data);
}

PusherHttpQueue *
pusher_http_queue_new (guint max_under_way)
{
  PusherHttpQueue *self = g_rc_box_new0 (PusherHttpQueue);

  self->max_under_way = max_under_way;
  g_queue_init (&self->urgent);
  g_queue_init (&self->ordinary);

  return self;
}

PusherHttpQueue *
pusher_http_queue_ref (PusherHttpQueue *self)
{
  return g_rc_box_acquire (self);
}

void
pusher_http_queue_unref (PusherHttpQueue *self)
{
  g_rc_box_release_full (self, queue_free);
}

static GQueue *
get_line (PusherHttpQueue *self,
          PusherHttpTurn  *turn)
{
  return turn->urgent ? &self->urgent : &self->ordinary;
}

static PusherHttpTurn *
pop_turn (PusherHttpQueue *self)
{
  GList *link = g_queue_pop_head_link (&self->urgent);

  if (link == NULL)
    link = g_queue_pop_head_link (&self->ordinary);

  return link != NULL ? link->data : NULL;
}

/* Whoever takes a turn may end it at once, and others may come and go meanwhile:
 * this does not recurse, however many do so. */
static void
start_next (PusherHttpQueue *self)
{
  PusherHttpTurn *turn;

  if (self->starting)
    return;

  pusher_http_queue_ref (self);

  self->starting = TRUE;
  while (self->pause == NULL && self->n_under_way < self->max_under_way &&
         (turn = pop_turn (self)) != NULL)
    {
      turn->state = PUSHER_HTTP_TURN_TAKEN;
      turn->round = self->round;
      self->n_under_way++;
      turn->take (turn->user_data);
    }
  self->starting = FALSE;

  pusher_http_queue_unref (self);
}

guint
pusher_http_queue_get_max_under_way (PusherHttpQueue *self)
{
  return self->max_under_way;
}

void
pusher_http_queue_set_max_under_way (PusherHttpQueue *self,
                                     guint            max_under_way)
{
  self->max_under_way = max_under_way;
  start_next (self);
}

/* There is another endpoint now, say. */
void
pusher_http_queue_forget_trouble (PusherHttpQueue *self)
{
  end_pause (self);
  self->n_pauses = 0;
  self->round++;
  start_next (self);
}

/* --- Turns --------------------------------------------------------------- */

static void
enqueue (PusherHttpTurn  *turn,
         PusherHttpQueue *queue,
         gboolean         first)
{
  GQueue *line = get_line (queue, turn);

  turn->link = (GList) { .data = turn };
  turn->state = PUSHER_HTTP_TURN_WAITING;
  if (first)
    g_queue_push_head_link (line, &turn->link);
  else
    g_queue_push_tail_link (line, &turn->link);
}

static void
leave (PusherHttpTurn  *turn,
       PusherHttpQueue *queue)
{
  if (turn->state == PUSHER_HTTP_TURN_WAITING)
    g_queue_unlink (get_line (queue, turn), &turn->link);
  else if (turn->state == PUSHER_HTTP_TURN_TAKEN)
    queue->n_under_way--;

  turn->state = PUSHER_HTTP_TURN_AWAY;
}

static gboolean
is_empty (PusherHttpQueue *self)
{
  return self->n_under_way == 0 && g_queue_is_empty (&self->urgent) &&
         g_queue_is_empty (&self->ordinary);
}

/* It may come before this returns. */
void
pusher_http_turn_wait (PusherHttpTurn  *turn,
                       PusherHttpQueue *queue)
{
  enqueue (turn, queue, FALSE);
  start_next (queue);
}

/* It waits no more, or has asked. */
void
pusher_http_turn_end (PusherHttpTurn  *turn,
                      PusherHttpQueue *queue)
{
  leave (turn, queue);

  /* A pause of the queue's own making goes with the last one who asked; one that
   * the endpoint has asked for holds for those who come later. */
  if (is_empty (queue) && !queue->pause_wanted)
    {
      end_pause (queue);
      queue->n_pauses = 0;
    }

  start_next (queue);
}

/* --- Trouble ------------------------------------------------------------- */

static gboolean
pause_over_cb (gpointer user_data)
{
  PusherHttpQueue *self = user_data;

  end_pause (self);
  start_next (self);

  return G_SOURCE_REMOVE;
}

static void
start_pause (PusherHttpQueue *self,
             GMainContext    *context,
             PusherHttpTimer  new_timer,
             gint64           delay,
             gboolean         wanted)
{
  end_pause (self);
  self->pause = new_timer (delay);
  self->pause_end = g_get_monotonic_time () + delay;
  self->pause_wanted = wanted;
  g_source_set_callback (self->pause, pause_over_cb, self, NULL);
  g_source_attach (self->pause, context);
}

/* The endpoint works. */
void
pusher_http_turn_answered (PusherHttpTurn  *turn,
                           PusherHttpQueue *queue)
{
  if (turn->round == queue->round)
    queue->n_pauses = 0;
}

/* The endpoint is in trouble, and may want to be left alone for so many µs. The
 * others need not find that out too. Those who asked at the same time make one
 * pause together.
 *
 * Ends the turn, or has it wait again, before all the others. */
void
pusher_http_turn_trouble (PusherHttpTurn  *turn,
                          PusherHttpQueue *queue,
                          PusherHttpTimer  new_timer,
                          double           random,
                          gint64           wanted,
                          gboolean         again)
{
  gboolean known = turn->round != queue->round;

  leave (turn, queue);
  if (again)
    enqueue (turn, queue, TRUE);

  if (!known && (wanted > 0 || !is_empty (queue)))
    {
      gint64 delay = pusher_backoff_delay (queue->n_pauses, random, wanted);

      queue->round++;
      queue->n_pauses++;
      start_pause (queue, turn->context, new_timer, delay, wanted > 0);
    }
  else if (wanted > 0 && g_get_monotonic_time () + wanted > queue->pause_end)
    {
      start_pause (queue, turn->context, new_timer, wanted, TRUE);
    }

  start_next (queue);
}
