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

/* Whatever the test did, nobody keeps the authorizer. */
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
http_ask (Http  *self,
          Asker *asker)
{
  pusher_authorizer_ask (PUSHER_AUTHORIZER (self->authorizer), asker->request);
}

/* Asks for a channel, and is granted it. */
void
http_assert_granted (Http *self)
{
  g_autoptr (Asker) asker = asker_new ("private-a");

  endpoint_answer (self->endpoint, 200, HTTP_BODY);
  http_ask (self, asker);
  asker_wait (asker);
  asker_assert_granted (asker, HTTP_AUTH, NULL, NULL);
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
    FAKE_TIMEOUT, POST_MAX_ATTEMPTS, fake_timer_new, g_random_double,
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
