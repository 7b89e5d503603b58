/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Resume from suspend, as the clocks tell of it. */

#include "config.h"

#include "hint-listener.h"
#include "mock-system.h"
#include "system/pusher-sleep-clock-private.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#ifdef HAVE_TIMERFD_CANCEL

static void
test_clock (void)
{
  Listener listener = { 0 };

  pusher_sleep_clock_set_source (&virtual_clock);
  listener_join_and_wait (&listener);

  g_test_message ("Awake for long");
  awake += SECONDS (3600);
  wake_up ();
  listener_assert (&listener, 0, 0);

  g_test_message ("Too short to be sure, twice");
  asleep += SECONDS (1);
  wake_up ();
  asleep += SECONDS (1);
  wake_up ();
  listener_assert (&listener, 0, 0);

  g_test_message ("Asleep");
  asleep += SECONDS (1) + 1;
  wake_up ();
  listener_assert (&listener, 0, 1);

  g_test_message ("The clock was set");
  wake_up ();
  listener_assert (&listener, 0, 1);

  g_test_message ("Asleep again, soon after");
  awake += 1;
  asleep += SECONDS (3600);
  wake_up ();
  listener_assert (&listener, 0, 2);

  g_test_message ("Both at once");
  asleep += SECONDS (3600);
  mock_network_change ();
  wake_up ();
  listener_assert (&listener, 1, 3);
  asleep += SECONDS (3600);
  wake_up ();
  listener_assert (&listener, 1, 4);

  g_test_message ("What was slept before is not told to a new one");
  listener_leave (&listener);
  g_assert_cmpint (find_timer (), ==, -1);
  asleep += SECONDS (3600);
  listener_join (&listener);
  wake_up ();
  listener_assert (&listener, 1, 4);

  listener_leave (&listener);
  wait_until_deaf ();
  pusher_sleep_clock_set_source (NULL);
}

static void
test_leave_on_resume (void)
{
  Listener listener = { .action = listener_leave };

  pusher_sleep_clock_set_source (&virtual_clock);
  listener_join_and_wait (&listener);
  asleep += SECONDS (10);
  mock_network_change ();
  make_timer_readable ();
  settle ();
  listener_assert (&listener, 0, 1);
  g_assert_cmpint (find_timer (), ==, -1);
  wait_until_deaf ();
  pusher_sleep_clock_set_source (NULL);
}

/* Sets the machine's clock, to what it is. */
static void
test_clock_is_set (void)
{
  Listener listener = { 0 };
  struct timespec now;

  if (!g_test_slow ())
    {
      g_test_skip ("Sets the clock of the machine; run with -m slow, as root");
      return;
    }

  pusher_sleep_clock_set_source (&virtual_clock);
  listener_join_and_wait (&listener);
  g_assert_false (is_readable (find_timer (), 0));

  for (guint i = 1; i <= 3; i++)
    {
      g_assert_cmpint (clock_gettime (CLOCK_REALTIME, &now), ==, 0);
      g_assert_cmpint (clock_settime (CLOCK_REALTIME, &now), ==, 0);
      g_assert_true (is_readable (find_timer (), -1));
      asleep += i == 2 ? 0 : SECONDS (10);
      settle ();
      g_assert_false (is_readable (find_timer (), 0));
      listener_assert (&listener, 0, (i + 1) / 2);
    }

  listener_leave (&listener);
  wait_until_deaf ();
  pusher_sleep_clock_set_source (NULL);
}

/* In a program without a standard input the timer may get its number. */
static void
test_number (void)
{
  PusherSleepClock clock;
  int input = dup (STDIN_FILENO);

  g_assert_cmpint (input, >=, 0);
  g_assert_cmpint (close (STDIN_FILENO), ==, 0);
  pusher_sleep_clock_init (&clock);
  g_assert_cmpint (clock.fd, ==, STDIN_FILENO);
  pusher_sleep_clock_clear (&clock);
  g_assert_cmpint (clock.fd, ==, -1);
  g_assert_cmpint (fcntl (STDIN_FILENO, F_GETFD), ==, -1);

  g_assert_cmpint (dup2 (input, STDIN_FILENO), ==, STDIN_FILENO);
  close (input);
}

#endif

/* The real clocks: nothing wakes up, and their difference does not run away. */
static void
test_real_clock (void)
{
  PusherSleepClock clock;
  gint64 before = pusher_sleep_clock_now ();

  g_assert_cmpint (before, >=, g_get_monotonic_time () - SECONDS (1));
  pusher_sleep_clock_init (&clock);
#ifdef HAVE_TIMERFD_CANCEL
  g_assert_cmpint (clock.fd, >=, 0);
  g_assert_false (is_readable (clock.fd, 0));
#endif
  if (clock.fd >= 0)
    g_assert_false (pusher_sleep_clock_has_slept (&clock));
  g_assert_cmpint (pusher_sleep_clock_now (), >=, before);
  pusher_sleep_clock_clear (&clock);
  g_assert_cmpint (clock.fd, ==, -1);
}

#ifdef HAVE_CLOCK_BOOTTIME

static gint64
get_boot_time (void)
{
  struct timespec now;

  g_assert_cmpint (clock_gettime (CLOCK_BOOTTIME, &now), ==, 0);

  return SECONDS (now.tv_sec) + now.tv_nsec / 1000;
}

/* That clock and no other, which tells the same unless the machine has slept. */
static void
test_boot_time (void)
{
  gint64 before = get_boot_time ();
  gint64 now = pusher_sleep_clock_now ();

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, get_boot_time ());
}

#endif

/* A program that may open no more files can still ask whether there was a sleep. */
static void
test_no_timer (void)
{
  struct rlimit limit;
  struct rlimit none;
  PusherSleepClock clock;

  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  none = limit;
  none.rlim_cur = 0;
  pusher_sleep_clock_set_source (&virtual_clock);

  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &none), ==, 0);
  pusher_sleep_clock_init (&clock);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &limit), ==, 0);
  g_assert_cmpint (clock.fd, ==, -1);

  g_assert_false (pusher_sleep_clock_has_slept (&clock));
  asleep += SECONDS (10);
  g_assert_true (pusher_sleep_clock_has_slept (&clock));
  g_assert_false (pusher_sleep_clock_has_slept (&clock));

  pusher_sleep_clock_clear (&clock);
  g_assert_cmpint (clock.fd, ==, -1);
  pusher_sleep_clock_set_source (NULL);
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_system_init ();

#ifdef HAVE_TIMERFD_CANCEL
  g_test_add_func ("/sleep-clock/slept", test_clock);
  g_test_add_func ("/sleep-clock/leave", test_leave_on_resume);
  g_test_add_func ("/sleep-clock/set", test_clock_is_set);
  g_test_add_func ("/sleep-clock/number", test_number);
#endif
  g_test_add_func ("/sleep-clock/real", test_real_clock);
#ifdef HAVE_CLOCK_BOOTTIME
  g_test_add_func ("/sleep-clock/boot-time", test_boot_time);
#endif
  g_test_add_func ("/sleep-clock/no-timer", test_no_timer);

  status = g_test_run ();
  mock_system_clear ();

  return status;
}
