/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "connection/pusher-connection-private.h"
#include "protocol/pusher-message-private.h"
#include "pusher-channel.h"
#include "pusher-event.h"

G_BEGIN_DECLS

struct _PusherChannel
{
  GObject parent_instance;
};

struct _PusherChannelClass
{
  GObjectClass parent_class;
};

/* What a channel needs of whoever keeps the channels. */
typedef struct
{
  /* Takes up a channel that failed or was unsubscribed; another one may have
   * its name by now. */
  gboolean (*attach) (gpointer       owner,
                      PusherChannel *channel,
                      GError       **error);

  /* Lets go of a channel that the application does not want any more. */
  void (*detach) (gpointer       owner,
                  PusherChannel *channel,
                  gboolean       awaits_answer);

  /* Passes on an event of the channel; detail is the name of the event, or 0 if
   * nobody ever asked for it. */
  void (*event) (gpointer     owner,
                 PusherEvent *event,
                 GQuark       detail);
} PusherChannelOwner;

PusherChannel *pusher_channel_new          (const char               *name,
                                            PusherConnection         *connection,
                                            const PusherChannelOwner *owner_funcs,
                                            gpointer                  owner);
void           pusher_channel_want         (PusherChannel            *self,
                                            GTask                    *task);
void           pusher_channel_connected    (PusherChannel            *self);
void           pusher_channel_disconnected (PusherChannel            *self,
                                            const GError             *final_error);
void           pusher_channel_abandon      (PusherChannel            *self);
void           pusher_channel_receive      (PusherChannel            *self,
                                            PusherMessage            *message);

G_END_DECLS
