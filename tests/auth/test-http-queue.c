/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Many questions for one endpoint. */

#include "http-fixture.h"

#include "auth/pusher-authorizer-private.h"

#define N_ASKERS 12

/* An authorizer that asks two questions at a time, an endpoint that answers when
 * it is told to, and those who ask, for private-0, private-1 and so on. */
typedef struct
{
  Endpoint *endpoint;
  PusherHttpAuthorizer *authorizer; /* NULL once the test has dropped it */
  Asker *askers[N_ASKERS];
} Queue;

static void
set_up (Queue        *self,
        gconstpointer user_data)
{
  fake_timers_reset ();
  self->endpoint = endpoint_new ();
  endpoint_hold (self->endpoint, TRUE);
  self->authorizer = endpoint_new_authorizer (self->endpoint);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 2);
  for (guint i = 0; i < N_ASKERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("private-%u", i);

      self->askers[i] = asker_new (name);
    }
}

static void
tear_down (Queue        *self,
           gconstpointer user_data)
{
  for (guint i = 0; i < N_ASKERS; i++)
    if (self->askers[i]->request != NULL)
      pusher_authorization_request_cancel (self->askers[i]->request);
  endpoint_settle (self->endpoint);
  if (self->authorizer != NULL)
    g_assert_finalize_object (self->authorizer);
  for (guint i = 0; i < N_ASKERS; i++)
    asker_free (self->askers[i]);
  endpoint_free (self->endpoint);
  fake_timers_reset ();
  secrets_assert_kept ();
}

static void
ask (Queue *self,
     Asker *asker)
{
  pusher_authorizer_ask (PUSHER_AUTHORIZER (self->authorizer), asker->request);
}

static void
ask_some (Queue *self,
          guint  n)
{
  for (guint i = 0; i < n; i++)
    ask (self, self->askers[i]);
}

static guint
count_answers (Queue *self)
{
  guint n = 0;

  for (guint i = 0; i < N_ASKERS; i++)
    n += self->askers[i]->n_answers;

  return n;
}

static void
wait_for_held (Queue *self,
               guint  n)
{
  wait_until (endpoint_get_n_held (self->endpoint) == n);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (endpoint_get_n_held (self->endpoint), ==, n);
}

/* Answers the oldest question. */
static void
answer_one (Queue *self,
            guint  status)
{
  endpoint_answer (self->endpoint, status, status == 200 ? HTTP_BODY : NULL);
  endpoint_release (self->endpoint, 1);
}

static void
grant_one (Queue *self)
{
  guint n_before = count_answers (self);

  answer_one (self, 200);
  wait_until (count_answers (self) == n_before + 1);
}

/* Answers all questions, also those that nobody waits for any more: the endpoint
 * does not see that. */
static void
answer_all (Queue *self)
{
  for (guint n = endpoint_get_n_held (self->endpoint); n > 0; n--)
    answer_one (self, 200);
}

/* Grants all the rest, as it comes. */
static void
grant_rest (Queue *self,
            guint  n_answers)
{
  while (count_answers (self) < n_answers)
    {
      wait_until (endpoint_get_n_held (self->endpoint) > 0);
      grant_one (self);
    }
}

#define FORM(n) HTTP_FORM "&channel_name=private-" #n

/* --- The line ------------------------------------------------------------ */

static void
test_bounded (Queue        *self,
              gconstpointer user_data)
{
  ask_some (self, N_ASKERS);
  wait_for_held (self, 2);
  grant_rest (self, N_ASKERS);

  g_assert_cmpint (endpoint_get_peak (self->endpoint), ==, 2);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, N_ASKERS);
  for (guint i = 0; i < N_ASKERS; i++)
    asker_assert_granted (self->askers[i], HTTP_AUTH, NULL, NULL);
}

static void
test_order (Queue        *self,
            gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  ask_some (self, 4);
  wait_for_held (self, 1);
  grant_rest (self, 4);
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
  ask_some (self, 6);
  wait_for_held (self, 2);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 5);
  wait_for_held (self, 5);
  grant_rest (self, 6);
}

