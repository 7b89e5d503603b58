/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-json-parser-private.h"

#include "pusher-json-effort-private.h"
#include "pusher-json-number-private.h"
#include "pusher-json-scanner-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* The build_…() functions are given text that has been checked. This bounds
 * their recursion, and the only errors left are values that a JsonNode cannot
 * hold. @scratch has as many bytes as the text.
 */
static JsonNode *build_value (PusherJsonScanner *scanner,
                              char              *scratch,
                              PusherJsonEffort  *effort,
                              GError           **error);

static JsonNode *
build_string (PusherJsonScanner *scanner,
              char              *scratch,
              GError           **error)
{
  if (pusher_json_scanner_copy_text (scanner, scratch, error) == NULL)
    return NULL;

  return json_node_init_string (json_node_alloc (), scratch);
}

static JsonNode *
build_number (PusherJsonScanner *scanner,
              GError           **error)
{
  const char *start = scanner->cursor;
  gint64 integer;
  double real;

  if (!pusher_json_scanner_skip_value (scanner, error))
    return NULL;

  switch (pusher_json_read_number (start, scanner->cursor - start, &integer, &real))
    {
    case G_TYPE_INT64:
      return json_node_init_int (json_node_alloc (), integer);
    case G_TYPE_DOUBLE:
      return json_node_init_double (json_node_alloc (), real);
    default:
      pusher_json_scanner_fail (scanner, error, N_("a number is too large"));
      return NULL;
    }
}

static JsonNode *
build_word (PusherJsonScanner *scanner,
            GError           **error)
{
  char first = *scanner->cursor;

  if (!pusher_json_scanner_skip_value (scanner, error))
    return NULL;

  if (first == 'n')
    return json_node_init_null (json_node_alloc ());

  return json_node_init_boolean (json_node_alloc (), first == 't');
}

static JsonNode *
build_array (PusherJsonScanner *scanner,
             char              *scratch,
             PusherJsonEffort  *effort,
             GError           **error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  JsonArray *array = json_array_new ();

  json_node_take_array (node, array);
  pusher_json_scanner_take (scanner, '[');
  if (pusher_json_scanner_take (scanner, ']'))
    return g_steal_pointer (&node);

  do
    {
      JsonNode *element = build_value (scanner, scratch, effort, error);

      if (element == NULL)
        return NULL;
      json_node_set_parent (element, node);
      json_array_add_element (array, element);
    }
  while (pusher_json_scanner_take (scanner, ','));

  pusher_json_scanner_take (scanner, ']');
  return g_steal_pointer (&node);
}

static JsonNode *
build_object (PusherJsonScanner *scanner,
              char              *scratch,
              PusherJsonEffort  *effort,
              GError           **error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  g_auto(PusherJsonNames) names = { object };

  json_node_take_object (node, object);
  pusher_json_scanner_take (scanner, '{');
  if (pusher_json_scanner_take (scanner, '}'))
    return g_steal_pointer (&node);

  do
    {
      /* The key stays in front of what the value needs. */
      const char *key = scratch;
      const char *complaint;
      char *behind_key;
      JsonNode *value;

      pusher_json_scanner_skip_space (scanner);
      behind_key = pusher_json_scanner_copy_text (scanner, scratch, error);
      if (behind_key == NULL)
        return NULL;

      complaint = pusher_json_effort_add (effort, &names, key);
      if (complaint != NULL)
        {
          pusher_json_scanner_fail (scanner, error, complaint);
          return NULL;
        }

      pusher_json_scanner_take (scanner, ':');
      value = build_value (scanner, behind_key, effort, error);
      if (value == NULL)
        return NULL;
      json_node_set_parent (value, node);
      json_object_set_member (object, key, value);
    }
  while (pusher_json_scanner_take (scanner, ','));

  pusher_json_scanner_take (scanner, '}');
  return g_steal_pointer (&node);
}

static JsonNode *
build_value (PusherJsonScanner *scanner,
             char              *scratch,
             PusherJsonEffort  *effort,
             GError           **error)
{
  switch (pusher_json_scanner_peek (scanner))
    {
    case '{':
      return build_object (scanner, scratch, effort, error);
    case '[':
      return build_array (scanner, scratch, effort, error);
    case '"':
      return build_string (scanner, scratch, error);
    case 't':
    case 'f':
    case 'n':
      return build_word (scanner, error);
    default:
      return build_number (scanner, error);
    }
}

static JsonNode *
parse (const char *text,
       gssize      length,
       gboolean    in_english,
       GError    **error)
{
  g_autofree char *scratch = NULL;
  PusherJsonEffort effort = { 0 };
  PusherJsonScanner validator;
  PusherJsonScanner scanner;

  if (text == NULL)
    length = 0;
  else if (length < 0)
    length = strlen (text);

  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_INVALID_DATA);
  scanner.in_english = in_english;
  validator = scanner;
  if (!pusher_json_scanner_skip_value (&validator, error) ||
      !pusher_json_scanner_finish (&validator, error))
    return NULL;

  scratch = g_malloc (length);

  return build_value (&scanner, scratch, &effort, error);
}

/*
 * pusher_json_parse:
 * @text: (nullable): as for pusher_json_validate()
 *
 * JsonParser is not used. Version 1.6 accepts what is not JSON and crashes on
 * deep nesting, which a check before would mend; but it also reads
 * 18446744073709551616 as -1, 1e400 as an infinity that it writes as `inf.0`,
 * and "\ud800." as a string that is not UTF-8, and it gives no node for `null`.
 *
 * The last one of members of the same name wins, as in JavaScript.
 *
 * Refused too is what would take json-glib long to make a tree of: an object of more
 * than %PUSHER_JSON_MAX_MEMBERS members, or names that are made to collide.
 *
 * Returns: (transfer full) (nullable):
 */
JsonNode *
pusher_json_parse (const char *text,
                   gssize      length,
                   GError    **error)
{
  return parse (text, length, FALSE, error);
}

/* For an error that is sent to somebody else, whose language is not known. */
JsonNode *
pusher_json_parse_in_english (const char *text,
                              gssize      length,
                              GError    **error)
{
  return parse (text, length, TRUE, error);
}
