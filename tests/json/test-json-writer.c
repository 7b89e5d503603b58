/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json/pusher-json-writer-private.h"

#include "json/pusher-json-parser-private.h"
#include "json/pusher-json-validator-private.h"

#include <math.h>

static void
assert_text (GString    *json,
             const char *expected)
{
  g_assert_cmpstr (json->str, ==, expected);
  g_assert_true (pusher_json_validate (json->str, (gssize) json->len, NULL));
}

static void
test_object (void)
{
  g_autoptr (GString) json = g_string_new (NULL);

  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "event", "client-hi");
  pusher_json_add_string (json, "channel", NULL);
  pusher_json_add_raw (json, "data", "{\"t\": [1]}");
  pusher_json_add_raw (json, "user_info", NULL);
  pusher_json_add_int (json, "count", 3);
  pusher_json_end_object (json);

  assert_text (json, "{\"event\":\"client-hi\",\"data\":{\"t\": [1]},\"count\":3}");
}

static void
test_array (void)
{
  g_autoptr (GString) json = g_string_new (NULL);

  pusher_json_begin_array (json, NULL);
  pusher_json_add_string (json, NULL, NULL);
  pusher_json_add_int (json, NULL, 0);
  pusher_json_add_string (json, NULL, "");
  pusher_json_add_raw (json, NULL, "null");
  pusher_json_end_array (json);

  assert_text (json, "[0,\"\",null]");
}

static void
test_nested (void)
{
  g_autoptr (GString) json = g_string_new (NULL);

  pusher_json_begin_object (json, NULL);
  pusher_json_begin_object (json, "presence");
  pusher_json_begin_array (json, "ids");
  pusher_json_add_string (json, NULL, "u1");
  pusher_json_begin_object (json, NULL);
  pusher_json_end_object (json);
  pusher_json_begin_array (json, NULL);
  pusher_json_end_array (json);
  pusher_json_begin_array (json, NULL);
  pusher_json_add_int (json, NULL, 1);
  pusher_json_end_array (json);
  pusher_json_end_array (json);
  pusher_json_begin_object (json, "hash");
  pusher_json_end_object (json);
  pusher_json_add_int (json, "count", 1);
  pusher_json_end_object (json);
  pusher_json_end_object (json);

  assert_text (json, "{\"presence\":{\"ids\":[\"u1\",{},[],[1]],\"hash\":{},\"count\":1}}");
}

