/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "auth/pusher-authorization-request-private.h"

G_BEGIN_DECLS

#define ASKER_KEY "app-key"
#define ASKER_SOCKET_ID "1234.5678"

/* Who waits for an authorization, as a channel or a user does. */
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
} Asker;

Asker *asker_new                   (const char *channel_name);
Asker *asker_new_for_user          (void);
Asker *asker_new_for_socket        (const char *socket_id,
                                    const char *channel_name);
void   asker_free                  (Asker      *self);
void   asker_wait                  (Asker      *self);
void   asker_drop_request          (Asker      *self);
void   asker_assert_granted        (Asker      *self,
                                    const char *auth,
                                    const char *data,
                                    const char *shared_secret);
void   asker_assert_refused        (Asker      *self,
                                    GQuark      domain,
                                    int         code,
                                    const char *what);
void   asker_assert_failed_for_now (Asker      *self,
                                    GQuark      domain,
                                    int         code,
                                    const char *what);
void   asker_assert_waiting        (Asker      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asker, asker_free)

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
