/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "rest-output.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <stdio.h>

#include "complain.h"
#include "output.h"
#include "rest-error.h"

static ToolStatus
complain_of_answer (void)
{
  g_autoptr (GError) error =
    g_error_new_literal (TOOL_REST_ERROR, TOOL_REST_ERROR_NOT_FOUND,
                         _("The answer of the server is not what it should be."));

  tool_complain (error);

  return TOOL_STATUS_FAILED;
}

static JsonObject *
get_object (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
get_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING
           ? g_strdup (json_node_get_string (node))
           : json_to_string (node, FALSE);
}

/* A channel, and what is known of it. */
static void
write_channel (const char *name,
               JsonObject *attributes,
               gboolean    as_json)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *shown = as_json ? tool_output_quote (name) : tool_output_printable (name);
  JsonObjectIter iter;
  const char *attribute;
  JsonNode *value;

  g_string_append_printf (line, as_json ? "{\"channel\":%s" : "%s", shown);
  if (attributes != NULL)
    {
      json_object_iter_init_ordered (&iter, attributes);
      while (json_object_iter_next_ordered (&iter, &attribute, &value))
        {
          g_autofree char *text = as_json ? json_to_string (value, FALSE) : get_text (value);
          g_autofree char *label =
            as_json ? tool_output_quote (attribute) : tool_output_printable (attribute);
          g_autofree char *printable = as_json ? g_strdup (text) : tool_output_printable (text);

          g_string_append_printf (line, as_json ? ",%s:%s" : "  %s=%s", label, printable);
        }
    }

  printf ("%s%s\n", line->str, as_json ? "}" : "");
}

ToolStatus
tool_rest_output_channels (const char *answer,
                           gboolean    as_json)
{
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  JsonObject *object = get_object (node);
  JsonNode *member = object != NULL ? json_object_get_member (object, "channels") : NULL;
  JsonObject *channels = get_object (member);
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  /* An empty object of PHP is an array. */
  if (member != NULL && JSON_NODE_HOLDS_ARRAY (member) &&
      json_array_get_length (json_node_get_array (member)) == 0)
    return TOOL_STATUS_DONE;
  if (channels == NULL)
    return complain_of_answer ();

  as_json = as_json || tool_output_get_default () == TOOL_OUTPUT_JSON;
  json_object_iter_init_ordered (&iter, channels);
  while (json_object_iter_next_ordered (&iter, &name, &value))
    write_channel (name, get_object (value), as_json);

  return TOOL_STATUS_DONE;
}

ToolStatus
tool_rest_output_channel (const char *name,
                          const char *answer,
                          gboolean    as_json)
{
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  JsonObject *attributes = get_object (node);

  if (attributes == NULL)
    return complain_of_answer ();

  write_channel (name, attributes, as_json || tool_output_get_default () == TOOL_OUTPUT_JSON);

  return TOOL_STATUS_DONE;
}

ToolStatus
tool_rest_output_users (const char *answer,
                        gboolean    as_json)
{
  g_autoptr (JsonNode) node = json_from_string (answer, NULL);
  JsonObject *object = get_object (node);
  JsonNode *member = object != NULL ? json_object_get_member (object, "users") : NULL;
  JsonArray *users =
    member != NULL && JSON_NODE_HOLDS_ARRAY (member) ? json_node_get_array (member) : NULL;

  if (users == NULL)
    return complain_of_answer ();

  as_json = as_json || tool_output_get_default () == TOOL_OUTPUT_JSON;
  for (guint i = 0; i < json_array_get_length (users); i++)
    {
      JsonNode *user = json_array_get_element (users, i);
      JsonNode *id =
        get_object (user) != NULL ? json_object_get_member (get_object (user), "id") : NULL;
      g_autofree char *text = NULL;
      g_autofree char *shown = NULL;

      if (id == NULL)
        return complain_of_answer ();
      text = get_text (id);
      shown = as_json ? json_to_string (user, FALSE) : tool_output_printable (text);
      printf ("%s\n", shown);
    }

  return TOOL_STATUS_DONE;
}
