/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/auth/pusher-authorization-request.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_AUTHORIZER (pusher_authorizer_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_DERIVABLE_TYPE (PusherAuthorizer, pusher_authorizer, PUSHER, AUTHORIZER, GObject)

/**
 * PusherAuthorizerClass:
 * @parent_class: the class of the parent
 * @authorize: answers a request, or returns %FALSE to leave it to others
 *
 * The class of [class@Pusher.Authorizer].
 *
 * Since: 1.0
 */
struct _PusherAuthorizerClass
{
  GObjectClass parent_class;

  gboolean (*authorize) (PusherAuthorizer           *self,
                         PusherAuthorizationRequest *request);

  /*< private >*/
  gpointer padding[8];
};

PUSHER_AVAILABLE_IN_1_0
PusherAuthorizer *pusher_authorizer_new       (void);
PUSHER_AVAILABLE_IN_1_0
gboolean          pusher_authorizer_authorize (PusherAuthorizer           *self,
                                               PusherAuthorizationRequest *request);

G_END_DECLS
