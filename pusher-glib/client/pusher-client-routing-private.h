/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels/pusher-channel-private.h"
#include "pusher-client-types-private.h"

G_BEGIN_DECLS

extern const PusherConnectionListener pusher_client_connection_listener;
extern const PusherHostFuncs pusher_client_host_funcs;
extern const PusherChannelOwner pusher_client_channel_owner;

gboolean pusher_client_attach  (PusherClient  *self,
                                PusherChannel *channel,
                                GTask         *task,
                                GError       **error);
void     pusher_client_abandon (PusherClient  *self);

G_END_DECLS
