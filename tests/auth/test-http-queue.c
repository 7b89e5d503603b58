/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Many requests for one endpoint. */

#include "http-fixture.h"

#define FORM(n) HTTP_FORM "&channel_name=private-" #n

/* --- Order --------------------------------------------------------------- */

static void
test_bounded (Queue        *self,
              gconstpointer user_data)
{
  queue_ask_some (self, N_REQUESTERS);
  queue_wait_for_held (self, 2);
  queue_grant_rest (self, N_REQUESTERS);

  g_assert_cmpint (endpoint_get_peak (self->endpoint), ==, 2);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, N_REQUESTERS);
  for (guint i = 0; i < N_REQUESTERS; i++)
    requester_assert_granted (self->requesters[i], HTTP_AUTH, NULL, NULL);
}

static void
test_order (Queue        *self,
            gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  queue_ask_some (self, 4);
  queue_wait_for_held (self, 1);
  queue_grant_rest (self, 4);
  endpoint_assert_asked (self->endpoint, FORM (0), FORM (1), FORM (2), FORM (3));
}

static void
count_notify_cb (GObject    *object,
                 GParamSpec *pspec,
                 gpointer    n_notified)
{
  ++*(guint *) n_notified;
}

static void
test_settings (Queue        *self,
               gconstpointer user_data)
{
  g_autoptr (PusherHttpAuthorizer) fresh = pusher_http_authorizer_new ("http://h/");
  guint n_notified = 0;
  guint max_concurrent, max_batch_size;

  g_assert_cmpint (pusher_http_authorizer_get_max_concurrent (fresh), ==, 6);
  g_assert_cmpint (pusher_http_authorizer_get_max_batch_size (fresh), ==, 100);
  g_signal_connect (fresh, "notify::max-concurrent", G_CALLBACK (count_notify_cb), &n_notified);
  g_signal_connect (fresh, "notify::max-batch-size", G_CALLBACK (count_notify_cb), &n_notified);
  g_object_set (fresh, "max-concurrent", 6, "max-batch-size", 100, NULL);
  g_assert_cmpint (n_notified, ==, 0);
  g_object_set (fresh, "max-concurrent", 7, "max-batch-size", 101, NULL);
  g_assert_cmpint (n_notified, ==, 2);
  g_object_get (fresh, "max-concurrent", &max_concurrent, "max-batch-size", &max_batch_size, NULL);
  g_assert_cmpint (max_concurrent, ==, 7);
  g_assert_cmpint (max_batch_size, ==, 101);
}

static void
test_raise (Queue        *self,
            gconstpointer user_data)
{
  queue_ask_some (self, 6);
  queue_wait_for_held (self, 2);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 5);
  queue_wait_for_held (self, 5);
  queue_grant_rest (self, 6);
}

/* The requests that are under way go on. */
static void
test_lower (Queue        *self,
            gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 3);
  queue_ask_some (self, 5);
  queue_wait_for_held (self, 3);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  queue_grant_one (self);
  queue_wait_for_held (self, 2);
  queue_grant_one (self);
  queue_wait_for_held (self, 1);
  queue_grant_one (self);
  queue_wait_for_held (self, 1);
  queue_grant_rest (self, 5);
}

static void
test_user_first (Queue        *self,
                 gconstpointer user_data)
{
  g_autoptr (Requester) user = requester_new_for_user ();

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  queue_ask_some (self, 3);
  queue_ask (self, user);
  queue_wait_for_held (self, 1);
  queue_grant_one (self);
  queue_wait_for_held (self, 1);
  queue_answer_one (self, 200);
  wait_until (user->n_answers == 1);
  queue_grant_rest (self, 3);
  endpoint_assert_asked (self->endpoint, FORM (0), HTTP_FORM, FORM (1), FORM (2));
}

