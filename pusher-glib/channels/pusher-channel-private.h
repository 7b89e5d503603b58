/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "admission/pusher-admission-private.h"
#include "protocol/pusher-message-private.h"
#include "pusher-channel.h"

G_BEGIN_DECLS

#define PUSHER_CHANNEL_CLASS(klass) \
  (G_TYPE_CHECK_CLASS_CAST ((klass), PUSHER_TYPE_CHANNEL, PusherChannelClass))
#define PUSHER_CHANNEL_GET_CLASS(object) \
  (G_TYPE_INSTANCE_GET_CLASS ((object), PUSHER_TYPE_CHANNEL, PusherChannelClass))

/* What a channel needs of the client besides what the host has. */
typedef struct
{
  /* Takes up a channel that failed or was unsubscribed; another one may have
   * its name by now. */
  gboolean (*attach) (gpointer       client,
                      PusherChannel *channel,
                      GError       **error);

  /* Lets go of a channel that the application has unsubscribed from. */
  void (*detach) (gpointer       client,
                  PusherChannel *channel);
} PusherChannelOwner;

struct _PusherChannel
{
  GObject parent_instance;

  /* What each event needs, in one line of the cache with what GObject needs */
  PusherHost *host;
  GQuark last_detail; /* of an event, or 0 */
  PusherChannelState state;
  guint epoch; /* counts the changes of the state */
  guint untold; /* a bit a property that has changed */

  const PusherChannelOwner *owner;
  char *name;
  PusherAdmission admission;
  gint64 subscription_count;
  gint64 lost_at;     /* when it was subscribed last, in µs; 0 if it never was */
  GError *last_error; /* why it is not subscribed, or NULL */
};

/* A function of a kind of channel that tells the application nothing says so: it is
 * called in the middle of a change. */
struct _PusherChannelClass
{
  GObjectClass parent_class;

  /* Looks at an authorization before it is used. Tells nothing. */
  PusherAdmissionVerdict (*authorized) (PusherChannel             *self,
                                        const PusherAuthorization *authorization,
                                        GError                   **error);

  /* The authorization that was looked at last is on its way. Tells nothing. */
  void (*sent) (PusherChannel *self);

  /* The server has accepted the subscription: once before and once after the
   * application is told. The first goes on only as long as the channel is in that
   * epoch. */
  void (*succeeding) (PusherChannel       *self,
                      const PusherMessage *message,
                      guint                epoch);
  void (*succeeded)  (PusherChannel       *self);

  /* The subscription is no more; it may come back unless it is for good. Tells
   * nothing. */
  void (*ended) (PusherChannel *self,
                 gboolean       for_good,
                 GPtrArray     *cancellations);

  /* Tells what the end for good has taken away. */
  void (*tell_ended) (PusherChannel *self);

  /* Handles an event of the protocol that only this kind of channel has. */
  gboolean (*handle_internal) (PusherChannel *self,
                               PusherMessage *message);

  /* Passes an event on to the application. May take the message over. */
  void (*deliver) (PusherChannel *self,
                   PusherMessage *message);
};

/* State */
guint    pusher_channel_enter          (PusherChannel     *self,
                                        PusherChannelState state);
void     pusher_channel_set_count      (PusherChannel     *self,
                                        gint64             count);
void     pusher_channel_set_last_error (PusherChannel     *self,
                                        const GError      *error);
gboolean pusher_channel_is_current     (PusherChannel     *self,
                                        guint              epoch);

/* Telling the application */
void pusher_channel_tell                        (PusherChannel       *self);
void pusher_channel_emit_event                  (PusherChannel       *self,
                                                 PusherEvent         *event);
void pusher_channel_emit_message                (PusherChannel       *self,
                                                 const char          *name,
                                                 const PusherMessage *message);
void pusher_channel_emit_error                  (PusherChannel       *self,
                                                 const GError        *error);
void pusher_channel_emit_subscription_succeeded (PusherChannel       *self);
void pusher_channel_emit_subscription_error     (PusherChannel       *self,
                                                 const GError        *error);
void pusher_channel_emit_cache_miss             (PusherChannel       *self);
void pusher_channel_emit_gap                    (PusherChannel       *self,
                                                 gint64               duration);

G_END_DECLS
