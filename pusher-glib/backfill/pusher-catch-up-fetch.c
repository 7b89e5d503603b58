/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The requests of a channel that catches up: one after another, each when it is its turn,
 * and again after a while if it failed. An answer is only kept: what comes of it begins when
 * the channel is woken, never inside a call of whoever answers. */

#include "config.h"

#include "pusher-catch-up-fetch-private.h"

#include "base/pusher-cancellations-private.h"
#include "base/pusher-error.h"
#include "base/pusher-loggable-private.h"
#include "protocol/pusher-backoff-private.h"
#include "pusher-backfill-private.h"

#include <glib/gi18n-lib.h>

/* --- Stages -------------------------------------------------------------- */

static void
wake_soon (PusherCatchUp *self)
{
  self->funcs->wake_at (self->owner, pusher_connection_get_now (self->connection));
}

/* It goes on in this stage when it is woken. */
void
pusher_catch_up_enter (PusherCatchUp     *self,
                       PusherCatchUpStage stage)
{
  self->stage = stage;
  wake_soon (self);
}

static void
limit (PusherCatchUp     *self,
       PusherCatchUpStage stage,
       gint64             delay)
{
  self->stage = stage;
  self->ends_at = pusher_connection_get_now (self->connection) + delay;
  self->funcs->wake_at (self->owner, self->ends_at);
}

static gint64
get_timeout (PusherCatchUp *self)
{
  return pusher_backfill_get_settings (self->backfill)->timeout * (gint64) G_USEC_PER_SEC;
}

static void
give_turn_back (PusherCatchUp *self)
{
  if (self->turn.state != PUSHER_HTTP_JOB_IDLE)
    pusher_http_queue_remove (pusher_backfill_get_settings (self->backfill)->queue, &self->turn);
}

/* Nobody hears the answer to a request any more. */
static void
close_request (PusherCatchUp *self,
               GPtrArray     *cancellations)
{
  PusherBackfillRequest *request = g_steal_pointer (&self->request);

  if (request == NULL)
    return;

  pusher_backfill_request_close (request);
  pusher_cancellations_add (cancellations, pusher_backfill_request_get_cancellable (request));
}

/* What was missed will not be fetched. */
void
pusher_catch_up_give_up (PusherCatchUp *self,
                         const GError  *error)
{
  g_clear_error (&self->failure);
  self->failure = g_error_copy (error);
  self->told = FALSE;
  pusher_catch_up_enter (self, PUSHER_CATCH_UP_HELD);
}

/* If the last events were wanted, nothing has been delivered yet: what is known of ids is of
 * those that come before these. */
static void
forget_fetched (PusherCatchUp *self)
{
  pusher_held_events_clear (&self->fetched);
  pusher_held_events_clear (&self->page);
  if (self->last > 0)
    pusher_recent_ids_clear (&self->recent);
  self->last = 0;
}

/* Leaves nothing of the stage that it is in. */
void
pusher_catch_up_fetch_leave (PusherCatchUp *self,
                             GPtrArray     *cancellations)
{
  close_request (self, cancellations);
  if (self->backfill != NULL)
    give_turn_back (self);
  forget_fetched (self);
  g_clear_error (&self->failure);
  self->n_attempts = 0;
  self->n_vain_pages = 0;
  self->stage = PUSHER_CATCH_UP_IDLE;
  self->funcs->wake_at (self->owner, 0);
}

/* --- Failures ------------------------------------------------------------ */

static void
give_up (PusherCatchUp *self,
         const GError  *error)
{
  g_autofree char *kind = pusher_loggable (error);

  g_debug ("Channel “%s”: cannot catch up: %s", self->channel_name, kind);
  forget_fetched (self);
  self->dropped = FALSE;
  self->begun = TRUE;
  if (self->state == PUSHER_CATCH_UP_LIVE)
    {
      self->stage = PUSHER_CATCH_UP_IDLE;
      return;
    }

  pusher_catch_up_give_up (self, error);
}

