/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-channel-types-private.h"

G_BEGIN_DECLS

typedef enum
{
  PUSHER_CHANNEL_PROP_0,
  PUSHER_CHANNEL_PROP_NAME,
  PUSHER_CHANNEL_PROP_KIND,
  PUSHER_CHANNEL_PROP_IS_CACHE,
  PUSHER_CHANNEL_PROP_STATE,
  PUSHER_CHANNEL_PROP_LAST_ERROR,
  PUSHER_CHANNEL_PROP_SUBSCRIPTION_COUNT,
  PUSHER_CHANNEL_PROP_OUTBOX_SIZE,
  PUSHER_CHANNEL_PROP_OUTBOX_EXPIRY,
  PUSHER_CHANNEL_PROP_OUTBOX_LENGTH,
  PUSHER_CHANNEL_PROP_BACKFILL,
  PUSHER_CHANNEL_PROP_POSITION,
  PUSHER_CHANNEL_PROP_CATCHING_UP,
  PUSHER_CHANNEL_N_PROPS
} PusherChannelProp;

void pusher_channel_install_properties (GObjectClass     *object_class);
void pusher_channel_note               (PusherChannel    *self,
                                        PusherChannelProp prop);
void pusher_channel_tell               (PusherChannel    *self);
void pusher_channel_set                (PusherChannel    *self,
                                        PusherChannelProp prop,
                                        guint             value);

G_END_DECLS
