/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "hint-listener.h"

#include "mock-system.h"

#ifdef HAVE_TIMERFD_CANCEL
#include <stdlib.h>
#include <sys/timerfd.h>
#endif

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

/* --- Threads ------------------------------------------------------------- */

static guint n_ready;

static gpointer
listen_in_thread (gpointer data)
{
  PusherHint hint = GPOINTER_TO_INT (data);
  g_autoptr (GMainContext) context = g_main_context_new ();
  Listener listener = { 0 };

  g_main_context_push_thread_default (context);
  listener_join (&listener);
  g_atomic_int_inc (&n_ready);
  wait_until (listener.n_hints[hint] == 1);
  g_assert_true (listener.thread == g_thread_self ());
  listener_leave (&listener);
  settle ();
  listener_assert (&listener, hint == PUSHER_HINT_NETWORK_CHANGED, hint == PUSHER_HINT_RESUMED);
  g_main_context_pop_thread_default (context);

  return NULL;
}

void
listen_in_threads (GThread  **threads,
                   PusherHint hint)
{
  n_ready = 0;
  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("listener", listen_in_thread, GINT_TO_POINTER (hint));
  poll_until (g_atomic_int_get (&n_ready) == 2);
}

/* --- Suspend ------------------------------------------------------------- */

#ifdef HAVE_TIMERFD_CANCEL

int
find_timer (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/fd", 0, NULL);
  const char *name;
  int fd = -1;

  g_assert_nonnull (directory);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *path = g_build_filename ("/proc/self/fd", name, NULL);
      g_autofree char *target = g_file_read_link (path, NULL);

      if (g_strcmp0 (target, "anon_inode:[timerfd]") == 0)
        {
          g_assert_cmpint (fd, ==, -1);
          fd = atoi (name);
        }
    }

  return fd;
}

gboolean
is_readable (int fd,
             int timeout)
{
  GPollFD poll_fd = { .fd = fd, .events = G_IO_IN };

  return g_poll (&poll_fd, 1, timeout) == 1;
}

/* As the kernel does it after suspend, and if the clock is set. */
int
make_timer_readable (void)
{
  const struct itimerspec soon = { .it_value.tv_nsec = 1 };
  int fd = find_timer ();

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (timerfd_settime (fd, 0, &soon, NULL), ==, 0);
  g_assert_true (is_readable (fd, -1));

  return fd;
}

void
wake_up (void)
{
  int fd = make_timer_readable ();

  settle ();
  g_assert_false (is_readable (fd, 0));
}

#endif

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