static void
fail_for_now (PusherCatchUp *self,
              const GError  *error)
{
  guint max_attempts = pusher_backfill_get_settings (self->backfill)->max_attempts;

  self->n_attempts++;
  if (max_attempts != 0 && self->n_attempts >= max_attempts)
    give_up (self, error);
  else
    limit (self, PUSHER_CATCH_UP_PAUSED,
           pusher_backoff_delay (self->n_attempts - 1, pusher_connection_get_random (self->connection), 0));
}

/* What was answered leads nowhere. */
void
pusher_catch_up_fetch_fail (PusherCatchUp *self,
                            const char    *why)
{
  g_autoptr (GError) error = g_error_new_literal (PUSHER_ERROR, PUSHER_ERROR_BACKFILL, why);

  give_up (self, error);
}

/* --- Requests ------------------------------------------------------------ */

static void
answered (gpointer          user_data,
          PusherHeldEvents *events,
          gboolean          more,
          const GError     *error,
          gboolean          may_pass)
{
  PusherCatchUp *self = user_data;

  self->request = NULL;
  give_turn_back (self);
  if (error != NULL && may_pass)
    {
      fail_for_now (self, error);
    }
  else if (error != NULL)
    {
      give_up (self, error);
    }
  else
    {
      self->n_attempts = 0;
      self->more = more;
      pusher_held_events_add_all (self->last > 0 ? &self->page : &self->fetched, events);
      pusher_catch_up_enter (self, PUSHER_CATCH_UP_ANSWERED);
    }
}

/* Whoever answers has the request. */
void
pusher_catch_up_fetch_ask (PusherCatchUp *self)
{
  g_autoptr (PusherBackfill) backfill = g_object_ref (self->backfill);
  g_autoptr (PusherBackfillRequest) request = NULL;

  if (self->last == 0)
    {
      g_free (self->after);
      self->after = g_strdup (self->position);
    }
  request =
    pusher_backfill_request_new (self->channel_name, self->after, self->last, answered, self);
  g_debug ("Channel “%s”: asking for missed events", self->channel_name);

  self->request = request;
  self->dropped = FALSE;
  self->n_delivered_before = self->n_delivered;
  limit (self, PUSHER_CATCH_UP_ASKED, get_timeout (self));
  pusher_backfill_ask (backfill, request);
}

static GError *
new_timeout_error (guint seconds)
{
  return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                      g_dngettext (GETTEXT_PACKAGE,
                                   "Missed events were not given within %u second",
                                   "Missed events were not given within %u seconds", seconds),
                      seconds);
}

/* A request that others come before is in good hands: its time begins later. */
void
pusher_catch_up_fetch_overdue (PusherCatchUp *self)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GError) error = NULL;

  if (pusher_backfill_request_is_queued (self->request))
    {
      limit (self, PUSHER_CATCH_UP_ASKED, get_timeout (self));
      return;
    }

  error = new_timeout_error (pusher_backfill_get_settings (self->backfill)->timeout);
  close_request (self, cancellations);
  give_turn_back (self);
  fail_for_now (self, error);
}

/* It may be its turn before this returns. */
static void
turn_came (gpointer user_data)
{
  pusher_catch_up_enter (user_data, PUSHER_CATCH_UP_DUE);
}

/* Asks for what comes next, when it is its turn. */
void
pusher_catch_up_fetch_again (PusherCatchUp *self)
{
  self->stage = PUSHER_CATCH_UP_QUEUED;
  self->funcs->wake_at (self->owner, 0);
  self->turn.start = turn_came;
  self->turn.user_data = self;
  pusher_http_queue_add (pusher_backfill_get_settings (self->backfill)->queue, &self->turn);
}

/* last: how many of the last events are wanted, or 0 for all after the position */
void
pusher_catch_up_fetch_begin (PusherCatchUp *self,
                             guint          last)
{
  g_clear_pointer (&self->after, g_free);
  self->last = last;
  self->n_attempts = 0;
  self->n_vain_pages = 0;
  pusher_catch_up_fetch_again (self);
}
