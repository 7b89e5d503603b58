/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean pusher_json_pointer_resolve    (const char  *pointer,
                                         const char  *text,
                                         gsize        length,
                                         const char **value,
                                         gsize       *value_length);
char    *pusher_json_pointer_dup_string (const char  *pointer,
                                         const char  *text,
                                         gsize        length);

G_END_DECLS