/* Those that are under way go on. */
static void
test_lower (Queue        *self,
            gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 3);
  ask_some (self, 5);
  wait_for_held (self, 3);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  grant_one (self);
  wait_for_held (self, 2);
  grant_one (self);
  wait_for_held (self, 1);
  grant_one (self);
  wait_for_held (self, 1);
  grant_rest (self, 5);
}

static void
test_user_first (Queue        *self,
                 gconstpointer user_data)
{
  g_autoptr (Asker) user = asker_new_for_user ();

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  ask_some (self, 3);
  ask (self, user);
  wait_for_held (self, 1);
  grant_one (self);
  wait_for_held (self, 1);
  answer_one (self, 200);
  wait_until (user->n_answers == 1);
  grant_rest (self, 3);
  endpoint_assert_asked (self->endpoint, FORM (0), HTTP_FORM, FORM (1), FORM (2));
}

/* A refusal is as good as a grant. */
static void
test_refusals (Queue        *self,
               gconstpointer user_data)
{
  ask_some (self, 4);
  wait_for_held (self, 2);
  for (guint i = 0; i < 4; i++)
    {
      wait_until (endpoint_get_n_held (self->endpoint) > 0);
      answer_one (self, 403);
      wait_until (count_answers (self) == i + 1);
    }
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

/* --- Who waits no more --------------------------------------------------- */

/* They are forgotten before their turns come. */
static void
test_skip (Queue        *self,
           gconstpointer user_data)
{
  ask_some (self, 5);
  wait_for_held (self, 2);
  pusher_authorization_request_cancel (self->askers[2]->request);
  pusher_authorization_request_cancel (self->askers[4]->request);
  endpoint_settle (self->endpoint);
  asker_drop_request (self->askers[2]);
  asker_drop_request (self->askers[4]);
  grant_rest (self, 3);
  endpoint_settle (self->endpoint);
  endpoint_sort_asked (self->endpoint);
  endpoint_assert_asked (self->endpoint, FORM (0), FORM (1), FORM (3));
}

/* What was under way leaves its place to another one. */
static void
test_cancel_under_way (Queue        *self,
                       gconstpointer user_data)
{
  ask_some (self, 3);
  wait_for_held (self, 2);
  pusher_authorization_request_cancel (self->askers[0]->request);
  pusher_authorization_request_cancel (self->askers[1]->request);
  wait_until (endpoint_get_n_requests (self->endpoint) == 3);
  answer_all (self);
  wait_until (self->askers[2]->n_answers == 1);
  g_assert_cmpint (count_answers (self), ==, 1);
}

/* As when a connection is lost, and another one made. */
static void
test_other_socket (Queue        *self,
                   gconstpointer user_data)
{
  static const char a[] = "/auth socket_id=9.9&channel_name=private-a";
  static const char b[] = "/auth socket_id=9.9&channel_name=private-b";
  g_autoptr (Asker) other_a = asker_new_for_socket ("9.9", "private-a");
  g_autoptr (Asker) other_b = asker_new_for_socket ("9.9", "private-b");

  ask_some (self, N_ASKERS);
  wait_for_held (self, 2);
  for (guint i = 0; i < N_ASKERS; i++)
    pusher_authorization_request_cancel (self->askers[i]->request);
  ask (self, other_a);
  ask (self, other_b);
  wait_until (endpoint_get_n_requests (self->endpoint) == 4);
  answer_all (self);
  wait_until (other_a->n_answers == 1 && other_b->n_answers == 1);
  endpoint_settle (self->endpoint);
  endpoint_sort_asked (self->endpoint);
  endpoint_assert_asked (self->endpoint, FORM (0), FORM (1), a, b);
}

/* Whoever gets an answer may give up those who wait. */
static void
test_cancel_by_answer (Queue        *self,
                       gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  self->askers[0]->rival = self->askers[1]->request;
  ask_some (self, 3);
  wait_for_held (self, 1);
  grant_rest (self, 2);
  g_assert_cmpint (self->askers[1]->n_answers, ==, 0);
  endpoint_assert_asked (self->endpoint, FORM (0), FORM (2));
}

/* --- Settings ------------------------------------------------------------ */

/* What waits is asked where the application wants it now. */
static void
test_other_endpoint (Queue        *self,
                     gconstpointer user_data)
{
  g_autofree char *url = endpoint_get_url (self->endpoint, "/other");

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  ask_some (self, 2);
  wait_for_held (self, 1);
  pusher_http_authorizer_set_endpoint (self->authorizer, url);
  pusher_http_authorizer_set_param (self->authorizer, "token", XYZZY);
  grant_rest (self, 2);
  endpoint_assert_asked (self->endpoint, FORM (0),
                         "/other socket_id=" ASKER_SOCKET_ID "&channel_name=private-1&token=" XYZZY);
}

/* Nobody waits for a place where nothing is. */
static void
test_no_endpoint (Queue        *self,
                  gconstpointer user_data)
{
  ask_some (self, N_ASKERS);
  wait_for_held (self, 2);
  pusher_http_authorizer_set_endpoint (self->authorizer, "nowhere");
  answer_one (self, 200);
  wait_until (count_answers (self) == N_ASKERS - 1);
  asker_assert_refused (self->askers[N_ASKERS - 1], PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS,
                        "not an HTTP URL");
  grant_one (self);
}

static void
test_other_session (Queue        *self,
                    gconstpointer user_data)
{
  g_autoptr (SoupSession) session = soup_session_new_with_options ("user-agent", "other", NULL);

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  ask_some (self, 2);
  wait_for_held (self, 1);
  pusher_http_authorizer_set_session (self->authorizer, session);
  grant_rest (self, 1);
  wait_for_held (self, 1);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "User-Agent"), ==, "other");
  grant_rest (self, 2);
}