/* What ends a value decides about the comma, not what it is made of. */
static void
test_brackets_in_strings (void)
{
  static const char *const texts[] = { "{", "[", "a[", "}", "]", ",", ":", "\\", "\"" };
  g_autoptr (GString) json = g_string_new (NULL);

  pusher_json_begin_object (json, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    pusher_json_add_string (json, texts[i], texts[i]);
  pusher_json_end_object (json);

  assert_text (json, "{\"{\":\"{\",\"[\":\"[\",\"a[\":\"a[\",\"}\":\"}\",\"]\":\"]\",\",\":\",\","
                     "\":\":\":\",\"\\\\\":\"\\\\\",\"\\\"\":\"\\\"\"}");
}

static void
test_outermost (void)
{
  g_autoptr (GString) json = g_string_new (NULL);

  pusher_json_add_string (json, NULL, "a");
  assert_text (json, "\"a\"");

  g_string_truncate (json, 0);
  pusher_json_add_int (json, NULL, G_MININT64);
  assert_text (json, "-9223372036854775808");

  g_string_truncate (json, 0);
  pusher_json_add_int (json, NULL, G_MAXINT64);
  assert_text (json, "9223372036854775807");

  g_string_truncate (json, 0);
  pusher_json_begin_object (json, NULL);
  pusher_json_end_object (json);
  assert_text (json, "{}");
}

static void
test_strings (void)
{
  static const char *const texts[][2] = {
    { "", "\"\"" },
    { "plain", "\"plain\"" },
    { "\"\\/", "\"\\\"\\\\/\"" },
    { "\n\r\t\b\f\x01\x1f\x7f", "\"\\n\\r\\t\\u0008\\u000c\\u0001\\u001f\x7f\"" },
    { "h\xc3\xa9llo \xf0\x9f\x98\x80", "\"h\xc3\xa9llo \xf0\x9f\x98\x80\"" },
    { "a\"b\"c", "\"a\\\"b\\\"c\"" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GString) json = g_string_new ("x");
      g_autofree char *quoted = pusher_json_quote (texts[i][0]);
      g_autoptr (JsonNode) node = NULL;

      pusher_json_append_string (json, texts[i][0]);
      g_assert_cmpstr (json->str + 1, ==, texts[i][1]);
      g_assert_cmpstr (quoted, ==, texts[i][1]);

      node = pusher_json_parse (quoted, -1, NULL);
      g_assert_cmpstr (json_node_get_string (node), ==, texts[i][0]);
    }
}

static const char *const names[] = { "a", "", "\"q\"", "\\u0061", "{", "[", "\xc3\xa9", "\n" };

static const char *
random_name (void)
{
  return names[g_test_rand_int_range (0, G_N_ELEMENTS (names))];
}

/* Writes any value, and returns it as a tree. */
static JsonNode *
write_value (GString    *json,
             const char *name,
             guint       depth)
{
  JsonNode *node;

  switch (g_test_rand_int_range (0, depth > 0 ? 5 : 3))
    {
    case 0:
      node = json_node_init_int (json_node_alloc (), g_test_rand_int ());
      pusher_json_add_int (json, name, json_node_get_int (node));
      return node;
    case 1:
      node = json_node_init_string (json_node_alloc (), random_name ());
      pusher_json_add_string (json, name, json_node_get_string (node));
      return node;
    case 2:
      pusher_json_add_raw (json, name, "[null,{}]");
      return pusher_json_parse ("[null,{}]", -1, NULL);
    case 3:
      node = json_node_init_array (json_node_alloc (), json_array_new ());
      pusher_json_begin_array (json, name);
      for (gint32 n = g_test_rand_int_range (0, 4); n > 0; n--)
        json_array_add_element (json_node_get_array (node), write_value (json, NULL, depth - 1));
      pusher_json_end_array (json);
      json_array_unref (json_node_get_array (node));
      return node;
    default:
      node = json_node_init_object (json_node_alloc (), json_object_new ());
      pusher_json_begin_object (json, name);
      for (gint32 n = g_test_rand_int_range (0, 4); n > 0; n--)
        {
          const char *member = random_name ();

          json_object_set_member (json_node_get_object (node), member,
                                  write_value (json, member, depth - 1));
        }
      pusher_json_end_object (json);
      json_object_unref (json_node_get_object (node));
      return node;
    }
}

static void
test_trees (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GString) json = g_string_new (NULL);
      g_autoptr (JsonNode) written = write_value (json, NULL, 5);
      g_autoptr (JsonNode) read = pusher_json_parse (json->str, (gssize) json->len, NULL);

      g_test_message ("%s", json->str);
      g_assert_nonnull (read);
      g_assert_true (json_node_equal (written, read));
    }
}

/* A tree, as exactly as JSON has it */
static void
test_nodes (void)
{
  static const char *const texts[] = {
    "null", "true", "false", "\"\"", "\"a\\\"\\\\\\n\\u0001é\"", "0", "-1",
    "9223372036854775807", "2.0", "-0.0", "1.5", "1e+20", "9.5367431640625e-07",
    "1.7976931348623157e+308", "[]", "{}", "[1,[2.5,{}],null]",
    "{\"b\":{\"a\":[]},\"a\":1,\"\":\"x\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonNode) node = pusher_json_parse (texts[i], -1, NULL);
      g_autofree char *text = pusher_json_write (node);
      g_autoptr (JsonNode) again = pusher_json_parse (text, -1, NULL);

      g_assert_true (json_node_equal (again, node));
      g_assert_cmpstr (text, ==, texts[i]);
    }
}

static void
test_named_nodes (void)
{
  g_autoptr (JsonNode) node = pusher_json_parse ("[1]", -1, NULL);
  g_autoptr (GString) json = g_string_new (NULL);

  pusher_json_begin_object (json, NULL);
  pusher_json_add_node (json, "a", node);
  pusher_json_add_node (json, "b", node);
  pusher_json_end_object (json);

  assert_text (json, "{\"a\":[1],\"b\":[1]}");
}

/* There is no JSON for these, and nobody is to take it for some. */
static void
test_not_finite (void)
{
  static const double values[] = { NAN, INFINITY, -INFINITY };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), values[i]);
      g_autofree char *text = pusher_json_write (node);

      g_assert_false (pusher_json_validate (text, -1, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-writer/object", test_object);
  g_test_add_func ("/json-writer/array", test_array);
  g_test_add_func ("/json-writer/nested", test_nested);
  g_test_add_func ("/json-writer/brackets-in-strings", test_brackets_in_strings);
  g_test_add_func ("/json-writer/outermost", test_outermost);
  g_test_add_func ("/json-writer/strings", test_strings);
  g_test_add_func ("/json-writer/trees", test_trees);
  g_test_add_func ("/json-writer/nodes", test_nodes);
  g_test_add_func ("/json-writer/named-nodes", test_named_nodes);
  g_test_add_func ("/json-writer/not-finite", test_not_finite);

  return g_test_run ();
}
