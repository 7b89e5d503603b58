/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "hint-listener.h"

#include "mock-system.h"

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

GSource *
start_ticking (void)
{
  GSource *ticker = g_timeout_source_new (1);

  g_source_set_callback (ticker, tick_cb, NULL, NULL);
  g_source_attach (ticker, g_main_context_get_thread_default ());

  return ticker;
}

void
stop_ticking (GSource *ticker)
{
  g_source_destroy (ticker);
  g_source_unref (ticker);
}

static void
hint_cb (gpointer   user_data,
         PusherHint hint)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  Listener *self = user_data;
  void (*action) (Listener *self) = g_steal_pointer (&self->action);

  g_assert_true (g_source_get_context (g_main_current_source ()) == context);
  self->n_hints[hint]++;
  self->thread = g_thread_self ();

  if (action != NULL)
    action (self);
}

void
listener_join (Listener *self)
{
  pusher_watch_join (&self->watcher, hint_cb, self);
}

void
listener_leave (Listener *self)
{
  pusher_watch_leave (&self->watcher);
}

void
change_network (void)
{
  mock_network_change ();
  settle ();
}

void
listener_assert (Listener *self,
                 guint     n_network_changed,
                 guint     n_resumed)
{
  g_assert_cmpuint (self->n_hints[PUSHER_HINT_NETWORK_CHANGED], ==, n_network_changed);
  g_assert_cmpuint (self->n_hints[PUSHER_HINT_RESUMED], ==, n_resumed);
}

void
listener_join_and_wait (Listener *self)
{
  listener_join (self);
  poll_until (mock_network_has_listener ());
}

void
wait_until_deaf (void)
{
  poll_until (!mock_network_has_listener ());
}

/* --- Time ---------------------------------------------------------------- */

gint64 awake = SECONDS (1000);
gint64 asleep = SECONDS (5000);

static gint64
get_monotonic (void)
{
  return awake;
}

static gint64
get_boot (void)
{
  return awake + asleep;
}

const PusherSleepClockSource virtual_clock = { get_monotonic, get_boot };