/* A session that has less connections than questions are allowed: they wait in
 * the session, and the time of the endpoint begins when they are sent. */
static void
test_narrow_session (Queue        *self,
                     gconstpointer user_data)
{
  g_autoptr (SoupSession) session =
    soup_session_new_with_options ("max-conns-per-host", 1, NULL);

  pusher_http_authorizer_set_session (self->authorizer, session);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 4);
  ask_some (self, 4);
  wait_for_held (self, 1);
  g_assert_cmpint (fake_timers_get_n_attempts (), ==, 1);
  grant_one (self);
  wait_for_held (self, 1);
  g_assert_cmpint (fake_timers_get_n_attempts (), ==, 2);

  fake_timers_time_out ();
  wait_until (endpoint_get_n_requests (self->endpoint) == 3);
  g_assert_cmpint (fake_timers_get_n_attempts (), ==, 3);
  answer_all (self);
  wait_until (count_answers (self) == 2);
  grant_rest (self, 4);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 5);
}

/* Questions that wait keep the authorizer, also if the client has another one by
 * now; then it goes. */
static void
test_dropped (Queue        *self,
              gconstpointer user_data)
{
  gpointer authorizer = self->authorizer;

  g_object_add_weak_pointer (authorizer, &authorizer);
  ask_some (self, 5);
  wait_for_held (self, 2);
  g_clear_object (&self->authorizer);
  grant_rest (self, 5);
  endpoint_settle (self->endpoint);
  g_assert_null (authorizer);
}

static void
test_dropped_and_given_up (Queue        *self,
                           gconstpointer user_data)
{
  gpointer authorizer = self->authorizer;

  g_object_add_weak_pointer (authorizer, &authorizer);
  ask_some (self, 5);
  wait_for_held (self, 2);
  g_clear_object (&self->authorizer);
  for (guint i = 0; i < 5; i++)
    pusher_authorization_request_cancel (self->askers[i]->request);
  endpoint_settle (self->endpoint);
  g_assert_null (authorizer);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 2);
}

