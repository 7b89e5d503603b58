/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-catch-up-private.h"

#include "base/pusher-cancellations-private.h"
#include "base/pusher-error.h"
#include "base/pusher-setters-private.h"
#include "pusher-backfill-private.h"
#include "pusher-catch-up-delivery-private.h"
#include "pusher-catch-up-fetch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Answers, one after another, that have nothing to deliver, and say that there is more */
#define MAX_VAIN_PAGES 1000

PusherCatchUp *
pusher_catch_up_new (const PusherCatchUpFuncs *funcs,
                     gpointer                  owner,
                     PusherConnection         *connection,
                     const char               *channel_name)
{
  PusherCatchUp *self = g_new0 (PusherCatchUp, 1);

  self->funcs = funcs;
  self->owner = owner;
  self->connection = g_object_ref (connection);
  self->channel_name = g_strdup (channel_name);
  self->held.indexed = TRUE;

  return self;
}

/* The owner is being freed: nothing is under way. */
void
pusher_catch_up_free (PusherCatchUp *self)
{
  pusher_held_events_clear (&self->held);
  pusher_held_events_clear (&self->fetched);
  pusher_held_events_clear (&self->page);
  pusher_recent_ids_clear (&self->recent);
  g_clear_object (&self->backfill);
  g_object_unref (self->connection);
  g_clear_error (&self->failure);
  g_clear_error (&self->overflow);
  g_free (self->position);
  g_free (self->after);
  g_free (self->channel_name);
  g_free (self);
}

/* Returns: (nullable) */
PusherBackfill *
pusher_catch_up_get_backfill (PusherCatchUp *self)
{
  return self->backfill;
}

/* Returns: (nullable) */
const char *
pusher_catch_up_get_position (PusherCatchUp *self)
{
  return self->position;
}

gboolean
pusher_catch_up_is_under_way (PusherCatchUp *self)
{
  return self->state == PUSHER_CATCH_UP_BUSY;
}

/* --- Where it begins ----------------------------------------------------- */

static gboolean
has_nothing_left (PusherCatchUp *self)
{
  return pusher_held_events_is_empty (&self->held) &&
         pusher_held_events_is_empty (&self->fetched);
}

/* Whether events have been delivered, or it is known where they begin. */
static gboolean
has_begun (PusherCatchUp *self)
{
  return self->begun || self->position != NULL || self->from_beginning;
}

/* A channel that begins with what comes next needs to know what came last: else it could
 * not say, after a gap, what it has missed. */
static void
go_live (PusherCatchUp *self)
{
  self->state = PUSHER_CATCH_UP_LIVE;
  self->stage = PUSHER_CATCH_UP_IDLE;
  g_clear_error (&self->failure);
  if (self->backfill != NULL && self->position == NULL && !self->from_beginning)
    pusher_catch_up_fetch_begin (self, 1);
}

/* Events may have been missed, and the store cannot be asked which. */
static void
begin_blindly (PusherCatchUp *self)
{
  g_autoptr (GError) error = g_error_new_literal (
    PUSHER_ERROR, PUSHER_ERROR_BACKFILL, _("It is not known which event was the last one"));

  pusher_catch_up_give_up (self, error);
}

/* The channel is subscribed, for the first time or again. */
void
pusher_catch_up_begin (PusherCatchUp *self)
{
  guint initial_count =
    self->backfill != NULL ? pusher_backfill_get_settings (self->backfill)->initial_count : 0;

  self->epoch++;
  self->gap = TRUE;
  self->state = PUSHER_CATCH_UP_BUSY;
  if (self->backfill != NULL && (self->position != NULL || self->from_beginning))
    pusher_catch_up_fetch_begin (self, 0);
  else if (self->backfill != NULL && self->begun)
    begin_blindly (self);
  else if (initial_count > 0)
    pusher_catch_up_fetch_begin (self, initial_count);
  else if (!has_nothing_left (self))
    pusher_catch_up_enter (self, PUSHER_CATCH_UP_HELD);
  else
    go_live (self);
}

/* The subscription is no more, and may come back. What is held is kept: some of it the
 * store may not have. A channel that has not begun begins anew. */
void
pusher_catch_up_interrupt (PusherCatchUp *self,
                           GPtrArray     *cancellations)
{
  self->epoch++;
  self->gap = TRUE;
  pusher_catch_up_fetch_leave (self, cancellations);
  if (!has_begun (self))
    pusher_held_events_clear (&self->held);
  self->state = PUSHER_CATCH_UP_BEHIND;
}

/* The application does not want any more events. */
void
pusher_catch_up_end (PusherCatchUp *self,
                     GPtrArray     *cancellations)
{
  pusher_catch_up_interrupt (self, cancellations);
  pusher_held_events_clear (&self->held);
  g_clear_error (&self->overflow);
  self->dropped = FALSE;
  self->n_delivered = 0;
}

