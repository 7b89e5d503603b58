/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "pusher-json-scanner-private.h"
#include "pusher-json-writer-private.h"

G_BEGIN_DECLS

gboolean  pusher_json_validate    (const char *text,
                                   gssize      length,
                                   GError    **error);
JsonNode *pusher_json_parse       (const char *text,
                                   gssize      length,
                                   GError    **error);
GType     pusher_json_read_number (const char *text,
                                   gsize       length,
                                   gint64     *integer,
                                   double     *real);
gboolean  pusher_json_truncate    (double      real,
                                   gint64     *integer);

/* Members of an object, without json-glib's CRITICAL on a missing or mistyped
 * one: NULL or FALSE instead. */
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

G_END_DECLS
