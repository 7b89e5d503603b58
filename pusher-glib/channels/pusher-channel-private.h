/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "auth/pusher-authorization-request-private.h"
#include "auth/pusher-authorizer.h"
#include "base/pusher-task-list-private.h"
#include "connection/pusher-connection-private.h"
#include "event/pusher-event.h"
#include "protocol/pusher-message-private.h"
#include "pusher-channel.h"

G_BEGIN_DECLS

#define PUSHER_CHANNEL_CLASS(klass) \
  (G_TYPE_CHECK_CLASS_CAST ((klass), PUSHER_TYPE_CHANNEL, PusherChannelClass))
#define PUSHER_CHANNEL_GET_CLASS(object) \
  (G_TYPE_INSTANCE_GET_CLASS ((object), PUSHER_TYPE_CHANNEL, PusherChannelClass))

/* What a channel needs of whoever keeps the channels. */
typedef struct
{
  /* Takes up a channel that failed or was unsubscribed; another one may have
   * its name by now. */
  gboolean (*attach) (gpointer       owner,
                      PusherChannel *channel,
                      GError       **error);

  /* Lets go of a channel that the application does not want any more. sent_as is
   * not 0 if the server still owes an answer. */
  void (*detach) (gpointer       owner,
                  PusherChannel *channel,
                  guint64        sent_as);

  /* Passes on an event of the channel; detail is the name of the event, or 0 if
   * nobody ever asked for it. */
  void (*event) (gpointer     owner,
                 PusherEvent *event,
                 GQuark       detail);

  /* Passes on an error that the channel itself has told. */
  void (*error) (gpointer      owner,
                 const GError *error);

  /* Who authorizes subscriptions, nullable. */
  PusherAuthorizer *(*get_authorizer) (gpointer owner);

  /* Who is signed in, nullable. pending: somebody may be soon. */
  const char *(*get_user_id) (gpointer  owner,
                              gboolean *pending);
} PusherChannelOwner;

struct _PusherChannel
{
  GObject parent_instance;

  /* What each event needs, in one line of the cache with what GObject needs */
  PusherConnection *connection;
  const PusherChannelOwner *owner_funcs; /* NULL once it is abandoned */
  gpointer owner;
  GQuark last_detail; /* of an event, or 0 */
  PusherChannelState state;

  char *name;
  gboolean may_recover; /* it failed for a reason that may pass */
  gint64 subscription_count;
  gint64 lost_at; /* when it was subscribed last, in µs; 0 if it never was */
  PusherTaskList subscribers;

  /* At most one of these three, and none unless the channel is pending: */
  PusherAuthorizationRequest *request; /* asked for, and owned by who answers */
  char *held_auth;                     /* it is there, but no user yet */
  guint64 sent_as; /* the subscription was sent, as that message; 0 if not */
};

typedef enum
{
  PUSHER_CHANNEL_SEND,  /* subscribe with this authorization */
  PUSHER_CHANNEL_HOLD,  /* wait until a user is signed in */
  PUSHER_CHANNEL_REFUSE /* do not subscribe: error */
} PusherChannelVerdict;

struct _PusherChannelClass
{
  GObjectClass parent_class;

  /* Looks at an authorization before it is used. */
  PusherChannelVerdict (*authorized) (PusherChannel             *self,
                                      const PusherAuthorization *authorization,
                                      GError                   **error);

  /* The server has accepted the subscription: once before and once after the
   * application is told. */
  void (*succeeding) (PusherChannel       *self,
                      const PusherMessage *message);
  void (*succeeded)  (PusherChannel       *self);

  /* The subscription is no more; it may come back unless it is for good. */
  void (*ended) (PusherChannel *self,
                 gboolean       for_good);

  /* Handles an event of the protocol that only this kind of channel has. */
  gboolean (*handle_internal) (PusherChannel *self,
                               PusherMessage *message);

  /* Passes an event on to the application. May take the message over. */
  void (*deliver) (PusherChannel *self,
                   PusherMessage *message);
};

PusherChannel *pusher_channel_new          (GType                     type,
                                            const char               *name,
                                            PusherConnection         *connection,
                                            const PusherChannelOwner *owner_funcs,
                                            gpointer                  owner);
void           pusher_channel_want         (PusherChannel            *self,
                                            GTask                    *task);
void           pusher_channel_connected    (PusherChannel            *self);
void           pusher_channel_recover      (PusherChannel            *self);
void           pusher_channel_disconnected (PusherChannel            *self,
                                            const GError             *final_error);
void           pusher_channel_abandon      (PusherChannel            *self);
void           pusher_channel_user_changed (PusherChannel            *self);
void           pusher_channel_receive      (PusherChannel            *self,
                                            PusherMessage            *message);
void           pusher_channel_refuse       (PusherChannel            *self,
                                            const GError             *error);

/* For the kinds of channels. */
void pusher_channel_request_authorization (PusherChannel               *self,
                                           PusherAuthorizationDone      done,
                                           PusherAuthorizationRequest **request);
void pusher_channel_emit_event            (PusherChannel               *self,
                                           PusherEvent                 *event);
void pusher_channel_emit_message          (PusherChannel               *self,
                                           const char                  *name,
                                           const PusherMessage         *message);
void pusher_channel_emit_error            (PusherChannel               *self,
                                           const GError                *error);

G_END_DECLS
