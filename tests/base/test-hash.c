/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-hash-private.h"

#include "colliding-names.h"

#include <string.h>

#define N_NAMES 4096

static void
test_equal (void)
{
  static const char *const texts[] = { "", "a", "private-chat", "\xc3\xa9\xff",
                                       "a name that is longer than one block of the hash" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *copy = g_strdup (texts[i]);

      g_assert_cmpuint (pusher_str_hash (copy), ==, pusher_str_hash (texts[i]));
      for (gsize j = 0; j < i; j++)
        g_assert_cmpuint (pusher_str_hash (texts[j]), !=, pusher_str_hash (texts[i]));
    }
}

/* What collides for the one is nothing special for the other. */
static void
test_collisions (void)
{
  g_autoptr (GHashTable) hashes = g_hash_table_new (NULL, NULL);
  g_autofree char *first = colliding_name (0);

  for (guint i = 0; i < N_NAMES; i++)
    {
      g_autofree char *name = colliding_name (i);

      g_assert_cmpuint (g_str_hash (name), ==, g_str_hash (first));
      g_hash_table_add (hashes, GUINT_TO_POINTER (pusher_str_hash (name)));
    }

  g_assert_cmpuint (g_hash_table_size (hashes), >, N_NAMES - 10);
}

/* Nobody can find out the values in a process of their own. */
static void
test_processes (void)
{
  g_autofree char *here =
    g_strdup_printf ("<%08x%08x>", pusher_str_hash ("a"), pusher_str_hash ("b"));
  g_autofree char *pattern = g_strdup_printf ("*%s*", here);

  if (g_test_subprocess ())
    {
      g_printerr ("%s", here);
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*<*>*");
  g_test_trap_assert_stderr_unmatched (pattern);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/hash/equal", test_equal);
  g_test_add_func ("/hash/collisions", test_collisions);
  g_test_add_func ("/hash/processes", test_processes);

  return g_test_run ();
}
