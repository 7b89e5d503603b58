/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "endpoint.h"
#include "fixture.h"
#include "requester.h"

#include "http/pusher-http-post-private.h"

G_BEGIN_DECLS

/* --- An authorizer, and the endpoint that it asks ------------------------ */

#define HTTP_FORM "/auth socket_id=" REQUESTER_SOCKET_ID
#define HTTP_AUTH "app-key:" XYZZY
#define HTTP_BODY "{\"auth\":\"" HTTP_AUTH "\"}"

typedef struct
{
  Endpoint *endpoint;
  PusherHttpAuthorizer *authorizer; /* NULL once the test has dropped it */
} Http;

void http_set_up         (Http         *self,
                          gconstpointer user_data);
void http_tear_down      (Http         *self,
                          gconstpointer user_data);
void http_ask            (Http         *self,
                          Requester    *requester);
void http_assert_granted (Http         *self);

#define http_add(path, test) g_test_add (path, Http, NULL, http_set_up, test, http_tear_down)

/* --- One post to an endpoint --------------------------------------------- */

#define POST_FORM "socket_id=1.2&token=" XYZZY
#define POST_ASKED "/auth " POST_FORM
#define POST_CREDENTIALS "Bearer " XYZZY
#define POST_BODY "{\"auth\":\"key:" XYZZY "\"}"
#define POST_MAX_ATTEMPTS 4

typedef struct
{
  Endpoint *endpoint;
  SoupSession *session;
  PusherHttpQueue *queue;
  PusherHttpPolicy policy;
  char *url; /* where the form is posted, with the credentials */
  GCancellable *cancellable;
  guint n_prepared;
  guint n_queued; /* in the session */
  gboolean cancel_when_prepared;
  GAsyncResult *result;
} Post;

void post_set_up          (Post         *self,
                           gconstpointer user_data);
void post_tear_down       (Post         *self,
                           gconstpointer user_data);
void post_start           (Post         *self);
void post_assert_succeeds (Post         *self);
void post_assert_body     (Post         *self,
                           const char   *expected);
void post_assert_fails    (Post         *self,
                           GQuark        domain,
                           int           code,
                           const char   *what);

#define post_add(path, test) \
  g_test_add (path, Post, NULL, post_set_up, test, post_tear_down)

/* --- Many requests for one endpoint -------------------------------------- */

#define N_REQUESTERS 12

/* An authorizer with two requests at a time, an endpoint that answers when it is
 * told to, and requesters, for private-0, private-1 and so on. */
typedef struct
{
  Endpoint *endpoint;
  PusherHttpAuthorizer *authorizer; /* NULL once the test has dropped it */
  Requester *requesters[N_REQUESTERS];
} Queue;

void  queue_set_up        (Queue        *self,
                           gconstpointer user_data);
void  queue_tear_down     (Queue        *self,
                           gconstpointer user_data);
void  queue_ask           (Queue        *self,
                           Requester    *requester);
void  queue_ask_some      (Queue        *self,
                           guint         n);
guint queue_count_answers (Queue        *self);
void  queue_wait_for_held (Queue        *self,
                           guint         n);
void  queue_answer_one    (Queue        *self,
                           guint         status);
void  queue_grant_one     (Queue        *self);
void  queue_answer_all    (Queue        *self);
void  queue_grant_rest    (Queue        *self,
                           guint         n_answers);

#define queue_add(path, test) g_test_add (path, Queue, NULL, queue_set_up, test, queue_tear_down)

G_END_DECLS
