/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "http-fixture.h"

#include "auth/pusher-authorizer-private.h"

#include <string.h>

/* --- An authorizer, and the endpoint that it asks ------------------------ */

void
http_set_up (Http         *self,
             gconstpointer user_data)
{
  fake_timers_reset ();
  self->endpoint = endpoint_new ();
  self->authorizer = endpoint_new_authorizer (self->endpoint);
}

/* Whatever the test did, nothing keeps the authorizer. */
void
http_tear_down (Http         *self,
                gconstpointer user_data)
{
  endpoint_settle (self->endpoint);
  if (self->authorizer != NULL)
    g_assert_finalize_object (self->authorizer);
  endpoint_free (self->endpoint);
  fake_timers_reset ();
  secrets_assert_kept ();
}

void
http_ask (Http      *self,
          Requester *requester)
{
  pusher_authorizer_ask (PUSHER_AUTHORIZER (self->authorizer), requester->request);
}

/* Asks for a channel, and is granted it. */
void
http_assert_granted (Http *self)
{
  g_autoptr (Requester) requester = requester_new ("private-a");

  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, requester);
  requester_wait (requester);
  requester_assert_granted (requester, HTTP_AUTH, NULL, NULL);
}

/* --- One post to an endpoint --------------------------------------------- */

static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message,
                   Post        *self)
{
  self->n_queued++;
}

void
post_set_up (Post         *self,
             gconstpointer user_data)
{
  fake_timers_reset ();
  self->endpoint = endpoint_new ();
  self->session = soup_session_new ();
  g_signal_connect (self->session, "request-queued", G_CALLBACK (request_queued_cb), self);
  self->queue = pusher_http_queue_new (1);
  self->policy = (PusherHttpPolicy) {
    .timeout = FAKE_TIMEOUT,
    .max_attempts = POST_MAX_ATTEMPTS,
    .max_body_size = PUSHER_HTTP_MAX_AUTHORIZATION_SIZE,
    .new_timer = fake_timer_new,
    .random = g_random_double,
  };
  self->url = endpoint_get_url (self->endpoint, "/auth");
  self->cancellable = g_cancellable_new ();
}

/* Whatever came of it, nothing is left over, and nothing goes on. */
void
post_tear_down (Post         *self,
                gconstpointer user_data)
{
  endpoint_settle (self->endpoint);
  g_clear_object (&self->result);
  pusher_http_queue_unref (self->queue);
  g_assert_finalize_object (self->session);
  g_assert_finalize_object (self->cancellable);
  endpoint_free (self->endpoint);
  g_free (self->url);
  fake_timers_reset ();
  secrets_assert_kept ();
}

static SoupMessage *
prepare (gpointer      user_data,
         SoupSession **session,
         GError      **error)
{
  Post *self = user_data;
  SoupMessage *message = soup_message_new (SOUP_METHOD_POST, self->url);
  g_autoptr (GBytes) form = g_bytes_new_static (POST_FORM, strlen (POST_FORM));

  self->n_prepared++;
  *session = self->session;
  if (message == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "No URL");
      return NULL;
    }

  soup_message_headers_append (soup_message_get_request_headers (message), "Authorization",
                               POST_CREDENTIALS);
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", form);
  if (self->cancel_when_prepared)
    g_cancellable_cancel (self->cancellable);

  return message;
}

/* A test may do this several times, one after the other. */
void
post_start (Post *self)
{
  g_clear_object (&self->result);
  pusher_http_post_async (self->queue, FALSE, prepare, self, &self->policy,
                          self->cancellable, store_result_cb, &self->result);
}

static char *
finish (Post    *self,
        GError **error)
{
  wait_until (self->result != NULL);

  return pusher_http_post_finish (self->result, error);
}

void
post_assert_succeeds (Post *self)
{
  post_assert_body (self, POST_BODY);
}

void
post_assert_body (Post       *self,
                  const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = finish (self, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (body, ==, expected);
}

/* what: a part of the message, which tells the user what is wrong. */
void
post_assert_fails (Post       *self,
                   GQuark      domain,
                   int         code,
                   const char *what)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *body = finish (self, &error);

  g_assert_null (body);
  g_assert_error (error, domain, code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, what));
  secrets_show (error->message);
}

/* --- Many requests for one endpoint -------------------------------------- */

void
queue_set_up (Queue        *self,
              gconstpointer user_data)
{
  fake_timers_reset ();
  self->endpoint = endpoint_new ();
  endpoint_hold (self->endpoint, TRUE);
  self->authorizer = endpoint_new_authorizer (self->endpoint);
  pusher_http_authorizer_set_max_concurrent (self->authorizer, 2);
  for (guint i = 0; i < N_REQUESTERS; i++)
    {
      g_autofree char *name = g_strdup_printf ("private-%u", i);

      self->requesters[i] = requester_new (name);
    }
}

void
queue_tear_down (Queue        *self,
                 gconstpointer user_data)
{
  for (guint i = 0; i < N_REQUESTERS; i++)
    if (self->requesters[i]->request != NULL)
      cancel_request (self->requesters[i]->request);
  endpoint_settle (self->endpoint);
  if (self->authorizer != NULL)
    g_assert_finalize_object (self->authorizer);
  for (guint i = 0; i < N_REQUESTERS; i++)
    requester_free (self->requesters[i]);
  endpoint_free (self->endpoint);
  fake_timers_reset ();
  secrets_assert_kept ();
}

void
queue_ask (Queue     *self,
           Requester *requester)
{
  pusher_authorizer_ask (PUSHER_AUTHORIZER (self->authorizer), requester->request);
}

void
queue_ask_some (Queue *self,
                guint  n)
{
  for (guint i = 0; i < n; i++)
    queue_ask (self, self->requesters[i]);
}

guint
queue_count_answers (Queue *self)
{
  guint n = 0;

  for (guint i = 0; i < N_REQUESTERS; i++)
    n += self->requesters[i]->n_answers;

  return n;
}

void
queue_wait_for_held (Queue *self,
                     guint  n)
{
  wait_until (endpoint_get_n_held (self->endpoint) == n);
  endpoint_settle (self->endpoint);
  g_assert_cmpint (endpoint_get_n_held (self->endpoint), ==, n);
}

/* Answers the oldest request. */
void
queue_answer_one (Queue *self,
                  guint  status)
{
  endpoint_answer (self->endpoint, status, status == 200 ? HTTP_BODY : NULL);
  endpoint_release (self->endpoint, 1);
}

void
queue_grant_one (Queue *self)
{
  guint n_before = queue_count_answers (self);

  queue_answer_one (self, 200);
  wait_until (queue_count_answers (self) == n_before + 1);
}

/* Answers all requests, also those that are cancelled: the endpoint does not see
 * that. */
void
queue_answer_all (Queue *self)
{
  for (guint n = endpoint_get_n_held (self->endpoint); n > 0; n--)
    queue_answer_one (self, 200);
}

/* Grants all the rest, as it comes. */
void
queue_grant_rest (Queue *self,
                  guint  n_answers)
{
  while (queue_count_answers (self) < n_answers)
    {
      wait_until (endpoint_get_n_held (self->endpoint) > 0);
      queue_grant_one (self);
    }
}
