/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-channel-properties-private.h"

G_BEGIN_DECLS

/* These tell nothing. */
void pusher_channel_begin_catch_up (PusherChannel *self);
void pusher_channel_end_catch_up   (PusherChannel *self,
                                    gboolean       for_good,
                                    GPtrArray     *cancellations);

void pusher_channel_change_backfill (PusherChannel  *self,
                                     PusherBackfill *backfill);
void pusher_channel_change_position (PusherChannel  *self,
                                     const char     *position);

PusherBackfill *pusher_channel_find_backfill  (PusherChannel *self);
const char     *pusher_channel_find_position  (PusherChannel *self);
gboolean        pusher_channel_is_catching_up (PusherChannel *self);

/* It is time for some of the channels to go on. */
void pusher_channels_wake (PusherHost *host);

G_END_DECLS
