/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json/pusher-json-number-private.h"

#include "base/pusher-error.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-validator-private.h"

#include <string.h>

/* An id of 20 digits is not exact, but is the number that JavaScript shows, and
 * not -1. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    gboolean is_integer;
    gint64 integer;
    double real;
  } numbers[] = {
    { "0", TRUE, 0 },
    { "-0", TRUE, 0 },
    { "9223372036854775807", TRUE, G_MAXINT64 },
    { "-9223372036854775808", TRUE, G_MININT64 },
    { "9223372036854775808", FALSE, 0, 9223372036854775808.0 },
    { "-9223372036854775809", FALSE, 0, -9223372036854775808.0 },
    { "18446744073709551616", FALSE, 0, 18446744073709551616.0 },
    { "99999999999999999999", FALSE, 0, 1e20 },
    { "1.0", FALSE, 0, 1 },
    { "1e3", FALSE, 0, 1000 },
    { "1e-400", FALSE, 0, 0 },
    { "1.7976931348623157e308", FALSE, 0, 1.7976931348623157e308 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      g_autofree char *copy = g_memdup2 (numbers[i].text, strlen (numbers[i].text));
      g_autoptr(JsonNode) node = pusher_json_parse (copy, strlen (numbers[i].text), NULL);

      g_assert_nonnull (node);
      if (numbers[i].is_integer)
        {
          g_assert_true (json_node_get_value_type (node) == G_TYPE_INT64);
          g_assert_cmpint (json_node_get_int (node), ==, numbers[i].integer);
        }
      else
        {
          g_assert_true (json_node_get_value_type (node) == G_TYPE_DOUBLE);
          g_assert_cmpfloat_with_epsilon (json_node_get_double (node), numbers[i].real,
                                          G_MINDOUBLE);
        }
    }
}

/* Few digits take a shorter way, which has to lead to the same double. */
static void
test_fractions (void)
{
  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr(GString) text = g_string_new (g_test_rand_bit () ? "-" : "");
      gint32 n_integer = g_test_rand_int_range (1, 10);
      gint32 n_fraction = g_test_rand_int_range (1, 10);
      gint64 integer;
      double real, expected;

      g_string_append_c (text, '1' + g_test_rand_int_range (0, 9));
      for (gint32 k = 1; k < n_integer; k++)
        g_string_append_c (text, '0' + g_test_rand_int_range (0, 10));
      g_string_append_c (text, '.');
      for (gint32 k = 0; k < n_fraction; k++)
        g_string_append_c (text, '0' + g_test_rand_int_range (0, 10));

      g_assert_cmpuint (pusher_json_read_number (text->str, text->len, &integer, &real), ==,
                        G_TYPE_DOUBLE);
      expected = g_ascii_strtod (text->str, NULL);
      g_assert_cmpmem (&real, sizeof real, &expected, sizeof expected);
    }
}

static void
test_out_of_range (void)
{
  g_autofree char *digits = g_strnfill (100000, '9');
  const char *const texts[] = {
    "1e400", "-1e400", "[1e400]", "{\"a\":1e309}", "1e99999999999999999999", digits,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (pusher_json_validate (texts[i], -1, NULL));
      g_assert_null (pusher_json_parse (texts[i], -1, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "a number is too large"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-number/numbers", test_numbers);
  g_test_add_func ("/json-number/fractions", test_fractions);
  g_test_add_func ("/json-number/out-of-range", test_out_of_range);

  return g_test_run ();
}
