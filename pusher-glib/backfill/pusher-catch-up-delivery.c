/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is held, and how what was held and fetched is delivered: in slices, so that the
 * main loop has its turn. Handlers may do anything: what changes the state meanwhile begins
 * another epoch. */

#include "config.h"

#include "pusher-catch-up-delivery-private.h"

#include "base/pusher-error.h"
#include "event/pusher-event-private.h"
#include "pusher-backfill-private.h"

#include <glib/gi18n-lib.h>

/* Of one slice */
#define SLICE_EVENTS 128
#define SLICE_TIME (8 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  PusherCatchUp *catch_up;
  guint epoch;
  guint n_events;
  gint64 ends_at;
} Slice;

static Slice
slice_begin (PusherCatchUp *self)
{
  return (Slice) { self, self->epoch, 0, pusher_connection_get_now (self->connection) + SLICE_TIME };
}

static gboolean
slice_is_current (const Slice *slice)
{
  return slice->catch_up->epoch == slice->epoch;
}

static gboolean
slice_goes_on (Slice *slice)
{
  PusherCatchUp *self = slice->catch_up;

  return slice_is_current (slice) && slice->n_events++ < SLICE_EVENTS &&
         pusher_connection_get_now (self->connection) < slice->ends_at;
}

/* --- One event ----------------------------------------------------------- */

static void
move_to (PusherCatchUp *self,
         const char    *id)
{
  g_free (self->position);
  self->position = g_strdup (id);
  pusher_recent_ids_add (&self->recent, id);
}

/* The position has moved when handlers run, and that is told when they have returned: so
 * that whoever saves it, in either place, has it with what the event has done.
 *
 * id: (nullable) */
void
pusher_catch_up_deliver (PusherCatchUp *self,
                         PusherEvent   *event,
                         const char    *id)
{
  self->begun = self->begun || self->backfill != NULL;
  if (id != NULL)
    move_to (self, id);
  self->funcs->deliver (self->owner, event);
  if (id != NULL)
    self->funcs->moved (self->owner);
}

/* May run handlers. Returns: (nullable) (transfer full): its id */
char *
pusher_catch_up_identify (PusherCatchUp *self,
                          PusherEvent   *event)
{
  g_autoptr (PusherBackfill) backfill = NULL;

  if (self->backfill == NULL)
    return NULL;

  backfill = g_object_ref (self->backfill);

  return pusher_backfill_identify (backfill, event);
}

/* --- Holding ------------------------------------------------------------- */

/* Some of what was held is lost. */
void
pusher_catch_up_note_overflow (PusherCatchUp *self)
{
  if (self->overflow == NULL)
    self->overflow =
      g_error_new_literal (PUSHER_ERROR, PUSHER_ERROR_BACKFILL,
                           _("Too many events arrived while others were fetched"));
}

static void
give_up_oldest (PusherCatchUp *self)
{
  g_autoptr (PusherHeldEvent) oldest =
    pusher_held_events_take (&self->held, pusher_held_events_peek (&self->held));

  /* The store has it. */
  if (oldest->id != NULL && self->failure == NULL && self->backfill != NULL)
    self->dropped = TRUE;
  else
    pusher_catch_up_note_overflow (self);
}

/* The store is asked for what has an id. */
void
pusher_catch_up_drop_held (PusherCatchUp *self)
{
  GList *next;

  for (GList *link = self->held.events.head; link != NULL; link = next)
    {
      PusherHeldEvent *held = link->data;

      next = link->next;
      if (held->id == NULL)
        continue;

      pusher_held_event_free (pusher_held_events_take (&self->held, held));
      self->dropped = TRUE;
    }
}

/* What is held is a copy: the text that the event lies in may be much larger, and the
 * event itself may be used again. id: (nullable) */
void
pusher_catch_up_hold (PusherCatchUp *self,
                      PusherEvent   *event,
                      const char    *id)
{
  PusherBackfillSettings *settings =
    self->backfill != NULL ? pusher_backfill_get_settings (self->backfill) : NULL;
  g_autoptr (PusherEvent) copy = NULL;
  guint max_events = PUSHER_BACKFILL_DEFAULT_MAX_HELD_EVENTS;
  guint64 max_bytes = PUSHER_BACKFILL_DEFAULT_MAX_HELD_BYTES;
  gboolean is_first;

  if (id != NULL && (pusher_recent_ids_contains (&self->recent, id) ||
                     pusher_held_events_find (&self->held, id) != NULL))
    return;

  copy = pusher_event_new_copy (event->message.event, &event->message);
  is_first = pusher_held_events_is_empty (&self->held);
  pusher_held_events_add (&self->held, copy, id)->behind_gap = self->gap && !is_first;
  self->gap = FALSE;

  if (settings != NULL)
    {
      max_events = settings->max_held_events;
      max_bytes = settings->max_held_bytes;
    }
  while (!pusher_held_events_has_room (&self->held, max_events, max_bytes))
    give_up_oldest (self);
}

