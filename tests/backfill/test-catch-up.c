/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Catching up, with a store that is asked by hand. */

#include "keeper.h"
#include "words.h"

#include "backfill/pusher-catch-up-types-private.h"

#include <gio/gio.h>

#define SECONDS(n) ((gint64) ((n) * G_USEC_PER_SEC))

static void
assert_position (Keeper     *self,
                 const char *expected)
{
  g_assert_cmpstr (pusher_catch_up_get_position (self->catch_up), ==, expected);
}

/* Subscribed, and up to this event. */
static void
begin_at (Keeper     *self,
          const char *position)
{
  g_autofree char *asked = self->deaf ? g_strdup ("") : g_strconcat ("after:", position, NULL);

  keeper_set_position (self, position);
  keeper_begin (self);
  keeper_assert_asked (self, asked);
}

static void
receive_all (Keeper     *self,
             const char *ids)
{
  g_auto (GStrv) words = g_strsplit (ids, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    keeper_receive (self, words[i]);
}

/* --- Where it begins ----------------------------------------------------- */

/* With the next event, but it is known which one came before. */
static void
test_live (Keeper       *self,
           gconstpointer user_data)
{
  keeper_begin (self);
  keeper_assert_asked (self, "last:1");
  g_assert_false (pusher_catch_up_is_under_way (self->catch_up));
  keeper_give (self, "5", FALSE);
  keeper_assert (self, "");
  assert_position (self, "5");

  receive_all (self, "6 7 7");
  keeper_assert (self, "6 7");
  assert_position (self, "7");

  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "after:7");
  g_assert_true (pusher_catch_up_is_under_way (self->catch_up));
  keeper_give (self, "8 9", FALSE);
  keeper_assert (self, "8 9 caught-up:2");
  assert_position (self, "9");
}

/* The last event of the store has not arrived yet, and is one of those to come. */
static void
test_live_last_one_arrives (Keeper       *self,
                            gconstpointer user_data)
{
  keeper_begin (self);
  keeper_assert_asked (self, "last:1");
  keeper_give (self, "5", FALSE);
  receive_all (self, "5 6");
  keeper_assert (self, "5 6");
}

static void
test_live_event_comes_first (Keeper       *self,
                             gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;

  keeper_begin (self);
  keeper_assert_asked (self, "last:1");
  keeper_receive (self, "x");
  request = keeper_take_request (self);
  g_assert_false (
    g_cancellable_is_cancelled (pusher_backfill_request_get_cancellable (request)));
  keeper_receive (self, "6");
  g_assert_true (
    g_cancellable_is_cancelled (pusher_backfill_request_get_cancellable (request)));
  keeper_assert (self, "x 6");
  keeper_add_events (request, "3");
  pusher_backfill_request_complete (request, FALSE);
  keeper_run (self);
  assert_position (self, "6");

  /* The turn of that request is over. */
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "after:6");
}

/* The store is asked for all once it has something. */
static void
test_live_of_empty_store (Keeper       *self,
                          gconstpointer user_data)
{
  keeper_begin (self);
  keeper_assert_asked (self, "last:1");
  keeper_give (self, "", FALSE);
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "all");
  keeper_give (self, "1 2", FALSE);
  keeper_assert (self, "1 2 caught-up:2");
}

/* Nobody knows what was missed. */
static void
test_live_unknown (Keeper       *self,
                   gconstpointer user_data)
{
  keeper_begin (self);
  keeper_assert_asked (self, "last:1");
  keeper_fail (self, FALSE);
  keeper_receive (self, "x");
  keeper_assert (self, "x");
  keeper_interrupt (self);
  keeper_receive (self, "y");
  keeper_begin (self);

  /* Before “y”, which may have been the end of the last connection, and behind it */
  keeper_assert (self, "lost:backfill y lost:backfill caught-up:0");
  keeper_assert_asked (self, "last:1");
  keeper_give (self, "9", FALSE);
  assert_position (self, "9");
}

/* What it never began with cannot be missed. */
static void
test_live_interrupted (Keeper       *self,
                       gconstpointer user_data)
{
  keeper_begin (self);
  keeper_assert_asked (self, "last:1");
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert (self, "");
  keeper_assert_asked (self, "last:1");
}

/* Whoever does not understand “last” gives everything. */
static void
test_live_of_pages (Keeper       *self,
                    gconstpointer user_data)
{
  keeper_begin (self);
  keeper_give (self, "1 2", TRUE);
  keeper_give (self, "3 4", TRUE);
  keeper_give (self, "", FALSE);
  keeper_assert_asked (self, "last:1 last:1,after:2 last:1,after:4");
  assert_position (self, "4");
}

