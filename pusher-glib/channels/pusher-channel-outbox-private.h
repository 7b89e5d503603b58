/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-channel-private.h"

G_BEGIN_DECLS

gboolean   pusher_channel_keeps_events    (PusherChannel *self);
gboolean   pusher_channel_has_kept_events (PusherChannel *self);
gboolean   pusher_channel_send_event      (PusherChannel *self,
                                           const char    *text,
                                           gboolean       was_kept,
                                           GError       **error);
gboolean   pusher_channel_keep_event      (PusherChannel *self,
                                           const char    *name,
                                           const char    *data_json,
                                           GError       **error);
void       pusher_channel_start_outbox    (PusherChannel *self);
void       pusher_channel_stop_outbox     (PusherChannel *self);
GPtrArray *pusher_channel_empty_outbox    (PusherChannel *self);
void       pusher_channel_tell_given_up   (PusherChannel *self,
                                           GPtrArray     *events,
                                           const GError  *error);
void       pusher_channels_send_kept      (PusherHost    *host);

G_END_DECLS
