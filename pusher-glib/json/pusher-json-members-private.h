/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Bytes of the id of a user: as many as 128 characters, which is what the protocol
 * allows, can take. What is longer is no id. */
#define PUSHER_MAX_ID_SIZE 512

/* Members of an object, which may be NULL, without json-glib's CRITICAL on a missing or
 * mistyped one: NULL or FALSE instead. */
JsonNode   *pusher_json_object_get_member (JsonObject *object,
                                           const char *member);
const char *pusher_json_object_get_string (JsonObject *object,
                                           const char *member);
gboolean    pusher_json_object_get_int    (JsonObject *object,
                                           const char *member,
                                           gint64     *value);
JsonObject *pusher_json_object_get_object (JsonObject *object,
                                           const char *member);
JsonArray  *pusher_json_object_get_array  (JsonObject *object,
                                           const char *member);
JsonObject *pusher_json_node_get_object   (JsonNode   *node);
const char *pusher_json_node_get_string   (JsonNode   *node);
gboolean    pusher_json_is_id             (const char *text);
char       *pusher_json_node_dup_id       (JsonNode   *node);

G_END_DECLS