static void
test_initial (Keeper       *self,
              gconstpointer user_data)
{
  pusher_backfill_set_initial_count (self->backfill, 3);
  keeper_begin (self);
  keeper_assert_asked (self, "last:3");
  g_assert_true (pusher_catch_up_is_under_way (self->catch_up));
  receive_all (self, "9 10");
  keeper_assert (self, "");
  keeper_give (self, "7 8 9", FALSE);
  keeper_assert (self, "7 8 9");

  /* Did it come before them, or after? */
  keeper_assert_asked (self, "after:9");
  keeper_give (self, "10 11", FALSE);
  keeper_assert (self, "10 11 caught-up:5");

  /* That was the first time. */
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "after:11");
}

/* There were so many that those which arrived first are none of the last ones. */
static void
test_initial_of_many (Keeper       *self,
                      gconstpointer user_data)
{
  pusher_backfill_set_initial_count (self->backfill, 2);
  keeper_begin (self);
  receive_all (self, "5 x 6 7 8");
  keeper_give (self, "8 9", FALSE);
  receive_all (self, "9 10");
  keeper_give (self, "", FALSE);
  keeper_assert (self, "8 9 x 10 caught-up:2");
  keeper_assert_asked (self, "last:2 after:9");
}

static void
test_initial_of_pages (Keeper       *self,
                       gconstpointer user_data)
{
  pusher_backfill_set_initial_count (self->backfill, 3);
  keeper_begin (self);
  keeper_give (self, "1 2 3 4 5", TRUE);
  keeper_assert (self, "");
  keeper_give (self, "6 7", FALSE);
  keeper_assert_asked (self, "last:3 last:3,after:5");
  keeper_assert (self, "5 6 7 caught-up:3");
}

static void
test_initial_of_empty_store (Keeper       *self,
                             gconstpointer user_data)
{
  pusher_backfill_set_initial_count (self->backfill, 3);
  keeper_begin (self);
  keeper_give (self, "", FALSE);
  keeper_assert (self, "caught-up:0");
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "last:3 all");
}

static void
test_initial_without_end (Keeper       *self,
                          gconstpointer user_data)
{
  const char *page = user_data;

  pusher_backfill_set_initial_count (self->backfill, 3);
  keeper_begin (self);
  keeper_give (self, "1 2", TRUE);
  keeper_receive (self, "5");
  keeper_give (self, page, TRUE);
  keeper_assert_asked (self, "last:3 last:3,after:2");
  keeper_assert (self, "lost:backfill 5 caught-up:0");
}

/* --- Merging ------------------------------------------------------------- */

static void
test_merge (Keeper       *self,
            gconstpointer user_data)
{
  begin_at (self, "4");
  receive_all (self, "7 8");
  keeper_give (self, "4 5 6", TRUE);
  keeper_assert_asked (self, "after:6");
  keeper_assert (self, "5 6");
  keeper_give (self, "7", FALSE);
  keeper_assert (self, "7 8 caught-up:3");
  receive_all (self, "8 9 7 10");
  keeper_assert (self, "9 10");
  assert_position (self, "10");
}

/* The store is ahead of what arrives. */
static void
test_store_is_ahead (Keeper       *self,
                     gconstpointer user_data)
{
  begin_at (self, "4");
  keeper_receive (self, "5");
  keeper_give (self, "5 6 7", FALSE);
  keeper_assert (self, "5 6 7 caught-up:3");
  receive_all (self, "6 7 8");
  keeper_assert (self, "8");
}

/* Where the order differs, that of the store counts. */
static void
test_order_of_store (Keeper       *self,
                     gconstpointer user_data)
{
  begin_at (self, "4");
  receive_all (self, "6 5 7");
  keeper_give (self, "5 6", FALSE);
  keeper_assert (self, "5 6 7 caught-up:2");

  receive_all (self, "9 8");
  keeper_assert (self, "9 8");
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "after:8");
  keeper_give (self, "9 10", FALSE);
  keeper_assert (self, "10 caught-up:1");
  assert_position (self, "10");
}

/* What has no id keeps its place between those that have one. */
static void
test_without_ids (Keeper       *self,
                  gconstpointer user_data)
{
  begin_at (self, "4");
  receive_all (self, "x 6 y z 7 u");
  keeper_give (self, "5 a 6", FALSE);
  keeper_assert (self, "5 a x 6 y z 7 u caught-up:3");
  keeper_receive (self, "v");
  keeper_assert (self, "v");
  assert_position (self, "7");
}

/* Client events are in no store, and do not wait for one. */
static void
test_never_kept (Keeper       *self,
                 gconstpointer user_data)
{
  begin_at (self, "4");
  receive_all (self, "client-typing pusher:subscription_count 5");
  keeper_assert (self, "client-typing pusher:subscription_count");
  keeper_give (self, "", FALSE);
  keeper_assert (self, "5 caught-up:0");
}

