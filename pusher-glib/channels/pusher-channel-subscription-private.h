/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-channel-private.h"

G_BEGIN_DECLS

/* What the parts of a channel use of each other. */
void pusher_channel_set_state                 (PusherChannel     *self,
                                               PusherChannelState state);
void pusher_channel_set_subscription_count    (PusherChannel     *self,
                                               gint64             count);
void pusher_channel_handle_succeeded          (PusherChannel     *self,
                                               PusherMessage     *message);
void pusher_channel_handle_subscription_error (PusherChannel     *self,
                                               PusherMessage     *message);
void pusher_channel_end                       (PusherChannel     *self);

G_END_DECLS
