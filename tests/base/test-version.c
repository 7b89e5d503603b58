/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <pusher-glib/pusher.h>

static void
test_numbers (void)
{
  g_assert_cmpuint (pusher_get_major_version (), ==, PUSHER_MAJOR_VERSION);
  g_assert_cmpuint (pusher_get_minor_version (), ==, PUSHER_MINOR_VERSION);
  g_assert_cmpuint (pusher_get_micro_version (), ==, PUSHER_MICRO_VERSION);
}

static void
test_text (void)
{
  g_autofree char *text = g_strdup_printf ("%u.%u.%u", pusher_get_major_version (),
                                           pusher_get_minor_version (),
                                           pusher_get_micro_version ());

  g_assert_cmpstr (text, ==, PUSHER_VERSION_S);
}

/* The macro and the function agree on what is older and what is newer. */
static void
test_check (void)
{
  for (int major = -1; major <= 1; major++)
    for (int minor = -1; minor <= 1; minor++)
      for (int micro = -1; micro <= 1; micro++)
        {
          int wanted[] = {
            PUSHER_MAJOR_VERSION + major,
            PUSHER_MINOR_VERSION + minor,
            PUSHER_MICRO_VERSION + micro,
          };
          gboolean expected = major != 0 ? major < 0 : minor != 0 ? minor < 0 : micro <= 0;

          if (wanted[0] < 0 || wanted[1] < 0 || wanted[2] < 0)
            continue;

          g_test_message ("%d.%d.%d", wanted[0], wanted[1], wanted[2]);
          g_assert_cmpint (PUSHER_CHECK_VERSION (wanted[0], wanted[1], wanted[2]), ==, expected);
          g_assert_cmpint (pusher_check_version (wanted[0], wanted[1], wanted[2]), ==, expected);
        }

  g_assert_true (pusher_check_version (0, G_MAXUINT, G_MAXUINT));
  g_assert_false (pusher_check_version (G_MAXUINT, 0, 0));
  g_assert_false (pusher_check_version (PUSHER_MAJOR_VERSION, G_MAXUINT, 0));
  g_assert_false (pusher_check_version (PUSHER_MAJOR_VERSION, PUSHER_MINOR_VERSION, G_MAXUINT));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/version/numbers", test_numbers);
  g_test_add_func ("/version/text", test_text);
  g_test_add_func ("/version/check", test_check);
  return g_test_run ();
}
