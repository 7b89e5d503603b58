/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* These append JSON to a GString that holds nothing else. Commas, quotes and escapes
 * come by themselves:
 *
 *   g_autoptr (GString) json = g_string_new (NULL);
 *
 *   pusher_json_begin_object (json, NULL);
 *   pusher_json_add_string (json, "channel", channel);
 *   pusher_json_add_string (json, "auth", auth);         left out if it is NULL
 *   pusher_json_begin_array (json, "ids");
 *   pusher_json_add_int (json, NULL, 42);
 *   pusher_json_add_raw (json, NULL, "{\"a\":[true]}");  JSON text, as it is
 *   pusher_json_end_array (json);
 *   pusher_json_end_object (json);
 *
 * Each value has a name in an object, and NULL for one in an array and for the
 * outermost one. A value that is NULL is left out, so that optional members need no
 * condition. Names and strings are valid UTF-8.
 */
void pusher_json_begin_object (GString    *json,
                               const char *name);
void pusher_json_end_object   (GString    *json);
void pusher_json_begin_array  (GString    *json,
                               const char *name);
void pusher_json_end_array    (GString    *json);
void pusher_json_add_string   (GString    *json,
                               const char *name,
                               const char *value);
void pusher_json_add_int      (GString    *json,
                               const char *name,
                               gint64      value);
void pusher_json_add_raw      (GString    *json,
                               const char *name,
                               const char *value);
void pusher_json_add_node     (GString    *json,
                               const char *name,
                               JsonNode   *node);

/* One tree as JSON text. */
char *pusher_json_write (JsonNode *node);

/* One string as JSON text, and appended to anything, without a comma. */
char *pusher_json_quote         (const char *text);
void  pusher_json_append_string (GString    *json,
                                 const char *text);

G_END_DECLS
