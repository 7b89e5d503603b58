/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "asker.h"
#include "endpoint.h"
#include "fixture.h"

#include "auth/pusher-http-exchange-private.h"

G_BEGIN_DECLS

/* --- An authorizer, and the endpoint that it asks ------------------------ */

#define HTTP_FORM "/auth socket_id=" ASKER_SOCKET_ID
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
                          Asker        *asker);
void http_assert_granted (Http         *self);

#define http_add(path, test) g_test_add (path, Http, NULL, http_set_up, test, http_tear_down)

/* --- One exchange with an endpoint --------------------------------------- */

#define EXCHANGE_FORM "socket_id=1.2&token=" XYZZY
#define EXCHANGE_ASKED "/auth " EXCHANGE_FORM
#define EXCHANGE_CREDENTIALS "Bearer " XYZZY
#define EXCHANGE_BODY "{\"auth\":\"key:" XYZZY "\"}"
#define EXCHANGE_MAX_ATTEMPTS 4

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
} Exchange;

void exchange_set_up          (Exchange     *self,
                               gconstpointer user_data);
void exchange_tear_down       (Exchange     *self,
                               gconstpointer user_data);
void exchange_start           (Exchange     *self);
void exchange_assert_succeeds (Exchange     *self);
void exchange_assert_body     (Exchange     *self,
                               const char   *expected);
void exchange_assert_fails    (Exchange     *self,
                               GQuark        domain,
                               int           code,
                               const char   *what);

#define exchange_add(path, test) \
  g_test_add (path, Exchange, NULL, exchange_set_up, test, exchange_tear_down)

G_END_DECLS
