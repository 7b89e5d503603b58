/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In place of g_str_hash() for every table with keys that another side chooses:
 * a server that knows the hash function can send names that all go into one slot,
 * and each look-up then compares them all. */
guint pusher_str_hash (gconstpointer text);

G_END_DECLS
