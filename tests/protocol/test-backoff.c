/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "protocol/pusher-backoff-private.h"

#define N_DRAWS 10000
#define LAST_CEILING (30 * G_USEC_PER_SEC)

/* The greatest number that a source of chance in [0, 1) gives. */
#define ALMOST_ONE (1 - 0x1p-53)

static const gint64 ceilings[] = {
  G_USEC_PER_SEC / 2,
  1 * G_USEC_PER_SEC,
  2 * G_USEC_PER_SEC,
  4 * G_USEC_PER_SEC,
  8 * G_USEC_PER_SEC,
  16 * G_USEC_PER_SEC,
  LAST_CEILING,
  LAST_CEILING,
};

static void
test_growth (void)
{
  for (guint attempt = 0; attempt < G_N_ELEMENTS (ceilings); attempt++)
    {
      g_test_message ("attempt %u", attempt);
      g_assert_cmpint (pusher_backoff_delay (attempt, 0, 0), ==, 0);
      g_assert_cmpint (pusher_backoff_delay (attempt, 0.5, 0), ==, ceilings[attempt] / 2);
      g_assert_cmpint (pusher_backoff_delay (attempt, ALMOST_ONE, 0), ==, ceilings[attempt] - 1);
    }
}

/* A client that was offline for months waits no longer than another, and does
 * not take longer to find out. */
static void
test_huge_attempts (void)
{
  const guint attempts[] = { 31, 32, 33, 63, 64, 65, 1000, G_MAXINT, G_MAXUINT - 1, G_MAXUINT };

  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_test_message ("attempt %u", attempts[i]);
      g_assert_cmpint (pusher_backoff_delay (attempts[i], ALMOST_ONE, 0), ==, LAST_CEILING - 1);
      g_assert_cmpint (pusher_backoff_delay (attempts[i], 0, 0), ==, 0);
    }
}

static void
test_min_delay (void)
{
  for (guint attempt = 0; attempt < G_N_ELEMENTS (ceilings); attempt++)
    {
      g_assert_cmpint (pusher_backoff_delay (attempt, 0, G_USEC_PER_SEC), ==, G_USEC_PER_SEC);
      g_assert_cmpint (pusher_backoff_delay (attempt, ALMOST_ONE, G_USEC_PER_SEC), ==,
                       G_USEC_PER_SEC + ceilings[attempt] - 1);
    }
}

static void
assert_spread (guint  attempt,
               gint64 ceiling,
               gint64 min_delay)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (attempt);
  guint deciles[10] = { 0 };

  for (guint i = 0; i < N_DRAWS; i++)
    {
      gint64 jitter = pusher_backoff_delay (attempt, g_rand_double (rand), min_delay) - min_delay;

      g_assert_cmpint (jitter, >=, 0);
      g_assert_cmpint (jitter, <, ceiling);
      deciles[jitter * 10 / ceiling]++;
    }

  /* Five standard deviations of a fair share, which are 150, around it. */
  for (gsize i = 0; i < G_N_ELEMENTS (deciles); i++)
    {
      g_test_message ("attempt %u, decile %" G_GSIZE_FORMAT ": %u", attempt, i, deciles[i]);
      g_assert_cmpuint (deciles[i], >, N_DRAWS / 10 - 150);
      g_assert_cmpuint (deciles[i], <, N_DRAWS / 10 + 150);
    }
}

/* Clients that lost the same server come back one by one: no part of the
 * interval is preferred, whichever attempt it is. */
static void
test_spread (void)
{
  for (guint attempt = 0; attempt < G_N_ELEMENTS (ceilings); attempt++)
    {
      assert_spread (attempt, ceilings[attempt], 0);
      assert_spread (attempt, ceilings[attempt], G_USEC_PER_SEC);
    }

  assert_spread (G_MAXUINT, LAST_CEILING, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/backoff/growth", test_growth);
  g_test_add_func ("/backoff/huge-attempts", test_huge_attempts);
  g_test_add_func ("/backoff/min-delay", test_min_delay);
  g_test_add_func ("/backoff/spread", test_spread);

  return g_test_run ();
}