/* --- Settings ------------------------------------------------------------ */

/* Nothing more is fetched: what is there is delivered. */
static void
detach (PusherCatchUp *self,
        gboolean       subscribed)
{
  self->dropped = FALSE;
  if (!subscribed)
    self->state = PUSHER_CATCH_UP_BEHIND;
  else if (has_nothing_left (self))
    go_live (self);
  else
    pusher_catch_up_begin (self);
}

/* backfill: (nullable): a new one */
void
pusher_catch_up_set_backfill (PusherCatchUp  *self,
                              PusherBackfill *backfill,
                              gboolean        subscribed,
                              GPtrArray      *cancellations)
{
  pusher_catch_up_interrupt (self, cancellations);
  g_set_object (&self->backfill, backfill);
  if (backfill == NULL)
    detach (self, subscribed);
  else if (subscribed)
    pusher_catch_up_begin (self);
}

/* position: (nullable): a new one */
void
pusher_catch_up_set_position (PusherCatchUp *self,
                              const char    *position,
                              GPtrArray     *cancellations)
{
  gboolean subscribed = self->state != PUSHER_CATCH_UP_BEHIND;

  pusher_set_string (&self->position, position);
  self->from_beginning = FALSE;
  self->begun = FALSE;
  pusher_recent_ids_clear (&self->recent);
  if (position != NULL)
    pusher_recent_ids_add (&self->recent, position);

  /* What is under way has another position in mind. */
  if (self->stage == PUSHER_CATCH_UP_IDLE)
    return;

  pusher_catch_up_interrupt (self, cancellations);
  if (subscribed)
    pusher_catch_up_begin (self);
}

/* --- What arrives -------------------------------------------------------- */

static gboolean
is_client_event (const char *name)
{
  return g_str_has_prefix (name, "client-");
}

/* Those of the protocol are not in a store, and client events are in few. */
static gboolean
is_never_kept (PusherCatchUp *self,
               const char    *name)
{
  if (is_client_event (name))
    return self->backfill == NULL || !pusher_backfill_get_settings (self->backfill)->client_events;

  return g_str_has_prefix (name, "pusher:");
}

/* A live event tells where the channel is, so that nobody need be asked. */
static void
deliver_live (PusherCatchUp *self,
              PusherEvent   *event,
              const char    *id)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();

  if (id != NULL && pusher_recent_ids_contains (&self->recent, id))
    return;

  if (id != NULL && self->stage != PUSHER_CATCH_UP_IDLE)
    pusher_catch_up_fetch_leave (self, cancellations);
  pusher_catch_up_deliver (self, event, id);
}

/* An event has arrived on the channel. */
void
pusher_catch_up_receive (PusherCatchUp *self,
                         PusherEvent   *event)
{
  const char *name = pusher_event_get_name (event);
  g_autofree char *id = NULL;

  if (is_never_kept (self, name))
    {
      self->funcs->deliver (self->owner, event);
      return;
    }

  id = pusher_catch_up_identify (self, event);
  if (id == NULL && is_client_event (name))
    self->funcs->deliver (self->owner, event); /* of the moment: that somebody types, say */
  else if (self->state == PUSHER_CATCH_UP_LIVE)
    deliver_live (self, event, id);
  else if (self->backfill == NULL && has_nothing_left (self))
    pusher_catch_up_deliver (self, event, id);
  else
    pusher_catch_up_hold (self, event, id);
}

/* --- What was fetched ---------------------------------------------------- */

static void
finish (PusherCatchUp *self)
{
  guint64 n_delivered = self->n_delivered;

  self->n_delivered = 0;
  go_live (self);
  g_debug ("Channel “%s”: has caught up", self->channel_name);
  self->funcs->caught_up (self->owner, n_delivered);
}

/* Returns: (nullable) (transfer full): the id of the last one that has an id */
static char *
find_last_id (PusherCatchUp    *self,
              PusherHeldEvents *events)
{
  char *id = NULL;

  for (GList *link = events->events.tail; link != NULL && id == NULL; link = link->prev)
    {
      PusherHeldEvent *event = link->data;
      guint epoch = self->epoch;

      id = event->id != NULL ? g_strdup (event->id)
                             : pusher_catch_up_identify (self, event->event);
      if (self->epoch != epoch)
        g_clear_pointer (&id, g_free);
      if (self->epoch != epoch)
        break;
    }

  return id;
}

/* The id of the last event of the store, which is not delivered: here the channel begins. */
static void
take_position (PusherCatchUp *self,
               const char    *id)
{
  gboolean is_news = id != NULL && pusher_set_string (&self->position, id);

  pusher_held_events_clear (&self->fetched);
  self->last = 0;
  self->stage = PUSHER_CATCH_UP_IDLE;
  self->begun = TRUE;
  if (is_news)
    self->funcs->moved (self->owner);
}

