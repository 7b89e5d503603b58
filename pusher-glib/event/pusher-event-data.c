/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The data of an event as more than text. */

#include "config.h"

#include "pusher-event-private.h"

#include "json/pusher-json-number-private.h"
#include "json/pusher-json-pointer-private.h"
#include "json/pusher-json-validator-private.h"

#include <math.h>

/* --- Whole --------------------------------------------------------------- */

/**
 * pusher_event_get_json:
 * @self: an event
 *
 * Gets the data of the event as a JSON tree. The data is parsed at the first
 * call.
 *
 * Data that has been made to take long counts as if it were not JSON: with an
 * object of more than 16,384 members, or with thousands of names of members that
 * collide in the tables of json-glib. [method@Pusher.Event.lookup_json] and its
 * like read such data too.
 *
 * Returns: (transfer none) (nullable): the root of the tree, or %NULL if the
 *   event has no data or its data is not JSON
 *
 * Since: 1.0
 */
JsonNode *
pusher_event_get_json (PusherEvent *self)
{
  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);

  if (!self->parsed)
    self->json = pusher_message_parse_data (&self->message);
  self->parsed = TRUE;

  return self->json;
}

/* GVariants of more than 128 levels are not in normal form: they arrive as nothing on
 * D-Bus, say. Each array takes two of them, the array and the variants in it, and each
 * object three. The last two are for what is in the innermost one. */
#define MAX_VARIANT_DEPTH 126
#define ARRAY_DEPTH 2
#define OBJECT_DEPTH 3

/* json_gvariant_deserialize() takes minutes for an array that a large message
 * has room for. NULL if it is deeper than that. */
static GVariant *node_to_variant (JsonNode *node,
                                  int       max_depth);

static GVariant *
array_to_variant (JsonArray *array,
                  int        max_depth)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("av"));
  guint length = json_array_get_length (array);

  for (guint i = 0; i < length; i++)
    {
      GVariant *element = node_to_variant (json_array_get_element (array, i), max_depth);

      if (element == NULL)
        return NULL;
      g_variant_builder_add (&builder, "v", element);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
object_to_variant (JsonObject *object,
                   int         max_depth)
{
  g_auto (GVariantBuilder) builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      GVariant *value = node_to_variant (member, max_depth);

      if (value == NULL)
        return NULL;
      g_variant_builder_add (&builder, "{sv}", name, value);
    }

  return g_variant_builder_end (&builder);
}

static GVariant *
value_to_variant (JsonNode *node)
{
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_variant_new_string (json_node_get_string (node));
    case G_TYPE_BOOLEAN:
      return g_variant_new_boolean (json_node_get_boolean (node));
    case G_TYPE_DOUBLE:
      return g_variant_new_double (json_node_get_double (node));
    default:
      return g_variant_new_int64 (json_node_get_int (node));
    }
}

static GVariant *
node_to_variant (JsonNode *node,
                 int       max_depth)
{
  switch (json_node_get_node_type (node))
    {
    case JSON_NODE_ARRAY:
      return max_depth >= ARRAY_DEPTH
               ? array_to_variant (json_node_get_array (node), max_depth - ARRAY_DEPTH)
               : NULL;
    case JSON_NODE_OBJECT:
      return max_depth >= OBJECT_DEPTH
               ? object_to_variant (json_node_get_object (node), max_depth - OBJECT_DEPTH)
               : NULL;
    case JSON_NODE_NULL:
      return g_variant_new_maybe (G_VARIANT_TYPE_VARIANT, NULL);
    case JSON_NODE_VALUE:
    default:
      return value_to_variant (node);
    }
}

/**
 * pusher_event_get_variant:
 * @self: an event
 *
 * Gets the data of the event as a `GVariant`: objects as `a{sv}`, arrays as
 * `av`, strings as `s`, integers as `x`, other numbers as `d`, booleans as
 * `b`, and `null` as an empty `mv`.
 *
 * A `GVariant` has a limit of nesting. Data that goes deeper, such as over 63
 * arrays or 42 objects in each other, has none, but it has a tree: see
 * [method@Pusher.Event.get_json].
 *
 * Returns: (transfer none) (nullable): the data, or %NULL if the event has no
 *   data, or its data is not JSON or goes too deep
 *
 * Since: 1.0
 */
GVariant *
pusher_event_get_variant (PusherEvent *self)
{
  JsonNode *json;

  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);

  json = pusher_event_get_json (self);
  if (self->variant == NULL && json != NULL)
    {
      self->variant = node_to_variant (json, MAX_VARIANT_DEPTH);
      if (self->variant != NULL)
        g_variant_ref_sink (self->variant);
    }

  return self->variant;
}

/* --- Field by field ------------------------------------------------------ */

static gboolean
is_json (PusherEvent *self)
{
  const PusherMessage *message = &self->message;

  if (self->validity == PUSHER_EVENT_UNKNOWN)
    self->validity = message->data != NULL &&
                         pusher_json_validate (message->data, (gssize) message->data_length, NULL)
                       ? PUSHER_EVENT_VALID
                       : PUSHER_EVENT_INVALID;

  return self->validity == PUSHER_EVENT_VALID;
}

static gboolean
lookup (PusherEvent *self,
        const char  *pointer,
        const char **value,
        gsize       *length)
{
  return is_json (self) && pusher_json_pointer_resolve (pointer, self->message.data,
                                                        self->message.data_length, value, length);
}

