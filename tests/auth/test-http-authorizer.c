/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "http-fixture.h"

#define SHARED_SECRET "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="

/* --- Answers ------------------------------------------------------------- */

/* Everything that an endpoint may give. */
static void
test_answers (Http         *self,
              gconstpointer user_data)
{
  g_autoptr (Requester) presence = requester_new ("presence-a");
  g_autoptr (Requester) encrypted = requester_new ("private-encrypted-a");
  g_autoptr (Requester) user = requester_new_for_user ();

  endpoint_answer (self->endpoint, 200,
                   "{\"auth\":\"" HTTP_AUTH "\",\"channel_data\":\"{ \\\"user_id\\\": 1 }\"}");
  http_ask (self, presence);
  requester_wait (presence);
  requester_assert_granted (presence, HTTP_AUTH, "{ \"user_id\": 1 }", NULL);

  endpoint_answer (self->endpoint, 200,
                   "{\"auth\":\"" HTTP_AUTH "\",\"shared_secret\":\"" SHARED_SECRET "\"}");
  http_ask (self, encrypted);
  requester_wait (encrypted);
  requester_assert_granted (encrypted, HTTP_AUTH, NULL, SHARED_SECRET);

  endpoint_answer (self->endpoint, 200,
                   "{\"auth\":\"" HTTP_AUTH "\",\"user_data\":\"{\\\"id\\\":\\\"1\\\"}\"}");
  http_ask (self, user);
  requester_wait (user);
  requester_assert_granted (user, HTTP_AUTH, "{\"id\":\"1\"}", NULL);

  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM "&channel_name=presence-a",
                         HTTP_FORM "&channel_name=private-encrypted-a",
                         HTTP_FORM);
}

/* --- What goes wrong ----------------------------------------------------- */

static void
test_bad_answers (Http         *self,
                  gconstpointer user_data)
{
  static const struct
  {
    const char *body;
    const char *what;
  } answers[] = {
    { NULL, "not a JSON object" },
    { "", "not a JSON object" },
    { "<html>" XYZZY "</html>", "not a JSON object" },
    { "[]", "not a JSON object" },
    { "{}", "no “auth”" },
    { "{\"auth\":7}", "“auth” that is not a string" },
    { "{\"auth\":\"" HTTP_AUTH "\",\"shared_secret\":\"" XYZZY "\"}", "32 bytes" },
  };
  g_autofree char *large = g_strnfill (1024 * 1024 + 1, ' ');
  g_autoptr (Requester) last = requester_new ("private-a");

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (Requester) requester = requester_new ("private-a");

      endpoint_answer (self->endpoint, 200, answers[i].body);
      http_ask (self, requester);
      requester_wait (requester);
      requester_assert_refused (requester, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                                answers[i].what);
    }

  endpoint_answer (self->endpoint, 200, large);
  http_ask (self, last);
  requester_wait (last);
  requester_assert_refused (last, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "over 1 MB");
}

static void
test_refused (Http         *self,
              gconstpointer user_data)
{
  static const guint statuses[] = { 401, 403, 404 };

  for (gsize i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (Requester) requester = requester_new ("private-a");

      endpoint_answer (self->endpoint, statuses[i], "{\"auth\":\"" HTTP_AUTH "\"}");
      http_ask (self, requester);
      requester_wait (requester);
      requester_assert_refused (requester, PUSHER_HTTP_ERROR, (int) statuses[i], "HTTP status");
    }
}

static void
test_attempts_used_up (Http         *self,
                       gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  for (int i = 0; i < 3; i++)
    endpoint_answer (self->endpoint, 500, NULL);
  http_ask (self, requester);
  requester_wait (requester);
  requester_assert_failed_for_now (requester, PUSHER_HTTP_ERROR,
                                   PUSHER_HTTP_ERROR_INTERNAL_SERVER_ERROR, "500");
}

static void
test_silent (Http         *self,
             gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  pusher_http_authorizer_set_max_attempts (self->authorizer, 1);
  endpoint_be_silent (self->endpoint);
  http_ask (self, requester);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  requester_assert_waiting (requester);
  fake_timers_time_out ();
  requester_wait (requester);
  requester_assert_failed_for_now (requester, PUSHER_ERROR, PUSHER_ERROR_TIMEOUT, "did not answer");
}

