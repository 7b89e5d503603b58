/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "mock-watch.h"

#include "world.h"

static GQueue watchers;

void
pusher_watch_join (PusherWatcher  *self,
                   PusherWatchFunc func,
                   gpointer        user_data)
{
  world_check (self->watch == NULL, "a watcher joins twice");
  self->link.data = self;
  self->func = func;
  self->user_data = user_data;
  self->watch = &watchers;
  g_queue_push_tail_link (&watchers, &self->link);
}

void
pusher_watch_leave (PusherWatcher *self)
{
  world_check (self->watch != NULL, "a watcher leaves that has not joined");
  g_queue_unlink (&watchers, &self->link);
  self->watch = NULL;
}

static gboolean
tell_cb (gpointer user_data)
{
  PusherHint hint = GPOINTER_TO_UINT (user_data);
  PusherWatcher *watcher = g_queue_peek_head (&watchers);

  if (watcher != NULL)
    watcher->func (watcher->user_data, hint);

  return G_SOURCE_REMOVE;
}

/* The watcher that joined first hears of it, when the main loop runs. */
void
mock_watch_tell (PusherHint hint)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, tell_cb, GUINT_TO_POINTER (hint), NULL);
  g_source_attach (source, world.context);
}