/* The store of some applications has them. */
static void
test_client_events (Keeper       *self,
                    gconstpointer user_data)
{
  pusher_backfill_set_client_events (self->backfill, TRUE);
  begin_at (self, "4");
  receive_all (self, "client-7 client-typing client-6 pusher:subscription_count");
  keeper_assert (self, "client-typing pusher:subscription_count");
  keeper_give (self, "5 client-6", FALSE);
  keeper_assert (self, "5 6 7 caught-up:2");
  assert_position (self, "7");

  receive_all (self, "client-8 client-typing client-8");
  keeper_assert (self, "8 client-typing");
  assert_position (self, "8");

  /* Without a store they are what they always are. */
  keeper_set_backfill (self, NULL);
  receive_all (self, "client-8");
  keeper_assert (self, "8");
}

/* Nobody waits for what the store has not got. */
static void
test_client_events_not_kept (Keeper       *self,
                             gconstpointer user_data)
{
  begin_at (self, "4");
  receive_all (self, "client-7");
  keeper_assert (self, "7");
  assert_position (self, "4");
  keeper_give (self, "", FALSE);
  keeper_assert (self, "caught-up:0");
}

/* Before the server has confirmed the subscription */
static void
test_arrived_before (Keeper       *self,
                     gconstpointer user_data)
{
  keeper_set_position (self, "4");
  receive_all (self, "7 8");
  keeper_assert (self, "");
  keeper_begin (self);
  keeper_assert_asked (self, "after:4");
  keeper_give (self, "5 6 7", FALSE);
  keeper_assert (self, "5 6 7 8 caught-up:3");
}

static void
test_arrived_before_live (Keeper       *self,
                          gconstpointer user_data)
{
  receive_all (self, "7 8");
  keeper_begin (self);
  keeper_assert (self, "7 8 caught-up:0");
  assert_position (self, "8");
}

/* Events are delivered some at a time. */
static void
test_slices (Keeper       *self,
             gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;
  gint64 wake_at;

  begin_at (self, "0");
  request = keeper_take_request (self);
  for (guint i = 1; i <= 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      pusher_backfill_request_add (request, id, NULL, id);
    }
  pusher_backfill_request_complete (request, FALSE);
  assert_position (self, "0");

  wake_at = self->wake_at;
  g_assert_cmpint (wake_at, ==, self->now);
  pusher_catch_up_wake (self->catch_up);
  assert_position (self, "128");
  g_assert_cmpint (self->wake_at, ==, self->now);
  keeper_receive (self, "1001");
  keeper_run (self);
  assert_position (self, "1001");
  g_assert_true (g_str_has_suffix (self->log->str, " 999 1000 1001 caught-up:1000"));
  g_string_truncate (self->log, 0);
}

/* So are those that have waited. */
static void
test_slices_of_held (Keeper       *self,
                     gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;

  begin_at (self, "0");
  for (guint i = 1; i <= 300; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      keeper_receive (self, id);
    }
  request = keeper_take_request (self);
  pusher_backfill_request_complete (request, FALSE);
  pusher_catch_up_wake (self->catch_up);
  pusher_catch_up_wake (self->catch_up);
  assert_position (self, "128");
  keeper_receive (self, "301");
  keeper_run (self);
  assert_position (self, "301");
  g_assert_true (g_str_has_suffix (self->log->str, " 299 300 301 caught-up:0"));
  g_string_truncate (self->log, 0);
}

/* --- Trouble ------------------------------------------------------------- */

static void
test_try_again (Keeper       *self,
                gconstpointer user_data)
{
  begin_at (self, "4");
  keeper_fail (self, TRUE);
  keeper_receive (self, "6");
  keeper_advance (self, SECONDS (0.24));
  keeper_assert_asked (self, "");
  keeper_advance (self, SECONDS (0.01));
  keeper_assert_asked (self, "after:4");
  keeper_fail (self, TRUE);
  keeper_advance (self, SECONDS (0.49));
  keeper_assert_asked (self, "");
  keeper_advance (self, SECONDS (0.01));
  keeper_assert_asked (self, "after:4");
  keeper_give (self, "5", FALSE);
  keeper_assert (self, "5 6 caught-up:1");
}

static void
test_attempts_used_up (Keeper       *self,
                       gconstpointer user_data)
{
  begin_at (self, "4");

  /* An answer begins the count anew. */
  keeper_fail (self, TRUE);
  keeper_advance (self, SECONDS (30));
  keeper_give (self, "5", TRUE);
  keeper_assert (self, "5");

  keeper_receive (self, "8");
  for (guint i = 0; i < 6; i++)
    {
      keeper_assert (self, "");
      keeper_fail (self, TRUE);
      keeper_advance (self, SECONDS (30));
    }
  keeper_assert (self, "lost:application 8 caught-up:1");
  keeper_assert_asked (self, "after:4 after:5 after:5 after:5 after:5 after:5 after:5");
  g_assert_cmpuint (self->requests->len, ==, 0);

  /* The next gap begins anew as well. */
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_fail (self, TRUE);
  keeper_advance (self, SECONDS (30));
  keeper_give (self, "9", FALSE);
  keeper_assert (self, "9 caught-up:1");
  keeper_assert_asked (self, "after:8 after:8");
}

