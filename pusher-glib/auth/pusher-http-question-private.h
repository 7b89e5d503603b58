/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-http-authorizer.h"
#include "pusher-http-exchange-private.h"

G_BEGIN_DECLS

typedef struct
{
  char *name;
  char *value;
} PusherHttpParam;

struct _PusherHttpAuthorizer
{
  PusherAuthorizer parent_instance;

  char *endpoint;
  SoupSession *session; /* made when it is first needed */
  char *username;
  char *password;
  gboolean batch;
  guint max_batch_size;
  PusherHttpQueue *queue;
  PusherHttpPolicy policy;
  GPtrArray *headers; /* of PusherHttpParam, like the following, in the order */
  GPtrArray *params;  /* in which they were set */

  GPtrArray *burst; /* of PusherAuthorizationRequest, not yet asked; nullable */
};

/* All requests are for the same connection; those for users come alone. */
void pusher_http_question_ask       (PusherHttpAuthorizer       *self,
                                     GPtrArray                  *requests);
void pusher_http_question_ask_alone (PusherHttpAuthorizer       *self,
                                     PusherAuthorizationRequest *request);

G_END_DECLS
