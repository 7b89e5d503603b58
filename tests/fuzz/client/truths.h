/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What a signal says is so when it says it. To be called before anything else is
 * connected: other handlers may change it. */
void truths_connect (gpointer object);

G_END_DECLS
