/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-error.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-number-private.h"
#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-scanner-private.h"
#include "json/pusher-json-validator-private.h"

#include <string.h>

#include "json-texts.h"

/* A text in a block of exactly its size, for valgrind and the address sanitizer
 * to see a read behind its end. */
static char *
copy_exactly (const char *text,
              gsize       length)
{
  char *copy = g_malloc (MAX (length, 1));

  memcpy (copy, text, length);
  return copy;
}

static gboolean
validate (const char *text,
          gsize       length,
          GError    **error)
{
  g_autofree char *copy = copy_exactly (text, length);

  return pusher_json_validate (copy, length, error);
}

static void
test_valid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_autoptr(GError) error = NULL;

      g_test_message ("%s", valid[i]);
      g_assert_true (validate (valid[i], strlen (valid[i]), &error));
      g_assert_no_error (error);
      g_assert_true (pusher_json_validate (valid[i], -1, NULL));
    }
}

static void
test_invalid (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (invalid); i++)
    {
      g_autofree char *message =
        g_strdup_printf ("JSON text, byte %" G_GSIZE_FORMAT ": %s",
                         invalid[i].offset, invalid[i].what);
      g_autoptr(GError) error = NULL;

      g_test_message ("%" G_GSIZE_FORMAT, i);
      g_assert_false (validate (invalid[i].text, strlen (invalid[i].text), &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      g_assert_cmpstr (error->message, ==, message);

      g_clear_error (&error);
      g_assert_null (pusher_json_parse (invalid[i].text, -1, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      g_assert_cmpstr (error->message, ==, message);
    }
}

/* A NUL byte is a fault wherever it is, and no text is not JSON either. */
static void
test_nul_byte (void)
{
  g_assert_false (validate ("1\0", 2, NULL));
  g_assert_false (validate ("\0", 1, NULL));
  g_assert_false (validate ("[\0]", 3, NULL));
  g_assert_false (validate ("1\0002", 3, NULL));
  g_assert_false (validate ("1.\0", 3, NULL));
  g_assert_false (validate ("\"a\0b\"", 5, NULL));
  g_assert_false (validate ("\"\\\0\"", 4, NULL));
  g_assert_false (pusher_json_validate (NULL, -1, NULL));
  g_assert_false (pusher_json_validate (NULL, 0, NULL));
  g_assert_null (pusher_json_parse (NULL, -1, NULL));
}

static char *
nest (const char *open,
      const char *close,
      int         n_units)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < n_units; i++)
    g_string_append (text, open);
  g_string_append (text, "0");
  for (int i = 0; i < n_units; i++)
    g_string_append (text, close);

  return g_string_free (text, FALSE);
}

static const struct
{
  const char *open;
  const char *close;
  int n_levels;
} nestings[] = {
  { "[", "]", 1 },
  { "{\"a\":", "}", 1 },
  { "[{\"a\":", "}]", 2 },
  { "{\"a\":[{\"b\":[", "]}]}", 4 },
};

/* What json-glib 1.6 needs a deep stack for, or dies of. */
static void
test_depth (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nestings); i++)
    {
      int n_units = PUSHER_JSON_MAX_DEPTH / nestings[i].n_levels;
      g_autofree char *deepest = nest (nestings[i].open, nestings[i].close, n_units);
      g_autofree char *too_deep = nest (nestings[i].open, nestings[i].close, n_units + 1);
      g_autoptr(JsonNode) node = NULL;
      g_autoptr(GError) error = NULL;

      node = pusher_json_parse (deepest, -1, &error);
      g_assert_no_error (error);
      g_assert_nonnull (node);

      g_assert_null (pusher_json_parse (too_deep, -1, &error));
      g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
      g_assert_nonnull (strstr (error->message, "too many levels of nesting"));
    }
}

/* Each bracket has to match its own, however deep it is. */
static void
test_mismatched_bracket (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nestings); i++)
    {
      int n_units = PUSHER_JSON_MAX_DEPTH / nestings[i].n_levels;
      g_autofree char *text = nest (nestings[i].open, nestings[i].close, n_units);

      for (char *p = strchr (text, '0') + 1; *p != '\0'; p++)
        {
          char bracket = *p;

          *p = bracket == ']' ? '}' : ']';
          g_assert_false (pusher_json_validate (text, -1, NULL));
          *p = bracket;
        }
      g_assert_true (pusher_json_validate (text, -1, NULL));
    }
}

