/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "keeper.h"

#include "base/pusher-cancellations-private.h"
#include "base/pusher-error.h"
#include "event/pusher-event-private.h"
#include "words.h"

#include <gio/gio.h>
#include <string.h>

/* word: an id, one of a client event, "client-7", or the name of an event without an id */
static PusherEvent *
new_event (const char *word)
{
  const char *id = g_str_has_prefix (word, "client-") ? word + strlen ("client-") : word;
  gboolean has_id = g_ascii_isdigit (*id);
  g_autofree char *data = has_id ? g_strdup_printf ("{\"id\":%s}", id) : g_strdup ("{}");

  return pusher_event_new (has_id && id == word ? "e" : word, "channel", data, NULL);
}

/* --- What is told -------------------------------------------------------- */

static gint64
now (gpointer user_data)
{
  return ((Keeper *) user_data)->now;
}

static double
random_number (gpointer user_data)
{
  return 0.5;
}

static void
wake_at (gpointer owner,
         gint64   time)
{
  ((Keeper *) owner)->wake_at = time;
}

static void
deliver (gpointer     owner,
         PusherEvent *event)
{
  Keeper *self = owner;
  g_autofree char *id = pusher_event_lookup_json (event, "/id");
  const char *word = id != NULL ? id : pusher_event_get_name (event);

  g_assert_null (self->cancellations);
  add_word (self->log, "%s", word);
  if (self->handler != NULL)
    self->handler (self->handler_data, word);
}

static void
moved (gpointer owner)
{
  g_assert_null (((Keeper *) owner)->cancellations);
}

static void
lost (gpointer      owner,
      const GError *error)
{
  Keeper *self = owner;

  g_assert_null (self->cancellations);
  if (error->domain != PUSHER_ERROR)
    add_word (self->log, "lost:application");
  else
    add_word (self->log, error->code == PUSHER_ERROR_TIMEOUT ? "lost:timeout" : "lost:backfill");
  if (self->lost_handler != NULL)
    self->lost_handler (self->handler_data);
}

static void
caught_up (gpointer owner,
           guint64  n_events)
{
  Keeper *self = owner;

  g_assert_null (self->cancellations);
  g_assert_false (pusher_catch_up_is_under_way (self->catch_up));
  add_word (self->log, "caught-up:%" G_GUINT64_FORMAT, n_events);
}

static const PusherCatchUpFuncs funcs = {
  wake_at, deliver, moved, lost, caught_up,
};

/* --- The store ----------------------------------------------------------- */

static gboolean
fetch_cb (PusherBackfill        *backfill,
          PusherBackfillRequest *request,
          gpointer               user_data)
{
  Keeper *self = user_data;
  const char *after = pusher_backfill_request_get_after (request);
  guint last = pusher_backfill_request_get_last (request);

  g_assert_null (self->cancellations);
  g_assert_cmpstr (pusher_backfill_request_get_channel_name (request), ==, "channel");
  if (self->deaf)
    return FALSE;

  if (last > 0 && after != NULL)
    add_word (self->asked, "last:%u,after:%s", last, after);
  else if (last > 0)
    add_word (self->asked, "last:%u", last);
  else if (after != NULL)
    add_word (self->asked, "after:%s", after);
  else
    add_word (self->asked, "all");
  g_ptr_array_add (self->requests, g_object_ref (request));

  return TRUE;
}