static void
test_attempts_without_end (Keeper       *self,
                           gconstpointer user_data)
{
  pusher_backfill_set_max_attempts (self->backfill, 0);
  begin_at (self, "4");
  for (guint i = 0; i < 100; i++)
    {
      keeper_fail (self, TRUE);
      keeper_advance (self, SECONDS (30));
    }
  g_string_truncate (self->asked, 0);
  keeper_give (self, "5", FALSE);
  keeper_assert (self, "5 caught-up:1");
}

static void
test_failure (Keeper       *self,
              gconstpointer user_data)
{
  begin_at (self, "4");
  keeper_receive (self, "9");
  keeper_fail (self, FALSE);
  keeper_assert (self, "lost:application 9 caught-up:0");
  keeper_receive (self, "10");
  keeper_assert (self, "10");
}

/* The position stays where it is as long as nothing else comes. */
static void
test_failure_alone (Keeper       *self,
                    gconstpointer user_data)
{
  begin_at (self, "4");
  keeper_fail (self, FALSE);
  keeper_assert (self, "lost:application caught-up:0");
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "after:4");
}

static void
test_nobody_to_ask (Keeper       *self,
                    gconstpointer user_data)
{
  self->deaf = TRUE;
  begin_at (self, "4");
  keeper_assert (self, "lost:backfill caught-up:0");
}

static void
test_timeout (Keeper       *self,
              gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;

  pusher_backfill_set_max_attempts (self->backfill, 2);
  begin_at (self, "4");
  request = keeper_take_request (self);
  keeper_advance (self, SECONDS (29.9));
  g_assert_true (pusher_backfill_request_is_open (request));
  keeper_advance (self, SECONDS (0.1));
  g_assert_true (
    g_cancellable_is_cancelled (pusher_backfill_request_get_cancellable (request)));

  /* Too late */
  keeper_add_events (request, "5");
  pusher_backfill_request_complete (request, FALSE);
  keeper_advance (self, SECONDS (0.25));
  keeper_assert_asked (self, "after:4");
  keeper_advance (self, SECONDS (30));
  keeper_assert (self, "lost:timeout caught-up:0");
}

/* Its time begins when somebody sets to work on it. */
static void
test_timeout_of_queued (Keeper       *self,
                        gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;

  begin_at (self, "4");
  request = keeper_take_request (self);
  pusher_backfill_request_set_queued (request, TRUE);
  keeper_advance (self, SECONDS (30));
  keeper_advance (self, SECONDS (29));
  pusher_backfill_request_set_queued (request, FALSE);
  g_assert_true (pusher_backfill_request_is_open (request));
  keeper_advance (self, SECONDS (1));
  g_assert_false (pusher_backfill_request_is_open (request));
}

static void
test_dropped (Keeper       *self,
              gconstpointer user_data)
{
  begin_at (self, "4");
  g_object_unref (keeper_take_request (self));
  keeper_advance (self, SECONDS (1));
  keeper_assert_asked (self, "after:4");
  keeper_give (self, "5", FALSE);
  keeper_assert (self, "5 caught-up:1");
}

/* It says that there is more, and does not give it. */
static void
test_without_end (Keeper       *self,
                  gconstpointer user_data)
{
  const char *page = user_data;

  begin_at (self, "4");
  keeper_receive (self, "9");
  keeper_give (self, page, TRUE);
  g_assert_true (g_str_has_suffix (self->log->str, "lost:backfill 9 caught-up:0") ||
                 g_str_has_suffix (self->log->str, "x lost:backfill 9 caught-up:1"));
  g_string_truncate (self->log, 0);
  keeper_assert_asked (self, "");
}

static void
test_circle (Keeper       *self,
             gconstpointer user_data)
{
  guint n_pages = 0;

  begin_at (self, "1");
  keeper_give (self, "2", TRUE);
  keeper_assert (self, "2");
  for (; self->requests->len > 0; n_pages++)
    keeper_give (self, n_pages % 2 == 0 ? "1" : "2", TRUE);
  keeper_assert (self, "lost:backfill caught-up:1");
  g_assert_cmpuint (n_pages, ==, 1001);
  g_string_truncate (self->asked, 0);
}

/* --- Bounds -------------------------------------------------------------- */

/* What there is no room for the store has. */
static void
test_too_many_held (Keeper       *self,
                    gconstpointer user_data)
{
  pusher_backfill_set_max_held_events (self->backfill, 2);
  begin_at (self, "1");
  receive_all (self, "3 4 5 6");
  g_assert_cmpuint (self->catch_up->held.events.length, ==, 2);
  keeper_give (self, "2", FALSE);
  keeper_assert (self, "2");
  keeper_assert_asked (self, "after:2");
  keeper_give (self, "3 4 5", FALSE);
  keeper_assert (self, "3 4 5 6 caught-up:4");
}