static void
test_hostile (void)
{
  const gsize length = 1024 * 1024;

  for (const char *c = "[{\"-0 \\\xf0"; *c != '\0'; c++)
    {
      g_autofree char *text = g_strnfill (length, *c);

      g_assert_false (validate (text, length, NULL));
      g_assert_null (pusher_json_parse (text, length, NULL));
    }
}

static const struct
{
  const char *json;
  const char *text;
} strings[] = {
  { "\"\"", "" },
  { "\"a\"", "a" },
  { "\"0123456789abcdefghijklmnopqrstuvwxyz\"", "0123456789abcdefghijklmnopqrstuvwxyz" },
  { "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t" },
  { "\"{\\\"socket_id\\\":\\\"5042.80766\\\"}\"", "{\"socket_id\":\"5042.80766\"}" },
  { "\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\\\"\"", "\"\"\"\"\"\"\"\"\"" },
  { "\"\\u0041\\u00e9\\u20AC\\uFFFF\"", "A\xc3\xa9\xe2\x82\xac\xef\xbf\xbf" },
  { "\"\\ud83d\\ude00\\uDBFF\\uDFFF\"", "\xf0\x9f\x98\x80\xf4\x8f\xbf\xbf" },
  { "\"h\xc3\xa9llo \xf0\x9f\x98\x80 w\xc3\xb6rld\"",
    "h\xc3\xa9llo \xf0\x9f\x98\x80 w\xc3\xb6rld" },
  { "\"\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82\"",
    "\xd0\x9f\xd1\x80\xd0\xb8\xd0\xb2\xd0\xb5\xd1\x82" },
  { "\"\x7f\"", "\x7f" },
  /* Half an emoji shows as the replacement character, whatever follows it. */
  { "\"\\ud83d\"", "\xef\xbf\xbd" },
  { "\"\\ude00\"", "\xef\xbf\xbd" },
  { "\"\\ud83d.\"", "\xef\xbf\xbd." },
  { "\"\\ud83d\\n\"", "\xef\xbf\xbd\n" },
  { "\"\\ud83d\\u0041\"", "\xef\xbf\xbd" "A" },
  { "\"\\ud83d\\ue000\"", "\xef\xbf\xbd\xee\x80\x80" },
  { "\"\\ude00\\ud83d\"", "\xef\xbf\xbd\xef\xbf\xbd" },
  { "\"\\ud83d\\ud83d\\ude00\"", "\xef\xbf\xbd\xf0\x9f\x98\x80" },
};

static char *
copy_string (const char *json,
             gsize       length,
             char       *destination,
             GError    **error)
{
  PusherJsonScanner scanner;
  char *behind;

  pusher_json_scanner_init (&scanner, json, length, PUSHER_ERROR_PROTOCOL);
  behind = pusher_json_scanner_copy_string (&scanner, destination, error);
  if (behind != NULL)
    g_assert_true (scanner.cursor == scanner.end);
  return behind;
}

