/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "http-fixture.h"

#include "auth/pusher-authorizer-private.h"

#define FORM_ABC \
  HTTP_FORM "&channel_name%5B0%5D=private-a&channel_name%5B1%5D=presence-b" \
       "&channel_name%5B2%5D=private-encrypted-c"
#define ALONE_A HTTP_FORM "&channel_name=private-a"
#define ALONE_B HTTP_FORM "&channel_name=presence-b"
#define ALONE_C HTTP_FORM "&channel_name=private-encrypted-c"

#define SHARED_SECRET "wp8Orjt2S4H4n8dDP7pa2A9reduRTTedbaiVnjqomsc="
#define GRANTED "{\"status\":200,\"data\":{\"auth\":\"" HTTP_AUTH "\"}}"

/* An authorizer that posts several channels together, and three requesters. */
typedef struct
{
  Endpoint *endpoint;
  PusherHttpAuthorizer *authorizer; /* NULL once the test has dropped it */
  Requester *a;
  Requester *b;
  Requester *c;
} Batch;

static void
set_up (Batch        *self,
        gconstpointer user_data)
{
  fake_timers_reset ();
  self->endpoint = endpoint_new ();
  self->authorizer = endpoint_new_authorizer (self->endpoint);
  pusher_http_authorizer_set_batch (self->authorizer, TRUE);
  self->a = requester_new ("private-a");
  self->b = requester_new ("presence-b");
  self->c = requester_new ("private-encrypted-c");
}

static void
tear_down (Batch        *self,
           gconstpointer user_data)
{
  endpoint_settle (self->endpoint);
  if (self->authorizer != NULL)
    g_assert_finalize_object (self->authorizer);
  requester_free (self->a);
  requester_free (self->b);
  requester_free (self->c);
  endpoint_free (self->endpoint);
  fake_timers_reset ();
  secrets_assert_kept ();
}

static void
ask (Batch     *self,
     Requester *requester)
{
  pusher_authorizer_ask (PUSHER_AUTHORIZER (self->authorizer), requester->request);
}

static void
ask_all (Batch *self)
{
  ask (self, self->a);
  ask (self, self->b);
  ask (self, self->c);
}

static guint
count_answers (Batch *self)
{
  return self->a->n_answers + self->b->n_answers + self->c->n_answers;
}

static void
wait_for_answers (Batch *self)
{
  wait_until (count_answers (self) == 3);
}

/* --- One request --------------------------------------------------------- */

static void
test_together (Batch        *self,
               gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 200,
                   "{\"private-a\":" GRANTED ",\"presence-b\":{\"status\":200,\"data\":{\"auth\":\""
                   HTTP_AUTH "\",\"expires\":1e20,\"channel_data\":\"{ \\\"user_id\\\": 1 }\"}},"
                   "\"private-encrypted-c\":{\"data\":{\"auth\":\"" HTTP_AUTH
                   "\",\"shared_secret\":\"" SHARED_SECRET "\"},\"status\":200.0},"
                   "\"private-x\":" GRANTED "}");
  ask_all (self);
  wait_for_answers (self);
  requester_assert_granted (self->a, HTTP_AUTH, NULL, NULL);
  requester_assert_granted (self->b, HTTP_AUTH, "{ \"user_id\": 1 }", NULL);
  requester_assert_granted (self->c, HTTP_AUTH, NULL, SHARED_SECRET);
  endpoint_assert_asked (self->endpoint, FORM_ABC);
}

static void
test_params (Batch        *self,
             gconstpointer user_data)
{
  pusher_http_authorizer_set_param (self->authorizer, "token", XYZZY);
  pusher_http_authorizer_set_header (self->authorizer, "X-Token", XYZZY);
  endpoint_answer (self->endpoint, 200,
                   "{\"private-a\":" GRANTED ",\"presence-b\":" GRANTED "}");
  ask (self, self->a);
  ask (self, self->b);
  wait_until (count_answers (self) == 2);
  endpoint_assert_asked (self->endpoint, HTTP_FORM "&channel_name%5B0%5D=private-a"
                                              "&channel_name%5B1%5D=presence-b&token=" XYZZY);
  g_assert_cmpstr (endpoint_get_header (self->endpoint, "X-Token"), ==, XYZZY);
}

