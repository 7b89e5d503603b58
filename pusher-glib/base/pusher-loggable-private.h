/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *pusher_loggable      (const GError *error);
char *pusher_loggable_name (const char   *name);

G_END_DECLS
