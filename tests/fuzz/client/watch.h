/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Notes what an object tells of its properties, or a list of its items, and holds it
 * against what is true. Whatever it tells lets the application act. */
void watch_start  (void);
void watch_end    (void);
void watch_object (gpointer    object);
void watch_list   (GListModel *list);
void watch_signal (gpointer    object,
                   const char *signal);
void watch_check  (void);

G_END_DECLS
