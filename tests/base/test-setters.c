/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-setters-private.h"

static void
test_string (void)
{
  g_autofree char *setting = NULL;

  g_assert_false (pusher_set_string (&setting, NULL));
  g_assert_true (pusher_set_string (&setting, "https://h/"));
  g_assert_false (pusher_set_string (&setting, "https://h/"));
  g_assert_true (pusher_set_string (&setting, setting + 8));
  g_assert_cmpstr (setting, ==, "h/");
  g_assert_true (pusher_set_string (&setting, ""));
  g_assert_cmpstr (setting, ==, "");
  g_assert_true (pusher_set_string (&setting, NULL));
  g_assert_null (setting);
}

static void
test_numbers (void)
{
  gboolean boolean = FALSE;
  guint number = 1;
  guint64 large = 1;

  g_assert_false (pusher_set_boolean (&boolean, FALSE));
  g_assert_true (pusher_set_boolean (&boolean, 2));
  g_assert_cmpint (boolean, ==, TRUE);
  g_assert_false (pusher_set_boolean (&boolean, 4));

  g_assert_false (pusher_set_uint (&number, 1));
  g_assert_true (pusher_set_uint (&number, G_MAXUINT));
  g_assert_cmpuint (number, ==, G_MAXUINT);

  g_assert_false (pusher_set_uint64 (&large, 1));
  g_assert_true (pusher_set_uint64 (&large, G_MAXUINT64));
  g_assert_cmpuint (large, ==, G_MAXUINT64);
}

/* The value goes into the setting once, and comes out of it again. */
static void
assert_value (gpointer      setting,
              const GValue *value)
{
  g_auto (GValue) read = G_VALUE_INIT;
  g_autofree char *expected = g_strdup_value_contents (value);
  g_autofree char *contents = NULL;

  g_assert_true (pusher_set_value (setting, value));
  g_assert_false (pusher_set_value (setting, value));
  g_value_init (&read, G_VALUE_TYPE (value));
  pusher_get_value (setting, &read);
  contents = g_strdup_value_contents (&read);
  g_assert_cmpstr (contents, ==, expected);
}

static void
test_values (void)
{
  struct
  {
    char *string;
    gboolean boolean;
    guint number;
    guint64 large;
    GObject *object;
  } settings = { NULL, FALSE, 0, 0, NULL };
  g_autoptr (GObject) object = g_object_new (G_TYPE_OBJECT, NULL);
  g_auto (GValue) string = G_VALUE_INIT;
  g_auto (GValue) boolean = G_VALUE_INIT;
  g_auto (GValue) number = G_VALUE_INIT;
  g_auto (GValue) large = G_VALUE_INIT;
  g_auto (GValue) object_value = G_VALUE_INIT;

  g_value_set_static_string (g_value_init (&string, G_TYPE_STRING), "text");
  g_value_set_boolean (g_value_init (&boolean, G_TYPE_BOOLEAN), TRUE);
  g_value_set_uint (g_value_init (&number, G_TYPE_UINT), G_MAXUINT);
  g_value_set_uint64 (g_value_init (&large, G_TYPE_UINT64), G_MAXUINT64);
  g_value_set_object (g_value_init (&object_value, G_TYPE_OBJECT), object);

  assert_value (&settings.string, &string);
  assert_value (&settings.boolean, &boolean);
  assert_value (&settings.number, &number);
  assert_value (&settings.large, &large);
  assert_value (&settings.object, &object_value);

  g_assert_cmpstr (settings.string, ==, "text");
  g_assert_true (settings.boolean);
  g_assert_cmpuint (settings.number, ==, G_MAXUINT);
  g_assert_cmpuint (settings.large, ==, G_MAXUINT64);
  g_assert_true (settings.object == object);

  g_free (settings.string);
  g_object_unref (settings.object);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/setters/string", test_string);
  g_test_add_func ("/setters/numbers", test_numbers);
  g_test_add_func ("/setters/values", test_values);

  return g_test_run ();
}
