/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* An endpoint that takes credentials for some time only. */

#include "http-fixture.h"

typedef struct
{
  Http http;
  Requester *requesters[5];
  guint statuses[5]; /* that were told, in order */
  guint n_renewals;
  gboolean later; /* the test ends the renewal */
} Renewal;

static void
set_token (Renewal *self)
{
  g_autofree char *token = g_strdup_printf ("Bearer %u-" XYZZY, self->n_renewals);

  pusher_http_authorizer_set_header (self->http.authorizer, "Authorization", token);
}

static gboolean
renew_cb (PusherHttpAuthorizer *authorizer,
          guint                 status,
          Renewal              *self)
{
  g_assert_cmpuint (self->n_renewals, <, G_N_ELEMENTS (self->statuses));
  g_assert_cmpint (pusher_http_authorizer_get_expires_at (authorizer), ==, 0);
  self->statuses[self->n_renewals++] = status;
  if (self->later)
    return TRUE;

  set_token (self);
  pusher_http_authorizer_renewed (authorizer);

  return TRUE;
}

static void
set_up (Renewal      *self,
        gconstpointer user_data)
{
  http_set_up (&self->http, user_data);
  g_signal_connect (self->http.authorizer, "renew", G_CALLBACK (renew_cb), self);
  set_token (self);
}

static void
tear_down (Renewal      *self,
           gconstpointer user_data)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->requesters); i++)
    g_clear_pointer (&self->requesters[i], requester_free);
  http_tear_down (&self->http, user_data);
}

static void
ask (Renewal *self,
     guint    n_requesters)
{
  for (guint i = 0; i < n_requesters; i++)
    {
      g_autofree char *name = g_strdup_printf ("private-%u", i);

      g_clear_pointer (&self->requesters[i], requester_free);
      self->requesters[i] = requester_new (name);
      http_ask (&self->http, self->requesters[i]);
    }
}

static void
answer (Renewal    *self,
        guint       n_answers,
        guint       status,
        const char *body)
{
  for (guint i = 0; i < n_answers; i++)
    endpoint_answer (self->http.endpoint, status, body);
}

static void
assert_granted (Renewal *self,
                guint    n_requesters)
{
  for (guint i = 0; i < n_requesters; i++)
    {
      requester_wait (self->requesters[i]);
      requester_assert_granted (self->requesters[i], HTTP_AUTH, NULL, NULL);
    }
}

static void
assert_refused (Renewal *self,
                guint    n_requesters,
                int      status)
{
  for (guint i = 0; i < n_requesters; i++)
    {
      requester_wait (self->requesters[i]);
      requester_assert_refused (self->requesters[i], PUSHER_HTTP_ERROR, status, "HTTP status 4");
    }
}

static void
test_at_once (Renewal      *self,
              gconstpointer status)
{
  answer (self, 1, GPOINTER_TO_UINT (status), NULL);
  answer (self, 1, 200, HTTP_BODY);
  ask (self, 1);
  assert_granted (self, 1);
  g_assert_cmpuint (self->n_renewals, ==, 1);
  g_assert_cmpuint (self->statuses[0], ==, GPOINTER_TO_UINT (status));
  g_assert_cmpstr (endpoint_get_header (self->http.endpoint, "Authorization"), ==,
                   "Bearer 1-" XYZZY);
  g_assert_cmpuint (endpoint_get_n_requests (self->http.endpoint), ==, 2);
  g_assert_cmpuint (fake_timers_get_n_waits (), ==, 0);

  /* Later it may be needed again */
  answer (self, 1, GPOINTER_TO_UINT (status), NULL);
  answer (self, 1, 200, HTTP_BODY);
  ask (self, 1);
  assert_granted (self, 1);
  g_assert_cmpuint (self->n_renewals, ==, 2);
}

/* Meanwhile nothing is sent; one renewal is for all, those that were refused and those
 * that come later. */
static void
test_burst (Renewal      *self,
            gconstpointer user_data)
{
  self->later = TRUE;
  pusher_http_authorizer_set_max_concurrent (self->http.authorizer, 3);
  endpoint_hold (self->http.endpoint, TRUE);
  answer (self, 3, 401, NULL);
  ask (self, 5);
  wait_until (endpoint_get_n_held (self->http.endpoint) == 3);
  endpoint_hold (self->http.endpoint, FALSE);
  endpoint_release (self->http.endpoint, 3);
  wait_until (self->n_renewals == 1);
  endpoint_settle (self->http.endpoint);
  g_assert_cmpuint (endpoint_get_n_requests (self->http.endpoint), ==, 3);

  answer (self, 5, 200, HTTP_BODY);
  set_token (self);
  pusher_http_authorizer_renewed (self->http.authorizer);
  assert_granted (self, 5);
  g_assert_cmpuint (self->n_renewals, ==, 1);
  g_assert_cmpuint (endpoint_get_n_requests (self->http.endpoint), ==, 8);
}

