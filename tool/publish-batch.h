/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "command.h"

G_BEGIN_DECLS

/* The events of standard input, as they come. */
ToolStatus tool_publish_batch (const ToolSettings *settings,
                               gboolean            encrypt);

G_END_DECLS
