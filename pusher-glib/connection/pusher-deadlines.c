/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-deadlines-private.h"

static gboolean
timer_dispatch (GSource    *source,
                GSourceFunc callback,
                gpointer    user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { .dispatch = timer_dispatch };

/* due_cb is called in the thread-default main context. It takes what is due, and
 * arms for what is not. The clock stays the caller's. */
void
pusher_deadlines_init (PusherDeadlines   *self,
                       const PusherClock *clock,
                       GSourceFunc        due_cb,
                       gpointer           user_data)
{
  self->clock = clock;
  self->timer = g_source_new (&timer_funcs, sizeof (GSource));
  g_source_set_static_name (self->timer, "pusher-glib deadlines");
  g_source_set_callback (self->timer, due_cb, user_data, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

void
pusher_deadlines_clear (PusherDeadlines *self)
{
  g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
}

void
pusher_deadlines_arm (PusherDeadlines *self)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < PUSHER_N_DEADLINES; i++)
    if (self->times[i] != 0)
      first = MIN (first, self->times[i]);

  if (first == G_MAXINT64)
    g_source_set_ready_time (self->timer, -1);
  else
    g_source_set_ready_time (self->timer,
                             g_get_monotonic_time () + first - pusher_clock_now (self->clock));
}

void
pusher_deadlines_set (PusherDeadlines *self,
                      PusherDeadline   deadline,
                      gint64           time)
{
  if (self->times[deadline] == time)
    return;

  self->times[deadline] = time;
  pusher_deadlines_arm (self);
}

void
pusher_deadlines_set_seconds (PusherDeadlines *self,
                              PusherDeadline   deadline,
                              guint            seconds)
{
  pusher_deadlines_set (self, deadline,
                        pusher_clock_now (self->clock) + seconds * (gint64) G_USEC_PER_SEC);
}

/* Whether the deadline has passed; if so it is over. */
gboolean
pusher_deadlines_take_due (PusherDeadlines *self,
                           PusherDeadline   deadline)
{
  if (self->times[deadline] == 0 || self->times[deadline] > pusher_clock_now (self->clock))
    return FALSE;

  self->times[deadline] = 0;

  return TRUE;
}
