/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

#include "settings.h"

G_BEGIN_DECLS

/* A client with all settings, which is not open yet. */
PusherClient *tool_client_new (const ToolSettings *settings,
                               GError            **error);

G_END_DECLS
