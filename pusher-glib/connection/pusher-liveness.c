/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-liveness-private.h"

#include "base/pusher-task-list-private.h"

typedef struct
{
  gint64 sent;
  gint64 due;         /* when something has to have come */
  guint64 n_received; /* messages that had come before it was sent */
  gboolean expired;   /* not waited for any more, but a pong may still come */
  gint64 silence;     /* that came before it */
  PusherTaskList waiting;
} Ping;

void
pusher_liveness_start (PusherLiveness *self,
                       gint64          activity_timeout,
                       gint64          pong_timeout,
                       gint64          now)
{
  self->activity_timeout = activity_timeout;
  self->interval = activity_timeout;
  self->pong_timeout = pong_timeout;
  self->last_received = now;
  self->doubted = FALSE;
  self->quiet = (PusherQuiet) { .n_received = self->n_received };
}

/* Moves the tasks that wait for a pong to the end of tasks. */
void
pusher_liveness_stop (PusherLiveness *self,
                      GPtrArray      *tasks)
{
  Ping *ping;

  while ((ping = g_queue_pop_head (&self->pings)) != NULL)
    {
      pusher_task_list_steal (&ping->waiting, tasks);
      g_free (ping);
    }
  self->n_forgotten = 0;
}

void
pusher_liveness_received (PusherLiveness *self,
                          gint64          now)
{
  self->last_received = now;
  self->n_received++;
}

/* Looked at when something is sent or asked, so that what is received costs no more. */
static PusherQuiet *
get_quiet (PusherLiveness *self)
{
  if (self->quiet.n_received != self->n_received)
    self->quiet = (PusherQuiet) { .n_received = self->n_received };

  return &self->quiet;
}

static gint64
get_silence (PusherLiveness *self,
             gint64          now)
{
  return now - MAX (self->last_received, self->last_sent);
}

/* Anything, also a ping. */
void
pusher_liveness_sent (PusherLiveness *self,
                      gint64          now)
{
  PusherQuiet *quiet = get_quiet (self);

  if (!quiet->pinged)
    quiet->longest = MAX (quiet->longest, get_silence (self, now));
  self->last_sent = now;
}

/* Whether there is room for another ping: FALSE if so many are under way. */
gboolean
pusher_liveness_may_ping (PusherLiveness *self)
{
  Ping *oldest = g_queue_peek_head (&self->pings);

  return self->pings.length < PUSHER_LIVENESS_MAX_PINGS || oldest->expired;
}

/* A server that answers other things, but no pings, costs no memory. */
static void
make_room (PusherLiveness *self)
{
  while (self->pings.length >= PUSHER_LIVENESS_MAX_PINGS && pusher_liveness_may_ping (self))
    {
      g_free (g_queue_pop_head (&self->pings));
      self->n_forgotten++;
    }
}

/* It has been sent. Takes over the reference to task, which returns the round trip in µs;
 * it may be NULL. */
void
pusher_liveness_pinged (PusherLiveness *self,
                        gint64          now,
                        gint64          timeout,
                        GTask          *task)
{
  Ping *ping = g_new0 (Ping, 1);

  ping->sent = now;
  ping->due = now + timeout;
  ping->n_received = self->n_received;
  ping->silence = get_quiet (self)->longest;
  get_quiet (self)->pinged = TRUE;
  if (task != NULL)
    pusher_task_list_add (&ping->waiting, task);
  make_room (self);
  g_queue_push_tail (&self->pings, ping);
}

void
pusher_liveness_ponged (PusherLiveness *self,
                        gint64          now)
{
  g_autoptr (GPtrArray) tasks = NULL;
  g_autofree Ping *ping = NULL;

  if (self->n_forgotten > 0)
    {
      self->n_forgotten--;
      return;
    }

  ping = g_queue_pop_head (&self->pings);
  if (ping == NULL)
    return;

  tasks = pusher_tasks_new ();
  self->round_trip = now - ping->sent;
  pusher_task_list_steal (&ping->waiting, tasks);
  pusher_tasks_return_int (tasks, self->round_trip);
}

/* The next ping whose time is up, or else that will be first to be so. */
static Ping *
find_first_due (PusherLiveness *self)
{
  Ping *first = NULL;

  for (GList *link = self->pings.head; link != NULL; link = link->next)
    {
      Ping *ping = link->data;

      if (!ping->expired && (first == NULL || ping->due < first->due))
        first = ping;
    }

  return first;
}

/* There is reason to doubt that the peer is still there: the next check says so once,
 * whether a ping is under way or not. */
void
pusher_liveness_doubt (PusherLiveness *self)
{
  self->doubted = TRUE;
  get_quiet (self)->doubted = TRUE;
}

/* Moves the tasks that have waited for too long to the end of overdue. */
PusherLivenessVerdict
pusher_liveness_check (PusherLiveness *self,
                       gint64          now,
                       gint64         *due,
                       GPtrArray      *overdue)
{
  Ping *ping;

  while ((ping = find_first_due (self)) != NULL && now >= ping->due)
    {
      if (ping->n_received == self->n_received)
        return PUSHER_LIVENESS_DEAD;
      ping->expired = TRUE;
      pusher_task_list_steal (&ping->waiting, overdue);
    }

  *due = ping != NULL ? ping->due : self->last_received + self->interval;
  if (self->doubted)
    {
      self->doubted = FALSE;
      return PUSHER_LIVENESS_PROBE;
    }

  return now < *due ? PUSHER_LIVENESS_WAIT : PUSHER_LIVENESS_PING;
}

/* Returns: the silence before the ping that the next pong is the answer to, which it
 * shows the connection to have survived; 0 if there is none */
gint64
pusher_liveness_get_held (PusherLiveness *self)
{
  Ping *oldest = g_queue_peek_head (&self->pings);

  return oldest != NULL && self->n_forgotten == 0 ? oldest->silence : 0;
}

/* Returns: the silence after which a connection that has ended was cut, if that was the
 * reason */
PusherSilence
pusher_liveness_get_silence (PusherLiveness *self,
                             gint64          now)
{
  PusherQuiet *quiet = get_quiet (self);
  gint64 silence = quiet->pinged ? 0 : get_silence (self, now);

  if (quiet->doubted)
    return (PusherSilence) { 0 };

  /* It was noticed only when something was sent: by a reset, or because nothing came. */
  if (quiet->longest > silence)
    return (PusherSilence) { .duration = quiet->longest };

  return (PusherSilence) { .duration = silence, .exact = TRUE };
}