static void
test_too_large_held (Keeper       *self,
                     gconstpointer user_data)
{
  pusher_backfill_set_max_held_bytes (self->backfill, 600);
  begin_at (self, "1");
  receive_all (self, "3 4 5 6");
  g_assert_cmpuint (self->catch_up->held.events.length, ==, 2);
  g_assert_cmpuint (self->catch_up->held.n_bytes, <=, 600);
  keeper_give (self, "2", FALSE);
  keeper_assert (self, "2");
  keeper_give (self, "3 4 5 6", FALSE);
  keeper_assert (self, "3 4 5 6 caught-up:5");
  keeper_assert_asked (self, "after:2");
  g_assert_cmpuint (self->catch_up->held.n_bytes, ==, 0);
}

static void
test_too_many_without_id (Keeper       *self,
                          gconstpointer user_data)
{
  pusher_backfill_set_max_held_events (self->backfill, 2);
  begin_at (self, "1");
  receive_all (self, "x y z u");
  keeper_give (self, "2", FALSE);
  keeper_assert (self, "2 lost:backfill z u caught-up:1");
}

/* The store is of no help: what was given up is lost. */
static void
test_too_many_and_failure (Keeper       *self,
                           gconstpointer user_data)
{
  pusher_backfill_set_max_held_events (self->backfill, 2);
  begin_at (self, "1");
  receive_all (self, "3 4 5 6");
  keeper_fail (self, FALSE);
  keeper_assert (self, "lost:application 5 6 caught-up:0");
  keeper_assert_asked (self, "");
}

/* Before it began, when nothing can be asked for */
static void
test_too_many_before (Keeper       *self,
                      gconstpointer user_data)
{
  pusher_backfill_set_max_held_events (self->backfill, 2);
  receive_all (self, "3 4 5 6");
  keeper_begin (self);
  keeper_assert (self, "lost:backfill 5 6 caught-up:0");
}

static void
test_none_held (Keeper       *self,
                gconstpointer user_data)
{
  pusher_backfill_set_max_held_events (self->backfill, 0);
  begin_at (self, "1");
  receive_all (self, "3 4");
  keeper_give (self, "2", FALSE);
  keeper_give (self, "3 4", FALSE);
  keeper_assert (self, "2 3 4 caught-up:3");
  keeper_assert_asked (self, "after:2");
}

/* --- Interrupted --------------------------------------------------------- */

static void
test_interrupted (Keeper       *self,
                  gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;

  begin_at (self, "4");
  receive_all (self, "8 x 9");
  keeper_give (self, "5 6", TRUE);
  keeper_assert (self, "5 6");
  keeper_assert_asked (self, "after:6");
  request = keeper_take_request (self);
  keeper_interrupt (self);
  g_assert_true (
    g_cancellable_is_cancelled (pusher_backfill_request_get_cancellable (request)));
  g_assert_false (pusher_catch_up_is_under_way (self->catch_up));
  keeper_add_events (request, "7");
  pusher_backfill_request_complete (request, FALSE);
  keeper_run (self);
  keeper_assert (self, "");

  keeper_begin (self);
  keeper_assert_asked (self, "after:6");
  keeper_give (self, "7 8 9 10", FALSE);
  keeper_assert (self, "7 8 x 9 10 caught-up:6");
}

static void
test_interrupted_pause (Keeper       *self,
                        gconstpointer user_data)
{
  begin_at (self, "4");
  keeper_fail (self, TRUE);
  keeper_interrupt (self);
  keeper_advance (self, SECONDS (30));
  keeper_assert_asked (self, "");
  keeper_begin (self);
  keeper_assert_asked (self, "after:4");
}

/* There is an answer, and nothing came of it yet. */
static void
test_interrupted_answer (Keeper       *self,
                         gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;

  begin_at (self, "4");
  request = keeper_take_request (self);
  keeper_add_events (request, "5");
  pusher_backfill_request_complete (request, FALSE);
  keeper_interrupt (self);
  keeper_run (self);
  keeper_begin (self);
  keeper_assert_asked (self, "after:4");
  keeper_give (self, "5", FALSE);
  keeper_assert (self, "5 caught-up:1");
}

/* A failure that was not told yet may not be one the next time. */
static void
test_interrupted_failure (Keeper       *self,
                          gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No");

  begin_at (self, "4");
  request = keeper_take_request (self);
  pusher_backfill_request_fail (request, error);
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "after:4");
  keeper_give (self, "5", FALSE);
  keeper_assert (self, "5 caught-up:1");
}

static void
test_end (Keeper       *self,
          gconstpointer user_data)
{
  begin_at (self, "4");
  receive_all (self, "8 9");
  keeper_give (self, "5", TRUE);
  keeper_assert (self, "5");
  keeper_assert_asked (self, "after:5");
  keeper_end (self);
  g_ptr_array_set_size (self->requests, 0);

  /* It is wanted again. */
  keeper_begin (self);
  keeper_assert_asked (self, "after:5");
  keeper_give (self, "", FALSE);
  keeper_assert (self, "caught-up:0");
}

