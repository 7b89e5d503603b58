/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json/pusher-json-parser-private.h"

#include "base/pusher-error.h"
#include "json-texts.h"
#include "json/pusher-json-scanner-private.h"
#include "json/pusher-json-validator-private.h"

#include <string.h>

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

/* A C string cannot hold it, but nothing else is lost, and it does not become shorter. */
static void
test_nul_character (void)
{
  g_autoptr(JsonNode) node =
    pusher_json_parse ("{\"a\":\"1\\u00002\",\"\\u0000\":1}", -1, NULL);
  JsonObject *object = json_node_get_object (node);

  g_assert_cmpstr (json_object_get_string_member (object, "a"), ==, "1\xef\xbf\xbd" "2");
  g_assert_cmpint (json_object_get_int_member (object, "\xef\xbf\xbd"), ==, 1);
}

/* An error is logged and shown: nothing of the text may be in it. */
static void
test_no_echo (void)
{
  static const char *const texts[] = {
    "secret", "\"secret", "[secret]", "{\"secret\"}", "\"secret\\z\"", "{\"a\":\"secret\n\"}",
    "\"secret\xff\"", "[1e999999,\"secret\"]",
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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-parser/valid", test_valid);
  g_test_add_func ("/json-parser/invalid", test_invalid);
  g_test_add_func ("/json-parser/nul-byte", test_nul_byte);
  g_test_add_func ("/json-parser/depth", test_depth);
  g_test_add_func ("/json-parser/mismatched-bracket", test_mismatched_bracket);
  g_test_add_func ("/json-parser/hostile", test_hostile);
  g_test_add_func ("/json-parser/nul-character", test_nul_character);
  g_test_add_func ("/json-parser/no-echo", test_no_echo);
  g_test_add_func ("/json-parser/like-json-glib", test_like_json_glib);
  g_test_add_func ("/json-parser/reader", test_reader);
  g_test_add_func ("/json-parser/null", test_null);

  return g_test_run ();
}