/* A refusal is as good as a grant. */
static void
test_refusals (Queue        *self,
               gconstpointer user_data)
{
  queue_ask_some (self, 4);
  queue_wait_for_held (self, 2);
  for (guint i = 0; i < 4; i++)
    {
      wait_until (endpoint_get_n_held (self->endpoint) > 0);
      queue_answer_one (self, 403);
      wait_until (queue_count_answers (self) == i + 1);
    }
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

/* --- Requests that are cancelled ----------------------------------------- */

/* Those that wait are not sent. */
static void
test_skip (Queue        *self,
           gconstpointer user_data)
{
  queue_ask_some (self, 5);
  queue_wait_for_held (self, 2);
  cancel_request (self->requesters[2]->request);
  cancel_request (self->requesters[4]->request);
  endpoint_settle (self->endpoint);
  requester_drop_request (self->requesters[2]);
  requester_drop_request (self->requesters[4]);
  queue_grant_rest (self, 3);
  endpoint_settle (self->endpoint);
  endpoint_sort_asked (self->endpoint);
  endpoint_assert_asked (self->endpoint, FORM (0), FORM (1), FORM (3));
}

/* What was under way leaves its place to another one. */
static void
test_cancel_under_way (Queue        *self,
                       gconstpointer user_data)
{
  queue_ask_some (self, 3);
  queue_wait_for_held (self, 2);
  cancel_request (self->requesters[0]->request);
  cancel_request (self->requesters[1]->request);
  wait_until (endpoint_get_n_requests (self->endpoint) == 3);
  queue_answer_all (self);
  wait_until (self->requesters[2]->n_answers == 1);
  g_assert_cmpint (queue_count_answers (self), ==, 1);
}

/* As when a connection is lost, and another one made. */
static void
test_other_socket (Queue        *self,
                   gconstpointer user_data)
{
  static const char a[] = "/auth socket_id=9.9&channel_name=private-a";
  static const char b[] = "/auth socket_id=9.9&channel_name=private-b";
  g_autoptr (Requester) other_a = requester_new_for_socket ("9.9", "private-a");
  g_autoptr (Requester) other_b = requester_new_for_socket ("9.9", "private-b");

  queue_ask_some (self, N_REQUESTERS);
  queue_wait_for_held (self, 2);
  for (guint i = 0; i < N_REQUESTERS; i++)
    cancel_request (self->requesters[i]->request);
  queue_ask (self, other_a);
  queue_ask (self, other_b);
  wait_until (endpoint_get_n_requests (self->endpoint) == 4);
  queue_answer_all (self);
  wait_until (other_a->n_answers == 1 && other_b->n_answers == 1);
  endpoint_settle (self->endpoint);
  endpoint_sort_asked (self->endpoint);
  endpoint_assert_asked (self->endpoint, FORM (0), FORM (1), a, b);
}

/* What gets an answer may give up what waits. */
static void
test_cancel_by_answer (Queue        *self,
                       gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  self->requesters[0]->rival = self->requesters[1]->request;
  queue_ask_some (self, 3);
  queue_wait_for_held (self, 1);
  queue_grant_rest (self, 2);
  g_assert_cmpint (self->requesters[1]->n_answers, ==, 0);
  endpoint_assert_asked (self->endpoint, FORM (0), FORM (2));
}

/* --- Settings ------------------------------------------------------------ */

/* What waits is posted where the application wants it now. */
static void
test_other_endpoint (Queue        *self,
                     gconstpointer user_data)
{
  g_autofree char *url = endpoint_get_url (self->endpoint, "/other");

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  queue_ask_some (self, 2);
  queue_wait_for_held (self, 1);
  pusher_http_authorizer_set_endpoint (self->authorizer, url);
  pusher_http_authorizer_set_param (self->authorizer, "token", XYZZY);
  queue_grant_rest (self, 2);
  endpoint_assert_asked (self->endpoint, FORM (0),
                         "/other socket_id=" REQUESTER_SOCKET_ID "&channel_name=private-1"
                         "&token=" XYZZY);
}

/* Without an endpoint there is nothing to wait for. */
static void
test_no_endpoint (Queue        *self,
                  gconstpointer user_data)
{
  queue_ask_some (self, N_REQUESTERS);
  queue_wait_for_held (self, 2);
  pusher_http_authorizer_set_endpoint (self->authorizer, "nowhere");
  queue_answer_one (self, 200);
  wait_until (queue_count_answers (self) == N_REQUESTERS - 1);
  requester_assert_refused (self->requesters[N_REQUESTERS - 1], PUSHER_ERROR,
                            PUSHER_ERROR_INVALID_SETTINGS, "not an HTTP URL");
  queue_grant_one (self);
}

static void
test_other_session (Queue        *self,
                    gconstpointer user_data)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("user-agent", "other", NULL);

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  queue_ask_some (self, 2);
  queue_wait_for_held (self, 1);
  pusher_http_authorizer_set_session (self->authorizer, session);
  queue_grant_rest (self, 1);
  queue_wait_for_held (self, 1);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "User-Agent"), ==, "other");
  queue_grant_rest (self, 2);
}

/* A session that has less connections than requests are allowed: they wait in the
 * session, and the time of the endpoint begins when they are sent. */
static void
test_narrow_session (Queue        *self,
                     gconstpointer user_data)
{
  g_autoptr (SoupSession) session =
    soup_session_new_with_options ("max-conns-per-host", 1, NULL);

  pusher_http_authorizer_set_session (self->authorizer, session);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 4);
  queue_ask_some (self, 4);
  queue_wait_for_held (self, 1);
  g_assert_cmpint (fake_timers_get_n_attempts (), ==, 1);
  queue_grant_one (self);
  queue_wait_for_held (self, 1);
  g_assert_cmpint (fake_timers_get_n_attempts (), ==, 2);

  fake_timers_time_out ();
  wait_until (endpoint_get_n_requests (self->endpoint) == 3);
  g_assert_cmpint (fake_timers_get_n_attempts (), ==, 3);
  queue_answer_all (self);
  wait_until (queue_count_answers (self) == 2);
  queue_grant_rest (self, 4);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 5);
}