static void
prepare_cb (PusherHttpAuthorizer       *authorizer,
            PusherAuthorizationRequest *request,
            SoupMessage                *message,
            gpointer                    user_data)
{
  add_word (user_data, "%s", pusher_authorization_request_get_channel_name (request));
}

static void
test_prepare (Batch        *self,
              gconstpointer user_data)
{
  g_autoptr (GString) prepared = g_string_new (NULL);

  g_signal_connect (self->authorizer, "prepare", G_CALLBACK (prepare_cb), prepared);
  endpoint_answer (self->endpoint, 503, NULL);
  endpoint_answer (self->endpoint, 200,
                   "{\"private-a\":" GRANTED ",\"presence-b\":" GRANTED "}");
  ask (self, self->a);
  ask (self, self->b);
  wait_until (count_answers (self) == 2);
  g_assert_cmpstr (prepared->str, ==, "private-a presence-b private-a presence-b");
}

/* Nothing special for one, nor for a user. */
static void
test_single (Batch        *self,
             gconstpointer user_data)
{
  g_autoptr (Requester) user = requester_new_for_user ();

  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  ask (self, self->a);
  wait_until (self->a->n_answers == 1);
  requester_assert_granted (self->a, HTTP_AUTH, NULL, NULL);
  endpoint_assert_asked (self->endpoint, ALONE_A);

  endpoint_answer (self->endpoint, 200,
                   "{\"auth\":\"" HTTP_AUTH "\",\"user_data\":\"{\\\"id\\\":\\\"1\\\"}\"}");
  ask (self, user);
  wait_until (user->n_answers == 1);
  requester_assert_granted (user, HTTP_AUTH, "{\"id\":\"1\"}", NULL);
  endpoint_assert_asked (self->endpoint, HTTP_FORM);
}

static void
test_user_at_the_same_time (Batch        *self,
                            gconstpointer user_data)
{
  static const char both[] =
    HTTP_FORM "&channel_name%5B0%5D=private-a&channel_name%5B1%5D=presence-b";
  g_autoptr (Requester) user = requester_new_for_user ();

  endpoint_answer_to (self->endpoint, both,
                      "{\"private-a\":" GRANTED ",\"presence-b\":" GRANTED "}");
  endpoint_answer_to (self->endpoint, HTTP_FORM,
                      "{\"auth\":\"" HTTP_AUTH "\",\"user_data\":\"{}\"}");
  ask (self, self->a);
  ask (self, user);
  ask (self, self->b);
  wait_until (count_answers (self) == 2 && user->n_answers == 1);
  requester_assert_granted (user, HTTP_AUTH, "{}", NULL);
  endpoint_sort_asked (self->endpoint);
  endpoint_assert_asked (self->endpoint, HTTP_FORM, both);
}

/* What comes later is posted later. */
static void
test_two_iterations (Batch        *self,
                     gconstpointer user_data)
{
  endpoint_be_silent (self->endpoint);
  ask (self, self->a);
  ask (self, self->b);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);

  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  ask (self, self->c);
  wait_until (self->c->n_answers == 1);
  endpoint_assert_asked (self->endpoint,
                         HTTP_FORM "&channel_name%5B0%5D=private-a&channel_name%5B1%5D=presence-b",
                         ALONE_C);

  cancel_request (self->a->request);
  cancel_request (self->b->request);
}

/* An authorization is for one connection. */
static void
test_two_sockets (Batch        *self,
                  gconstpointer user_data)
{
  static const char first[] =
    HTTP_FORM "&channel_name%5B0%5D=private-a&channel_name%5B1%5D=presence-b";
  static const char second[] =
    "/auth socket_id=9.9&channel_name%5B0%5D=private-d&channel_name%5B1%5D=private-e";
  static const char third[] = "/auth socket_id=8.8&channel_name=private-a";
  g_autoptr (Requester) d = requester_new_for_socket ("9.9", "private-d");
  g_autoptr (Requester) e = requester_new_for_socket ("9.9", "private-e");
  g_autoptr (Requester) f = requester_new_for_socket ("8.8", "private-a");

  endpoint_answer_to (self->endpoint, first,
                      "{\"private-a\":" GRANTED ",\"presence-b\":" GRANTED "}");
  endpoint_answer_to (self->endpoint, second,
                      "{\"private-d\":" GRANTED ",\"private-e\":" GRANTED "}");
  endpoint_answer_to (self->endpoint, third, "{\"auth\":\"app-key:" XYZZY "-other\"}");
  ask (self, self->a);
  ask (self, d);
  ask (self, self->b);
  ask (self, f);
  ask (self, e);
  wait_until (count_answers (self) == 2 && d->n_answers == 1 && e->n_answers == 1 &&
              f->n_answers == 1);

  requester_assert_granted (self->a, HTTP_AUTH, NULL, NULL);
  requester_assert_granted (e, HTTP_AUTH, NULL, NULL);
  requester_assert_granted (f, "app-key:" XYZZY "-other", NULL, NULL);
  endpoint_sort_asked (self->endpoint);
  endpoint_assert_asked (self->endpoint, first, third, second);
}

