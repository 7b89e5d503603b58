/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-subscription-private.h"

#include "pusher-error.h"
#include "pusher-housekeeping-private.h"

char *
pusher_subscription_encode (const char *event,
                            const char *channel)
{
  GString *data = g_string_new ("{\"channel\":");
  char *text;

  pusher_json_append_string (data, channel);
  g_string_append_c (data, '}');
  text = pusher_message_encode (event, NULL, data->str);
  g_string_free (data, TRUE);

  return text;
}

/* Reads {"type": str, "error": str, "status": int}, and makes do with less. */
GError *
pusher_subscription_error_parse (const PusherMessage *message)
{
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  JsonObject *object = pusher_json_node_get_object (json);
  const char *type = pusher_json_object_get_string (object, "type");
  const char *text = pusher_json_object_get_string (object, "error");
  g_autoptr (GString) description = g_string_new ("The server refused the subscription");
  gint64 status;

  if (type != NULL)
    g_string_append_printf (description, ": %s", type);
  if (pusher_json_object_get_int (object, "status", &status))
    g_string_append_printf (description, " (%" G_GINT64_FORMAT ")", status);
  if (text != NULL)
    g_string_append_printf (description, ": %s", text);

  return g_error_new_literal (PUSHER_ERROR, PUSHER_ERROR_SUBSCRIPTION, description->str);
}

/* -1 if the message does not tell it. */
gint64
pusher_subscription_count_parse (const PusherMessage *message)
{
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  JsonObject *object = pusher_json_node_get_object (json);
  gint64 count;

  if (!pusher_json_object_get_int (object, "subscription_count", &count) || count < 0)
    return -1;

  return count;
}
