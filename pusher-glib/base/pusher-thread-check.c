/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-thread-check-private.h"

/* Whether another thread runs the main context right now. If nobody does, as before an
 * application has begun to, nothing is known. */
static gboolean
is_run_elsewhere (GMainContext *context)
{
  if (g_main_context_is_owner (context))
    return FALSE;
  if (!g_main_context_acquire (context))
    return TRUE;

  g_main_context_release (context);
  return FALSE;
}

/* The source tells the context, and is destroyed with it, while a reference to the context
 * would keep it, and what waits in it, for as long as the client lives. */
void
pusher_thread_check (GSource    *source,
                     const char *function,
                     int        *told)
{
  if (source == NULL || g_source_is_destroyed (source) ||
      !is_run_elsewhere (g_source_get_context (source)))
    return;

  if (g_atomic_int_compare_and_exchange (told, FALSE, TRUE))
    g_critical ("%s() was called from a thread other than the one that runs the main context "
                "of the client: nothing here is safe in two threads. "
                "g_main_context_invoke() calls from the right one", function);
}