/* --- Each channel for itself --------------------------------------------- */

static void
test_statuses (Batch        *self,
               gconstpointer user_data)
{
  g_autoptr (Requester) d = requester_new ("private-d");

  endpoint_answer (self->endpoint, 200,
                   "{\"private-a\":{\"status\":403,\"data\":{\"auth\":\"" HTTP_AUTH "\"}},"
                   "\"presence-b\":" GRANTED ","
                   "\"private-encrypted-c\":{\"status\":200,\"data\":{}},"
                   "\"private-d\":{\"status\":503,\"data\":{\"message\":\"not now\"}}}");
  ask_all (self);
  ask (self, d);
  wait_for_answers (self);
  requester_assert_refused (self->a, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_FORBIDDEN, "403");
  requester_assert_granted (self->b, HTTP_AUTH, NULL, NULL);
  requester_assert_refused (self->c, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "no “auth”");
  requester_assert_failed_for_now (d, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_SERVICE_UNAVAILABLE,
                                   "refused the channel with status 503: not now");
  endpoint_assert_asked (self->endpoint, FORM_ABC "&channel_name%5B3%5D=private-d");
}

static void
test_odd_statuses (Batch        *self,
                   gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 200,
                   "{\"private-a\":{\"status\":-1},\"presence-b\":{\"status\":9e18},"
                   "\"private-encrypted-c\":{\"status\":200,\"data\":\"text\"}}");
  ask_all (self);
  wait_for_answers (self);
  requester_assert_refused (self->a, PUSHER_HTTP_ERROR, 0, "status -1");
  requester_assert_failed_for_now (self->b, PUSHER_HTTP_ERROR, G_MAXINT,
                                   "status 9000000000000000000");
  requester_assert_refused (self->c, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION, "not a JSON object");
}

/* What the response leaves out, in whatever way, is posted alone. */
static void
test_left_out (Batch        *self,
               gconstpointer user_data)
{
  static const char *const parts[] = {
    "", ",\"presence-b\":null", ",\"presence-b\":[]", ",\"presence-b\":{}",
    ",\"presence-b\":{\"data\":{\"auth\":\"" HTTP_AUTH "\"}}",
    ",\"presence-b\":{\"status\":\"200\"}",
    ",\"presence-b\":{\"status\":200}", ",\"presence-b\":{\"auth\":\"" HTTP_AUTH "\"}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autoptr (Requester) a = requester_new ("private-a");
      g_autoptr (Requester) b = requester_new ("presence-b");
      g_autofree char *body = g_strdup_printf ("{\"private-a\":" GRANTED "%s}", parts[i]);

      endpoint_answer (self->endpoint, 200, body);
      endpoint_answer (self->endpoint, 200, HTTP_BODY);
      ask (self, a);
      ask (self, b);
      wait_until (a->n_answers + b->n_answers == 2);
      requester_assert_granted (a, HTTP_AUTH, NULL, NULL);
      requester_assert_granted (b, HTTP_AUTH, NULL, NULL);
      endpoint_assert_asked (self->endpoint, HTTP_FORM "&channel_name%5B0%5D=private-a"
                                                  "&channel_name%5B1%5D=presence-b", ALONE_B);
    }
}