/* --- Delivering ---------------------------------------------------------- */

/* An event has been held, and the store gives it too: what came before it and has no id
 * comes before it again. */
static void
deliver_nameless_before (Slice      *slice,
                         const char *id)
{
  PusherCatchUp *self = slice->catch_up;
  PusherHeldEvent *end;
  PusherHeldEvent *held;

  while (slice_is_current (slice) && (end = pusher_held_events_find (&self->held, id)) != NULL &&
         (held = pusher_held_events_find_before (&self->held, end)) != NULL)
    {
      g_autoptr (PusherHeldEvent) taken = pusher_held_events_take (&self->held, held);

      pusher_catch_up_deliver (self, taken->event, NULL);
    }
}

static void
forget_held (PusherCatchUp *self,
             const char    *id)
{
  PusherHeldEvent *held = pusher_held_events_find (&self->held, id);

  if (held != NULL)
    pusher_held_event_free (pusher_held_events_take (&self->held, held));
}

static void
deliver_one_fetched (Slice *slice)
{
  PusherCatchUp *self = slice->catch_up;
  g_autoptr (PusherHeldEvent) fetched =
    pusher_held_events_take (&self->fetched, pusher_held_events_peek (&self->fetched));

  if (fetched->id == NULL)
    fetched->id = pusher_catch_up_identify (self, fetched->event);
  if (fetched->id != NULL)
    deliver_nameless_before (slice, fetched->id);
  if (!slice_is_current (slice))
    return;

  if (fetched->id != NULL && pusher_recent_ids_contains (&self->recent, fetched->id))
    {
      /* It came already, but this is where the store has it. */
      move_to (self, fetched->id);
      self->funcs->moved (self->owner);
      return;
    }

  if (fetched->id != NULL)
    forget_held (self, fetched->id);
  self->n_delivered++;
  pusher_catch_up_deliver (self, fetched->event, fetched->id);
}

/* Returns: whether nothing of it is left, and nothing has changed meanwhile */
gboolean
pusher_catch_up_deliver_fetched (PusherCatchUp *self)
{
  Slice slice = slice_begin (self);

  while (!pusher_held_events_is_empty (&self->fetched) && slice_goes_on (&slice))
    deliver_one_fetched (&slice);

  return slice_is_current (&slice) && pusher_held_events_is_empty (&self->fetched);
}

/* What was not to be had would come here. */
static void
tell_loss (PusherCatchUp *self)
{
  g_autoptr (GError) error = g_steal_pointer (&self->overflow);

  if (self->failure != NULL)
    {
      g_clear_error (&error);
      error = g_error_copy (self->failure);
    }
  self->told = TRUE;
  self->funcs->lost (self->owner, error);
}

/* Events are held over several gaps, if one follows on another: nothing fills these if
 * nothing is fetched. */
static void
deliver_one_held (PusherCatchUp *self)
{
  PusherHeldEvent *first = pusher_held_events_peek (&self->held);
  g_autoptr (PusherHeldEvent) held = NULL;

  if (first->behind_gap && self->failure != NULL)
    {
      first->behind_gap = FALSE;
      tell_loss (self);
      return;
    }

  held = pusher_held_events_take (&self->held, first);
  if (self->gap && pusher_held_events_is_empty (&self->held))
    self->told = FALSE; /* the last gap comes behind it */
  if (held->id == NULL || !pusher_recent_ids_contains (&self->recent, held->id))
    pusher_catch_up_deliver (self, held->event, held->id);
}

/* Returns: whether nothing of it is left, or it is not all, and nothing has changed
 * meanwhile */
gboolean
pusher_catch_up_deliver_held (PusherCatchUp *self)
{
  Slice slice = slice_begin (self);

  /* What arrives meanwhile may be too much, too: then it is given up here. */
  while (slice_goes_on (&slice))
    {
      if (self->overflow != NULL || (self->failure != NULL && !self->told))
        tell_loss (self);
      else if (self->dropped || pusher_held_events_is_empty (&self->held))
        return TRUE;
      else
        deliver_one_held (self);
    }

  return FALSE;
}
