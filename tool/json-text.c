/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "json-text.h"

#include <json-glib/json-glib.h>
#include <string.h>

static const char *
skip_spaces (const char *p)
{
  return p + strspn (p, " \t\r\n");
}

static const char *
skip_string (const char *p)
{
  for (p++; *p != '"' && *p != '\0'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
    }

  return *p == '"' ? p + 1 : p;
}

/* Of a value in JSON that was found to be valid. */
static const char *
skip_value (const char *p)
{
  guint depth = 0;

  while (*p != '\0')
    {
      if (depth == 0 && (*p == ',' || *p == '}' || *p == ']'))
        break;
      if (*p == '"')
        {
          p = skip_string (p);
          continue;
        }
      if (*p == '{' || *p == '[')
        depth++;
      else if (*p == '}' || *p == ']')
        depth--;
      p++;
    }

  return p;
}

gboolean
tool_json_text_is_object (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  /* What else the parser takes, such as comments, is not JSON. */
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) && *skip_spaces (json) == '{';
}

char *
tool_json_text_get_member (const char *json,
                           const char *name)
{
  const char *p;

  if (!tool_json_text_is_object (json))
    return NULL;

  p = skip_spaces (skip_spaces (json) + 1);
  while (*p == '"')
    {
      const char *end_of_name = skip_string (p);
      g_autofree char *quoted = g_strndup (p, end_of_name - p);
      g_autofree char *found = tool_json_text_get_string (quoted);
      const char *value = skip_spaces (end_of_name);
      const char *end;

      if (*value != ':')
        break;
      value = skip_spaces (value + 1);
      end = skip_value (value);
      if (g_strcmp0 (found, name) == 0)
        return g_strchomp (g_strndup (value, end - value));
      p = *end == ',' ? skip_spaces (end + 1) : end;
    }

  return NULL;
}

char *
tool_json_text_get_string (const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
             json_node_get_value_type (node) == G_TYPE_STRING
           ? g_strdup (json_node_get_string (node))
           : NULL;
}

char *
tool_json_text_dup_string (const char *json,
                           const char *name)
{
  g_autofree char *member = tool_json_text_get_member (json, name);

  return member != NULL ? tool_json_text_get_string (member) : NULL;
}