/* Requests that wait keep the authorizer, also if the client has another one by
 * now; then it goes. */
static void
test_dropped (Queue        *self,
              gconstpointer user_data)
{
  gpointer authorizer = self->authorizer;

  g_object_add_weak_pointer (authorizer, &authorizer);
  queue_ask_some (self, 5);
  queue_wait_for_held (self, 2);
  g_clear_object (&self->authorizer);
  queue_grant_rest (self, 5);
  endpoint_settle (self->endpoint);
  g_assert_null (authorizer);
}

static void
test_dropped_and_given_up (Queue        *self,
                           gconstpointer user_data)
{
  gpointer authorizer = self->authorizer;

  g_object_add_weak_pointer (authorizer, &authorizer);
  queue_ask_some (self, 5);
  queue_wait_for_held (self, 2);
  g_clear_object (&self->authorizer);
  for (guint i = 0; i < 5; i++)
    cancel_request (self->requesters[i]->request);
  endpoint_settle (self->endpoint);
  g_assert_null (authorizer);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 2);
}

/* --- Batches ------------------------------------------------------------- */

#define NAME(n, i) "&channel_name%5B" #n "%5D=private-" #i
#define GRANT(i) "\"private-" #i "\":{\"status\":200,\"data\":{\"auth\":\"" HTTP_AUTH "\"}}"

static void
test_batch_split (Queue        *self,
                  gconstpointer user_data)
{
  endpoint_hold (self->endpoint, FALSE);
  pusher_http_authorizer_set_batch (self->authorizer, TRUE);
  pusher_http_authorizer_set_max_batch_size (self->authorizer, 3);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  queue_ask_some (self, 7);
  endpoint_answer (self->endpoint, 200, "{" GRANT (0) "," GRANT (1) "," GRANT (2) "}");
  endpoint_answer (self->endpoint, 200, "{" GRANT (3) "," GRANT (4) "," GRANT (5) "}");
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  wait_until (queue_count_answers (self) == 7);
  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM NAME (0, 0) NAME (1, 1) NAME (2, 2),
                         HTTP_FORM NAME (0, 3) NAME (1, 4) NAME (2, 5),
                         FORM (6));
  for (guint i = 0; i < 7; i++)
    requester_assert_granted (self->requesters[i], HTTP_AUTH, NULL, NULL);
}

/* What is cancelled while the batch waits is left out; a batch of one is none, and
 * one of none is not sent. */
static void
test_batch_skip (Queue        *self,
                 gconstpointer user_data)
{
  pusher_http_authorizer_set_batch (self->authorizer, TRUE);
  pusher_http_authorizer_set_max_batch_size (self->authorizer, 3);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  queue_ask_some (self, N_REQUESTERS);
  queue_wait_for_held (self, 1);
  cancel_request (self->requesters[4]->request);
  for (guint i = 6; i < 9; i++)
    cancel_request (self->requesters[i]->request);
  cancel_request (self->requesters[9]->request);
  cancel_request (self->requesters[11]->request);
  endpoint_settle (self->endpoint);
  for (guint i = 6; i < 9; i++)
    requester_drop_request (self->requesters[i]);

  endpoint_hold (self->endpoint, FALSE);
  endpoint_answer (self->endpoint, 200, "{" GRANT (0) "," GRANT (1) "," GRANT (2) "}");
  endpoint_answer (self->endpoint, 200, "{" GRANT (3) "," GRANT (5) "}");
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  endpoint_release (self->endpoint, 1);
  wait_until (queue_count_answers (self) == 6);
  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM NAME (0, 0) NAME (1, 1) NAME (2, 2),
                         HTTP_FORM NAME (0, 3) NAME (1, 5),
                         HTTP_FORM "&channel_name=private-10");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  queue_add ("/http-queue/bounded", test_bounded);
  queue_add ("/http-queue/order", test_order);
  queue_add ("/http-queue/settings", test_settings);
  queue_add ("/http-queue/raise", test_raise);
  queue_add ("/http-queue/lower", test_lower);
  queue_add ("/http-queue/user-first", test_user_first);
  queue_add ("/http-queue/refusals", test_refusals);
  queue_add ("/http-queue/skip", test_skip);
  queue_add ("/http-queue/cancel-under-way", test_cancel_under_way);
  queue_add ("/http-queue/other-socket", test_other_socket);
  queue_add ("/http-queue/cancel-by-answer", test_cancel_by_answer);
  queue_add ("/http-queue/other-endpoint", test_other_endpoint);
  queue_add ("/http-queue/no-endpoint", test_no_endpoint);
  queue_add ("/http-queue/other-session", test_other_session);
  queue_add ("/http-queue/narrow-session", test_narrow_session);
  queue_add ("/http-queue/dropped", test_dropped);
  queue_add ("/http-queue/dropped-and-given-up", test_dropped_and_given_up);
  queue_add ("/http-queue/batch-split", test_batch_split);
  queue_add ("/http-queue/batch-skip", test_batch_skip);

  return g_test_run ();
}