/* --- Cancellation -------------------------------------------------------- */

static void
test_cancel_in_flight (Http         *self,
                       gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  endpoint_be_silent (self->endpoint);
  http_ask (self, requester);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  cancel_request (requester->request);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (requester->n_answers, ==, 0);
  requester_drop_request (requester);
}

static void
test_cancel_waiting (Http         *self,
                     gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  fake_timers_hold ();
  endpoint_answer (self->endpoint, 503, NULL);
  http_ask (self, requester);
  wait_until (fake_timers_is_held ());
  cancel_request (requester->request);
  endpoint_settle (self->endpoint);
  g_assert_false (fake_timers_is_held ());
  g_assert_cmpint (requester->n_answers, ==, 0);
  requester_drop_request (requester);
}

static void
test_cancelled_before (Http         *self,
                       gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  cancel_request (requester->request);
  http_ask (self, requester);
  endpoint_settle (self->endpoint);
  requester_drop_request (requester);
  endpoint_assert_not_asked (self->endpoint);
}

/* It answers what it was asked, also if the client has another authorizer by now. */
static void
test_dropped_in_flight (Http         *self,
                        gconstpointer user_data)
{
  g_autoptr (Requester) requester = requester_new ("private-a");
  gpointer authorizer = self->authorizer;

  g_object_add_weak_pointer (authorizer, &authorizer);
  endpoint_answer (self->endpoint, 500, NULL);
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, requester);
  g_clear_object (&self->authorizer);
  requester_wait (requester);
  requester_assert_granted (requester, HTTP_AUTH, NULL, NULL);
  endpoint_settle (self->endpoint);
  g_assert_null (authorizer);
}

/* Requests do not wait for each other. */
static void
test_several (Http         *self,
              gconstpointer user_data)
{
  g_autoptr (Requester) slow = requester_new ("private-slow");
  g_autoptr (Requester) fast = requester_new ("private-fast");

  endpoint_be_silent (self->endpoint);
  http_ask (self, slow);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, fast);
  requester_wait (fast);
  requester_assert_granted (fast, HTTP_AUTH, NULL, NULL);
  requester_assert_waiting (slow);
  cancel_request (slow->request);
  endpoint_settle (self->endpoint);
}

/* Unless it is told so, the endpoint need not know batches. */
static void
test_at_the_same_time (Http         *self,
                       gconstpointer user_data)
{
  g_autoptr (Requester) a = requester_new ("private-a");
  g_autoptr (Requester) b = requester_new ("private-b");

  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, a);
  http_ask (self, b);
  wait_until (a->n_answers + b->n_answers == 2);
  endpoint_sort_asked (self->endpoint);
  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM "&channel_name=private-a", HTTP_FORM "&channel_name=private-b");
}

/* --- The session --------------------------------------------------------- */

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  (*(guint *) user_data)++;
}

static void
test_session (Http         *self,
              gconstpointer user_data)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "mine", NULL);
  SoupSession *own;
  guint n_notifications = 0;

  g_signal_connect (self->authorizer, "notify::session", G_CALLBACK (count_cb),
                    &n_notifications);
  pusher_http_authorizer_set_session (self->authorizer, session);
  pusher_http_authorizer_set_session (self->authorizer, session);
  g_assert_cmpint (n_notifications, ==, 1);
  g_assert_true (pusher_http_authorizer_get_session (self->authorizer) == session);
  http_assert_granted (self);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "User-Agent"), ==, "mine");

  /* Without one it has one of its own, and the user's is the user's alone */
  pusher_http_authorizer_set_session (self->authorizer, NULL);
  g_assert_cmpint (n_notifications, ==, 2);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (G_OBJECT (session)->ref_count, ==, 1);
  own = pusher_http_authorizer_get_session (self->authorizer);
  g_assert_nonnull (own);
  g_assert_true (own != session);
  g_assert_true (pusher_http_authorizer_get_session (self->authorizer) == own);
  http_assert_granted (self);

  pusher_http_authorizer_set_session (self->authorizer, session);
  http_assert_granted (self);
  endpoint_settle (self->endpoint);
  g_assert_finalize_object (g_steal_pointer (&self->authorizer));
  g_assert_finalize_object (session);
}

