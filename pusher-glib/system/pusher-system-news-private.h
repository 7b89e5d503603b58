/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-watch-private.h"

G_BEGIN_DECLS

/* What GNetworkMonitor and logind tell, once a process, while there have been
 * more starts than stops. Both live in the global default main context, and tell
 * in the thread that runs it. Neither function blocks. */
typedef void (*PusherSystemNewsFunc) (PusherWatchHint hint);

void pusher_system_news_start (PusherSystemNewsFunc func);
void pusher_system_news_stop  (void);

G_END_DECLS