/* --- Trouble ------------------------------------------------------------- */

/* One tells for all that the endpoint is in trouble; it is also the next one. */
static void
test_pause (Queue        *self,
            gconstpointer user_data)
{
  static const guint statuses[] = { 429, 502, 503, 504 };

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (Asker) a = asker_new ("private-a");
      g_autoptr (Asker) b = asker_new ("private-b");

      fake_timers_hold ();
      ask (self, a);
      ask (self, b);
      wait_for_held (self, 1);
      answer_one (self, statuses[i]);
      wait_until (fake_timers_is_held ());
      wait_for_held (self, 0);

      fake_timers_release ();
      wait_for_held (self, 1);
      answer_one (self, 200);
      wait_until (a->n_answers == 1);
      wait_for_held (self, 1);
      answer_one (self, 200);
      wait_until (b->n_answers == 1);
      endpoint_assert_asked (self->endpoint, HTTP_FORM "&channel_name=private-a",
                             HTTP_FORM "&channel_name=private-a",
                             HTTP_FORM "&channel_name=private-b");
      g_assert_cmpint (fake_timers_get_n_waits (), ==, i + 1);
    }
}

static void
test_pause_unreachable (Queue        *self,
                        gconstpointer user_data)
{
  endpoint_hold (self->endpoint, FALSE);
  endpoint_stop (self->endpoint);
  fake_timers_hold ();
  ask_some (self, 5);
  wait_until (fake_timers_is_held ());
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 1);

  endpoint_start_again (self->endpoint);
  for (guint i = 0; i < 5; i++)
    endpoint_answer (self->endpoint, 200, HTTP_BODY);
  fake_timers_release ();
  wait_until (count_answers (self) == 5);
}

/* Those that were under way at the same time make one pause together; the next
 * one is longer, and an answer ends that. */
static void
test_pause_together (Queue        *self,
                     gconstpointer user_data)
{
  static const guint n_rounds = 2;

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 3);
  ask_some (self, 4);
  for (guint i = 0; i < n_rounds; i++)
    {
      wait_for_held (self, 3);
      fake_timers_hold ();
      for (guint j = 0; j < 3; j++)
        answer_one (self, 503);
      wait_until (fake_timers_is_held ());
      wait_for_held (self, 0);
      g_assert_cmpint (fake_timers_get_n_waits (), ==, i + 1);
      g_assert_cmpint (fake_timers_get_wait (i), <, SECONDS (0.5) * (1 << i));
      fake_timers_release ();
    }

  wait_for_held (self, 3);
  grant_one (self);
  wait_for_held (self, 3);
  fake_timers_hold ();
  answer_one (self, 503);
  wait_until (fake_timers_is_held ());
  g_assert_cmpint (fake_timers_get_wait (n_rounds), <, SECONDS (0.5));
  fake_timers_release ();
  grant_rest (self, 4);
}

/* They have three attempts; the others, who did not ask, still have theirs. */
static void
test_exhausted (Queue        *self,
                gconstpointer user_data)
{
  ask_some (self, 4);
  for (guint i = 0; i < 3; i++)
    {
      wait_for_held (self, 2);
      answer_one (self, 503);
      answer_one (self, 503);
    }
  wait_until (count_answers (self) == 2);
  asker_assert_failed_for_now (self->askers[0], PUSHER_HTTP_ERROR, 503, "503");
  asker_assert_failed_for_now (self->askers[1], PUSHER_HTTP_ERROR, 503, "503");
  g_assert_cmpint (fake_timers_get_n_waits (), ==, 3);
  grant_rest (self, 4);
}

/* Of a failure of one question the others hear nothing, and it keeps no place. */
static void
test_failure_of_one (Queue        *self,
                     gconstpointer user_data)
{
  static const guint statuses[] = { 408, 500 };

  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (Asker) a = asker_new ("private-a");
      g_autoptr (Asker) b = asker_new ("private-b");

      fake_timers_hold ();
      ask (self, a);
      ask (self, b);
      wait_for_held (self, 1);
      answer_one (self, statuses[i]);
      wait_for_held (self, 1);
      g_assert_true (fake_timers_is_held ());
      answer_one (self, 200);
      wait_until (b->n_answers == 1);
      fake_timers_release ();
      wait_for_held (self, 1);
      answer_one (self, 200);
      wait_until (a->n_answers == 1);
    }
}

