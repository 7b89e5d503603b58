/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Events that are numbered, kept and published, a connection that comes and goes, and a store
 * that answers late, twice, never, with errors, in pages and with more than it was asked for:
 * each event arrives once and in order, or it is said that some were lost. */

#include "fixture.h"
#include "keeper.h"

#include "backfill/pusher-catch-up-types-private.h"

#include <gio/gio.h>

#define N_WORLDS 1000
#define N_ACTIONS 200

typedef struct
{
  GRand *rand;
  Keeper keeper;
  guint n_stored;    /* events 1 to that are in the store, */
  guint n_forgotten; /* but for these */
  guint n_gone;      /* of them, when the store had nothing else */
  gboolean subscribed;
  GQueue on_the_way; /* of numbers */
  GPtrArray *answered;

  gboolean knows_position; /* all that comes after a position has to be delivered */
  guint position;
  gboolean may_jump; /* it was said that some were lost */
  guint first; /* event that was delivered */
  guint n_delivered;
  guint n_lost;
  guint n_acts; /* of handlers */
} World;

static gboolean
chance (World *world,
        guint  n_of_100)
{
  return (guint) g_rand_int_range (world->rand, 0, 100) < n_of_100;
}

static guint
draw (World *world,
      guint  n)
{
  return (guint) g_rand_int_range (world->rand, 0, (gint32) n);
}

/* --- What has to be ------------------------------------------------------ */

/* It begins somewhere: from there on everything is delivered. Once it has heard which event
 * is the last one of the store, that one and those before it may still arrive. */
static void
note_position (World *world)
{
  PusherCatchUp *catch_up = world->keeper.catch_up;
  const char *position = pusher_catch_up_get_position (catch_up);

  if (world->n_delivered > 0 || world->knows_position)
    return;

  world->knows_position = position != NULL || catch_up->from_beginning;
  world->position =
    position != NULL ? (guint) g_ascii_strtoull (position, NULL, 10) : world->n_gone;
}

static void
check_event (gpointer    data,
             const char *id)
{
  World *world = data;
  guint number = (guint) g_ascii_strtoull (id, NULL, 10);

  /* It begins with some of the last events; of those before, the server may have published
   * some when it was subscribed already. */
  if (number < world->first)
    {
      g_assert_cmpuint (pusher_backfill_get_initial_count (world->keeper.backfill), >, 0);
      return;
    }

  if (world->n_delivered == 0)
    g_assert_true (world->may_jump || !world->knows_position || number <= world->position + 1);
  else if (world->may_jump)
    g_assert_cmpuint (number, >, world->position);
  else
    g_assert_cmpuint (number, ==, world->position + 1);

  if (world->n_delivered++ == 0)
    world->first = number;
  world->knows_position = TRUE;
  world->position = number;
  world->may_jump = FALSE;
}

/* Some are missing here. */
static void
lost_cb (gpointer data)
{
  World *world = data;

  world->may_jump = TRUE;
}

/* --- What happens -------------------------------------------------------- */

static void
lose_connection (World *world)
{
  if (!world->subscribed)
    return;

  world->subscribed = FALSE;
  g_queue_clear (&world->on_the_way);
  keeper_interrupt (&world->keeper);
}

static void
subscribe (World *world)
{
  if (world->subscribed)
    return;

  world->subscribed = TRUE;
  pusher_catch_up_begin (world->keeper.catch_up);
}

/* Handlers do as they like, now and then. */
static void
delivered_cb (gpointer    data,
              const char *id)
{
  World *world = data;

  check_event (world, id);
  world->n_acts++;
  if (chance (world, 97))
    return;

  switch (draw (world, 3))
    {
    case 0:
      lose_connection (world);
      break;
    case 1:
      lose_connection (world);
      subscribe (world);
      break;
    default:
      keeper_set_backfill (&world->keeper, world->keeper.backfill);
      if (!world->subscribed)
        keeper_interrupt (&world->keeper);
      break;
    }
}

static void
publish (World *world)
{
  world->n_stored++;
  if (world->subscribed)
    for (guint i = chance (world, 5) ? 2 : 1; i > 0; i--)
      g_queue_push_tail (&world->on_the_way, GUINT_TO_POINTER (world->n_stored));
}

static void
arrive (World *world)
{
  guint number = GPOINTER_TO_UINT (g_queue_pop_head (&world->on_the_way));
  g_autofree char *id = g_strdup_printf ("%u", number);

  if (number != 0)
    keeper_receive (&world->keeper, id);
}

static void
add (World                 *world,
     PusherBackfillRequest *request,
     guint                  number)
{
  g_autofree char *id = g_strdup_printf ("%u", number);

  if (number > world->n_forgotten && number <= world->n_stored)
    keeper_add_events (request, id);
}

/* What a store gives: all that was asked for, in pages or not, and maybe more. */
static void
give (World                 *world,
      PusherBackfillRequest *request)
{
  const char *after = pusher_backfill_request_get_after (request);
  guint last = pusher_backfill_request_get_last (request);
  guint first = 1;
  guint n_page = chance (world, 50) ? 1 + draw (world, 5) : G_MAXUINT;
  guint end;

  if (after != NULL)
    first = (guint) g_ascii_strtoull (after, NULL, 10) + 1;
  else if (last > 0 && chance (world, 80))
    first = world->n_stored > last ? world->n_stored - last + 1 : 1;
  if (first <= world->n_forgotten && (after != NULL || last == 0))
    {
      g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "Gone");

      pusher_backfill_request_fail (request, error);
      return;
    }

  if (first <= world->n_forgotten)
    first = world->n_forgotten + 1;
  if (after != NULL && chance (world, 20))
    first--; /* the one that was asked from, too */
  if (world->n_forgotten == world->n_stored)
    world->n_gone = world->n_stored;
  end = MIN (world->n_stored, n_page > world->n_stored ? world->n_stored : first + n_page);
  for (guint number = first; number <= end; number++)
    add (world, request, number);
  pusher_backfill_request_complete (request, end < world->n_stored || chance (world, 1));
}

