/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint64 pusher_backoff_delay (guint  attempt,
                             double random,
                             gint64 min_delay);

G_END_DECLS
