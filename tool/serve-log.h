/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/pusher-test.h>

#include "job.h"

G_BEGIN_DECLS

/* Lines on standard output about what clients of a server do. */
typedef struct _ToolServeLog ToolServeLog;

/* The server listens already. Without @everything only what they do wrong is shown. @job ends
 * when nobody reads the lines. */
ToolServeLog *tool_serve_log_new  (PusherTestServer *server,
                                   ToolJob          *job,
                                   gboolean          as_json,
                                   gboolean          everything);
void          tool_serve_log_free (ToolServeLog     *self);

G_END_DECLS
