/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/pusher-test.h>

#include "settings.h"

G_BEGIN_DECLS

/* A server for development, on the loopback interface, which has the id, the key and the
 * secret of the settings, or some that are no secret of anybody. */
PusherTestServer *tool_local_server_new      (const ToolSettings *settings,
                                              gboolean            with_auth,
                                              GError            **error);
gboolean          tool_local_server_start    (PusherTestServer   *server,
                                              GError            **error);

/* And lets clients know. */
void              tool_local_server_stop     (PusherTestServer   *server);

/* For people, on standard error: how to connect. */
void              tool_local_server_describe (PusherTestServer   *server,
                                              gboolean            with_auth);

G_END_DECLS
