/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-backoff-private.h"

#define FIRST_CEILING (G_USEC_PER_SEC / 2)
#define LAST_CEILING (30 * G_USEC_PER_SEC)

/* The µs to wait before the next attempt: "full jitter", anything between 0 and
 * a ceiling that doubles with each attempt that failed before, so that clients
 * which lost the same server do not come back together. The server's least
 * delay comes on top, for the same reason.
 *
 * random is in [0, 1). */
gint64
pusher_backoff_delay (guint  attempt,
                      double random,
                      gint64 min_delay)
{
  gint64 ceiling = FIRST_CEILING;

  while (attempt-- > 0 && ceiling < LAST_CEILING)
    ceiling *= 2;

  return min_delay + (gint64) (random * MIN (ceiling, LAST_CEILING));
}
