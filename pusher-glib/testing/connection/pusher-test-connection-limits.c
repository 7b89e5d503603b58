/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How much and how often a client may speak, whatever it says. */

#include "config.h"

#include "pusher-test-connection-private.h"

#define CODE_TOO_BIG 1009
#define CODE_RATE_LIMIT 4301

/* Counts a message. Returns: whether it is one too many */
static gboolean
is_over_rate (PusherTestConnection *self)
{
  const PusherTestSettings *settings = self->settings;
  gint64 now = g_get_monotonic_time ();

  if (settings->rate_limit_window == 0)
    return FALSE;

  if (self->n_messages == 0 ||
      now - self->window >= settings->rate_limit_window * (gint64) 1000)
    {
      self->window = now;
      self->n_messages = 0;
    }

  /* One that is too many does not count. */
  if (self->n_messages >= settings->rate_limit)
    return TRUE;

  self->n_messages++;
  return FALSE;
}

/* Returns: whether the client may go on; it has been told if not */
gboolean
pusher_test_connection_check_limits (PusherTestConnection *self,
                                     gsize                 length)
{
  const PusherTestSettings *settings = self->settings;

  if (settings->max_message_size != 0 && length > settings->max_message_size)
    {
      pusher_test_connection_close (self, CODE_TOO_BIG, "Maximum message size exceeded");
      return FALSE;
    }

  if (!is_over_rate (self))
    return TRUE;

  if (settings->rate_limit_ends)
    pusher_test_connection_hang_up (self);
  else
    pusher_test_connection_send_error (self, NULL, CODE_RATE_LIMIT, "Rate limit exceeded");

  return FALSE;
}
