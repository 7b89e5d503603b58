/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-json-private.h"

#include <errno.h>
#include <float.h>
#include <math.h>
#include <string.h>

/*
 * pusher_json_validate:
 * @text: (nullable): NULL is an empty text
 * @length: bytes, or -1 if @text is NUL-terminated
 *
 * Checks that @text is exactly one JSON value, of any type, with or without
 * white space around it. An error has the code %PUSHER_ERROR_INVALID_DATA.
 */
gboolean
pusher_json_validate (const char *text,
                      gssize      length,
                      GError    **error)
{
  PusherJsonScanner scanner;

  if (text == NULL)
    length = 0;
  else if (length < 0)
    length = strlen (text);

  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_INVALID_DATA);

  return pusher_json_scanner_skip_value (&scanner, error) &&
         pusher_json_scanner_finish (&scanner, error);
}

/* The build_…() functions are given text that has been checked. This bounds
 * their recursion, and the only errors left are values that a JsonNode cannot
 * hold. @scratch has as many bytes as the text.
 */
static JsonNode *build_value (PusherJsonScanner *scanner,
                              char              *scratch,
                              GError           **error);

static JsonNode *
build_string (PusherJsonScanner *scanner,
              char              *scratch,
              GError           **error)
{
  if (pusher_json_scanner_copy_string (scanner, scratch, error) == NULL)
    return NULL;

  return json_node_init_string (json_node_alloc (), scratch);
}

/* Reads what is up to 18 digits and a sign: such an integer fits. */
static gboolean
read_integer (const char *text,
              gsize       length,
              gint64     *integer)
{
  gboolean negative = *text == '-';
  gint64 value = 0;

  if (length > 18 + (gsize) negative)
    return FALSE;

  for (gsize i = negative; i < length; i++)
    {
      if (text[i] < '0' || text[i] > '9')
        return FALSE;
      value = 10 * value + (text[i] - '0');
    }
  *integer = negative ? -value : value;

  return TRUE;
}

#if FLT_EVAL_METHOD == 0
/* Reads a decimal fraction of up to 15 digits and no exponent. It is the quotient of
 * two integers that a double holds exactly, so that one division rounds it correctly
 * (W. D. Clinger, “How to read floating point numbers accurately”, 1990). */
static gboolean
read_short_fraction (const char *text,
                     gsize       length,
                     double     *real)
{
  static const double powers[] = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
  };
  gboolean negative = *text == '-';
  gsize n_digits = length - negative - 1; /* without the point */
  gsize point = length;
  gint64 digits = 0;

  if (n_digits > 15)
    return FALSE;

  for (gsize i = negative; i < length; i++)
    {
      if (text[i] == '.')
        point = i;
      else if (text[i] < '0' || text[i] > '9')
        return FALSE;
      else
        digits = 10 * digits + (text[i] - '0');
    }
  if (point == length)
    return FALSE;

  *real = (double) digits / powers[length - 1 - point];
  if (negative)
    *real = -*real;

  return TRUE;
}
#else
static gboolean
read_short_fraction (const char *text,
                     gsize       length,
                     double     *real)
{
  return FALSE;
}
#endif

static GType
read_long_number (const char *text,
                  gint64     *integer,
                  double     *real)
{
  errno = 0;
  *integer = g_ascii_strtoll (text, NULL, 10);
  if (errno == 0 && strpbrk (text, ".eE") == NULL)
    return G_TYPE_INT64;

  *real = g_ascii_strtod (text, NULL);

  return isfinite (*real) ? G_TYPE_DOUBLE : G_TYPE_INVALID;
}

/*
 * pusher_json_read_number:
 * @text: (array length=length): a JSON number
 * @integer: (out): set if the result is %G_TYPE_INT64
 * @real: (out): set if the result is %G_TYPE_DOUBLE
 *
 * An integer that is out of the range of a gint64 is read as JavaScript reads it,
 * as the nearest double.
 *
 * Returns: what was set, or %G_TYPE_INVALID for a number that is out of the range of
 *   a double: the infinity that it would be does not have a JSON text
 */
