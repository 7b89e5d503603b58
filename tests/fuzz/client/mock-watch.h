/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "system/pusher-watch-private.h"

G_BEGIN_DECLS

/* In place of system/pusher-watch.c: hints come when they are asked for. */
void mock_watch_tell (PusherHint hint);

G_END_DECLS
