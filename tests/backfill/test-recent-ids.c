/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "backfill/pusher-recent-ids-private.h"

#include <string.h>

static void
add_number (PusherRecentIds *ids,
            guint            number)
{
  g_autofree char *id = g_strdup_printf ("%u", number);

  pusher_recent_ids_add (ids, id);
}

static gboolean
has_number (PusherRecentIds *ids,
            guint            number)
{
  g_autofree char *id = g_strdup_printf ("%u", number);

  return pusher_recent_ids_contains (ids, id);
}

static void
test_bound (void)
{
  PusherRecentIds ids = { 0 };

  g_assert_false (has_number (&ids, 1));
  for (guint i = 0; i < PUSHER_RECENT_IDS_MAX; i++)
    add_number (&ids, i);
  g_assert_true (has_number (&ids, 0));

  /* One that is there already takes no room. */
  add_number (&ids, 5);
  g_assert_true (has_number (&ids, 0));

  add_number (&ids, PUSHER_RECENT_IDS_MAX);
  g_assert_false (has_number (&ids, 0));
  for (guint i = 1; i <= PUSHER_RECENT_IDS_MAX; i++)
    g_assert_true (has_number (&ids, i));
  g_assert_cmpuint (ids.order.length, ==, PUSHER_RECENT_IDS_MAX);

  pusher_recent_ids_clear (&ids);
  g_assert_false (has_number (&ids, PUSHER_RECENT_IDS_MAX));
  pusher_recent_ids_clear (&ids);
}

static void
test_bound_of_bytes (void)
{
  g_autofree char *long_id = g_strnfill (512, 'a');
  PusherRecentIds ids = { 0 };
  const guint n_fit = PUSHER_RECENT_IDS_MAX_BYTES / 512;

  for (guint i = 0; i < n_fit; i++)
    {
      g_autofree char *number = g_strdup_printf ("%010u", i);

      memcpy (long_id, number, 10);
      pusher_recent_ids_add (&ids, long_id);
    }
  g_assert_cmpuint (ids.order.length, ==, n_fit);
  g_assert_cmpuint (ids.n_bytes, ==, PUSHER_RECENT_IDS_MAX_BYTES);

  pusher_recent_ids_add (&ids, "b");
  g_assert_cmpuint (ids.order.length, ==, n_fit);
  g_assert_true (pusher_recent_ids_contains (&ids, "b"));
  g_assert_true (pusher_recent_ids_contains (&ids, long_id));
  pusher_recent_ids_clear (&ids);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recent-ids/bound", test_bound);
  g_test_add_func ("/recent-ids/bound/bytes", test_bound_of_bytes);

  return g_test_run ();
}
