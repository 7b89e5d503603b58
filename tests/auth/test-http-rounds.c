/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The queue alone: which responses say something of the endpoint as it is now. */

#include "http/pusher-http-queue-private.h"

#define SECOND ((gint64) G_USEC_PER_SEC)

static gint64 last_delay;
static GSource *last_timer; /* unowned */

static gboolean
dispatch (GSource    *source,
          GSourceFunc callback,
          gpointer    user_data)
{
  return callback (user_data);
}

static GSourceFuncs timer_funcs = { .dispatch = dispatch };

/* Is ready when the test says so. */
static GSource *
new_timer (gint64 delay)
{
  last_delay = delay;
  last_timer = g_source_new (&timer_funcs, sizeof (GSource));

  return last_timer;
}

static void
end_pause (void)
{
  g_source_set_ready_time (last_timer, 0);
  g_assert_true (g_main_context_iteration (NULL, FALSE));
}

static void
start_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_earlier_response (void)
{
  g_autoptr (PusherHttpQueue) queue = pusher_http_queue_new (2);
  guint n_started[2] = { 0, 0 };
  PusherHttpJob jobs[2] = {
    { .start = start_cb, .user_data = &n_started[0] },
    { .start = start_cb, .user_data = &n_started[1] },
  };

  pusher_http_queue_add (queue, &jobs[0]);
  pusher_http_queue_add (queue, &jobs[1]);
  g_assert_cmpuint (n_started[0] + n_started[1], ==, 2);

  /* The endpoint is in trouble; what it answers to a request from before says nothing
   * of that. */
  pusher_http_queue_pause (queue, &jobs[0], new_timer, 1, 0, TRUE);
  g_assert_cmpint (last_delay, ==, SECOND / 2);
  pusher_http_queue_responded (queue, &jobs[1]);
  end_pause ();
  g_assert_cmpuint (n_started[0], ==, 2);
  pusher_http_queue_pause (queue, &jobs[0], new_timer, 1, 0, TRUE);
  g_assert_cmpint (last_delay, ==, SECOND);

  /* What it answers to the next one does. */
  end_pause ();
  g_assert_cmpuint (n_started[0], ==, 3);
  pusher_http_queue_responded (queue, &jobs[0]);
  pusher_http_queue_pause (queue, &jobs[0], new_timer, 1, 0, TRUE);
  g_assert_cmpint (last_delay, ==, SECOND / 2);

  pusher_http_queue_remove (queue, &jobs[0]);
  pusher_http_queue_remove (queue, &jobs[1]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-rounds/earlier-response", test_earlier_response);

  return g_test_run ();
}
