/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "testing/app/pusher-test-app-private.h"

G_BEGIN_DECLS

/* The user that a backend takes a client for; each but the id a JSON text. */
typedef struct
{
  char *id;        /* nullable, as the others */
  char *info;
  char *watchlist;
} PusherTestIdentity;

void pusher_test_identity_clear (PusherTestIdentity *self);

/* What a client asks the auth endpoint for. */
typedef struct
{
  char *socket_id;
  GPtrArray *channels; /* of char *; empty to sign in */
  gboolean batch;
  PusherTestIdentity user;
} PusherTestAuthRequest;

PusherTestAuthRequest *pusher_test_auth_request_parse  (SoupServerMessage           *message,
                                                        gboolean                     for_user,
                                                        const PusherTestIdentity    *fallback,
                                                        GError                     **error);
void                   pusher_test_auth_request_free   (PusherTestAuthRequest       *self);
char                  *pusher_test_auth_request_answer (const PusherTestAuthRequest *self,
                                                        PusherTestApp               *app,
                                                        GHashTable                  *forbidden,
                                                        GError                     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherTestAuthRequest, pusher_test_auth_request_free)

G_END_DECLS
