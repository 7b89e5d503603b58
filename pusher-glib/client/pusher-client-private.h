/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-keyed-list-private.h"
#include "channels/pusher-channel-subscription-private.h"
#include "connection/pusher-connection-private.h"
#include "pusher-client.h"
#include "user/pusher-user-sign-in-private.h"

G_BEGIN_DECLS

typedef enum
{
  /* Settings */
  PUSHER_CLIENT_PROP_KEY = 1,
  PUSHER_CLIENT_PROP_CLUSTER,
  PUSHER_CLIENT_PROP_HOST,
  PUSHER_CLIENT_PROP_PORT,
  PUSHER_CLIENT_PROP_PATH,
  PUSHER_CLIENT_PROP_USE_TLS,
  PUSHER_CLIENT_PROP_SESSION,
  PUSHER_CLIENT_PROP_ACTIVITY_TIMEOUT,
  PUSHER_CLIENT_PROP_PONG_TIMEOUT,
  PUSHER_CLIENT_PROP_UNAVAILABLE_TIMEOUT,
  PUSHER_CLIENT_PROP_CONNECT_TIMEOUT,
  PUSHER_CLIENT_PROP_MAX_MESSAGE_SIZE,

  PUSHER_CLIENT_PROP_AUTHORIZER,
  PUSHER_CLIENT_PROP_USER_AUTHENTICATOR,

  /* Status */
  PUSHER_CLIENT_PROP_STATE,
  PUSHER_CLIENT_PROP_SOCKET_ID,
  PUSHER_CLIENT_PROP_LAST_ERROR,
  PUSHER_CLIENT_PROP_RETRY_AT,
  PUSHER_CLIENT_PROP_CHANNELS,
  PUSHER_CLIENT_PROP_USER,
  PUSHER_CLIENT_N_PROPS
} PusherClientProp;

struct _PusherClient
{
  GObject parent_instance;

  PusherConnection *connection;
  PusherSettings *settings; /* of the connection */
  PusherHost *host;         /* ourselves, for the channels and the user */
  PusherKeyedList *channels;
  PusherUser *user;
  PusherAuthorizer *authorizer;
  PusherAuthorizer *user_authenticator;
};

/* For tests. */
static inline PusherConnection *
pusher_client_get_connection (PusherClient *self)
{
  return self->connection;
}

/* Properties and signals */
void pusher_client_install_properties (GObjectClass    *object_class);
void pusher_client_notify             (PusherClient    *self,
                                       PusherClientProp prop);
void pusher_client_install_signals    (GType            type);
void pusher_client_emit_event         (PusherClient    *self,
                                       PusherEvent     *event,
                                       GQuark           detail);
void pusher_client_emit_error         (PusherClient    *self,
                                       const GError    *error);
void pusher_client_emit_connecting_in (PusherClient    *self,
                                       double           seconds);

/* Routing */
extern const PusherConnectionListener pusher_client_connection_listener;
extern const PusherHostFuncs pusher_client_host_funcs;
extern const PusherChannelOwner pusher_client_channel_owner;

gboolean pusher_client_attach  (PusherClient  *self,
                                PusherChannel *channel,
                                GTask         *task,
                                GError       **error);
void     pusher_client_abandon (PusherClient  *self);

/* Asynchronous calls */
GTask *pusher_client_new_task (PusherClient       *self,
                               gpointer            source_tag,
                               GCancellable       *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer            user_data);

G_END_DECLS
