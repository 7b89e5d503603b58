/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A value of a JSON object as it is written there, so that no number becomes another one.
 * NULL if there is none, or @json is not an object. */
char    *tool_json_text_get_member (const char *json,
                                    const char *name);

/* What a string means; NULL if @json is none. */
char    *tool_json_text_get_string (const char *json);

/* The string of a member of an object; NULL if there is none. */
char    *tool_json_text_dup_string (const char *json,
                                    const char *name);

gboolean tool_json_text_is_object  (const char *json);

G_END_DECLS
