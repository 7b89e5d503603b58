/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json/pusher-json-pointer-private.h"
#include "json/pusher-json-validator-private.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* NULL if it leads nowhere. The text is in a block of exactly its size. */
static char *
resolve (const char *pointer,
         const char *text)
{
  gsize length = strlen (text);
  g_autofree char *copy = g_memdup2 (text, length);
  const char *value;
  gsize value_length;

  return pusher_json_pointer_resolve (pointer, copy, length, &value, &value_length)
           ? g_strndup (value, value_length)
           : NULL;
}

typedef struct
{
  const char *pointer;
  const char *value;
} Expectation;

static void
check (const char        *text,
       const Expectation *expectations,
       gsize              n_expectations)
{
  g_assert_true (pusher_json_validate (text, -1, NULL));
  for (gsize i = 0; i < n_expectations; i++)
    {
      g_autofree char *value = resolve (expectations[i].pointer, text);

      g_test_message ("%s", expectations[i].pointer);
      g_assert_cmpstr (value, ==, expectations[i].value);
    }
}

/* RFC 6901, section 5 */
static void
test_rfc (void)
{
  const char *text = "{ \"foo\": [\"bar\", \"baz\"], \"\": 0, \"a/b\": 1, \"c%d\": 2, \"e^f\": 3, "
                     "\"g|h\": 4, \"i\\\\j\": 5, \"k\\\"l\": 6, \" \": 7, \"m~n\": 8 }";
  const Expectation expectations[] = {
    { "", text },
    { "/foo", "[\"bar\", \"baz\"]" },
    { "/foo/0", "\"bar\"" },
    { "/", "0" },
    { "/a~1b", "1" },
    { "/c%d", "2" },
    { "/e^f", "3" },
    { "/g|h", "4" },
    { "/i\\j", "5" },
    { "/k\"l", "6" },
    { "/ ", "7" },
    { "/m~0n", "8" },
  };

  check (text, expectations, G_N_ELEMENTS (expectations));
}

static void
test_nowhere (void)
{
  static const Expectation expectations[] = {
    { "/c", NULL },
    { "/A", NULL },
    { "/a/x", NULL },
    { "/aa", NULL },
    { "/b/2", NULL },
    { "/b/-", NULL },
    { "/b/-1", NULL },
    { "/b/00", NULL },
    { "/b/01", NULL },
    { "/b/1x", NULL },
    { "/b/", NULL },
    { "/b/18446744073709551616", NULL },
    { "/b/4294967296", NULL },
    { "/empty/0", NULL },
    { "/none/", NULL },
    { "/s/0", NULL },
    { "a", NULL },
    { "#/a", NULL },
    { "//a", NULL },
    { "/a/", NULL },
    { "/~", NULL },
    { "/~2", NULL },
    { "/a~", NULL },
  };

  check ("{\"a\":1,\"b\":[10,11],\"empty\":[],\"none\":{},\"s\":\"text\","
         "\"~\":2,\"a~\":3,\"~2\":4}",
         expectations, G_N_ELEMENTS (expectations));
}

/* Names are compared as what they stand for, however they are written. */
static void
test_escapes (void)
{
  static const Expectation expectations[] = {
    { "/ab", "1" },
    { "/\xc3\xa9", "2" },
    { "/\xf0\x9f\x98\x80", "3" },
    { "/\\u0061c", "4" },
    { "/~01", "5" },
    { "/tab\t", "6" },
    { "/nul", NULL },
  };

  check ("{\"\\u0061b\":1,\"\\u00e9\":2,\"\\ud83d\\ude00\":3,\"\\\\u0061c\":4,"
         "\"~1\":5,\"tab\\t\":6,\"nul\\u0000\":7}",
         expectations, G_N_ELEMENTS (expectations));
}

static void
test_space (void)
{
  static const Expectation expectations[] = {
    { "/a/0", "1" },
    { "/a/1/b", "[ ]" },
    { "/c", "null" },
    { "/a/1", "{ \"b\" : [ ] }" },
  };

  check ("\n { \"a\" : [ 1 ,\t{ \"b\" : [ ] } ] ,\r\n \"c\" : null } ", expectations,
         G_N_ELEMENTS (expectations));
}

static void
test_last_one_wins (void)
{
  static const Expectation expectations[] = {
    { "/a", "{\"c\":3}" },
    { "/a/c", "3" },
    { "/a/b", NULL },
  };

  check ("{\"a\":{\"b\":1},\"x\":2,\"a\":{\"c\":3}}", expectations, G_N_ELEMENTS (expectations));
}

