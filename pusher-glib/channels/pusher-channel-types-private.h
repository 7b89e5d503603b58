/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "admission/pusher-admission-private.h"
#include "backfill/pusher-catch-up-private.h"
#include "base/pusher-enums.h"
#include "protocol/pusher-message-private.h"
#include "pusher-outbox-private.h"

G_BEGIN_DECLS

/* The public header has the same. */
typedef struct _PusherChannel PusherChannel;
typedef struct _PusherChannelClass PusherChannelClass;

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
  PusherCatchUp *catch_up; /* NULL without a backfill or a position */

  const PusherChannelOwner *owner;
  char *name;
  PusherAdmission admission;
  gint64 subscription_count;
  gint64 lost_at;     /* when it was subscribed last, in µs; 0 if it never was */
  GError *last_error; /* why it is not subscribed, or NULL */
  PusherOutbox *outbox; /* NULL if it was never asked for */
  PusherTimeLimit wake; /* of the catching up */
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

  /* Of every channel: what its catching up tells, and how its properties are set. */
  const PusherCatchUpFuncs *catch_up_funcs;
  void (*set_backfill) (PusherChannel  *self,
                        PusherBackfill *backfill);
  void (*set_position) (PusherChannel  *self,
                        const char     *position);
};

G_END_DECLS