/* --- Settings ------------------------------------------------------------ */

static void
test_properties (Http         *self,
                 gconstpointer user_data)
{
  g_autoptr (PusherHttpAuthorizer) authorizer = pusher_http_authorizer_new ("http://h/");
  GObjectClass *klass = G_OBJECT_GET_CLASS (authorizer);
  g_autoptr (SoupSession) session = NULL;
  g_autofree char *endpoint = NULL;
  g_autofree char *username = NULL;
  gboolean batch;
  guint timeout, max_attempts, n_notifications = 0;

  /* Nothing else has made a session. */
  g_object_get (authorizer, "session", &session, NULL);
  g_assert_nonnull (session);
  g_assert_true (pusher_http_authorizer_get_session (authorizer) == session);

  g_object_get (authorizer,
                "endpoint", &endpoint,
                "username", &username,
                "batch", &batch,
                "timeout", &timeout,
                "max-attempts", &max_attempts,
                NULL);
  g_assert_cmpstr (endpoint, ==, "http://h/");
  g_assert_null (username);
  g_assert_false (batch);
  g_assert_cmpint (timeout, ==, 30);
  g_assert_cmpint (max_attempts, ==, 6);

  /* Twice the same is one change each */
  g_signal_connect (authorizer, "notify", G_CALLBACK (count_cb), &n_notifications);
  for (int i = 0; i < 2; i++)
    g_object_set (authorizer,
                  "endpoint", "http://i/",
                  "username", "Al",
                  "batch", TRUE,
                  "timeout", 1,
                  "max-attempts", G_MAXUINT,
                  NULL);
  g_object_set (authorizer, "password", XYZZY, NULL);
  g_assert_cmpint (n_notifications, ==, 5);
  g_assert_cmpstr (pusher_http_authorizer_get_endpoint (authorizer), ==, "http://i/");
  g_assert_cmpstr (pusher_http_authorizer_get_username (authorizer), ==, "Al");
  g_assert_true (pusher_http_authorizer_get_batch (authorizer));
  g_assert_cmpint (pusher_http_authorizer_get_timeout (authorizer), ==, 1);
  g_assert_cmpint (pusher_http_authorizer_get_max_attempts (authorizer), ==, G_MAXUINT);

  g_assert_false (g_object_class_find_property (klass, "password")->flags & G_PARAM_READABLE);
}

/* The same by the functions */
static void
test_setters (Http         *self,
              gconstpointer user_data)
{
  guint n_notifications = 0;

  g_signal_connect (self->authorizer, "notify", G_CALLBACK (count_cb), &n_notifications);
  for (int i = 0; i < 2; i++)
    {
      pusher_http_authorizer_set_endpoint (self->authorizer, "http://i/");
      pusher_http_authorizer_set_username (self->authorizer, "Al");
      pusher_http_authorizer_set_batch (self->authorizer, TRUE);
      pusher_http_authorizer_set_timeout (self->authorizer, 1);
      pusher_http_authorizer_set_max_attempts (self->authorizer, 2);
      pusher_http_authorizer_set_max_concurrent (self->authorizer, 3);
      pusher_http_authorizer_set_max_batch_size (self->authorizer, 4);
      g_assert_cmpint (n_notifications, ==, 7);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

  http_add ("/http-authorizer/answers", test_answers);
  http_add ("/http-authorizer/bad-answers", test_bad_answers);
  http_add ("/http-authorizer/refused", test_refused);
  http_add ("/http-authorizer/attempts-used-up", test_attempts_used_up);
  http_add ("/http-authorizer/silent", test_silent);
  http_add ("/http-authorizer/cancel-in-flight", test_cancel_in_flight);
  http_add ("/http-authorizer/cancel-waiting", test_cancel_waiting);
  http_add ("/http-authorizer/cancelled-before", test_cancelled_before);
  http_add ("/http-authorizer/dropped-in-flight", test_dropped_in_flight);
  http_add ("/http-authorizer/several", test_several);
  http_add ("/http-authorizer/at-the-same-time", test_at_the_same_time);
  http_add ("/http-authorizer/session", test_session);
  http_add ("/http-authorizer/properties", test_properties);
  http_add ("/http-authorizer/setters", test_setters);

  return g_test_run ();
}
