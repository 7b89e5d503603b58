/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Objects with many members, whose names are made to collide or not. */

#include "json/pusher-json-parser-private.h"

#include "base/pusher-error.h"
#include "colliding-names.h"
#include "json/pusher-json-effort-private.h"

#include <string.h>

typedef char *(*MakeName) (guint number);

static char *
plain_name (guint number)
{
  return g_strdup_printf ("%x", number);
}

/* Every name once, and then the last one again. */
static char *
twice_name (guint number)
{
  return plain_name (MIN (number, PUSHER_JSON_MAX_MEMBERS / 2));
}

static void
append_object (GString *text,
               MakeName make_name,
               guint    n_members)
{
  g_string_append_c (text, '{');
  for (guint i = 0; i < n_members; i++)
    {
      g_autofree char *name = make_name (i);

      g_string_append_printf (text, "%s\"%s\":%u", i > 0 ? "," : "", name, i);
    }
  g_string_append_c (text, '}');
}

static char *
new_object (MakeName make_name,
            guint    n_members)
{
  GString *text = g_string_new (NULL);

  append_object (text, make_name, n_members);

  return g_string_free (text, FALSE);
}

static void
assert_refused (const char *text,
                const char *why)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pusher_json_parse (text, -1, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, why));
}

static void
assert_object (const char *text,
               guint       n_members,
               MakeName    make_name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = pusher_json_parse (text, -1, &error);
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (node);
  g_assert_cmpuint (json_object_get_size (object), ==, n_members);
  for (guint i = 0; i < n_members; i += 1 + n_members / 16)
    {
      g_autofree char *name = make_name (i);

      g_assert_cmpint (json_object_get_int_member (object, name), ==, i);
    }
}

/* Of such a size an object is fine, whatever its names. */
static void
test_always_fine (void)
{
  g_autofree char *colliding = new_object (colliding_name, 4096);
  g_autofree char *plain = new_object (plain_name, 4096);

  assert_object (colliding, 4096, colliding_name);
  assert_object (plain, 4096, plain_name);
}

static void
test_colliding (void)
{
  g_autofree char *text = new_object (colliding_name, 8192);

  assert_refused (text, "too many names that are alike");
}

static void
test_many (void)
{
  g_autofree char *most = new_object (plain_name, PUSHER_JSON_MAX_MEMBERS);
  g_autofree char *too_many = new_object (plain_name, PUSHER_JSON_MAX_MEMBERS + 1);

  assert_object (most, PUSHER_JSON_MAX_MEMBERS, plain_name);
  assert_refused (too_many, "too many members");
}

/* json-glib searches a list for each name that it has already. */
static void
test_repeated (void)
{
  g_autofree char *text = new_object (twice_name, PUSHER_JSON_MAX_MEMBERS);
  g_autofree char *few = new_object (twice_name, PUSHER_JSON_MAX_MEMBERS / 2 + 100);

  assert_refused (text, "too many names that are alike");
  assert_object (few, PUSHER_JSON_MAX_MEMBERS / 2 + 1, plain_name);
}

/* It is the text that may cost so much, not each object in it. */
static void
test_sum (void)
{
  g_autoptr (GString) text = g_string_new ("[");

  for (guint i = 0; i < 4; i++)
    {
      append_object (text, colliding_name, 4096);
      g_string_append_c (text, i < 3 ? ',' : ']');
    }

  assert_refused (text->str, "too many names that are alike");
}

/* Nor is it held against an object that there are many others. */
static void
test_many_objects (void)
{
  g_autoptr (GString) text = g_string_new ("[");
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < 100; i++)
    {
      append_object (text, plain_name, 2000);
      g_string_append_c (text, i < 99 ? ',' : ']');
    }

  node = pusher_json_parse (text->str, -1, NULL);
  g_assert_nonnull (node);
  g_assert_cmpuint (json_array_get_length (json_node_get_array (node)), ==, 100);
}

/* Within each other, small ones too */
static void
test_nested (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < 100; i++)
    {
      append_object (text, plain_name, 70);
      g_string_truncate (text, text->len - 1);
      g_string_append (text, ",\"inner\":");
    }
  g_string_append (text, "0");
  for (guint i = 0; i < 100; i++)
    g_string_append_c (text, '}');

  node = pusher_json_parse (text->str, -1, NULL);
  for (guint i = 0; i < 100; i++)
    {
      JsonObject *object;

      g_assert_nonnull (node);
      object = json_node_get_object (node);
      g_assert_cmpuint (json_object_get_size (object), ==, 71);
      if (i < 99)
        {
          JsonNode *inner = json_node_ref (json_object_get_member (object, "inner"));

          json_node_unref (node);
          node = inner;
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-effort/always-fine", test_always_fine);
  g_test_add_func ("/json-effort/colliding", test_colliding);
  g_test_add_func ("/json-effort/many", test_many);
  g_test_add_func ("/json-effort/repeated", test_repeated);
  g_test_add_func ("/json-effort/sum", test_sum);
  g_test_add_func ("/json-effort/many-objects", test_many_objects);
  g_test_add_func ("/json-effort/nested", test_nested);

  return g_test_run ();
}