/* Neither does a question that is not answered at all. */
static void
test_silence_for_one (Queue        *self,
                      gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  fake_timers_hold ();
  ask_some (self, 2);
  wait_for_held (self, 1);
  fake_timers_time_out ();
  wait_until (endpoint_get_n_requests (self->endpoint) == 2);
  g_assert_true (fake_timers_is_held ());
  answer_all (self);
  wait_until (self->askers[1]->n_answers == 1);
  fake_timers_release ();
  grant_rest (self, 2);
}

/* What the endpoint has asked for holds for those who come later, as well. */
static void
test_retry_after (Queue        *self,
                  gconstpointer user_data)
{
  fake_timers_hold ();
  ask_some (self, 2);
  wait_for_held (self, 2);
  endpoint_answer_with (self->endpoint, 429, "Retry-After", "7", NULL);
  endpoint_release (self->endpoint, 1);
  wait_until (fake_timers_is_held ());
  g_assert_cmpint (fake_timers_get_wait (0), >=, SECONDS (7));
  grant_one (self);
  pusher_authorization_request_cancel (self->askers[0]->request);
  pusher_authorization_request_cancel (self->askers[1]->request);
  endpoint_settle (self->endpoint);
  g_assert_true (fake_timers_is_held ());

  ask (self, self->askers[2]);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 2);
  fake_timers_release ();
  grant_rest (self, 2);
}

/* The longest wish counts. */
static void
test_longer_retry_after (Queue        *self,
                         gconstpointer user_data)
{
  fake_timers_hold ();
  ask_some (self, 2);
  wait_for_held (self, 2);
  answer_one (self, 503);
  wait_until (fake_timers_is_held ());
  endpoint_answer_with (self->endpoint, 503, "Retry-After", "60", NULL);
  endpoint_release (self->endpoint, 1);
  wait_until (fake_timers_get_n_waits () == 2);
  g_assert_cmpint (fake_timers_get_wait (1), ==, SECONDS (60));
  fake_timers_release ();
  grant_rest (self, 2);
}

/* A pause of the authorizer's own making ends with those who wait: a new
 * connection does not wait for what the old one has met. */
static void
test_pause_given_up (Queue        *self,
                     gconstpointer user_data)
{
  fake_timers_hold ();
  ask_some (self, 3);
  wait_for_held (self, 2);
  answer_one (self, 503);
  answer_one (self, 503);
  wait_until (fake_timers_is_held ());
  for (guint i = 0; i < 3; i++)
    pusher_authorization_request_cancel (self->askers[i]->request);
  endpoint_settle (self->endpoint);
  g_assert_false (fake_timers_is_held ());

  ask (self, self->askers[3]);
  wait_for_held (self, 1);
  grant_one (self);
}

static void
test_pause_other_endpoint (Queue        *self,
                           gconstpointer user_data)
{
  g_autofree char *url = endpoint_get_url (self->endpoint, "/other");

  fake_timers_hold ();
  ask_some (self, 1);
  wait_for_held (self, 1);
  endpoint_answer_with (self->endpoint, 503, "Retry-After", "3600", NULL);
  endpoint_release (self->endpoint, 1);
  wait_until (fake_timers_is_held ());
  pusher_http_authorizer_set_endpoint (self->authorizer, url);
  g_assert_false (fake_timers_is_held ());
  grant_rest (self, 1);
}