/* What the application gets is no good: no other is asked for, however many wait. */
static void
test_in_vain (Renewal      *self,
              gconstpointer user_data)
{
  pusher_http_authorizer_set_max_concurrent (self->http.authorizer, 1);
  answer (self, 6, 401, NULL);
  ask (self, 5);
  assert_refused (self, 5, 401);
  g_assert_cmpuint (self->n_renewals, ==, 1);
  g_assert_cmpuint (endpoint_get_n_requests (self->http.endpoint), ==, 6);
}

static gboolean
decline_cb (PusherHttpAuthorizer *authorizer,
            guint                 status,
            guint                *n_declined)
{
  (*n_declined)++;

  return FALSE;
}

static void
test_declined (Renewal      *self,
               gconstpointer user_data)
{
  guint n_declined = 0;

  g_signal_handlers_disconnect_by_data (self->http.authorizer, self);
  answer (self, 1, 401, "{\"message\":\"Log in\"}");
  ask (self, 1);
  assert_refused (self, 1, 401);

  g_signal_connect (self->http.authorizer, "renew", G_CALLBACK (decline_cb), &n_declined);
  answer (self, 1, 419, NULL);
  ask (self, 1);
  assert_refused (self, 1, 419);
  g_assert_cmpuint (n_declined, ==, 1);

  /* What may not be is not asked again with other credentials */
  answer (self, 1, 403, NULL);
  ask (self, 1);
  assert_refused (self, 1, 403);
  g_assert_cmpuint (n_declined, ==, 1);
  g_assert_cmpuint (endpoint_get_n_requests (self->http.endpoint), ==, 3);
}

static void
test_expiry (Renewal      *self,
             gconstpointer user_data)
{
  PusherHttpAuthorizer *authorizer = self->http.authorizer;

  pusher_http_authorizer_set_expires_at (authorizer, g_get_monotonic_time () + SECONDS (3600));
  answer (self, 1, 200, HTTP_BODY);
  ask (self, 1);
  assert_granted (self, 1);
  g_assert_cmpuint (self->n_renewals, ==, 0);

  pusher_http_authorizer_set_expires_at (authorizer, g_get_monotonic_time () + SECONDS (4));
  answer (self, 1, 200, HTTP_BODY);
  ask (self, 1);
  assert_granted (self, 1);
  g_assert_cmpuint (self->n_renewals, ==, 1);
  g_assert_cmpuint (self->statuses[0], ==, 0);
  g_assert_cmpstr (endpoint_get_header (self->http.endpoint, "Authorization"), ==,
                   "Bearer 1-" XYZZY);
  g_assert_cmpuint (endpoint_get_n_requests (self->http.endpoint), ==, 2);

  /* Ends nothing that has not begun */
  pusher_http_authorizer_renewed (authorizer);
}

/* Those that wait are cancelled, and so are those that were refused; the authorizer is
 * of use again. */
static void
test_cancelled (Renewal      *self,
                gconstpointer user_data)
{
  self->later = TRUE;
  pusher_http_authorizer_set_max_concurrent (self->http.authorizer, 1);
  answer (self, 1, 401, NULL);
  ask (self, 2);
  wait_until (self->n_renewals == 1);
  for (guint i = 0; i < 2; i++)
    cancel_request (self->requesters[i]->request);
  endpoint_settle (self->http.endpoint);

  pusher_http_authorizer_renewed (self->http.authorizer);
  http_assert_granted (&self->http);
  g_assert_cmpuint (endpoint_get_n_requests (self->http.endpoint), ==, 2);
}

/* A batch is one request, which is not taken apart for its credentials. */
static void
test_batch (Renewal      *self,
            gconstpointer status)
{
  pusher_http_authorizer_set_batch (self->http.authorizer, TRUE);
  answer (self, 2, GPOINTER_TO_UINT (status), NULL);
  ask (self, 3);
  assert_refused (self, 3, GPOINTER_TO_INT (status));
  g_assert_cmpuint (self->n_renewals, ==, 1);
  g_assert_cmpuint (endpoint_get_n_requests (self->http.endpoint), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  secrets_watch ();

#define add(path, data, test) \
  g_test_add ("/http-renewal/" path, Renewal, GUINT_TO_POINTER (data), set_up, test, tear_down)
  add ("at-once/401", 401, test_at_once);
  add ("at-once/419", 419, test_at_once);
  add ("burst", 0, test_burst);
  add ("in-vain", 0, test_in_vain);
  add ("declined", 0, test_declined);
  add ("expiry", 0, test_expiry);
  add ("cancelled", 0, test_cancelled);
  add ("batch/401", 401, test_batch);
  add ("batch/419", 419, test_batch);

  return g_test_run ();
}
