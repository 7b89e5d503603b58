/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-channel-properties-private.h"
#include "pusher-channel.h"

G_BEGIN_DECLS

#define PUSHER_CHANNEL_CLASS(klass) \
  (G_TYPE_CHECK_CLASS_CAST ((klass), PUSHER_TYPE_CHANNEL, PusherChannelClass))
#define PUSHER_CHANNEL_GET_CLASS(object) \
  (G_TYPE_INSTANCE_GET_CLASS ((object), PUSHER_TYPE_CHANNEL, PusherChannelClass))

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
void pusher_channel_emit_trigger_error          (PusherChannel       *self,
                                                 const char          *event,
                                                 const char          *data_json,
                                                 const GError        *error);
void pusher_channel_emit_cache_miss             (PusherChannel       *self);
void pusher_channel_emit_gap                    (PusherChannel       *self,
                                                 gint64               duration);

G_END_DECLS
