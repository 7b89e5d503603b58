/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-queue-private.h"

#include "protocol/pusher-backoff-private.h"

struct _PusherHttpQueue
{
  guint max_concurrent;
  guint n_running;
  GQueue urgent; /* of PusherHttpJob, like the next: those that wait */
  GQueue ordinary;

  GSource *pause; /* NULL unless no job may start now */
  gint64 pause_end;
  gboolean pause_wanted; /* by the endpoint */
  guint n_pauses;        /* since the endpoint last gave a response */
  guint64 round;         /* numbers the pauses, ever */
  gboolean on_hold;
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
pusher_http_queue_new (guint max_concurrent)
{
  PusherHttpQueue *self = g_rc_box_new0 (PusherHttpQueue);

  self->max_concurrent = max_concurrent;
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
          PusherHttpJob   *job)
{
  return job->urgent ? &self->urgent : &self->ordinary;
}

static PusherHttpJob *
pop_job (PusherHttpQueue *self)
{
  GList *link = g_queue_pop_head_link (&self->urgent);

  if (link == NULL)
    link = g_queue_pop_head_link (&self->ordinary);

  return link != NULL ? link->data : NULL;
}

/* A job that starts may end at once, and others may come and go meanwhile: this
 * does not recurse, however many do so. */
static void
start_next (PusherHttpQueue *self)
{
  PusherHttpJob *job;

  if (self->starting)
    return;

  pusher_http_queue_ref (self);

  self->starting = TRUE;
  while (self->pause == NULL && !self->on_hold && self->n_running < self->max_concurrent &&
         (job = pop_job (self)) != NULL)
    {
      job->state = PUSHER_HTTP_JOB_RUNNING;
      job->round = self->round;
      self->n_running++;
      job->start (job->user_data);
    }
  self->starting = FALSE;

  pusher_http_queue_unref (self);
}

void
pusher_http_queue_set_max_concurrent (PusherHttpQueue *self,
                                      guint            max_concurrent)
{
  self->max_concurrent = max_concurrent;
  start_next (self);
}

/* Forgets the trouble there was: there is another endpoint now, say. */
void
pusher_http_queue_reset (PusherHttpQueue *self)
{
  end_pause (self);
  self->n_pauses = 0;
  self->round++;
  start_next (self);
}

/* --- Jobs ---------------------------------------------------------------- */

static void
enqueue (PusherHttpQueue *self,
         PusherHttpJob   *job,
         gboolean         first)
{
  GQueue *line = get_line (self, job);

  job->link = (GList) { .data = job };
  job->state = PUSHER_HTTP_JOB_WAITING;
  if (first)
    g_queue_push_head_link (line, &job->link);
  else
    g_queue_push_tail_link (line, &job->link);
}

static void
dequeue (PusherHttpQueue *self,
         PusherHttpJob   *job)
{
  if (job->state == PUSHER_HTTP_JOB_WAITING)
    g_queue_unlink (get_line (self, job), &job->link);
  else if (job->state == PUSHER_HTTP_JOB_RUNNING)
    self->n_running--;

  job->state = PUSHER_HTTP_JOB_IDLE;
}

static gboolean
is_empty (PusherHttpQueue *self)
{
  return self->n_running == 0 && g_queue_is_empty (&self->urgent) &&
         g_queue_is_empty (&self->ordinary);
}

/* It may start before this returns. */
void
pusher_http_queue_add (PusherHttpQueue *self,
                       PusherHttpJob   *job)
{
  enqueue (self, job, FALSE);
  start_next (self);
}

/* It waits no more, or has run. */
void
pusher_http_queue_remove (PusherHttpQueue *self,
                          PusherHttpJob   *job)
{
  dequeue (self, job);

  /* A pause of the queue's own making goes with the last job; one that the
   * endpoint has asked for holds for those that come later. */
  if (is_empty (self) && !self->pause_wanted)
    {
      end_pause (self);
      self->n_pauses = 0;
    }

  start_next (self);
}

/* No job starts meanwhile. */
void
pusher_http_queue_hold (PusherHttpQueue *self,
                        gboolean         hold)
{
  self->on_hold = hold;
  start_next (self);
}

/* It waits again, before all the others. */
void
pusher_http_queue_put_back (PusherHttpQueue *self,
                            PusherHttpJob   *job)
{
  dequeue (self, job);
  enqueue (self, job, TRUE);
  start_next (self);
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
pusher_http_queue_responded (PusherHttpQueue *self,
                             PusherHttpJob   *job)
{
  if (job->round == self->round)
    self->n_pauses = 0;
}

/* The endpoint is in trouble, and may want to be left alone for so many µs. The
 * other jobs need not find that out too. Those that ran at the same time make one
 * pause together.
 *
 * Removes the job, or has it wait again, before all the others. */
void
pusher_http_queue_pause (PusherHttpQueue *self,
                         PusherHttpJob   *job,
                         PusherHttpTimer  new_timer,
                         double           random,
                         gint64           retry_after,
                         gboolean         again)
{
  gboolean known = job->round != self->round;

  dequeue (self, job);
  if (again)
    enqueue (self, job, TRUE);

  if (!known && (retry_after > 0 || !is_empty (self)))
    {
      gint64 delay = pusher_backoff_delay (self->n_pauses, random, retry_after);

      self->round++;
      self->n_pauses++;
      start_pause (self, job->context, new_timer, delay, retry_after > 0);
    }
  else if (retry_after > 0 && g_get_monotonic_time () + retry_after > self->pause_end)
    {
      start_pause (self, job->context, new_timer, retry_after, TRUE);
    }

  start_next (self);
}
