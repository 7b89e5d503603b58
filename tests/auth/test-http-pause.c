/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* An endpoint in trouble: what is tried again, and what waits meanwhile. */

#include "http-fixture.h"

/* One request shows that the endpoint is in trouble; it is also the next one. */
static void
test_statuses (Queue        *self,
               gconstpointer user_data)
{
  static const guint statuses[] = { 429, 502, 503, 504 };

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (Requester) a = requester_new ("private-a");
      g_autoptr (Requester) b = requester_new ("private-b");

      fake_timers_hold ();
      queue_ask (self, a);
      queue_ask (self, b);
      queue_wait_for_held (self, 1);
      queue_answer_one (self, statuses[i]);
      wait_until (fake_timers_is_held ());
      queue_wait_for_held (self, 0);

      fake_timers_release ();
      queue_wait_for_held (self, 1);
      queue_answer_one (self, 200);
      wait_until (a->n_answers == 1);
      queue_wait_for_held (self, 1);
      queue_answer_one (self, 200);
      wait_until (b->n_answers == 1);
      endpoint_assert_asked (self->endpoint, HTTP_FORM "&channel_name=private-a",
                             HTTP_FORM "&channel_name=private-a",
                             HTTP_FORM "&channel_name=private-b");
      g_assert_cmpint (fake_timers_get_n_waits (), ==, i + 1);
    }
}

static void
test_unreachable (Queue        *self,
                  gconstpointer user_data)
{
  endpoint_hold (self->endpoint, FALSE);
  endpoint_stop (self->endpoint);
  fake_timers_hold ();
  queue_ask_some (self, 5);
  wait_until (fake_timers_is_held ());
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 1);

  endpoint_start_again (self->endpoint);
  for (guint i = 0; i < 5; i++)
    endpoint_answer (self->endpoint, 200, HTTP_BODY);
  fake_timers_release ();
  wait_until (queue_count_answers (self) == 5);
}

/* Requests that were under way at the same time make one pause together; the next
 * one is longer, and a response ends that. */
static void
test_together (Queue        *self,
               gconstpointer user_data)
{
  static const guint n_rounds = 2;

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 3);
  queue_ask_some (self, 4);
  for (guint i = 0; i < n_rounds; i++)
    {
      queue_wait_for_held (self, 3);
      fake_timers_hold ();
      for (guint j = 0; j < 3; j++)
        queue_answer_one (self, 503);
      wait_until (fake_timers_is_held ());
      queue_wait_for_held (self, 0);
      g_assert_cmpint (fake_timers_get_n_waits (), ==, i + 1);
      g_assert_cmpint (fake_timers_get_wait (i), <, SECONDS (0.5) * (1 << i));
      fake_timers_release ();
    }

  queue_wait_for_held (self, 3);
  queue_grant_one (self);
  queue_wait_for_held (self, 3);
  fake_timers_hold ();
  queue_answer_one (self, 503);
  wait_until (fake_timers_is_held ());
  g_assert_cmpint (fake_timers_get_wait (n_rounds), <, SECONDS (0.5));
  fake_timers_release ();
  queue_grant_rest (self, 4);
}

/* They have three attempts; the others, which were not sent, still have theirs. */
static void
test_exhausted (Queue        *self,
                gconstpointer user_data)
{
  queue_ask_some (self, 4);
  for (guint i = 0; i < 3; i++)
    {
      queue_wait_for_held (self, 2);
      queue_answer_one (self, 503);
      queue_answer_one (self, 503);
    }
  wait_until (queue_count_answers (self) == 2);
  requester_assert_failed_for_now (self->requesters[0], PUSHER_HTTP_ERROR, 503, "503");
  requester_assert_failed_for_now (self->requesters[1], PUSHER_HTTP_ERROR, 503, "503");
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 3);
  queue_grant_rest (self, 4);
}

/* A failure of one request does not hold up the others. */
static void
test_failure_of_one (Queue        *self,
                     gconstpointer user_data)
{
  static const guint statuses[] = { 408, 500 };

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (Requester) a = requester_new ("private-a");
      g_autoptr (Requester) b = requester_new ("private-b");

      fake_timers_hold ();
      queue_ask (self, a);
      queue_ask (self, b);
      queue_wait_for_held (self, 1);
      queue_answer_one (self, statuses[i]);
      queue_wait_for_held (self, 1);
      g_assert_true (fake_timers_is_held ());
      queue_answer_one (self, 200);
      wait_until (b->n_answers == 1);
      fake_timers_release ();
      queue_wait_for_held (self, 1);
      queue_answer_one (self, 200);
      wait_until (a->n_answers == 1);
    }
}

