/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/pusher-test.h>

#include "command.h"

G_BEGIN_DECLS

/* Publishes the recording of a file to clients of @server, or if that is NULL by the REST
 * interface. @speed is a factor, and 0 for without pauses. */
ToolStatus tool_replay_run (const ToolSettings *settings,
                            PusherTestServer   *server,
                            const char         *path,
                            double              speed);

G_END_DECLS
