/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-cancellations-private.h"

static void
cancel_and_unref (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  g_object_unref (cancellable);
}

/* What is cancelled when the array is freed: handlers of the application hear of that. */
GPtrArray *
pusher_cancellations_new (void)
{
  return g_ptr_array_new_with_free_func (cancel_and_unref);
}

void
pusher_cancellations_add (GPtrArray    *self,
                          GCancellable *cancellable)
{
  g_ptr_array_add (self, g_object_ref (cancellable));
}
