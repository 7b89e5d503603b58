/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-authorization-request.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What an authorizer answered: exactly what goes to the server, and the key of
 * an encrypted channel, which does not. */
typedef struct
{
  const char *auth;
  const char *data;          /* nullable: channel_data or user_data */
  const char *shared_secret; /* nullable: base64 */
} PusherAuthorization;

/* Either authorization or error is NULL; an error that may pass is one after
 * which it is worth while to ask again. */
typedef void (*PusherAuthorizationDone) (gpointer                   user_data,
                                         const PusherAuthorization *authorization,
                                         const GError              *error,
                                         gboolean                   may_pass);

PusherAuthorizationRequest *
pusher_authorization_request_new (PusherAuthorizationKind kind,
                                  const char             *key,
                                  const char             *socket_id,
                                  const char             *channel_name,
                                  PusherAuthorizationDone done,
                                  gpointer                user_data);

/* A user has signed in, or is about to: who joins presence channels, unless the
 * authorizer says otherwise. */
void     pusher_authorization_request_set_has_user  (PusherAuthorizationRequest *self,
                                                     gboolean                    has_user);
gboolean pusher_authorization_request_get_has_user  (PusherAuthorizationRequest *self);
gboolean pusher_authorization_request_is_open       (PusherAuthorizationRequest *self);
gboolean pusher_authorization_request_is_queued     (PusherAuthorizationRequest *self);
void     pusher_authorization_request_set_queued    (PusherAuthorizationRequest *self,
                                                     gboolean                    queued);
void     pusher_authorization_request_close         (PusherAuthorizationRequest *self);
gboolean pusher_authorization_request_complete_node (PusherAuthorizationRequest *self,
                                                     JsonNode                   *json,
                                                     GError                    **error);

G_END_DECLS