static void
test_strings (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      gsize length = strlen (strings[i].json);
      g_autofree char *json = copy_exactly (strings[i].json, length);
      g_autofree char *text = g_malloc (length);
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = NULL;
      char *behind;

      behind = copy_string (json, length, text, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (text, ==, strings[i].text);
      g_assert_true (behind == text + strlen (text) + 1);

      node = pusher_json_parse (json, length, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (json_node_get_string (node), ==, strings[i].text);
    }
}

/* The scanner reads words: each kind of character must be seen in each place. */
static void
test_string_alignment (void)
{
  static const char *const specials[][2] = {
    { "\\\"", "\"" }, { "\\\\", "\\" }, { "\xc3\xa9", "\xc3\xa9" }, { "\\u00e9", "\xc3\xa9" },
    { "\xf0\x9f\x98\x80", "\xf0\x9f\x98\x80" }, { " ", " " }, { "!", "!" }, { "#", "#" },
    { "[", "[" }, { "]", "]" }, { "~", "~" }, { "\x7f", "\x7f" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (specials); i++)
    for (int before = 0; before < 20; before++)
      for (int after = 0; after < 20; after++)
        {
          g_autofree char *head = g_strnfill (before, 'h');
          g_autofree char *tail = g_strnfill (after, 't');
          g_autofree char *json = g_strconcat ("\"", head, specials[i][0], tail, "\"", NULL);
          g_autofree char *expected = g_strconcat (head, specials[i][1], tail, NULL);
          gsize length = strlen (json);
          g_autofree char *copy = copy_exactly (json, length);
          g_autofree char *text = g_malloc (length);

          g_assert_nonnull (copy_string (copy, length, text, NULL));
          g_assert_cmpstr (text, ==, expected);
          copy[1 + before] = '\x01';
          g_assert_null (copy_string (copy, length, text, NULL));
          copy[1 + before] = '\xff';
          g_assert_null (copy_string (copy, length, text, NULL));
        }
}

/* A C string cannot hold it, so it is an error rather than a shorter string. */
static void
test_nul_character (void)
{
  g_autoptr(GError) error = NULL;
  char text[16];

  g_assert_null (copy_string ("\"a\\u0000b\"", 10, text, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL);
  g_assert_cmpstr (error->message, ==,
                   "JSON text, byte 2: a string with a NUL character is not supported");
  g_clear_error (&error);

  g_assert_null (pusher_json_parse ("{\"a\":[\"\\u0000\"]}", -1, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
  g_clear_error (&error);

  g_assert_null (pusher_json_parse ("{\"\\u0000\":1}", -1, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
}

/* An error is logged and shown: nothing of the text may be in it. */
static void
test_no_echo (void)
{
  static const char *const texts[] = {
    "secret", "\"secret", "[secret]", "{\"secret\"}", "\"secret\\z\"", "{\"a\":\"secret\n\"}",
    "\"secret\xff\"", "[\"\\u0000secret\"]", "[1e999999,\"secret\"]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (pusher_json_parse (texts[i], -1, &error));
      g_assert_nonnull (error);
      g_assert_null (strstr (error->message, "secret"));
    }
}

static const char *const corpus[] = {
  "{}", "[]", "true", "false", "0", "-1", "1.5", "\"\"", "\"text\"",
  "{\"a\":1,\"b\":[true,false,null],\"c\":{\"d\":\"e\"},\"f\":-0.25}",
  "[1,-2,3.5,1e3,1E-3,9223372036854775807,-9223372036854775808]",
  "{\"presence\":{\"ids\":[\"u1\",2],\"hash\":{\"u1\":{\"name\":\"Al\"},\"2\":null},\"count\":2}}",
  "{\"socket_id\":\"5042.80766\",\"activity_timeout\":30}",
  "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\",\"\\u00e9\\u20ac\\ud83d\\ude00\"]",
  "[\"h\xc3\xa9llo\",\"\xf0\x9f\x98\x80\",\"\xe4\xbd\xa0\xe5\xa5\xbd\"]",
  "{\"a\":1,\"a\":2}", "{\"\":0}", "{\"\\u0061\":1}",
  " [ 1 , { \"a\" : [ ] } ] ", "[[[[[[[[\"deep\"]]]]]]]]",
  "\"{\\\"user_id\\\":\\\"u2\\\",\\\"user_info\\\":{\\\"name\\\":\\\"Bo\\\"}}\"",
};

static void
test_like_json_glib (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (corpus); i++)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      g_autoptr(JsonNode) node = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree char *ours = NULL;
      g_autofree char *theirs = NULL;

      g_assert_true (json_parser_load_from_data (parser, corpus[i], -1, NULL));
      node = pusher_json_parse (corpus[i], -1, &error);
      g_assert_no_error (error);
      g_assert_true (json_node_equal (node, json_parser_get_root (parser)));

      ours = json_to_string (node, FALSE);
      theirs = json_to_string (json_parser_get_root (parser), FALSE);
      g_assert_cmpstr (ours, ==, theirs);
    }
}

/* JsonReader goes up by the parents of the nodes. */
static void
test_reader (void)
{
  g_autoptr(JsonNode) node = pusher_json_parse ("{\"a\":[{\"b\":1},2],\"c\":3}", -1, NULL);
  g_autoptr(JsonReader) reader = json_reader_new (node);
  JsonNode *array = json_object_get_member (json_node_get_object (node), "a");

  g_assert_true (json_node_get_parent (array) == node);
  g_assert_true (json_node_get_parent (json_array_get_element (json_node_get_array (array), 1))
                 == array);
  g_assert_true (json_reader_read_member (reader, "a"));
  g_assert_true (json_reader_read_element (reader, 0));
  g_assert_true (json_reader_read_member (reader, "b"));
  g_assert_cmpint (json_reader_get_int_value (reader), ==, 1);
  json_reader_end_member (reader);
  json_reader_end_element (reader);
  g_assert_true (json_reader_read_element (reader, 1));
  g_assert_cmpint (json_reader_get_int_value (reader), ==, 2);
  json_reader_end_element (reader);
  json_reader_end_member (reader);
  g_assert_true (json_reader_read_member (reader, "c"));
  g_assert_cmpint (json_reader_get_int_value (reader), ==, 3);
}

static void
test_null (void)
{
  g_autoptr(JsonNode) null_node = pusher_json_parse (" null ", -1, NULL);

  g_assert_nonnull (null_node);
  g_assert_true (JSON_NODE_HOLDS_NULL (null_node));
}

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
      g_autofree char *copy = copy_exactly (numbers[i].text, strlen (numbers[i].text));
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
test_numbers_out_of_range (void)
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

static void
test_getters (void)
{
  g_autoptr(JsonNode) node = pusher_json_parse (
    "{\"s\":\"text\",\"i\":-7,\"d\":30.0,\"f\":1.9,\"big\":1e30,\"edge\":9223372036854775808,"
    "\"b\":true,\"n\":null,\"o\":{},\"a\":[]}", -1, NULL);
  JsonObject *object = pusher_json_node_get_object (node);
  gint64 value = 42;

  g_assert_cmpstr (pusher_json_object_get_string (object, "s"), ==, "text");
  for (const char *const *name = (const char *const[]){ "i", "d", "b", "n", "o", "a", "x", NULL };
       *name != NULL; name++)
    g_assert_null (pusher_json_object_get_string (object, *name));

  for (const char *const *name = (const char *const[]){ "s", "big", "edge", "b", "n", "o", "a",
                                                        "x", NULL };
       *name != NULL; name++)
    g_assert_false (pusher_json_object_get_int (object, *name, &value));
  g_assert_cmpint (value, ==, 42);

  g_assert_true (pusher_json_object_get_int (object, "i", &value));
  g_assert_cmpint (value, ==, -7);
  g_assert_true (pusher_json_object_get_int (object, "d", &value));
  g_assert_cmpint (value, ==, 30);
  g_assert_true (pusher_json_object_get_int (object, "f", &value));
  g_assert_cmpint (value, ==, 1);

  g_assert_null (pusher_json_object_get_string (NULL, "s"));
  g_assert_false (pusher_json_object_get_int (NULL, "i", &value));
  g_assert_null (pusher_json_node_get_object (NULL));
  g_assert_null (pusher_json_node_get_object (json_object_get_member (object, "a")));
  g_assert_null (pusher_json_node_get_object (json_object_get_member (object, "n")));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json/valid", test_valid);
  g_test_add_func ("/json/invalid", test_invalid);
  g_test_add_func ("/json/nul-byte", test_nul_byte);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/mismatched-bracket", test_mismatched_bracket);
  g_test_add_func ("/json/hostile", test_hostile);
  g_test_add_func ("/json/strings", test_strings);
  g_test_add_func ("/json/string-alignment", test_string_alignment);
  g_test_add_func ("/json/nul-character", test_nul_character);
  g_test_add_func ("/json/no-echo", test_no_echo);
  g_test_add_func ("/json/like-json-glib", test_like_json_glib);
  g_test_add_func ("/json/reader", test_reader);
  g_test_add_func ("/json/null", test_null);
  g_test_add_func ("/json/numbers", test_numbers);
  g_test_add_func ("/json/fractions", test_fractions);
  g_test_add_func ("/json/numbers-out-of-range", test_numbers_out_of_range);
  g_test_add_func ("/json/getters", test_getters);

  return g_test_run ();
}
