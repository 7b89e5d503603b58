/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "auth/pusher-authorization-request-private.h"

G_BEGIN_DECLS

#define REQUESTER_KEY "app-key"
#define REQUESTER_SOCKET_ID "1234.5678"

/* Needs an authorization, as a channel or a user does. */
typedef struct
{
  PusherAuthorizationRequest *request;
  PusherAuthorizationRequest *rival; /* nullable: cancelled by the answer */
  guint n_answers;
  char *auth; /* this and the following: the answer */
  char *data;
  char *shared_secret;
  GError *error;
  gboolean may_pass;
} Requester;

Requester *requester_new                   (const char *channel_name);
Requester *requester_new_for_user          (void);
Requester *requester_new_for_socket        (const char *socket_id,
                                            const char *channel_name);
void       requester_free                  (Requester  *self);
void       requester_wait                  (Requester  *self);
void       requester_drop_request          (Requester  *self);
void       requester_assert_granted        (Requester  *self,
                                            const char *auth,
                                            const char *data,
                                            const char *shared_secret);
void       requester_assert_refused        (Requester  *self,
                                            GQuark      domain,
                                            int         code,
                                            const char *what);
void       requester_assert_failed_for_now (Requester  *self,
                                            GQuark      domain,
                                            int         code,
                                            const char *what);
void       requester_assert_waiting        (Requester  *self);

/* The answer is not wanted any more, and the authorizer is told. */
void cancel_request (PusherAuthorizationRequest *request);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Requester, requester_free)

/* --- Secrecy ------------------------------------------------------------- */

/* Every secret of the tests has this in it; others have to be told. */
#define XYZZY "xyzzy"

void  secrets_watch       (void);
void  secrets_add         (const char *secret);
void  secrets_show        (const char *text);
guint secrets_count_shown (const char *text);
void  secrets_assert_kept (void);

/* A test after which secrets_assert_kept() is called. */
void secrets_test_add (const char *path,
                       GTestFunc   test);

G_END_DECLS
