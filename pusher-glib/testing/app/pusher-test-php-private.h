/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

gboolean pusher_test_php_is_list (const char *const *names,
                                  guint              n_names);
char    *pusher_test_php_write   (JsonNode          *node);

G_END_DECLS