/* --- The application does something -------------------------------------- */

static void
test_position_meanwhile (Keeper       *self,
                         gconstpointer user_data)
{
  begin_at (self, "4");
  keeper_receive (self, "21");
  keeper_set_position (self, "20");
  keeper_run (self);
  keeper_assert_asked (self, "after:20");
  g_ptr_array_remove_index (self->requests, 0);
  keeper_give (self, "20 21", FALSE);
  keeper_assert (self, "21 caught-up:1");

  /* From here on it counts for the next gap. */
  keeper_set_position (self, "7");
  keeper_run (self);
  keeper_assert_asked (self, "");
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "after:7");
  keeper_give (self, "21", FALSE);
  keeper_assert (self, "21 caught-up:1");
}

static void
test_no_position (Keeper       *self,
                  gconstpointer user_data)
{
  keeper_begin (self);
  keeper_assert_asked (self, "last:1");
  keeper_receive (self, "5");
  keeper_assert (self, "5");
  g_ptr_array_remove_index (self->requests, 0);
  keeper_set_position (self, NULL);
  keeper_interrupt (self);
  keeper_begin (self);
  keeper_assert_asked (self, "last:1");
}

/* Nothing more is fetched, and nothing that arrived gets lost. */
static void
test_no_backfill (Keeper       *self,
                  gconstpointer user_data)
{
  g_autoptr (PusherBackfillRequest) request = NULL;

  begin_at (self, "4");
  receive_all (self, "8 x");
  request = keeper_take_request (self);
  keeper_set_backfill (self, NULL);
  g_assert_true (
    g_cancellable_is_cancelled (pusher_backfill_request_get_cancellable (request)));
  keeper_receive (self, "9");
  keeper_assert (self, "");
  keeper_run (self);
  keeper_assert (self, "8 x 9 caught-up:0");
  keeper_receive (self, "10");
  keeper_assert (self, "10");
  keeper_interrupt (self);
  keeper_receive (self, "11");
  keeper_begin (self);
  keeper_receive (self, "12");
  keeper_assert (self, "11 12");

  keeper_set_backfill (self, self->backfill);
  keeper_run (self);
  keeper_assert_asked (self, "after:8");
  keeper_give (self, "", FALSE);
  keeper_assert (self, "caught-up:0");
}

static void
test_no_backfill_unsubscribed (Keeper       *self,
                               gconstpointer user_data)
{
  begin_at (self, "4");
  receive_all (self, "8 x");
  keeper_interrupt (self);
  keeper_drop_backfill_unsubscribed (self);
  keeper_run (self);
  keeper_assert (self, "");
  keeper_begin (self);
  keeper_run (self);
  keeper_receive (self, "9");
  keeper_assert (self, "8 x caught-up:0 9");
}

typedef struct
{
  Keeper *keeper;
  const char *what;
} Deed;

/* Cancellations are the caller's, who runs handlers here. */
static void
act (gpointer    data,
     const char *id)
{
  Deed *deed = data;
  Keeper *self = deed->keeper;

  if (!g_str_equal (id, "6"))
    return;

  if (g_str_equal (deed->what, "interrupt"))
    keeper_interrupt (self);
  else if (g_str_equal (deed->what, "end"))
    keeper_end (self);
  else if (g_str_equal (deed->what, "no-backfill"))
    keeper_set_backfill (self, NULL);
  else if (g_str_equal (deed->what, "begin-again"))
    {
      keeper_interrupt (self);
      pusher_catch_up_begin (self->catch_up);
    }
  else
    keeper_set_position (self, "50");
}

static void
test_handlers (Keeper       *self,
               gconstpointer user_data)
{
  Deed deed = { self, user_data };
  const char *when = strchr (user_data, '/') + 1;
  g_autofree char *what = g_strndup (user_data, when - 1 - (const char *) user_data);

  deed.what = what;
  begin_at (self, "4");
  receive_all (self, g_str_equal (when, "fetched") ? "8 9" : "6 8 9");
  self->handler = act;
  self->handler_data = &deed;
  keeper_give (self, g_str_equal (when, "fetched") ? "5 6 7" : "5", FALSE);
  self->handler = NULL;

  if (g_str_equal (what, "interrupt") || g_str_equal (what, "end"))
    {
      keeper_assert (self, "5 6");
      assert_position (self, "6");
      keeper_begin (self);
      keeper_assert_asked (self, "after:6");
      keeper_give (self, "7 8", FALSE);
      keeper_assert (self, g_str_equal (what, "end") ? "7 8 caught-up:2"
                           : g_str_equal (when, "fetched") ? "7 8 9 caught-up:4"
                                                           : "7 8 9 caught-up:3");
    }
  else if (g_str_equal (what, "begin-again"))
    {
      keeper_assert (self, "5 6");
      keeper_assert_asked (self, "after:6");
      keeper_give (self, "7 8", FALSE);
      keeper_assert (self, g_str_equal (when, "fetched") ? "7 8 9 caught-up:4"
                                                         : "7 8 9 caught-up:3");
    }
  else if (g_str_equal (what, "no-backfill"))
    {
      keeper_assert (self, g_str_equal (when, "fetched") ? "5 6 8 9 caught-up:2"
                                                         : "5 6 8 9 caught-up:1");
    }
  else
    {
      keeper_assert (self, "5 6");
      keeper_assert_asked (self, "after:50");
      keeper_give (self, "51", FALSE);
      keeper_assert (self, g_str_equal (when, "fetched") ? "51 8 9 caught-up:3"
                                                         : "51 8 9 caught-up:2");
    }
}

