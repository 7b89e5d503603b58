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
  PUSHER_WATCH_NETWORK_CHANGED,
  PUSHER_WATCH_RESUMED, /* from suspend */
  PUSHER_N_WATCH_HINTS
} PusherWatchHint;

typedef void (*PusherWatchFunc) (gpointer        user_data,
                                 PusherWatchHint hint);

/* One who wants to be told. Lies in its owner, starts as zeroes, and is to be
 * used in the thread of the context in which it joined. */
typedef struct
{
  GList link;
  PusherWatchFunc func;
  gpointer user_data;
  gpointer watch; /* NULL unless joined */
} PusherWatcher;

/* func is called in the thread-default main context, from its own dispatch. It
 * may let any watcher join or leave, and free any that has left, also its own. */
void pusher_watch_join  (PusherWatcher  *self,
                         PusherWatchFunc func,
                         gpointer        user_data);
void pusher_watch_leave (PusherWatcher  *self);

G_END_DECLS
