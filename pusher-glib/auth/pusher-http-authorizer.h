/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/auth/pusher-authorizer.h>

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_HTTP_AUTHORIZER (pusher_http_authorizer_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherHttpAuthorizer, pusher_http_authorizer,
                      PUSHER, HTTP_AUTHORIZER, PusherAuthorizer)

PUSHER_AVAILABLE_IN_1_0
PusherHttpAuthorizer *pusher_http_authorizer_new              (const char           *endpoint);
PUSHER_AVAILABLE_IN_1_0
const char           *pusher_http_authorizer_get_endpoint     (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_endpoint     (PusherHttpAuthorizer *self,
                                                               const char           *endpoint);
PUSHER_AVAILABLE_IN_1_0
SoupSession          *pusher_http_authorizer_get_session      (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_session      (PusherHttpAuthorizer *self,
                                                               SoupSession          *session);
PUSHER_AVAILABLE_IN_1_0
const char           *pusher_http_authorizer_get_username     (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_username     (PusherHttpAuthorizer *self,
                                                               const char           *username);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_password     (PusherHttpAuthorizer *self,
                                                               const char           *password);
PUSHER_AVAILABLE_IN_1_0
gboolean              pusher_http_authorizer_get_batch        (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_batch        (PusherHttpAuthorizer *self,
                                                               gboolean              batch);
PUSHER_AVAILABLE_IN_1_0
guint                 pusher_http_authorizer_get_max_batch_size
                                                              (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_max_batch_size
                                                              (PusherHttpAuthorizer *self,
                                                               guint                 max_batch_size);
PUSHER_AVAILABLE_IN_1_0
guint                 pusher_http_authorizer_get_max_concurrent
                                                              (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_max_concurrent
                                                              (PusherHttpAuthorizer *self,
                                                               guint                 max_concurrent);
PUSHER_AVAILABLE_IN_1_0
guint                 pusher_http_authorizer_get_timeout      (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_timeout      (PusherHttpAuthorizer *self,
                                                               guint                 seconds);
PUSHER_AVAILABLE_IN_1_0
guint                 pusher_http_authorizer_get_max_attempts (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_max_attempts (PusherHttpAuthorizer *self,
                                                               guint                 max_attempts);
PUSHER_AVAILABLE_IN_1_0
gint64                pusher_http_authorizer_get_expires_at   (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_expires_at   (PusherHttpAuthorizer *self,
                                                               gint64                expires_at);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_renewed          (PusherHttpAuthorizer *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_header       (PusherHttpAuthorizer *self,
                                                               const char           *name,
                                                               const char           *value);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_http_authorizer_set_param        (PusherHttpAuthorizer *self,
                                                               const char           *name,
                                                               const char           *value);

G_END_DECLS
