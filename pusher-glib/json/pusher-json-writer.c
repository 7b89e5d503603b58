/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-json-writer-private.h"

#include <string.h>

static void
append_escape (GString *json,
               char     character)
{
  switch (character)
    {
    case '"':
    case '\\':
      g_string_append_c (json, '\\');
      g_string_append_c (json, character);
      break;
    case '\n':
      g_string_append (json, "\\n");
      break;
    case '\r':
      g_string_append (json, "\\r");
      break;
    case '\t':
      g_string_append (json, "\\t");
      break;
    default:
      g_string_append_printf (json, "\\u%04x", character);
      break;
    }
}

void
pusher_json_append_string (GString    *json,
                           const char *text)
{
  const char *run = text;
  const char *p;

  g_string_append_c (json, '"');
  for (p = text; *p != '\0'; p++)
    {
      if ((guchar) *p >= 0x20 && *p != '"' && *p != '\\')
        continue;

      g_string_append_len (json, run, p - run);
      append_escape (json, *p);
      run = p + 1;
    }
  g_string_append_len (json, run, p - run);
  g_string_append_c (json, '"');
}

/* No value ends in an opening bracket: what does is an object or an array that has
 * nothing in it yet. */
static void
begin_value (GString    *json,
             const char *name)
{
  char last = json->len > 0 ? json->str[json->len - 1] : '[';

  if (last != '{' && last != '[')
    g_string_append_c (json, ',');

  if (name != NULL)
    {
      pusher_json_append_string (json, name);
      g_string_append_c (json, ':');
    }
}

void
pusher_json_begin_object (GString    *json,
                          const char *name)
{
  begin_value (json, name);
  g_string_append_c (json, '{');
}

void
pusher_json_end_object (GString *json)
{
  g_string_append_c (json, '}');
}

void
pusher_json_begin_array (GString    *json,
                         const char *name)
{
  begin_value (json, name);
  g_string_append_c (json, '[');
}

void
pusher_json_end_array (GString *json)
{
  g_string_append_c (json, ']');
}

void
pusher_json_add_string (GString    *json,
                        const char *name,
                        const char *value)
{
  if (value == NULL)
    return;

  begin_value (json, name);
  pusher_json_append_string (json, value);
}

void
pusher_json_add_int (GString    *json,
                     const char *name,
                     gint64      value)
{
  begin_value (json, name);
  g_string_append_printf (json, "%" G_GINT64_FORMAT, value);
}

/* @value is not checked. */
void
pusher_json_add_raw (GString    *json,
                     const char *name,
                     const char *value)
{
  if (value == NULL)
    return;

  begin_value (json, name);
  g_string_append (json, value);
}

/* A double reads as one again. One that is not finite has no JSON text: what comes of it
 * is not JSON either, and is found where the text is checked. */
static void
add_double (GString    *json,
            const char *name,
            double      value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_dtostr (text, sizeof text, value);
  pusher_json_add_raw (json, name, text);
  if (strspn (text, "-0123456789") == strlen (text))
    g_string_append (json, ".0");
}

static void
add_value (GString    *json,
           const char *name,
           JsonNode   *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      pusher_json_add_string (json, name, json_node_get_string (node));
      break;
    case G_TYPE_INT64:
      pusher_json_add_int (json, name, json_node_get_int (node));
      break;
    case G_TYPE_DOUBLE:
      add_double (json, name, json_node_get_double (node));
      break;
    default:
      pusher_json_add_raw (json, name, json_node_get_boolean (node) ? "true" : "false");
    }
}

static void
add_array (GString    *json,
           const char *name,
           JsonArray  *array)
{
  pusher_json_begin_array (json, name);
  for (guint i = 0; i < json_array_get_length (array); i++)
    pusher_json_add_node (json, NULL, json_array_get_element (array, i));
  pusher_json_end_array (json);
}

static void
add_object (GString    *json,
            const char *name,
            JsonObject *object)
{
  JsonObjectIter iter;
  const char *member;
  JsonNode *value;

  pusher_json_begin_object (json, name);
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &member, &value))
    pusher_json_add_node (json, member, value);
  pusher_json_end_object (json);
}

/*
 * pusher_json_add_node:
 *
 * JsonGenerator is not used: version 1.6 writes 1e20 as `1e+20.0`.
 */
void
pusher_json_add_node (GString    *json,
                      const char *name,
                      JsonNode   *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    add_array (json, name, json_node_get_array (node));
  else if (JSON_NODE_HOLDS_OBJECT (node))
    add_object (json, name, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_VALUE (node))
    add_value (json, name, node);
  else
    pusher_json_add_raw (json, name, "null");
}

/* Returns: (transfer full): the whole tree as a text */
char *
pusher_json_write (JsonNode *node)
{
  GString *json = g_string_new (NULL);

  pusher_json_add_node (json, NULL, node);

  return g_string_free (json, FALSE);
}

char *
pusher_json_quote (const char *text)
{
  GString *json = g_string_sized_new (strlen (text) + 2);

  pusher_json_append_string (json, text);

  return g_string_free (json, FALSE);
}
