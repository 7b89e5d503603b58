/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "command.h"

G_BEGIN_DECLS

/* What the REST interface has answered, for people or as JSON. */
ToolStatus tool_rest_output_channels (const char *answer,
                                      gboolean    as_json);
ToolStatus tool_rest_output_channel  (const char *name,
                                      const char *answer,
                                      gboolean    as_json);
ToolStatus tool_rest_output_users    (const char *answer,
                                      gboolean    as_json);

G_END_DECLS