/* What the endpoint does not understand as one it is asked one by one. */
static void
test_no_batches (Batch        *self,
                 gconstpointer user_data)
{
  static const struct
  {
    guint status;
    const char *body;
  } answers[] = {
    { 200, NULL }, { 200, "[]" }, { 200, "null" }, { 200, "<html>" XYZZY "</html>" },
    { 200, HTTP_BODY }, { 400, NULL }, { 403, NULL }, { 404, NULL }, { 422, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (Requester) a = requester_new ("private-a");
      g_autoptr (Requester) b = requester_new ("private-a");

      endpoint_answer (self->endpoint, answers[i].status, answers[i].body);
      endpoint_answer (self->endpoint, 200, HTTP_BODY);
      endpoint_answer (self->endpoint, 200, HTTP_BODY);
      ask (self, a);
      ask (self, b);
      wait_until (a->n_answers + b->n_answers == 2);
      requester_assert_granted (a, HTTP_AUTH, NULL, NULL);
      requester_assert_granted (b, HTTP_AUTH, NULL, NULL);
      endpoint_assert_asked (self->endpoint, HTTP_FORM "&channel_name%5B0%5D=private-a"
                                                  "&channel_name%5B1%5D=private-a",
                             ALONE_A, ALONE_A);
    }

  g_assert_cmpint (fake_timers_get_n_waits (), ==, 0);
}

/* Not every endpoint says that politely. */
static void
test_no_batches_500 (Batch        *self,
                     gconstpointer user_data)
{
  for (int i = 0; i < 3; i++)
    endpoint_answer (self->endpoint, 500, NULL);
  for (int i = 0; i < 3; i++)
    endpoint_answer (self->endpoint, 200, HTTP_BODY);
  ask_all (self);
  wait_for_answers (self);
  requester_assert_granted (self->c, HTTP_AUTH, NULL, NULL);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 6);
}

/* Where it would not help, the endpoint is not asked once for each channel. */
static void
test_all_refused (Batch        *self,
                  gconstpointer user_data)
{
  static const struct
  {
    guint status;
    guint n_attempts;
    void (*assert_failed) (Requester *, GQuark, int, const char *);
  } answers[] = {
    { 401, 1, requester_assert_refused },
    { 302, 1, requester_assert_refused },
    { 408, 3, requester_assert_failed_for_now },
    { 429, 3, requester_assert_failed_for_now },
    { 502, 3, requester_assert_failed_for_now },
    { 503, 3, requester_assert_failed_for_now },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (Requester) a = requester_new ("private-a");
      g_autoptr (Requester) b = requester_new ("private-b");
      guint n_before = endpoint_get_n_requests (self->endpoint);

      for (guint j = 0; j < answers[i].n_attempts; j++)
        endpoint_answer_with (self->endpoint, answers[i].status, "Location", "http://h/", NULL);
      ask (self, a);
      ask (self, b);
      wait_until (a->n_answers + b->n_answers == 2);
      answers[i].assert_failed (a, PUSHER_HTTP_ERROR, (int) answers[i].status, "");
      answers[i].assert_failed (b, PUSHER_HTTP_ERROR, (int) answers[i].status, "");
      endpoint_settle (self->endpoint);
      g_assert_cmpint (endpoint_get_n_requests (self->endpoint) - n_before, ==,
                       answers[i].n_attempts);
    }
}

static void
test_unreachable (Batch        *self,
                  gconstpointer user_data)
{
  endpoint_stop (self->endpoint);
  ask_all (self);
  wait_for_answers (self);
  requester_assert_failed_for_now (self->a, PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE, "Cannot ask");
  requester_assert_failed_for_now (self->b, PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE, "Cannot ask");
  requester_assert_failed_for_now (self->c, PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE, "Cannot ask");
  endpoint_start_again (self->endpoint);
}

/* --- Cancellation -------------------------------------------------------- */

static void
test_cancel_collected (Batch        *self,
                       gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 200,
                   "{\"private-a\":" GRANTED ",\"private-encrypted-c\":" GRANTED "}");
  ask_all (self);
  cancel_request (self->b->request);
  wait_until (count_answers (self) == 2);
  endpoint_assert_asked (self->endpoint, HTTP_FORM "&channel_name%5B0%5D=private-a"
                                              "&channel_name%5B1%5D=private-encrypted-c");
  g_assert_cmpint (self->b->n_answers, ==, 0);
}