/* Neither does one without a response. */
static void
test_silence_for_one (Queue        *self,
                      gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  fake_timers_hold ();
  queue_ask_some (self, 2);
  queue_wait_for_held (self, 1);
  fake_timers_time_out ();
  wait_until (endpoint_get_n_requests (self->endpoint) == 2);
  g_assert_true (fake_timers_is_held ());
  queue_answer_all (self);
  wait_until (self->requesters[1]->n_answers == 1);
  fake_timers_release ();
  queue_grant_rest (self, 2);
}

/* What the endpoint has asked for holds for later requests as well. */
static void
test_retry_after (Queue        *self,
                  gconstpointer user_data)
{
  fake_timers_hold ();
  queue_ask_some (self, 2);
  queue_wait_for_held (self, 2);
  endpoint_answer_with (self->endpoint, 429, "Retry-After", "7", NULL);
  endpoint_release (self->endpoint, 1);
  wait_until (fake_timers_is_held ());
  g_assert_cmpint (fake_timers_get_wait (0), >=, SECONDS (7));
  queue_grant_one (self);
  cancel_request (self->requesters[0]->request);
  cancel_request (self->requesters[1]->request);
  endpoint_settle (self->endpoint);
  g_assert_true (fake_timers_is_held ());

  queue_ask (self, self->requesters[2]);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 2);
  fake_timers_release ();
  queue_grant_rest (self, 2);
}

/* The longest wish counts. */
static void
test_longer_retry_after (Queue        *self,
                         gconstpointer user_data)
{
  fake_timers_hold ();
  queue_ask_some (self, 2);
  queue_wait_for_held (self, 2);
  queue_answer_one (self, 503);
  wait_until (fake_timers_is_held ());
  endpoint_answer_with (self->endpoint, 503, "Retry-After", "60", NULL);
  endpoint_release (self->endpoint, 1);
  wait_until (fake_timers_get_n_waits () == 2);
  g_assert_cmpint (fake_timers_get_wait (1), ==, SECONDS (60));
  fake_timers_release ();
  queue_grant_rest (self, 2);
}

/* A pause of the authorizer's own making ends with the requests that wait: a new
 * connection does not wait for what the old one has met. */
static void
test_given_up (Queue        *self,
               gconstpointer user_data)
{
  fake_timers_hold ();
  queue_ask_some (self, 3);
  queue_wait_for_held (self, 2);
  queue_answer_one (self, 503);
  queue_answer_one (self, 503);
  wait_until (fake_timers_is_held ());
  for (guint i = 0; i < 3; i++)
    cancel_request (self->requesters[i]->request);
  endpoint_settle (self->endpoint);
  g_assert_false (fake_timers_is_held ());

  queue_ask (self, self->requesters[3]);
  queue_wait_for_held (self, 1);
  queue_grant_one (self);
}

static void
test_other_endpoint (Queue        *self,
                     gconstpointer user_data)
{
  g_autofree char *url = endpoint_get_url (self->endpoint, "/other");

  fake_timers_hold ();
  queue_ask_some (self, 1);
  queue_wait_for_held (self, 1);
  endpoint_answer_with (self->endpoint, 503, "Retry-After", "3600", NULL);
  endpoint_release (self->endpoint, 1);
  wait_until (fake_timers_is_held ());
  pusher_http_authorizer_set_endpoint (self->authorizer, url);
  g_assert_false (fake_timers_is_held ());
  queue_grant_rest (self, 1);
}

/* The pause does not outlive the authorizer. */
static void
test_dropped (Queue        *self,
              gconstpointer user_data)
{
  fake_timers_hold ();
  queue_ask_some (self, 1);
  queue_wait_for_held (self, 1);
  endpoint_answer_with (self->endpoint, 503, "Retry-After", "3600", NULL);
  endpoint_release (self->endpoint, 1);
  wait_until (fake_timers_is_held ());
  cancel_request (self->requesters[0]->request);
  endpoint_settle (self->endpoint);
  g_assert_true (fake_timers_is_held ());
  g_assert_finalize_object (g_steal_pointer (&self->authorizer));
  g_assert_false (fake_timers_is_held ());
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  queue_add ("/http-pause/statuses", test_statuses);
  queue_add ("/http-pause/unreachable", test_unreachable);
  queue_add ("/http-pause/together", test_together);
  queue_add ("/http-pause/exhausted", test_exhausted);
  queue_add ("/http-pause/failure-of-one", test_failure_of_one);
  queue_add ("/http-pause/silence-for-one", test_silence_for_one);
  queue_add ("/http-pause/retry-after", test_retry_after);
  queue_add ("/http-pause/longer-retry-after", test_longer_retry_after);
  queue_add ("/http-pause/given-up", test_given_up);
  queue_add ("/http-pause/other-endpoint", test_other_endpoint);
  queue_add ("/http-pause/dropped", test_dropped);

  return g_test_run ();
}
