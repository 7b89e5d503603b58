/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names for which g_str_hash() has one value, as a server could choose them: up to
 * 2^COLLIDING_BITS. */
#define COLLIDING_BITS 16

char *colliding_name (guint number);

G_END_DECLS