/* The pause does not outlive the authorizer. */
static void
test_dropped_in_pause (Queue        *self,
                       gconstpointer user_data)
{
  fake_timers_hold ();
  ask_some (self, 1);
  wait_for_held (self, 1);
  endpoint_answer_with (self->endpoint, 503, "Retry-After", "3600", NULL);
  endpoint_release (self->endpoint, 1);
  wait_until (fake_timers_is_held ());
  pusher_authorization_request_cancel (self->askers[0]->request);
  endpoint_settle (self->endpoint);
  g_assert_true (fake_timers_is_held ());
  g_assert_finalize_object (g_steal_pointer (&self->authorizer));
  g_assert_false (fake_timers_is_held ());
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
  ask_some (self, 7);
  endpoint_answer (self->endpoint, 200, "{" GRANT (0) "," GRANT (1) "," GRANT (2) "}");
  endpoint_answer (self->endpoint, 200, "{" GRANT (3) "," GRANT (4) "," GRANT (5) "}");
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  wait_until (count_answers (self) == 7);
  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM NAME (0, 0) NAME (1, 1) NAME (2, 2),
                         HTTP_FORM NAME (0, 3) NAME (1, 4) NAME (2, 5),
                         FORM (6));
  for (guint i = 0; i < 7; i++)
    asker_assert_granted (self->askers[i], HTTP_AUTH, NULL, NULL);
}

/* Whoever goes while the batch waits is not asked for; a batch of one is none,
 * and one of none is not sent. */
static void
test_batch_skip (Queue        *self,
                 gconstpointer user_data)
{
  pusher_http_authorizer_set_batch (self->authorizer, TRUE);
  pusher_http_authorizer_set_max_batch_size (self->authorizer, 3);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 1);
  ask_some (self, N_ASKERS);
  wait_for_held (self, 1);
  pusher_authorization_request_cancel (self->askers[4]->request);
  for (guint i = 6; i < 9; i++)
    pusher_authorization_request_cancel (self->askers[i]->request);
  pusher_authorization_request_cancel (self->askers[9]->request);
  pusher_authorization_request_cancel (self->askers[11]->request);
  endpoint_settle (self->endpoint);
  for (guint i = 6; i < 9; i++)
    asker_drop_request (self->askers[i]);

  endpoint_hold (self->endpoint, FALSE);
  endpoint_answer (self->endpoint, 200, "{" GRANT (0) "," GRANT (1) "," GRANT (2) "}");
  endpoint_answer (self->endpoint, 200, "{" GRANT (3) "," GRANT (5) "}");
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  endpoint_release (self->endpoint, 1);
  wait_until (count_answers (self) == 6);
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

#define add(name, test) \
  g_test_add ("/http-queue/" name, Queue, NULL, set_up, test, tear_down)

  add ("bounded", test_bounded);
  add ("order", test_order);
  add ("settings", test_settings);
  add ("raise", test_raise);
  add ("lower", test_lower);
  add ("user-first", test_user_first);
  add ("refusals", test_refusals);
  add ("skip", test_skip);
  add ("cancel-under-way", test_cancel_under_way);
  add ("other-socket", test_other_socket);
  add ("cancel-by-answer", test_cancel_by_answer);
  add ("other-endpoint", test_other_endpoint);
  add ("no-endpoint", test_no_endpoint);
  add ("other-session", test_other_session);
  add ("narrow-session", test_narrow_session);
  add ("dropped", test_dropped);
  add ("dropped-and-given-up", test_dropped_and_given_up);
  add ("pause", test_pause);
  add ("pause-unreachable", test_pause_unreachable);
  add ("pause-together", test_pause_together);
  add ("exhausted", test_exhausted);
  add ("failure-of-one", test_failure_of_one);
  add ("silence-for-one", test_silence_for_one);
  add ("retry-after", test_retry_after);
  add ("longer-retry-after", test_longer_retry_after);
  add ("pause-given-up", test_pause_given_up);
  add ("pause-other-endpoint", test_pause_other_endpoint);
  add ("dropped-in-pause", test_dropped_in_pause);
  add ("batch-split", test_batch_split);
  add ("batch-skip", test_batch_skip);

#undef add

  return g_test_run ();
}
