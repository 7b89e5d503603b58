/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-json-members-private.h"

#include "pusher-json-number-private.h"
#include "pusher-json-writer-private.h"

#include <string.h>

/*
 * pusher_json_object_get_member:
 * @object: (nullable):
 *
 * Returns: (nullable):
 */
JsonNode *
pusher_json_object_get_member (JsonObject *object,
                               const char *member)
{
  return object != NULL ? json_object_get_member (object, member) : NULL;
}

static JsonNode *
get_value (JsonObject *object,
           const char *member)
{
  JsonNode *node = pusher_json_object_get_member (object, member);

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
  return pusher_json_node_get_string (pusher_json_object_get_member (object, member));
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
 * pusher_json_node_get_string:
 * @node: (nullable):
 *
 * Returns: (nullable): the text, if it is a string
 */
const char *
pusher_json_node_get_string (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
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
  return pusher_json_node_get_object (pusher_json_object_get_member (object, member));
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
  JsonNode *node = pusher_json_object_get_member (object, member);

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return NULL;

  return json_node_get_array (node);
}

/* Whether a text may be the id of a user. */
gboolean
pusher_json_is_id (const char *text)
{
  return *text != '\0' && strnlen (text, PUSHER_MAX_ID_SIZE + 1) <= PUSHER_MAX_ID_SIZE;
}

/*
 * pusher_json_node_dup_id:
 * @node: (nullable):
 *
 * Ids are strings to applications; some servers keep numbers.
 *
 * Returns: (transfer full) (nullable): the id, if it is one
 */
char *
pusher_json_node_dup_id (JsonNode *node)
{
  g_autofree char *id = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;

  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      id = json_node_dup_string (node);
      break;
    case G_TYPE_INT64:
    case G_TYPE_DOUBLE:
      id = pusher_json_write (node);
      break;
    default:
      return NULL;
    }

  return pusher_json_is_id (id) ? g_steal_pointer (&id) : NULL;
}