static void
test_cancel_all_collected (Batch        *self,
                           gconstpointer user_data)
{
  ask (self, self->a);
  ask (self, self->b);
  cancel_request (self->a->request);
  cancel_request (self->b->request);
  endpoint_settle (self->endpoint);
  endpoint_assert_not_asked (self->endpoint);
  requester_drop_request (self->a);
  requester_drop_request (self->b);
}

/* The others still want to know. */
static void
test_cancel_one_in_flight (Batch        *self,
                           gconstpointer user_data)
{
  fake_timers_hold ();
  endpoint_answer (self->endpoint, 503, NULL);
  ask_all (self);
  wait_until (fake_timers_is_held ());
  cancel_request (self->a->request);
  endpoint_settle (self->endpoint);

  endpoint_answer (self->endpoint, 200,
                   "{\"private-a\":" GRANTED ",\"presence-b\":" GRANTED ","
                   "\"private-encrypted-c\":{\"status\":403}}");
  fake_timers_release ();
  wait_until (count_answers (self) == 2);
  requester_assert_granted (self->b, HTTP_AUTH, NULL, NULL);
  requester_assert_refused (self->c, PUSHER_HTTP_ERROR, PUSHER_HTTP_ERROR_FORBIDDEN, "403");
  g_assert_cmpint (self->a->n_answers, ==, 0);
}

static void
test_cancel_all_in_flight (Batch        *self,
                           gconstpointer user_data)
{
  endpoint_be_silent (self->endpoint);
  ask_all (self);
  wait_until (endpoint_get_n_requests (self->endpoint) == 1);
  cancel_request (self->a->request);
  cancel_request (self->b->request);
  cancel_request (self->c->request);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (count_answers (self), ==, 0);
  requester_drop_request (self->a);
  requester_drop_request (self->b);
  requester_drop_request (self->c);
}

/* The first answer may end the next request: it is neither answered nor posted
 * alone. */
static void
test_cancel_by_answer (Batch        *self,
                       gconstpointer user_data)
{
  endpoint_answer (self->endpoint, 200, "{\"private-a\":" GRANTED "}");
  self->a->rival = self->b->request;
  ask (self, self->a);
  ask (self, self->b);
  wait_until (self->a->n_answers == 1);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (self->b->n_answers, ==, 0);
  g_assert_cmpint (endpoint_get_n_requests (self->endpoint), ==, 1);
}

/* It answers what it was asked, also if the client has another authorizer by now. */
static void
test_dropped_collecting (Batch        *self,
                         gconstpointer user_data)
{
  gpointer authorizer = self->authorizer;

  g_object_add_weak_pointer (authorizer, &authorizer);
  endpoint_answer (self->endpoint, 200,
                   "{\"private-a\":" GRANTED ",\"presence-b\":" GRANTED "}");
  ask (self, self->a);
  ask (self, self->b);
  g_clear_object (&self->authorizer);
  wait_until (count_answers (self) == 2);
  requester_assert_granted (self->a, HTTP_AUTH, NULL, NULL);
  requester_assert_granted (self->b, HTTP_AUTH, NULL, NULL);
  endpoint_settle (self->endpoint);
  g_assert_null (authorizer);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

#define add(name, test) \
  g_test_add ("/http-batch/" name, Batch, NULL, set_up, test, tear_down)

  add ("together", test_together);
  add ("params", test_params);
  add ("prepare", test_prepare);
  add ("single", test_single);
  add ("user-at-the-same-time", test_user_at_the_same_time);
  add ("two-iterations", test_two_iterations);
  add ("two-sockets", test_two_sockets);
  add ("statuses", test_statuses);
  add ("odd-statuses", test_odd_statuses);
  add ("left-out", test_left_out);
  add ("no-batches", test_no_batches);
  add ("no-batches-500", test_no_batches_500);
  add ("all-refused", test_all_refused);
  add ("unreachable", test_unreachable);
  add ("cancel-collected", test_cancel_collected);
  add ("cancel-all-collected", test_cancel_all_collected);
  add ("cancel-one-in-flight", test_cancel_one_in_flight);
  add ("cancel-all-in-flight", test_cancel_all_in_flight);
  add ("cancel-by-answer", test_cancel_by_answer);
  add ("dropped-collecting", test_dropped_collecting);

#undef add

  return g_test_run ();
}