static void
test_strings (void)
{
  static const struct
  {
    const char *text;
    const char *string;
  } strings[] = {
    { "{\"s\":\"\"}", "" },
    { "{\"s\":\"caf\\u00e9 \\ud83d\\ude00\\n\"}", "caf\xc3\xa9 \xf0\x9f\x98\x80\n" },
    { "{\"s\":\"\\ud800\"}", "\xef\xbf\xbd" },
    { "{\"s\":\"a\\u0000b\"}", "a\xef\xbf\xbd" "b" },
    { "{\"s\":1}", NULL },
    { "{\"s\":null}", NULL },
    { "{\"s\":[\"a\"]}", NULL },
    { "{}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      g_autofree char *string =
        pusher_json_pointer_dup_string ("/s", strings[i].text, strlen (strings[i].text));

      g_assert_cmpstr (string, ==, strings[i].string);
    }
}

static JsonNode *
make_tree (guint depth)
{
  JsonNode *node;

  if (depth == 0 || g_test_rand_int_range (0, 4) == 0)
    return json_node_init_int (json_node_alloc (), g_test_rand_int ());

  if (g_test_rand_bit ())
    {
      JsonArray *array = json_array_new ();

      for (gint32 n = g_test_rand_int_range (0, 4); n > 0; n--)
        json_array_add_element (array, make_tree (depth - 1));
      node = json_node_new (JSON_NODE_ARRAY);
      json_node_take_array (node, array);
    }
  else
    {
      static const char *const names[] = {
        "a", "", "a/b", "~1", "\"q\"", "\\u0061", "0", "\xc3\xa9",
      };
      JsonObject *object = json_object_new ();

      for (gint32 n = g_test_rand_int_range (0, 4); n > 0; n--)
        json_object_set_member (object, names[g_test_rand_int_range (0, G_N_ELEMENTS (names))],
                                make_tree (depth - 1));
      node = json_node_new (JSON_NODE_OBJECT);
      json_node_take_object (node, object);
    }

  return node;
}

static void
append_token (GString    *pointer,
              const char *name)
{
  g_string_append_c (pointer, '/');
  for (const char *p = name; *p != '\0'; p++)
    {
      if (*p == '~' || *p == '/')
        g_string_append (pointer, *p == '~' ? "~0" : "~1");
      else
        g_string_append_c (pointer, *p);
    }
}

/* Each node is where a pointer that names the way to it leads. */
static void
check_node (const char *text,
            const char *pointer,
            JsonNode   *node)
{
  g_autofree char *value = resolve (pointer, text);
  g_autofree char *expected = json_to_string (node, FALSE);

  g_assert_cmpstr (value, ==, expected);

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_autofree char *next = g_strdup_printf ("%s/%u", pointer, i);

          check_node (text, next, json_array_get_element (array, i));
        }
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_autoptr (GString) next = g_string_new (pointer);

          append_token (next, name);
          check_node (text, next->str, member);
        }
    }
}

static void
test_trees (void)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (JsonNode) tree = make_tree (5);
      g_autofree char *text = json_to_string (tree, FALSE);

      check_node (text, "", tree);
    }
}

/* Whatever the text is, nothing is read that is not of it. */
static void
test_broken (void)
{
  const char *text = "{\"a\":[1,{\"b\":\"\\u0041\"}],\"\\u0063\":{}}";

  for (gsize length = 0; length <= strlen (text); length++)
    {
      g_autofree char *part = g_strndup (text, length);
      g_autofree char *b = resolve ("/a/1/b", part);
      g_autofree char *c = resolve ("/c", part);

      if (length == strlen (text))
        {
          g_assert_cmpstr (b, ==, "\"\\u0041\"");
          g_assert_cmpstr (c, ==, "{}");
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-pointer/rfc", test_rfc);
  g_test_add_func ("/json-pointer/nowhere", test_nowhere);
  g_test_add_func ("/json-pointer/escapes", test_escapes);
  g_test_add_func ("/json-pointer/space", test_space);
  g_test_add_func ("/json-pointer/last-one-wins", test_last_one_wins);
  g_test_add_func ("/json-pointer/strings", test_strings);
  g_test_add_func ("/json-pointer/trees", test_trees);
  g_test_add_func ("/json-pointer/broken", test_broken);

  return g_test_run ();
}