static GType
lookup_number (PusherEvent *self,
               const char  *pointer,
               gint64      *integer,
               double      *real)
{
  const char *value;
  gsize length;

  if (!lookup (self, pointer, &value, &length) || (*value != '-' && !g_ascii_isdigit (*value)))
    return G_TYPE_INVALID;

  return pusher_json_read_number (value, length, integer, real);
}

static gboolean
is_integer (double  real,
            gint64 *integer)
{
  return pusher_json_truncate (real, integer) && !islessgreater ((double) *integer, real);
}

/**
 * pusher_event_lookup_json:
 * @self: an event
 * @pointer: a JSON Pointer (RFC 6901), such as `/order/lines/0`; the empty one is
 *   for all of the data
 *
 * Finds a value in the data of the event, of any type.
 *
 * Of members of the same name the last one counts, as in
 * [method@Pusher.Event.get_json].
 *
 * Returns: (transfer full) (nullable): the JSON text of the value, or %NULL if the
 *   data is not JSON or there is no such value in it
 *
 * Since: 1.0
 */
char *
pusher_event_lookup_json (PusherEvent *self,
                          const char  *pointer)
{
  const char *value;
  gsize length;

  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  return lookup (self, pointer, &value, &length) ? g_strndup (value, length) : NULL;
}

/**
 * pusher_event_lookup_string:
 * @self: an event
 * @pointer: a JSON Pointer (RFC 6901), such as `/symbol`
 *
 * Finds a string in the data of the event.
 *
 * This and its like read the text of the data from its beginning, each time, and
 * make no tree of it. For one or a few fields that is many times faster than
 * [method@Pusher.Event.get_json]:
 *
 * ```c
 * g_autofree char *symbol = pusher_event_lookup_string (event, "/symbol");
 * double price;
 *
 * if (symbol != NULL && pusher_event_lookup_double (event, "/price", &price))
 *   g_print ("%s: %.2f\n", symbol, price);
 * ```
 *
 * Returns: (transfer full) (nullable): the string, with U+FFFD instead of U+0000, or %NULL
 *   if the data is not JSON or there is no string at that place
 *
 * Since: 1.0
 */
char *
pusher_event_lookup_string (PusherEvent *self,
                            const char  *pointer)
{
  g_return_val_if_fail (PUSHER_IS_EVENT (self), NULL);
  g_return_val_if_fail (pointer != NULL, NULL);

  return is_json (self) ? pusher_json_pointer_dup_string (pointer, self->message.data,
                                                          self->message.data_length)
                        : NULL;
}

/**
 * pusher_event_lookup_int:
 * @self: an event
 * @pointer: a JSON Pointer (RFC 6901), such as `/size`
 * @value: (out): return location for the number
 *
 * Finds an integer in the data of the event.
 *
 * JSON has one type of numbers: 120.0 and 12e1 are integers too, if they are less
 * than 2⁶³ in size.
 *
 * Returns: whether there is an integer at that place; if not, @value is 0
 *
 * Since: 1.0
 */
gboolean
pusher_event_lookup_int (PusherEvent *self,
                         const char  *pointer,
                         gint64      *value)
{
  double real;

  g_return_val_if_fail (PUSHER_IS_EVENT (self), FALSE);
  g_return_val_if_fail (pointer != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  switch (lookup_number (self, pointer, value, &real))
    {
    case G_TYPE_INT64:
      return TRUE;
    case G_TYPE_DOUBLE:
      if (is_integer (real, value))
        return TRUE;
      G_GNUC_FALLTHROUGH;
    default:
      *value = 0;
      return FALSE;
    }
}

/**
 * pusher_event_lookup_double:
 * @self: an event
 * @pointer: a JSON Pointer (RFC 6901), such as `/price`
 * @value: (out): return location for the number
 *
 * Finds a number in the data of the event.
 *
 * Returns: whether there is a number at that place, in the range of a double; if
 *   not, @value is 0
 *
 * Since: 1.0
 */
gboolean
pusher_event_lookup_double (PusherEvent *self,
                            const char  *pointer,
                            double      *value)
{
  gint64 integer;

  g_return_val_if_fail (PUSHER_IS_EVENT (self), FALSE);
  g_return_val_if_fail (pointer != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  switch (lookup_number (self, pointer, &integer, value))
    {
    case G_TYPE_INT64:
      *value = (double) integer;
      return TRUE;
    case G_TYPE_DOUBLE:
      return TRUE;
    default:
      *value = 0;
      return FALSE;
    }
}

/**
 * pusher_event_lookup_boolean:
 * @self: an event
 * @pointer: a JSON Pointer (RFC 6901), such as `/done`
 * @value: (out): return location for the boolean
 *
 * Finds a boolean in the data of the event.
 *
 * Returns: whether there is a boolean at that place; if not, @value is %FALSE
 *
 * Since: 1.0
 */
gboolean
pusher_event_lookup_boolean (PusherEvent *self,
                             const char  *pointer,
                             gboolean    *value)
{
  const char *text;
  gsize length;
  gboolean found;

  g_return_val_if_fail (PUSHER_IS_EVENT (self), FALSE);
  g_return_val_if_fail (pointer != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  found = lookup (self, pointer, &text, &length) && (*text == 't' || *text == 'f');
  *value = found && *text == 't';

  return found;
}
