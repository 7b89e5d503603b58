/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "connection/pusher-deadlines-private.h"
#include "connection/pusher-inbox-private.h"
#include "wait.h"

#include <string.h>

#define MS 1000 /* µs */

/* Handlers take as long as the test says, by a clock that they move. */
typedef struct
{
  PusherInbox inbox;
  PusherPace pace;
  PusherClock clock;
  gint64 now;
  gint64 cost; /* of one handler */
  GString *delivered;
  guint n_delivered;
  guint n_slices;
} Owner;

static gint64
get_now (gpointer user_data)
{
  return ((Owner *) user_data)->now;
}

static void
deliver (gpointer user_data,
         GBytes  *message)
{
  Owner *fixture = user_data;

  fixture->now += fixture->cost;
  fixture->n_delivered++;
  if (g_bytes_get_size (message) < 16)
    g_string_append_printf (fixture->delivered, "%.*s ", (int) g_bytes_get_size (message),
                            (const char *) g_bytes_get_data (message, NULL));
}

static gboolean
due_cb (gpointer user_data)
{
  Owner *fixture = user_data;

  fixture->n_slices++;
  pusher_inbox_deliver_slice (&fixture->inbox);

  return G_SOURCE_CONTINUE;
}

static void
set_up (Owner        *fixture,
        gconstpointer user_data)
{
  fixture->clock = (PusherClock) { get_now, NULL, fixture };
  fixture->now = 1000 * MS;
  fixture->delivered = g_string_new (NULL);
  pusher_pace_init (&fixture->pace, &fixture->clock);
  pusher_inbox_init (&fixture->inbox, &fixture->pace, deliver, due_cb, fixture);
}

static void
tear_down (Owner        *fixture,
           gconstpointer user_data)
{
  pusher_inbox_clear (&fixture->inbox);
  g_string_free (fixture->delivered, TRUE);
}

/* As the owner of an inbox does. */
static void
receive (Owner      *fixture,
         const char *text)
{
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));

  if (pusher_pace_has_time (&fixture->pace, fixture->now))
    deliver (fixture, message);
  else
    pusher_inbox_keep (&fixture->inbox, message);
}

static void
assert_delivered (Owner      *fixture,
                  const char *expected)
{
  g_assert_cmpstr (fixture->delivered->str, ==, expected);
}

/* Receives in a dispatch all that has been read, as libsoup does. */
typedef struct
{
  Owner *fixture;
  guint first, last;
} Burst;

static gboolean
burst_cb (gpointer user_data)
{
  Burst *burst = user_data;

  pusher_pace_may_read (&burst->fixture->pace, TRUE);
  for (guint i = burst->first; i <= burst->last; i++)
    {
      char text[16];

      g_snprintf (text, sizeof text, "%u", i);
      receive (burst->fixture, text);
    }

  return G_SOURCE_REMOVE;
}

static void
dispatch_burst (Owner   *fixture,
                guint    first,
                guint    last)
{
  Burst burst = { fixture, first, last };

  g_timeout_add_full (G_PRIORITY_DEFAULT, 0, burst_cb, &burst, NULL);
  g_main_context_iteration (NULL, TRUE);
}

/* --- Tests --------------------------------------------------------------- */

static void
test_at_once (Owner        *fixture,
              gconstpointer user_data)
{
  fixture->cost = 1 * MS;
  dispatch_burst (fixture, 1, 3);

  assert_delivered (fixture, "1 2 3 ");
  g_assert_true (pusher_inbox_is_empty (&fixture->inbox));
  g_assert_false (g_main_context_pending (NULL));
}

static void
test_slices (Owner        *fixture,
             gconstpointer user_data)
{
  fixture->cost = 2 * MS;
  dispatch_burst (fixture, 1, 9);
  assert_delivered (fixture, "1 2 3 ");

  g_assert_true (g_main_context_iteration (NULL, FALSE));
  assert_delivered (fixture, "1 2 3 4 5 6 ");
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  assert_delivered (fixture, "1 2 3 4 5 6 7 8 9 ");
  g_assert_cmpuint (fixture->n_slices, ==, 2);
  g_assert_false (g_main_context_pending (NULL));
}

static gboolean
may_read (Owner   *fixture,
          gboolean begins)
{
  return pusher_pace_may_read (&fixture->pace, begins);
}

