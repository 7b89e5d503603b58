/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Settings lie in a struct of the room that reads them, and are properties of an
 * object of the room above. Those that set tell whether the setting changed. */
gboolean pusher_set_string  (char        **setting,
                             const char   *value);
gboolean pusher_set_boolean (gboolean     *setting,
                             gboolean      value);
gboolean pusher_set_uint    (guint        *setting,
                             guint         value);
gboolean pusher_set_uint64  (guint64      *setting,
                             guint64       value);

/* For any property: the type of the value, one of the above or an object, is
 * that of the setting. */
gboolean pusher_set_value   (gpointer      setting,
                             const GValue *value);
void     pusher_get_value   (gconstpointer setting,
                             GValue       *value);

G_END_DECLS
