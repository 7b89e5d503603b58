/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "command.h"

G_BEGIN_DECLS

/* One request, for commands that do nothing else; see tool_rest_send_async(). The result is
 * the answer; without one it was said why, and @status is how the program ends. */
char *tool_rest_call (const ToolSettings *settings,
                      const char         *path,
                      GHashTable         *query,
                      const char         *body,
                      ToolStatus         *status);

G_END_DECLS
