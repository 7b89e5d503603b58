/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-keyed-list-private.h"
#include "channels/pusher-channel-private.h"
#include "connection/pusher-connection-private.h"
#include "pusher-client.h"
#include "user/pusher-user-private.h"

G_BEGIN_DECLS

struct _PusherClient
{
  GObject parent_instance;

  PusherConnection *connection;
  PusherSettings *settings; /* of the connection */
  PusherKeyedList *channels;
  PusherUser *user;
  PusherAuthorizer *authorizer;
  PusherAuthorizer *user_authenticator;

  /* Names for which the server still owes the answer to a subscription that the
   * application has given up since, with the number of the message: never two
   * under way for one name. char * → guint64 * */
  GHashTable *abandoned;
};

/* For tests. */
static inline PusherConnection *
pusher_client_get_connection (PusherClient *self)
{
  return self->connection;
}

extern const PusherConnectionListener pusher_client_connection_listener;
extern const PusherChannelOwner pusher_client_channel_owner;
extern const PusherUserOwner pusher_client_user_owner;

gboolean pusher_client_attach     (PusherClient       *self,
                                   PusherChannel      *channel,
                                   GTask              *task,
                                   GError            **error);
void     pusher_client_emit_event (PusherClient       *self,
                                   PusherEvent        *event,
                                   GQuark              detail);
GTask   *pusher_client_new_task   (PusherClient       *self,
                                   gpointer            source_tag,
                                   GCancellable       *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer            user_data);

G_END_DECLS