void
keeper_add_events (PusherBackfillRequest *request,
                   const char            *ids)
{
  g_auto (GStrv) words = g_strsplit (ids, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (*words[i] != '\0')
      {
        g_autoptr (PusherEvent) event = new_event (words[i]);

        /* Half of them have their ids in their data only. */
        pusher_backfill_request_add (request, pusher_event_get_name (event),
                                     pusher_event_get_data (event),
                                     g_ascii_isdigit (*words[i]) && i % 2 == 0 ? words[i] : NULL);
      }
}

/* Returns: (transfer full): */
PusherBackfillRequest *
keeper_take_request (Keeper *self)
{
  g_assert_cmpuint (self->requests->len, >, 0);

  return g_ptr_array_steal_index (self->requests, 0);
}

void
keeper_give (Keeper     *self,
             const char *ids,
             gboolean    more)
{
  g_autoptr (PusherBackfillRequest) request = keeper_take_request (self);

  keeper_add_events (request, ids);
  pusher_backfill_request_complete (request, more);
  keeper_run (self);
}

void
keeper_fail (Keeper  *self,
             gboolean for_now)
{
  g_autoptr (PusherBackfillRequest) request = keeper_take_request (self);
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No");

  if (for_now)
    pusher_backfill_request_fail_for_now (request, error);
  else
    pusher_backfill_request_fail (request, error);
  keeper_run (self);
}

/* --- The channel --------------------------------------------------------- */

void
keeper_run (Keeper *self)
{
  while (self->wake_at != 0 && self->wake_at <= self->now)
    {
      self->wake_at = 0;
      pusher_catch_up_wake (self->catch_up);
    }
}

void
keeper_advance (Keeper *self,
                gint64  duration)
{
  self->now += duration;
  keeper_run (self);
}

static GPtrArray *
begin_silence (Keeper *self)
{
  self->cancellations = pusher_cancellations_new ();

  return self->cancellations;
}

static void
end_silence (Keeper *self)
{
  g_autoptr (GPtrArray) cancellations G_GNUC_UNUSED = g_steal_pointer (&self->cancellations);
}

void
keeper_begin (Keeper *self)
{
  begin_silence (self);
  pusher_catch_up_begin (self->catch_up);
  end_silence (self);
  keeper_run (self);
}

void
keeper_interrupt (Keeper *self)
{
  pusher_catch_up_interrupt (self->catch_up, begin_silence (self));
  end_silence (self);
  g_assert_cmpint (self->wake_at, ==, 0);
}

void
keeper_end (Keeper *self)
{
  pusher_catch_up_end (self->catch_up, begin_silence (self));
  end_silence (self);
  g_assert_cmpint (self->wake_at, ==, 0);
}

void
keeper_set_position (Keeper     *self,
                     const char *position)
{
  pusher_catch_up_set_position (self->catch_up, position, begin_silence (self));
  end_silence (self);
}

void
keeper_set_backfill (Keeper         *self,
                     PusherBackfill *backfill)
{
  pusher_catch_up_set_backfill (self->catch_up, backfill, TRUE, begin_silence (self));
  end_silence (self);
}

/* Between two connections. */
void
keeper_drop_backfill_unsubscribed (Keeper *self)
{
  pusher_catch_up_set_backfill (self->catch_up, NULL, FALSE, begin_silence (self));
  end_silence (self);
}

void
keeper_receive (Keeper     *self,
                const char *id)
{
  g_autoptr (PusherEvent) event = new_event (id);

  pusher_catch_up_receive (self->catch_up, event);
}

/* --- The fixture --------------------------------------------------------- */

void
keeper_set_up (Keeper       *self,
               gconstpointer user_data)
{
  /* It is never opened, and has nothing to tell. */
  static const PusherConnectionListener listener = { NULL };
  const PusherClock clock = { now, random_number, self };

  self->now = G_USEC_PER_SEC;
  self->log = g_string_new (NULL);
  self->asked = g_string_new (NULL);
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  self->backfill = pusher_backfill_new ();
  g_signal_connect (self->backfill, "fetch", G_CALLBACK (fetch_cb), self);
  self->connection = pusher_connection_new (&listener, self);
  pusher_connection_set_clock (self->connection, &clock);
  self->catch_up = pusher_catch_up_new (&funcs, self, self->connection, "channel");
  pusher_catch_up_set_backfill (self->catch_up, self->backfill, FALSE, begin_silence (self));
  end_silence (self);
}

void
keeper_tear_down (Keeper       *self,
                  gconstpointer user_data)
{
  assert_words (self->log, "");
  assert_words (self->asked, "");
  self->handler = NULL;
  keeper_end (self);
  pusher_catch_up_free (self->catch_up);
  g_assert_finalize_object (self->connection);
  g_ptr_array_unref (self->requests);
  g_assert_finalize_object (self->backfill);
  g_string_free (self->log, TRUE);
  g_string_free (self->asked, TRUE);
}