/* One slice is for reading and for what handlers do. */
static void
test_reading_ends (Owner        *fixture,
                   gconstpointer user_data)
{
  g_assert_true (may_read (fixture, TRUE));
  fixture->now += 2 * MS;
  g_assert_true (may_read (fixture, FALSE));
  fixture->cost = 2 * MS;
  receive (fixture, "1");
  g_assert_true (may_read (fixture, FALSE));
  receive (fixture, "2");
  assert_delivered (fixture, "1 2 ");
  g_assert_false (may_read (fixture, FALSE));
  receive (fixture, "3");
  assert_delivered (fixture, "1 2 ");

  /* What waits comes first. */
  g_assert_false (may_read (fixture, TRUE));
  g_assert_true (g_main_context_iteration (NULL, FALSE));
  assert_delivered (fixture, "1 2 3 ");
  g_assert_true (may_read (fixture, TRUE));
}

/* Iterations of the main loop that each find a little: together they have a slice. */
static void
test_little_by_little (Owner        *fixture,
                       gconstpointer user_data)
{
  fixture->cost = 1 * MS;
  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (may_read (fixture, TRUE));
      receive (fixture, "1");
    }
  g_assert_false (may_read (fixture, FALSE));

  /* Then others have had their turn. */
  g_assert_true (may_read (fixture, TRUE));
  receive (fixture, "2");
  assert_delivered (fixture, "1 1 1 1 1 2 ");
}

/* Others had time while there was nothing to be read. */
static void
test_now_and_then (Owner        *fixture,
                   gconstpointer user_data)
{
  fixture->cost = 4 * MS;
  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (may_read (fixture, TRUE));
      receive (fixture, "1");
      g_assert_true (may_read (fixture, FALSE));
      fixture->now += 2 * MS;
    }
}

/* What comes while others wait comes after them. */
static void
test_order (Owner        *fixture,
            gconstpointer user_data)
{
  fixture->cost = 3 * MS;
  dispatch_burst (fixture, 1, 5);
  dispatch_burst (fixture, 6, 7);
  assert_delivered (fixture, "1 2 ");

  settle ();
  assert_delivered (fixture, "1 2 3 4 5 6 7 ");

  dispatch_burst (fixture, 8, 8);
  assert_delivered (fixture, "1 2 3 4 5 6 7 8 ");
}

static gboolean
count_cb (gpointer user_data)
{
  guint *count = user_data;

  ++*count;

  return G_SOURCE_CONTINUE;
}

/* What has the usual priority goes first, each time. */
static void
test_others_go_first (Owner        *fixture,
                      gconstpointer user_data)
{
  guint n_redraws = 0, id;

  fixture->cost = 5 * MS;
  dispatch_burst (fixture, 1, 9);
  id = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, count_cb, &n_redraws, NULL);

  for (guint i = 0; i < 100; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n_redraws, ==, 100);
  assert_delivered (fixture, "1 ");

  g_source_remove (id);
  settle ();
  g_assert_cmpuint (fixture->n_delivered, ==, 9);
}

static void
test_discard (Owner        *fixture,
              gconstpointer user_data)
{
  fixture->cost = 10 * MS;
  dispatch_burst (fixture, 1, 5);

  g_assert_cmpuint (pusher_inbox_discard (&fixture->inbox), ==, 4);
  g_assert_true (pusher_inbox_is_empty (&fixture->inbox));
  g_assert_false (g_main_context_pending (NULL));
  g_assert_cmpuint (pusher_inbox_discard (&fixture->inbox), ==, 0);

  dispatch_burst (fixture, 6, 6);
  assert_delivered (fixture, "1 6 ");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define add(path, test) g_test_add (path, Owner, NULL, set_up, test, tear_down)
  add ("/inbox/at-once", test_at_once);
  add ("/inbox/slices", test_slices);
  add ("/inbox/reading-ends", test_reading_ends);
  add ("/inbox/little-by-little", test_little_by_little);
  add ("/inbox/now-and-then", test_now_and_then);
  add ("/inbox/order", test_order);
  add ("/inbox/others-go-first", test_others_go_first);
  add ("/inbox/discard", test_discard);

  return g_test_run ();
}
