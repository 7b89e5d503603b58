/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "http-fixture.h"

static void
assert_cancelled (Post *self,
                  guint n_prepared)
{
  guint n_waits = fake_timers_get_n_waits ();

  post_assert_fails (self, G_IO_ERROR, G_IO_ERROR_CANCELLED, "");
  endpoint_settle (self->endpoint);
  g_assert_cmpint (self->n_prepared, ==, n_prepared);
  g_assert_cmpint (fake_timers_get_n_waits (), ==, n_waits);
}

static void
test_in_flight (Post         *self,
                gconstpointer user_data)
{
  endpoint_be_silent (self->endpoint);
  post_start (self);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  g_cancellable_cancel (self->cancellable);
  assert_cancelled (self, 1);
}

static void
test_midway (Post         *self,
             gconstpointer user_data)
{
  endpoint_begin_and_stop (self->endpoint, POST_BODY);
  post_start (self);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  endpoint_settle (self->endpoint);
  g_cancellable_cancel (self->cancellable);
  assert_cancelled (self, 1);
}

static void
test_waiting (Post         *self,
              gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 503, NULL);
  fake_timers_hold ();
  post_start (self);
  wait_until (fake_timers_is_held ());
  g_cancellable_cancel (self->cancellable);
  assert_cancelled (self, 1);
  g_assert_false (fake_timers_is_held ());
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 1);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

/* The wait is over in the moment in which it is cancelled: both happen in the
 * same iteration of the main context, and in this order. */
static void
test_when_wait_is_over (Post         *self,
                        gconstpointer user_data)
{
  g_autoptr (GSource) cancel = g_timeout_source_new (0);

  g_source_set_ready_time (cancel, -1);
  g_source_set_callback (cancel, cancel_cb, self->cancellable, NULL);
  g_source_attach (cancel, NULL);

  endpoint_answer (self->endpoint, 503, NULL);
  fake_timers_hold ();
  post_start (self);
  wait_until (fake_timers_is_held ());
  g_source_set_ready_time (cancel, 0);
  fake_timers_release ();
  assert_cancelled (self, 1);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 1);
}

static void
test_before (Post         *self,
             gconstpointer user_data)
{
  g_cancellable_cancel (self->cancellable);
  post_start (self);
  g_assert_null (self->result);
  assert_cancelled (self, 0);
  g_assert_cmpint (self->n_queued, ==, 0);
}

static void
test_when_prepared (Post         *self,
                    gconstpointer user_data)
{
  self->cancel_when_prepared = TRUE;
  post_start (self);
  assert_cancelled (self, 1);
  g_assert_cmpint (self->n_queued, ==, 0);
}

/* It is not told twice when the answer is there already. */
static void
test_after (Post         *self,
            gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 200, POST_BODY);
  post_start (self);
  post_assert_succeeds (self);
  g_cancellable_cancel (self->cancellable);
  endpoint_settle (self->endpoint);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  post_add ("/http-cancel/in-flight", test_in_flight);
  post_add ("/http-cancel/midway", test_midway);
  post_add ("/http-cancel/waiting", test_waiting);
  post_add ("/http-cancel/when-wait-is-over", test_when_wait_is_over);
  post_add ("/http-cancel/before", test_before);
  post_add ("/http-cancel/when-prepared", test_when_prepared);
  post_add ("/http-cancel/after", test_after);

  return g_test_run ();
}