/* What comes before them is not wanted, and may still be on its way. */
static void
keep_last_ones (PusherCatchUp *self)
{
  gboolean live = self->state == PUSHER_CATCH_UP_LIVE;

  pusher_held_events_add_all (&self->fetched, &self->page);
  while (self->fetched.events.length > self->last)
    {
      g_autoptr (PusherHeldEvent) first =
        pusher_held_events_take (&self->fetched, pusher_held_events_peek (&self->fetched));

      if (first->id != NULL && !live)
        pusher_recent_ids_add (&self->recent, first->id);
    }
}

static void
go_on_after (PusherCatchUp *self,
             const char    *id)
{
  if (id == NULL || !pusher_set_string (&self->after, id) || ++self->n_vain_pages > MAX_VAIN_PAGES)
    pusher_catch_up_fetch_fail (self, _("The store does not come to an end of its events"));
  else
    pusher_catch_up_fetch_again (self);
}

/* The last events are wanted, and whoever answers may give more than these. */
static void
take_last_ones (PusherCatchUp *self)
{
  guint epoch = self->epoch;
  g_autofree char *id = find_last_id (self, &self->page);

  if (self->epoch != epoch)
    return;

  keep_last_ones (self);
  if (self->more)
    {
      go_on_after (self, id);
      return;
    }

  self->from_beginning = pusher_held_events_is_empty (&self->fetched);
  if (self->state == PUSHER_CATCH_UP_LIVE)
    {
      take_position (self, id != NULL ? id : self->after);
      return;
    }

  /* What is held may come before the last ones, or after: the store knows. */
  if (id != NULL)
    pusher_catch_up_drop_held (self);
  self->last = 0;
  pusher_catch_up_enter (self, PUSHER_CATCH_UP_ANSWERED);
}

/* FALSE if whoever answers says that there is more, but does not give it. */
static gboolean
makes_progress (PusherCatchUp *self)
{
  if (g_strcmp0 (self->position, self->after) == 0)
    return FALSE;

  if (self->n_delivered != self->n_delivered_before)
    self->n_vain_pages = 0;
  else
    self->n_vain_pages++;

  return self->n_vain_pages <= MAX_VAIN_PAGES;
}

static void
take_page (PusherCatchUp *self)
{
  guint epoch = self->epoch;
  gboolean is_over = pusher_catch_up_deliver_fetched (self);

  if (self->epoch != epoch)
    return;

  if (!is_over)
    pusher_catch_up_enter (self, PUSHER_CATCH_UP_ANSWERED);
  else if (!self->more)
    pusher_catch_up_enter (self, PUSHER_CATCH_UP_HELD);
  else if (makes_progress (self))
    pusher_catch_up_fetch_again (self);
  else
    pusher_catch_up_fetch_fail (self, _("The store does not come to an end of its events"));
}

/* There was no room for all that arrived. The store has it, if only it is known from where
 * on. */
static void
fetch_dropped (PusherCatchUp *self)
{
  self->dropped = FALSE;
  if (self->position != NULL || self->from_beginning)
    {
      pusher_catch_up_fetch_begin (self, 0);
      return;
    }

  pusher_catch_up_note_overflow (self);
  pusher_catch_up_enter (self, PUSHER_CATCH_UP_HELD);
}

static void
take_held (PusherCatchUp *self)
{
  guint epoch = self->epoch;
  gboolean is_over = pusher_catch_up_deliver_held (self);

  if (self->epoch != epoch)
    return;

  if (!is_over)
    pusher_catch_up_enter (self, PUSHER_CATCH_UP_HELD);
  else if (self->dropped)
    fetch_dropped (self);
  else
    finish (self);
}

/* It is time to go on. */
void
pusher_catch_up_wake (PusherCatchUp *self)
{
  gboolean is_over = pusher_connection_get_now (self->connection) >= self->ends_at;

  switch (self->stage)
    {
    case PUSHER_CATCH_UP_DUE:
      pusher_catch_up_fetch_ask (self);
      break;
    case PUSHER_CATCH_UP_ASKED:
      if (is_over)
        pusher_catch_up_fetch_overdue (self);
      break;
    case PUSHER_CATCH_UP_PAUSED:
      if (is_over)
        pusher_catch_up_fetch_again (self);
      break;
    case PUSHER_CATCH_UP_ANSWERED:
      if (self->last > 0)
        take_last_ones (self);
      else
        take_page (self);
      break;
    case PUSHER_CATCH_UP_HELD:
      take_held (self);
      break;
    case PUSHER_CATCH_UP_IDLE:
    case PUSHER_CATCH_UP_QUEUED:
    default:
      break;
    }
}
