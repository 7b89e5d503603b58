/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* JSON that a server in PHP has read and writes again. To PHP, objects and arrays are
 * the same thing: whose keys are 0, 1, 2 and so on is written as an array. */

#include "config.h"

#include "pusher-test-php-private.h"

#include "json/pusher-json-writer-private.h"

gboolean
pusher_test_php_is_list (const char *const *names,
                         guint              n_names)
{
  for (guint i = 0; i < n_names; i++)
    {
      g_autofree char *index = g_strdup_printf ("%u", i);

      if (!g_str_equal (names[i], index))
        return FALSE;
    }

  return TRUE;
}

static void write_value (GString    *text,
                         const char *name,
                         JsonNode   *node);

static void
write_array (GString    *text,
             const char *name,
             JsonArray  *array)
{
  guint length = json_array_get_length (array);

  pusher_json_begin_array (text, name);
  for (guint i = 0; i < length; i++)
    write_value (text, NULL, json_array_get_element (array, i));
  pusher_json_end_array (text);
}

static void
write_object (GString    *text,
              const char *name,
              JsonObject *object)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;
  gboolean is_list;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, NULL))
    g_ptr_array_add (names, (char *) member);
  is_list = pusher_test_php_is_list ((const char *const *) names->pdata, names->len);

  if (is_list)
    pusher_json_begin_array (text, name);
  else
    pusher_json_begin_object (text, name);

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, &node))
    write_value (text, is_list ? NULL : member, node);

  if (is_list)
    pusher_json_end_array (text);
  else
    pusher_json_end_object (text);
}

static void
write_value (GString    *text,
             const char *name,
             JsonNode   *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    write_object (text, name, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node))
    write_array (text, name, json_node_get_array (node));
  else
    pusher_json_add_node (text, name, node);
}

/* Returns: (transfer full): what is left of it */
char *
pusher_test_php_write (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  write_value (text, NULL, node);

  return g_string_free (text, FALSE);
}
