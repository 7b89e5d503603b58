/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-subscription-messages-private.h"

#include "base/pusher-error.h"
#include "base/pusher-printable-private.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-writer-private.h"

#include <glib/gi18n-lib.h>

/* auth and channel_data may be NULL. */
char *
pusher_subscription_encode (const char *event,
                            const char *channel,
                            const char *auth,
                            const char *channel_data)
{
  g_autoptr (GString) data = g_string_new (NULL);

  pusher_json_begin_object (data, NULL);
  pusher_json_add_string (data, "channel", channel);
  pusher_json_add_string (data, "auth", auth);
  pusher_json_add_string (data, "channel_data", channel_data);
  pusher_json_end_object (data);

  return pusher_message_encode (event, NULL, data->str);
}

/* Reads {"type": str, "error": str, "status": int}, and makes do with less. */
GError *
pusher_subscription_error_parse (const PusherMessage *message)
{
  g_autoptr (JsonNode) json = pusher_message_parse_data (message);
  JsonObject *object = pusher_json_node_get_object (json);
  const char *type = pusher_json_object_get_string (object, "type");
  const char *text =
    json != NULL ? pusher_json_object_get_string (object, "error") : message->data;
  g_autofree char *said =
    g_strdup_printf ("%s: %s", type != NULL ? type : "SubscriptionError",
                     text != NULL ? text : _("the server refused it"));
  g_autofree char *description = pusher_printable (said, PUSHER_PRINTABLE_MAX);
  gint64 status;

  if (pusher_json_object_get_int (object, "status", &status) && status > 0 &&
      status <= G_MAXUINT16)
    return g_error_new_literal (PUSHER_SERVER_ERROR, (int) status, description);

  return g_error_new_literal (PUSHER_ERROR, PUSHER_ERROR_SUBSCRIPTION, description);
}

/* The same for an error that no server sent in this form. */
char *
pusher_subscription_error_encode (const GError *error)
{
  GString *data = g_string_new (NULL);
  g_autofree char *text = g_utf8_make_valid (error->message, -1);

  pusher_json_begin_object (data, NULL);
  pusher_json_add_string (data, "type", "AuthError");
  pusher_json_add_string (data, "error", text);
  if (error->domain == PUSHER_HTTP_ERROR || error->domain == PUSHER_SERVER_ERROR)
    pusher_json_add_int (data, "status", error->code);
  pusher_json_end_object (data);

  return g_string_free (data, FALSE);
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
