/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "doctor-answer.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define MAX_REASON_LENGTH 200

/* Returns: (transfer full) (nullable): an object */
static JsonNode *
parse_object (const char *text)
{
  g_autoptr (JsonNode) node =
    g_utf8_validate (text, -1, NULL) ? json_from_string (text, NULL) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_steal_pointer (&node) : NULL;
}

static const char *
get_text (JsonNode   *node,
          const char *name)
{
  JsonNode *member = json_object_get_member (json_node_get_object (node), name);

  return member != NULL && JSON_NODE_HOLDS_VALUE (member) &&
             json_node_get_value_type (member) == G_TYPE_STRING
           ? json_node_get_string (member)
           : NULL;
}

static gboolean
is_channel_data (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? parse_object (text) : NULL;
  JsonNode *id =
    node != NULL ? json_object_get_member (json_node_get_object (node), "user_id") : NULL;

  return id != NULL && JSON_NODE_HOLDS_VALUE (id);
}

static gboolean
is_signed (const char *signature,
           const char *secret,
           const char *socket_id,
           const char *channel,
           const char *channel_data)
{
  g_autofree char *text = g_strconcat (socket_id, ":", channel, channel_data != NULL ? ":" : NULL,
                                       channel_data, NULL);
  g_autofree char *expected = g_compute_hmac_for_string (
    G_CHECKSUM_SHA256, (const guint8 *) secret, strlen (secret), text, -1);

  return g_str_equal (signature, expected);
}

ToolAnswerFlaw
tool_answer_check (const char *body,
                   const char *key,
                   const char *secret,
                   const char *socket_id,
                   const char *channel)
{
  g_autoptr (JsonNode) answer = parse_object (body);
  gboolean is_presence = g_str_has_prefix (channel, "presence-");
  const char *auth, *colon, *data;

  if (answer == NULL)
    return TOOL_ANSWER_NO_JSON;

  auth = get_text (answer, "auth");
  colon = auth != NULL ? strchr (auth, ':') : NULL;
  data = get_text (answer, "channel_data");
  if (colon == NULL || colon[1] == '\0')
    return TOOL_ANSWER_NO_AUTH;
  if (strlen (key) != (gsize) (colon - auth) || strncmp (auth, key, colon - auth) != 0)
    return TOOL_ANSWER_OTHER_KEY;
  if (is_presence && !is_channel_data (data))
    return TOOL_ANSWER_BAD_DATA;
  if (secret != NULL &&
      !is_signed (colon + 1, secret, socket_id, channel, is_presence ? data : NULL))
    return TOOL_ANSWER_OTHER_SECRET;

  return TOOL_ANSWER_GOOD;
}

char *
tool_answer_get_reason (const char *body)
{
  g_autoptr (JsonNode) answer = parse_object (body);
  const char *text = NULL;

  if (answer != NULL)
    text = get_text (answer, "message");
  if (answer != NULL && text == NULL)
    text = get_text (answer, "error");

  return text != NULL && text[0] != '\0' ? g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1),
                                                                           MAX_REASON_LENGTH))
                                         : NULL;
}
