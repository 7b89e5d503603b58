/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-sleep-clock-private.h"

#include <errno.h>
#include <time.h>
#include <unistd.h>

#ifdef HAVE_TIMERFD_CANCEL
#include <sys/timerfd.h>
#endif

/* The two clocks are not read in the same moment. */
#define SHORTEST_SLEEP ((gint64) G_USEC_PER_SEC)

static gint64
get_boot_time (void)
{
#ifdef HAVE_CLOCK_BOOTTIME
  struct timespec now;

  if (clock_gettime (CLOCK_BOOTTIME, &now) == 0)
    return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
#endif

  return g_get_monotonic_time ();
}

static const PusherSleepClockSource real_source = { g_get_monotonic_time, get_boot_time };
static const PusherSleepClockSource *clock_source = &real_source;

void
pusher_sleep_clock_set_source (const PusherSleepClockSource *source)
{
  g_atomic_pointer_set (&clock_source, source != NULL ? source : &real_source);
}

gint64
pusher_sleep_clock_now (void)
{
  const PusherSleepClockSource *source = g_atomic_pointer_get (&clock_source);

  return source->boot ();
}

static gint64
get_slept (void)
{
  const PusherSleepClockSource *source = g_atomic_pointer_get (&clock_source);

  return source->boot () - source->monotonic ();
}

/* A timer that never expires, but is cancelled whenever the wall clock jumps: if
 * it is set, and if the machine resumes. It stays armed after that. */
static int
open_timer (void)
{
#ifdef HAVE_TIMERFD_CANCEL
  const struct itimerspec never = {
    .it_value.tv_sec = sizeof (time_t) == 8 ? (time_t) G_MAXINT64 : (time_t) G_MAXINT32,
  };
  int fd = timerfd_create (CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC);

  if (fd >= 0 &&
      timerfd_settime (fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, NULL) == 0)
    return fd;

  g_debug ("Cannot watch the clock: %s", g_strerror (errno));
  if (fd >= 0)
    close (fd);
#endif

  return -1;
}

void
pusher_sleep_clock_init (PusherSleepClock *self)
{
  self->fd = open_timer ();
  self->slept = get_slept ();
}

void
pusher_sleep_clock_clear (PusherSleepClock *self)
{
  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

/* Also makes the file descriptor unreadable again. */
gboolean
pusher_sleep_clock_has_slept (PusherSleepClock *self)
{
  gint64 before = self->slept;
  guint64 n_expired;

  /* The kernel has counted the sleep before it cancels the timer. */
  while (read (self->fd, &n_expired, sizeof n_expired) < 0 && errno == EINTR)
    ;
  self->slept = get_slept ();

  return self->slept - before > SHORTEST_SLEEP;
}
