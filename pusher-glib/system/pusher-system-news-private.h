/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the machine tells of itself: hints that a connection may have died, or
 * that one may succeed now. There may be none, and some may be wrong. */
typedef enum
{
  PUSHER_HINT_NETWORK_CHANGED,
  PUSHER_HINT_RESUMED, /* from suspend */
  PUSHER_N_HINTS
} PusherHint;

/* What GNetworkMonitor and logind tell, once a process, while there have been
 * more starts than stops. Both live in the global default main context, and tell
 * in the thread that runs it. Neither function blocks. */
typedef void (*PusherSystemNewsFunc) (PusherHint hint);

void pusher_system_news_start (PusherSystemNewsFunc func);
void pusher_system_news_stop  (void);

G_END_DECLS
