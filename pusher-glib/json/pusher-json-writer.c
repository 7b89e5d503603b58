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

char *
pusher_json_quote (const char *text)
{
  GString *json = g_string_sized_new (strlen (text) + 2);

  pusher_json_append_string (json, text);

  return g_string_free (json, FALSE);
}
