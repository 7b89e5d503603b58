/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json/pusher-json-members-private.h"

#include "json/pusher-json-parser-private.h"

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

static void
test_containers (void)
{
  g_autoptr(JsonNode) node = pusher_json_parse ("{\"o\":{},\"a\":[],\"n\":null}", -1, NULL);
  JsonObject *object = pusher_json_node_get_object (node);

  g_assert_nonnull (pusher_json_object_get_object (object, "o"));
  g_assert_nonnull (pusher_json_object_get_array (object, "a"));
  for (const char *const *name = (const char *const[]){ "n", "x", NULL }; *name != NULL; name++)
    {
      g_assert_null (pusher_json_object_get_object (object, *name));
      g_assert_null (pusher_json_object_get_array (object, *name));
    }
  g_assert_null (pusher_json_object_get_object (object, "a"));
  g_assert_null (pusher_json_object_get_array (object, "o"));
  g_assert_null (pusher_json_object_get_object (NULL, "o"));
  g_assert_null (pusher_json_object_get_array (NULL, "a"));
}

static void
test_ids (void)
{
  static const char *const ids[][2] = {
    { "\"u1\"", "u1" }, { "\" \"", " " }, { "7", "7" }, { "-8", "-8" }, { "1.5", "1.5" },
    { "1e20", "1e+20" },
    { "\"\"", NULL }, { "null", NULL }, { "true", NULL }, { "{}", NULL }, { "[7]", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autoptr(JsonNode) node = pusher_json_parse (ids[i][0], -1, NULL);
      g_autofree char *id = pusher_json_node_dup_id (node);

      g_assert_cmpstr (id, ==, ids[i][1]);
    }
  g_assert_null (pusher_json_node_dup_id (NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-members/getters", test_getters);
  g_test_add_func ("/json-members/containers", test_containers);
  g_test_add_func ("/json-members/ids", test_ids);

  return g_test_run ();
}
