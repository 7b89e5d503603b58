/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/auth/pusher-authorizer.h>

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_SECRET_AUTHORIZER (pusher_secret_authorizer_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherSecretAuthorizer, pusher_secret_authorizer,
                      PUSHER, SECRET_AUTHORIZER, PusherAuthorizer)

PUSHER_AVAILABLE_IN_1_0
PusherSecretAuthorizer *pusher_secret_authorizer_new                   (const char             *secret);
PUSHER_AVAILABLE_IN_1_0
void                    pusher_secret_authorizer_set_secret            (PusherSecretAuthorizer *self,
                                                                        const char             *secret);
PUSHER_AVAILABLE_IN_1_0
const char             *pusher_secret_authorizer_get_channel_data      (PusherSecretAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
gboolean                pusher_secret_authorizer_set_channel_data      (PusherSecretAuthorizer *self,
                                                                        const char             *json,
                                                                        GError                **error);
PUSHER_AVAILABLE_IN_1_0
void                    pusher_secret_authorizer_set_channel_data_node (PusherSecretAuthorizer *self,
                                                                        JsonNode               *node);
PUSHER_AVAILABLE_IN_1_0
void                    pusher_secret_authorizer_set_member            (PusherSecretAuthorizer *self,
                                                                        const char             *id,
                                                                        const char             *name,
                                                                        JsonNode               *info);
PUSHER_AVAILABLE_IN_1_0
const char             *pusher_secret_authorizer_get_user_data         (PusherSecretAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
gboolean                pusher_secret_authorizer_set_user_data         (PusherSecretAuthorizer *self,
                                                                        const char             *json,
                                                                        GError                **error);
PUSHER_AVAILABLE_IN_1_0
void                    pusher_secret_authorizer_set_user_data_node    (PusherSecretAuthorizer *self,
                                                                        JsonNode               *node);
PUSHER_AVAILABLE_IN_1_0
gboolean                pusher_secret_authorizer_set_encryption_master_key
                                                                       (PusherSecretAuthorizer *self,
                                                                        const char             *base64,
                                                                        GError                **error);

G_END_DECLS
