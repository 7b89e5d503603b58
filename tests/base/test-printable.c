/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-printable-private.h"

#include <string.h>

static const struct
{
  const char *text;
  const char *printable;
} cases[] = {
  { "", "" },
  { "Over capacity: try again", "Over capacity: try again" },
  { "Zu viele Verbindungen – später 🙂", "Zu viele Verbindungen – später 🙂" },
  { "App\\Events\\Order %s %n", "App\\Events\\Order %s %n" },

  { "no\n** (evil:1): WARNING **: forged", "no\\n** (evil:1): WARNING **: forged" },
  { "a\r\tb", "a\\r\\tb" },
  { "\x1b[2J\x1b]0;title\x07", "\\u{1b}[2J\\u{1b}]0;title\\u{7}" },
  { "\x7f", "\\u{7f}" },
  { "\xc2\x9b", "\\u{9b}" },                                 /* a control of 8 bits */
  { "\xe2\x80\xa8\xe2\x80\xa9", "\\u{2028}\\u{2029}" },       /* ends of lines */
  { "\xe2\x80\xae\xe2\x81\xa6", "\\u{202e}\\u{2066}" },       /* directions */
  { "\xef\xbb\xbf\xe2\x80\x8b", "\\u{feff}\\u{200b}" },       /* invisible */
  { "\xf3\xa0\x81\x81", "\\u{e0041}" },                       /* a tag */

  { "\xff\xfe", "\\xff\\xfe" },
  { "\xc3", "\\xc3" },               /* ends in the middle of a character */
  { "\xc0\xaf", "\\xc0\\xaf" },      /* longer than need be */
  { "\xed\xa0\x80", "\\xed\\xa0\\x80" }, /* half of a pair */
  { "\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80" },
};

static void
test_escapes (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *printable = pusher_printable (cases[i].text, PUSHER_PRINTABLE_MAX);

      g_assert_cmpstr (printable, ==, cases[i].printable);
    }
}

/* So that it does not matter who has done it already. */
static void
test_again (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize max = 3; max < 40; max++)
      {
        g_autofree char *once = pusher_printable (cases[i].text, max);
        g_autofree char *twice = pusher_printable (once, max);

        g_assert_cmpstr (twice, ==, once);
      }
}

static void
test_length (void)
{
  static const struct
  {
    const char *text;
    gsize max;
    const char *printable;
  } lengths[] = {
    { "12345", 5, "12345" },
    { "123456", 5, "12…" },
    { "123456", 3, "…" },
    { "12\n", 4, "12\\n" },
    { "1\n3", 3, "…" },     /* no half of an escape */
    { "ää\xc3\xa4", 6, "äää" },
    { "äää1", 6, "ä…" },    /* no half of a character */
  };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *printable = pusher_printable (lengths[i].text, lengths[i].max);

      g_assert_cmpstr (printable, ==, lengths[i].printable);
    }
}

/* Whatever it is made of */
static void
test_bound (void)
{
  for (guint byte = 1; byte < 256; byte++)
    {
      g_autofree char *text = g_strnfill (1000 * 1000, (char) byte);
      g_autofree char *printable = pusher_printable (text, PUSHER_PRINTABLE_MAX);

      g_assert_cmpuint (strlen (printable), <=, PUSHER_PRINTABLE_MAX);
      g_assert_cmpuint (strlen (printable), >, PUSHER_PRINTABLE_MAX - 16);
      g_assert_true (g_utf8_validate (printable, -1, NULL));
      g_assert_true (g_str_has_suffix (printable, "…"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/printable/escapes", test_escapes);
  g_test_add_func ("/printable/again", test_again);
  g_test_add_func ("/printable/length", test_length);
  g_test_add_func ("/printable/bound", test_bound);

  return g_test_run ();
}
