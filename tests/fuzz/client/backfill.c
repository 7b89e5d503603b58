/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "backfill.h"

#include "application.h"
#include "backfill/pusher-backfill.h"
#include "base/pusher-error.h"
#include "watch.h"
#include "world.h"

#define N_BACKFILLS 2
#define MAX_HELD 16

static PusherBackfill *backfills[N_BACKFILLS]; /* nullable */
static GPtrArray *held; /* of PusherBackfillRequest: what waits for an answer */
static guint last_id;

/* --- Answers ------------------------------------------------------------- */

/* Some ids come again, from here or from the server, and some events have none. */
static void
add_event (PusherBackfillRequest *request)
{
  g_autofree char *id = g_strdup_printf ("%u", input_chance (32) ? input_draw (8) : ++last_id);
  g_autofree char *data = g_strdup_printf ("{\"psst\":%s,\"id\":%s}", id, id);

  pusher_backfill_request_add (request, "stored", input_chance (16) ? NULL : data,
                               input_chance (32) ? NULL : id);
}

static void
complete (PusherBackfillRequest *request)
{
  guint n = world.peace ? 0 : input_draw (5);

  while (n-- > 0)
    add_event (request);
  pusher_backfill_request_complete (request, !world.peace && input_chance (64));
}

static void
complete_twice (PusherBackfillRequest *request)
{
  complete (request);
  complete (request);
}

static void
fail (PusherBackfillRequest *request)
{
  g_autoptr (GError) error = g_error_new (PUSHER_HTTP_ERROR, 410, "No");

  pusher_backfill_request_fail (request, error);
}

static void
fail_for_now (PusherBackfillRequest *request)
{
  g_autoptr (GError) error = g_error_new (PUSHER_HTTP_ERROR, 503, "Later");

  pusher_backfill_request_fail_for_now (request, error);
}

static void
hold (PusherBackfillRequest *request)
{
  if (held->len < MAX_HELD)
    g_ptr_array_add (held, g_object_ref (request));
}

static void
drop (PusherBackfillRequest *request)
{
}

static void
draw_answer (PusherBackfillRequest *request)
{
  static void (*const answers[]) (PusherBackfillRequest *request) = {
    complete, hold, hold, hold, complete, fail_for_now, fail, complete_twice, drop,
  };

  answers[world.peace ? 0 : input_draw (G_N_ELEMENTS (answers))](request);
}

static void
answer_held (void)
{
  guint index = input_draw (MAX (1, held->len));
  g_autoptr (PusherBackfillRequest) request = NULL;

  if (held->len == 0)
    return;

  request = g_object_ref (held->pdata[index]);
  if (!input_chance (32))
    g_ptr_array_remove_index (held, index);
  draw_answer (request);
}

/* --- Questions ----------------------------------------------------------- */

static gboolean
fetch_cb (PusherBackfill        *backfill,
          PusherBackfillRequest *request)
{
  world_track (request);
  watch_signal (pusher_backfill_request_get_cancellable (request), "cancelled");
  application_hear (0, NULL);
  if (!world.peace && input_chance (8))
    return FALSE;

  draw_answer (request);
  application_hear (0, NULL);

  return TRUE;
}

static char *
identify_cb (PusherBackfill *backfill,
             PusherEvent    *event)
{
  application_hear (0, NULL);

  return NULL;
}

static PusherBackfill *
make_backfill (void)
{
  PusherBackfill *self = pusher_backfill_new ();

  world_track (self);
  g_signal_connect (self, "fetch", G_CALLBACK (fetch_cb), NULL);
  if (input_chance (64))
    g_signal_connect (self, "identify", G_CALLBACK (identify_cb), NULL);
  if (input_draw (2) == 0)
    pusher_backfill_set_id_pointer (self, "/n"); /* of the numbered events */

  return self;
}

/* --- The application ----------------------------------------------------- */

static void
change_settings (PusherBackfill *self)
{
  guint value = input_draw (4);

  switch (input_draw (5))
    {
    case 0:
      pusher_backfill_set_max_held_events (self, value);
      break;
    case 1:
      pusher_backfill_set_max_held_bytes (self, 100 * value);
      break;
    case 2:
      pusher_backfill_set_max_concurrent (self, MAX (1, value));
      break;
    case 3:
      pusher_backfill_set_max_attempts (self, value);
      break;
    default:
      pusher_backfill_set_initial_count (self, value);
      break;
    }
}

static void
attach (PusherChannel *channel)
{
  PusherBackfill **backfill = &backfills[input_draw (N_BACKFILLS)];

  if (*backfill == NULL)
    *backfill = make_backfill ();
  pusher_channel_set_backfill (channel, input_chance (48) ? NULL : *backfill);
}

void
backfill_act (PusherChannel *channel)
{
  static const char *const positions[] = { NULL, "1", "5", "psst" };
  guint what = input_draw (8);

  /* What arrives may be held. */
  world.catches_up = TRUE;

  if (pusher_channel_get_backfill (channel) == NULL && what != 0)
    attach (channel);
  else if (what == 0)
    pusher_channel_set_position (channel, positions[input_draw (G_N_ELEMENTS (positions))]);
  else if (what == 1)
    attach (channel);
  else if (what == 2)
    change_settings (pusher_channel_get_backfill (channel));
  else
    answer_held ();
}

/* --- */

/* All questions are answered, and well. */
void
backfill_make_peace (void)
{
  while (held->len > 0)
    {
      g_autoptr (PusherBackfillRequest) request = g_ptr_array_steal_index (held, 0);

      complete (request);
    }
}

void
backfill_start (void)
{
  held = g_ptr_array_new_with_free_func (g_object_unref);
  last_id = 8;
}

void
backfill_end (void)
{
  for (guint i = 0; i < N_BACKFILLS; i++)
    g_clear_object (&backfills[i]);
  g_ptr_array_unref (held);
}