static void
answer (World *world)
{
  Keeper *keeper = &world->keeper;
  g_autoptr (PusherBackfillRequest) request = NULL;
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "No");

  if (keeper->requests->len == 0)
    return;

  request = g_ptr_array_steal_index (keeper->requests, draw (world, keeper->requests->len));
  if (chance (world, 70))
    give (world, request);
  else if (chance (world, 80))
    pusher_backfill_request_fail_for_now (request, error);
  else if (chance (world, 20))
    pusher_backfill_request_fail (request, error);
  else if (chance (world, 50))
    return; /* dropped */
  g_ptr_array_add (world->answered, g_steal_pointer (&request));
}

static void
answer_again (World *world)
{
  if (world->answered->len == 0)
    return;

  give (world, world->answered->pdata[draw (world, world->answered->len)]);
}

/* The program ends, and another one begins where it was. */
static void
restart (World *world)
{
  Keeper *keeper = &world->keeper;
  g_autofree char *position = g_strdup (pusher_catch_up_get_position (keeper->catch_up));
  guint max_held_events = pusher_backfill_get_max_held_events (keeper->backfill);

  if (position == NULL)
    return;

  lose_connection (world);
  g_string_truncate (keeper->log, 0);
  g_string_truncate (keeper->asked, 0);
  keeper_tear_down (keeper, NULL);
  *keeper = (Keeper) { 0 };
  keeper_set_up (keeper, NULL);
  keeper->handler = delivered_cb;
  keeper->lost_handler = lost_cb;
  keeper->handler_data = world;
  pusher_backfill_set_max_held_events (keeper->backfill, max_held_events);
  keeper_set_position (keeper, position);
  world->position = (guint) g_ascii_strtoull (position, NULL, 10);
  world->first = 0;
}

static void
note_losses (World *world)
{
  if (g_test_verbose () && (world->keeper.log->len > 0 || world->keeper.asked->len > 0))
    g_test_message ("%u stored, %u forgotten, %s: asked %s; told %s", world->n_stored,
                    world->n_forgotten, world->subscribed ? "subscribed" : "not subscribed",
                    world->keeper.asked->str, world->keeper.log->str);
  if (strstr (world->keeper.log->str, "lost:") != NULL)
    world->n_lost++;
  g_string_truncate (world->keeper.log, 0);
  g_string_truncate (world->keeper.asked, 0);
}

static void
act (World *world)
{
  switch (draw (world, 16))
    {
    case 0:
      lose_connection (world);
      break;
    case 1:
    case 2:
      subscribe (world);
      break;
    case 3:
    case 4:
    case 5:
    case 6:
      publish (world);
      break;
    case 7:
    case 8:
    case 9:
      arrive (world);
      break;
    case 10:
    case 11:
      answer (world);
      break;
    case 12:
      answer_again (world);
      break;
    case 13:
      world->keeper.now += draw (world, 40) * (gint64) G_USEC_PER_SEC;
      break;
    case 14:
      if (chance (world, 5))
        restart (world);
      if (chance (world, 3))
        world->n_forgotten = draw (world, world->n_stored + 1);
      break;
    default:
      keeper_run (&world->keeper);
      break;
    }
}

/* All goes well in the end. */
static void
make_peace (World *world)
{
  Keeper *keeper = &world->keeper;

  publish (world);
  while (world->on_the_way.length > 0)
    arrive (world);
  lose_connection (world);
  world->n_forgotten = 0;
  subscribe (world);
  for (guint i = 0; i < 1000 && keeper->catch_up->stage != PUSHER_CATCH_UP_IDLE; i++)
    {
      keeper_advance (keeper, 0);
      if (keeper->requests->len > 0)
        {
          g_autoptr (PusherBackfillRequest) request = g_ptr_array_steal_index (keeper->requests, 0);

          give (world, request);
        }
      subscribe (world);
    }

  publish (world);
  while (world->on_the_way.length > 0)
    arrive (world);
}

static void
test_world (guint32 seed)
{
  World world = { .rand = g_rand_new_with_seed (seed) };
  Keeper *keeper = &world.keeper;

  world.answered = g_ptr_array_new_with_free_func (g_object_unref);
  keeper_set_up (keeper, NULL);
  keeper->handler = delivered_cb;
  keeper->lost_handler = lost_cb;
  keeper->handler_data = &world;
  if (chance (&world, 50))
    pusher_backfill_set_max_held_events (keeper->backfill, draw (&world, 5));
  if (chance (&world, 30))
    pusher_backfill_set_initial_count (keeper->backfill, draw (&world, 5));

  for (guint i = 0; i < N_ACTIONS; i++)
    {
      act (&world);
      note_position (&world);
      note_losses (&world);
    }
  make_peace (&world);
  note_losses (&world);
  g_assert_cmpuint (world.position, ==, world.n_stored);

  lose_connection (&world);
  g_queue_clear (&world.on_the_way);
  keeper_tear_down (keeper, NULL);
  g_ptr_array_unref (world.answered);
  g_rand_free (world.rand);
}

static void
test_at_random (void)
{
  guint32 seed = (guint32) g_test_rand_int ();

  for (guint i = 0; i < scale_number (N_WORLDS); i++)
    {
      if (g_test_verbose ())
        g_test_message ("seed %u", seed + i);
      test_world (seed + i);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  be_quiet ();

  g_test_add_func ("/catch-up/at-random", test_at_random);

  return g_test_run ();
}
