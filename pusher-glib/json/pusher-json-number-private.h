/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

GType    pusher_json_read_number (const char *text,
                                  gsize       length,
                                  gint64     *integer,
                                  double     *real);
gboolean pusher_json_truncate    (double      real,
                                  gint64     *integer);

G_END_DECLS