static void
interrupt_at_nameless (gpointer    data,
                       const char *id)
{
  if (g_str_equal (id, "x"))
    keeper_interrupt (data);
}

/* Before an event that the store gives comes one that only the channel had. */
static void
test_handler_before_fetched (Keeper       *self,
                             gconstpointer user_data)
{
  begin_at (self, "4");
  receive_all (self, "x 6");
  self->handler = interrupt_at_nameless;
  self->handler_data = self;
  keeper_give (self, "5 6 7", FALSE);
  self->handler = NULL;
  keeper_assert (self, "5 x");
  assert_position (self, "5");

  keeper_begin (self);
  keeper_assert_asked (self, "after:5");
  keeper_give (self, "6 7", FALSE);
  keeper_assert (self, "6 7 caught-up:3");
}

static char *
interrupt_and_identify_cb (PusherBackfill *backfill,
                           PusherEvent    *event,
                           Keeper         *self)
{
  keeper_interrupt (self);

  return g_strdup ("6");
}

/* Whoever finds the ids does something else, too. */
static void
test_handler_that_identifies (Keeper       *self,
                              gconstpointer user_data)
{
  gulong handler;

  pusher_backfill_set_initial_count (self->backfill, 3);
  keeper_begin (self);
  handler = g_signal_connect (self->backfill, "identify", G_CALLBACK (interrupt_and_identify_cb),
                              self);
  keeper_give (self, "5 x", FALSE);
  g_signal_handler_disconnect (self->backfill, handler);
  keeper_assert (self, "");
  assert_position (self, NULL);

  keeper_begin (self);
  keeper_assert_asked (self, "last:3 last:3");
  keeper_give (self, "5 6", FALSE);
  keeper_assert (self, "5 6 caught-up:2");
}

/* --- Turns --------------------------------------------------------------- */

/* Two channels with one backfill: its requests wait for each other. */
static void
test_turns (Keeper       *self,
            gconstpointer user_data)
{
  Keeper other = { 0 };

  keeper_set_up (&other, NULL);
  keeper_set_backfill (&other, self->backfill);
  keeper_interrupt (&other);
  g_assert_cmpuint (other.requests->len, ==, 0);
  pusher_backfill_set_max_concurrent (self->backfill, 1);

  begin_at (self, "4");
  keeper_set_position (&other, "14");
  keeper_begin (&other);
  keeper_assert_asked (self, "");
  g_assert_cmpint (other.wake_at, ==, 0);

  /* Each page is a turn of its own. */
  keeper_give (self, "5", TRUE);
  keeper_assert_asked (self, "");
  keeper_run (&other);
  keeper_assert_asked (self, "after:14");
  g_assert_cmpint (self->wake_at, ==, 0);

  /* Who goes away gives the turn back. */
  keeper_interrupt (&other);
  g_ptr_array_set_size (self->requests, 0);
  keeper_run (self);
  keeper_assert_asked (self, "after:5");
  keeper_begin (&other);
  keeper_interrupt (&other);
  pusher_backfill_set_max_concurrent (self->backfill, 2);
  keeper_begin (&other);
  keeper_assert_asked (self, "after:14");
  keeper_give (self, "6", FALSE);
  keeper_give (self, "15", FALSE);
  keeper_run (&other);
  keeper_assert (self, "5 6 caught-up:2");
  keeper_assert (&other, "15 caught-up:1");

  keeper_set_backfill (&other, NULL);
  keeper_tear_down (&other, NULL);
}

