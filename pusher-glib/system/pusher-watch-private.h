/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-system-news-private.h"

G_BEGIN_DECLS

typedef void (*PusherWatchFunc) (gpointer   user_data,
                                 PusherHint hint);

/* Is told of hints. Lies in its owner, starts as zeroes, and is to be used in the
 * thread of the context in which it joined. */
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