GType
pusher_json_read_number (const char *text,
                         gsize       length,
                         gint64     *integer,
                         double     *real)
{
  g_autofree char *terminated = NULL;

  if (read_integer (text, length, integer))
    return G_TYPE_INT64;
  if (read_short_fraction (text, length, real))
    return G_TYPE_DOUBLE;

  terminated = g_strndup (text, length);

  return read_long_number (terminated, integer, real);
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
      pusher_json_scanner_fail (scanner, error, "a number is too large");
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
      JsonNode *element = build_value (scanner, scratch, error);

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
              GError           **error)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  pusher_json_scanner_take (scanner, '{');
  if (pusher_json_scanner_take (scanner, '}'))
    return g_steal_pointer (&node);

  do
    {
      /* The key stays in front of what the value needs. */
      const char *key = scratch;
      char *behind_key;
      JsonNode *value;

      pusher_json_scanner_skip_space (scanner);
      behind_key = pusher_json_scanner_copy_string (scanner, scratch, error);
      if (behind_key == NULL)
        return NULL;

      pusher_json_scanner_take (scanner, ':');
      value = build_value (scanner, behind_key, error);
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
             GError           **error)
{
  switch (pusher_json_scanner_peek (scanner))
    {
    case '{':
      return build_object (scanner, scratch, error);
    case '[':
      return build_array (scanner, scratch, error);
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
 * Returns: (transfer full) (nullable):
 */
JsonNode *
pusher_json_parse (const char *text,
                   gssize      length,
                   GError    **error)
{
  g_autofree char *scratch = NULL;
  PusherJsonScanner scanner;

  if (!pusher_json_validate (text, length, error))
    return NULL;

  if (length < 0)
    length = strlen (text);

  scratch = g_malloc (length);
  pusher_json_scanner_init (&scanner, text, length, PUSHER_ERROR_INVALID_DATA);

  return build_value (&scanner, scratch, error);
}

static JsonNode *
get_value (JsonObject *object,
           const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

/*
 * pusher_json_object_get_string:
 * @object: (nullable):
 *
 * Returns: (nullable): the member's text, if it is a string
 */
const char *
pusher_json_object_get_string (JsonObject *object,
                               const char *member)
{
  JsonNode *node = get_value (object, member);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/*
 * pusher_json_truncate:
 * @integer: (out): not touched if the result is FALSE
 *
 * Cuts off the fraction of @real.
 *
 * Returns: whether what is left is in the range of a #gint64
 */
gboolean
pusher_json_truncate (double  real,
                      gint64 *integer)
{
  const double limit = 0x1p63;

  if (!(real >= -limit && real < limit))
    return FALSE;

  *integer = (gint64) real;
  return TRUE;
}

/*
 * pusher_json_object_get_int:
 * @object: (nullable):
 * @value: (out): not touched if the result is FALSE
 *
 * JSON has one type of numbers, and some servers write 120 as 120.0. A fraction
 * is cut off.
 *
 * Returns: whether the member is a number in the range of a #gint64
 */
gboolean
pusher_json_object_get_int (JsonObject *object,
                            const char *member,
                            gint64     *value)
{
  JsonNode *node = get_value (object, member);

  if (node == NULL)
    return FALSE;

  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      *value = json_node_get_int (node);
      return TRUE;
    }

  if (json_node_get_value_type (node) != G_TYPE_DOUBLE)
    return FALSE;

  return pusher_json_truncate (json_node_get_double (node), value);
}

/*
 * pusher_json_node_get_object:
 * @node: (nullable):
 *
 * Returns: (nullable): the object, if it is one
 */
JsonObject *
pusher_json_node_get_object (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;

  return json_node_get_object (node);
}

/*
 * pusher_json_object_get_object:
 * @object: (nullable):
 *
 * Returns: (nullable): the member, if it is an object
 */
JsonObject *
pusher_json_object_get_object (JsonObject *object,
                               const char *member)
{
  return object != NULL ? pusher_json_node_get_object (json_object_get_member (object, member))
                        : NULL;
}

/*
 * pusher_json_object_get_array:
 * @object: (nullable):
 *
 * Returns: (nullable): the member, if it is an array
 */
JsonArray *
pusher_json_object_get_array (JsonObject *object,
                              const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  return json_node_get_array (node);
}
