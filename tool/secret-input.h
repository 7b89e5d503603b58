/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first line of it. */
char *tool_secret_read_fd (int      fd,
                           GError **error);

G_END_DECLS
