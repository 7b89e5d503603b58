/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/auth/pusher-authorizer.h>
#include <pusher-glib/auth/pusher-http-authorizer.h>
#include <pusher-glib/base/pusher-enums.h>
#include <pusher-glib/base/pusher-version-macros.h>
#include <pusher-glib/channels/pusher-channel.h>
#include <pusher-glib/client/pusher-metrics.h>
#include <pusher-glib/user/pusher-user.h>

#include <gio/gio.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_CLIENT (pusher_client_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherClient, pusher_client, PUSHER, CLIENT, GObject)

PUSHER_AVAILABLE_IN_1_0
PusherClient *pusher_client_new          (const char *key,
                                          const char *cluster);
PUSHER_AVAILABLE_IN_1_0
PusherClient *pusher_client_new_for_host (const char *key,
                                          const char *host,
                                          guint       port,
                                          gboolean    use_tls);

PUSHER_AVAILABLE_IN_1_0
const char  *pusher_client_get_key                 (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_key                 (PusherClient *self,
                                                    const char   *key);
PUSHER_AVAILABLE_IN_1_0
const char  *pusher_client_get_cluster             (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_cluster             (PusherClient *self,
                                                    const char   *cluster);
PUSHER_AVAILABLE_IN_1_0
const char  *pusher_client_get_host                (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_host                (PusherClient *self,
                                                    const char   *host);
PUSHER_AVAILABLE_IN_1_0
guint        pusher_client_get_port                (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_port                (PusherClient *self,
                                                    guint         port);
PUSHER_AVAILABLE_IN_1_0
guint        pusher_client_get_tls_port            (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_tls_port            (PusherClient *self,
                                                    guint         port);
PUSHER_AVAILABLE_IN_1_0
const char  *pusher_client_get_path                (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_path                (PusherClient *self,
                                                    const char   *path);
PUSHER_AVAILABLE_IN_1_0
gboolean     pusher_client_get_use_tls             (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_use_tls             (PusherClient *self,
                                                    gboolean      use_tls);
PUSHER_AVAILABLE_IN_1_0
const char  *pusher_client_get_origin              (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_origin              (PusherClient *self,
                                                    const char   *origin);
PUSHER_AVAILABLE_IN_1_0
SoupSession *pusher_client_get_session             (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_session             (PusherClient *self,
                                                    SoupSession  *session);
PUSHER_AVAILABLE_IN_1_0
guint        pusher_client_get_activity_timeout    (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_activity_timeout    (PusherClient *self,
                                                    guint         seconds);
PUSHER_AVAILABLE_IN_1_0
guint        pusher_client_get_pong_timeout        (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_pong_timeout        (PusherClient *self,
                                                    guint         seconds);
PUSHER_AVAILABLE_IN_1_0
guint        pusher_client_get_unavailable_timeout (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_unavailable_timeout (PusherClient *self,
                                                    guint         seconds);
PUSHER_AVAILABLE_IN_1_0
guint        pusher_client_get_connect_timeout     (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_connect_timeout     (PusherClient *self,
                                                    guint         seconds);
PUSHER_AVAILABLE_IN_1_0
guint        pusher_client_get_subscription_timeout
                                                   (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_subscription_timeout
                                                   (PusherClient *self,
                                                    guint         seconds);
PUSHER_AVAILABLE_IN_1_0
guint64      pusher_client_get_max_message_size    (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_max_message_size    (PusherClient *self,
                                                    guint64       bytes);
PUSHER_AVAILABLE_IN_1_0
guint64      pusher_client_get_max_event_size      (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
void         pusher_client_set_max_event_size      (PusherClient *self,
                                                    guint64       bytes);

PUSHER_AVAILABLE_IN_1_0
PusherAuthorizer     *pusher_client_get_authorizer         (PusherClient     *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_client_set_authorizer         (PusherClient     *self,
                                                            PusherAuthorizer *authorizer);
PUSHER_AVAILABLE_IN_1_0
PusherAuthorizer     *pusher_client_get_user_authenticator (PusherClient     *self);
PUSHER_AVAILABLE_IN_1_0
void                  pusher_client_set_user_authenticator (PusherClient     *self,
                                                            PusherAuthorizer *authenticator);
PUSHER_AVAILABLE_IN_1_0
gboolean              pusher_client_use_secret             (PusherClient     *self,
                                                            const char       *secret,
                                                            const char       *channel_data,
                                                            GError          **error);
PUSHER_AVAILABLE_IN_1_0
PusherHttpAuthorizer *pusher_client_use_endpoint           (PusherClient     *self,
                                                            const char       *endpoint,
                                                            GError          **error);
PUSHER_AVAILABLE_IN_1_0
PusherHttpAuthorizer *pusher_client_use_user_endpoint      (PusherClient     *self,
                                                            const char       *endpoint,
                                                            GError          **error);

PUSHER_AVAILABLE_IN_1_0
PusherConnectionState pusher_client_get_state      (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
const char           *pusher_client_get_socket_id  (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
const GError         *pusher_client_get_last_error (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
gint64                pusher_client_get_retry_at   (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
GListModel           *pusher_client_get_channels   (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
PusherUser           *pusher_client_get_user       (PusherClient *self);
PUSHER_AVAILABLE_IN_1_0
PusherMetrics        *pusher_client_get_metrics    (PusherClient *self);

PUSHER_AVAILABLE_IN_1_0
void     pusher_client_open          (PusherClient        *self);
PUSHER_AVAILABLE_IN_1_0
void     pusher_client_open_async    (PusherClient        *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
PUSHER_AVAILABLE_IN_1_0
gboolean pusher_client_open_finish   (PusherClient        *self,
                                      GAsyncResult        *result,
                                      GError             **error);
PUSHER_AVAILABLE_IN_1_0
void     pusher_client_close         (PusherClient        *self);
PUSHER_AVAILABLE_IN_1_0
void     pusher_client_close_async   (PusherClient        *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
PUSHER_AVAILABLE_IN_1_0
gboolean pusher_client_close_finish  (PusherClient        *self,
                                      GAsyncResult        *result,
                                      GError             **error);
PUSHER_AVAILABLE_IN_1_0
void     pusher_client_reconnect_now (PusherClient        *self);
PUSHER_AVAILABLE_IN_1_0
void     pusher_client_switch_cluster
                                     (PusherClient        *self,
                                      const char          *key,
                                      const char          *cluster);
PUSHER_AVAILABLE_IN_1_0
void     pusher_client_ping_async    (PusherClient        *self,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data);
PUSHER_AVAILABLE_IN_1_0
gint64   pusher_client_ping_finish   (PusherClient        *self,
                                      GAsyncResult        *result,
                                      GError             **error);

PUSHER_AVAILABLE_IN_1_0
PusherChannel *pusher_client_subscribe        (PusherClient        *self,
                                               const char          *name,
                                               GError             **error);
PUSHER_AVAILABLE_IN_1_0
void           pusher_client_subscribe_async  (PusherClient        *self,
                                               const char          *name,
                                               GCancellable        *cancellable,
                                               GAsyncReadyCallback  callback,
                                               gpointer             user_data);
PUSHER_AVAILABLE_IN_1_0
PusherChannel *pusher_client_subscribe_finish (PusherClient        *self,
                                               GAsyncResult        *result,
                                               GError             **error);
PUSHER_AVAILABLE_IN_1_0
void           pusher_client_unsubscribe      (PusherClient        *self,
                                               const char          *name);
PUSHER_AVAILABLE_IN_1_0
PusherChannel *pusher_client_get_channel      (PusherClient        *self,
                                               const char          *name);

G_END_DECLS