static void
add_tests_of_handlers (void)
{
  static const char *const deeds[] = { "interrupt", "end", "no-backfill", "begin-again",
                                       "position" };
  static const char *const moments[] = { "fetched", "held" };

  for (gsize i = 0; i < G_N_ELEMENTS (deeds); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (moments); j++)
      {
        g_autofree char *name = g_strconcat (deeds[i], "/", moments[j], NULL);
        g_autofree char *path = g_strconcat ("/catch-up/handlers/", name, NULL);

        keeper_add (path, g_intern_string (name), test_handlers);
      }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  keeper_add ("/catch-up/live", NULL, test_live);
  keeper_add ("/catch-up/live/last-one-arrives", NULL, test_live_last_one_arrives);
  keeper_add ("/catch-up/live/event-comes-first", NULL, test_live_event_comes_first);
  keeper_add ("/catch-up/live/empty-store", NULL, test_live_of_empty_store);
  keeper_add ("/catch-up/live/unknown", NULL, test_live_unknown);
  keeper_add ("/catch-up/live/interrupted", NULL, test_live_interrupted);
  keeper_add ("/catch-up/live/pages", NULL, test_live_of_pages);
  keeper_add ("/catch-up/initial", NULL, test_initial);
  keeper_add ("/catch-up/initial/many", NULL, test_initial_of_many);
  keeper_add ("/catch-up/initial/pages", NULL, test_initial_of_pages);
  keeper_add ("/catch-up/initial/empty-store", NULL, test_initial_of_empty_store);
  keeper_add ("/catch-up/initial/nothing-more", "", test_initial_without_end);
  keeper_add ("/catch-up/initial/no-ids", "x y", test_initial_without_end);
  keeper_add ("/catch-up/initial/the-same-again", "1 2", test_initial_without_end);

  keeper_add ("/catch-up/merge", NULL, test_merge);
  keeper_add ("/catch-up/store-is-ahead", NULL, test_store_is_ahead);
  keeper_add ("/catch-up/order-of-store", NULL, test_order_of_store);
  keeper_add ("/catch-up/without-ids", NULL, test_without_ids);
  keeper_add ("/catch-up/never-kept", NULL, test_never_kept);
  keeper_add ("/catch-up/client-events", NULL, test_client_events);
  keeper_add ("/catch-up/client-events/not-kept", NULL, test_client_events_not_kept);
  keeper_add ("/catch-up/arrived-before", NULL, test_arrived_before);
  keeper_add ("/catch-up/arrived-before/live", NULL, test_arrived_before_live);
  keeper_add ("/catch-up/slices", NULL, test_slices);
  keeper_add ("/catch-up/slices/held", NULL, test_slices_of_held);

  keeper_add ("/catch-up/try-again", NULL, test_try_again);
  keeper_add ("/catch-up/attempts-used-up", NULL, test_attempts_used_up);
  keeper_add ("/catch-up/attempts-without-end", NULL, test_attempts_without_end);
  keeper_add ("/catch-up/failure", NULL, test_failure);
  keeper_add ("/catch-up/failure/alone", NULL, test_failure_alone);
  keeper_add ("/catch-up/nobody-to-ask", NULL, test_nobody_to_ask);
  keeper_add ("/catch-up/timeout", NULL, test_timeout);
  keeper_add ("/catch-up/timeout/queued", NULL, test_timeout_of_queued);
  keeper_add ("/catch-up/dropped", NULL, test_dropped);
  keeper_add ("/catch-up/without-end/nothing", "", test_without_end);
  keeper_add ("/catch-up/without-end/the-same", "4", test_without_end);
  keeper_add ("/catch-up/without-end/no-ids", "x", test_without_end);
  keeper_add ("/catch-up/without-end/circle", NULL, test_circle);

  keeper_add ("/catch-up/bounds/events", NULL, test_too_many_held);
  keeper_add ("/catch-up/bounds/bytes", NULL, test_too_large_held);
  keeper_add ("/catch-up/bounds/without-id", NULL, test_too_many_without_id);
  keeper_add ("/catch-up/bounds/failure", NULL, test_too_many_and_failure);
  keeper_add ("/catch-up/bounds/before", NULL, test_too_many_before);
  keeper_add ("/catch-up/bounds/none-held", NULL, test_none_held);

  keeper_add ("/catch-up/interrupted", NULL, test_interrupted);
  keeper_add ("/catch-up/interrupted/pause", NULL, test_interrupted_pause);
  keeper_add ("/catch-up/interrupted/answer", NULL, test_interrupted_answer);
  keeper_add ("/catch-up/interrupted/failure", NULL, test_interrupted_failure);
  keeper_add ("/catch-up/end", NULL, test_end);

  keeper_add ("/catch-up/position", NULL, test_position_meanwhile);
  keeper_add ("/catch-up/position/none", NULL, test_no_position);
  keeper_add ("/catch-up/no-backfill", NULL, test_no_backfill);
  keeper_add ("/catch-up/no-backfill/unsubscribed", NULL, test_no_backfill_unsubscribed);
  keeper_add ("/catch-up/handler/before-fetched", NULL, test_handler_before_fetched);
  keeper_add ("/catch-up/handler/identifies", NULL, test_handler_that_identifies);
  add_tests_of_handlers ();
  keeper_add ("/catch-up/turns", NULL, test_turns);

  return g_test_run ();
}
