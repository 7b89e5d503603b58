/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/base/pusher-enums.h>
#include <pusher-glib/base/pusher-version-macros.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_AUTHORIZATION_REQUEST (pusher_authorization_request_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherAuthorizationRequest, pusher_authorization_request,
                      PUSHER, AUTHORIZATION_REQUEST, GObject)

PUSHER_AVAILABLE_IN_1_0
PusherAuthorizationKind pusher_authorization_request_get_kind         (PusherAuthorizationRequest *self);
PUSHER_AVAILABLE_IN_1_0
const char             *pusher_authorization_request_get_key          (PusherAuthorizationRequest *self);
PUSHER_AVAILABLE_IN_1_0
const char             *pusher_authorization_request_get_socket_id    (PusherAuthorizationRequest *self);
PUSHER_AVAILABLE_IN_1_0
const char             *pusher_authorization_request_get_channel_name (PusherAuthorizationRequest *self);
PUSHER_AVAILABLE_IN_1_0
GCancellable           *pusher_authorization_request_get_cancellable  (PusherAuthorizationRequest *self);
PUSHER_AVAILABLE_IN_1_0
void                    pusher_authorization_request_complete         (PusherAuthorizationRequest *self,
                                                                       const char                 *auth,
                                                                       const char                 *data,
                                                                       const char                 *shared_secret);
PUSHER_AVAILABLE_IN_1_0
gboolean                pusher_authorization_request_complete_json    (PusherAuthorizationRequest *self,
                                                                       const char                 *body,
                                                                       GError                    **error);
PUSHER_AVAILABLE_IN_1_0
void                    pusher_authorization_request_fail             (PusherAuthorizationRequest *self,
                                                                       const GError               *error);
PUSHER_AVAILABLE_IN_1_0
void                    pusher_authorization_request_fail_for_now     (PusherAuthorizationRequest *self,
                                                                       const GError               *error);

G_END_DECLS
