/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "auth/pusher-authorizer.h"
#include "connection/pusher-connection-private.h"
#include "event/pusher-event.h"
#include "protocol/pusher-message-private.h"
#include "pusher-user.h"

G_BEGIN_DECLS

/* What a user needs of the client. */
typedef struct
{
  /* Who authenticates users, nullable. */
  PusherAuthorizer *(*get_authenticator) (gpointer owner);

  /* Somebody has signed in, or did not succeed. */
  void (*changed) (gpointer owner);

  /* Passes on an event that was sent to the user. */
  void (*event) (gpointer     owner,
                 PusherEvent *event,
                 GQuark       detail);
} PusherUserOwner;

PusherUser *pusher_user_new          (PusherConnection      *connection,
                                      const PusherUserOwner *owner_funcs,
                                      gpointer               owner);
void        pusher_user_connected    (PusherUser            *self);
void        pusher_user_disconnected (PusherUser            *self,
                                      const GError          *final_error);
void        pusher_user_abandon      (PusherUser            *self);
gboolean    pusher_user_is_pending   (PusherUser            *self);
gboolean    pusher_user_receive      (PusherUser            *self,
                                      PusherMessage         *message);

G_END_DECLS
