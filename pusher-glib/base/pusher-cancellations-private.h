/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GPtrArray *pusher_cancellations_new (void);
void       pusher_cancellations_add (GPtrArray    *self,
                                     GCancellable *cancellable);

G_END_DECLS
