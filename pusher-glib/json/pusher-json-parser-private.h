/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *pusher_json_parse            (const char *text,
                                        gssize      length,
                                        GError    **error);
JsonNode *pusher_json_parse_in_english (const char *text,
                                        gssize      length,
                                        GError    **error);

G_END_DECLS
