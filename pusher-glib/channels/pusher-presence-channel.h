/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/channels/pusher-channel.h>
#include <pusher-glib/channels/pusher-member.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_PRESENCE_CHANNEL (pusher_presence_channel_get_type ())
#define PUSHER_PRESENCE_CHANNEL(object) \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), PUSHER_TYPE_PRESENCE_CHANNEL, PusherPresenceChannel))
#define PUSHER_IS_PRESENCE_CHANNEL(object) \
  (G_TYPE_CHECK_INSTANCE_TYPE ((object), PUSHER_TYPE_PRESENCE_CHANNEL))

typedef struct _PusherPresenceChannel PusherPresenceChannel;
typedef struct _PusherPresenceChannelClass PusherPresenceChannelClass;

PUSHER_AVAILABLE_IN_1_0
GType pusher_presence_channel_get_type (void) G_GNUC_CONST;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherPresenceChannel, g_object_unref)

PUSHER_AVAILABLE_IN_1_0
GListModel   *pusher_presence_channel_get_members (PusherPresenceChannel *self);
PUSHER_AVAILABLE_IN_1_0
PusherMember *pusher_presence_channel_get_me      (PusherPresenceChannel *self);
PUSHER_AVAILABLE_IN_1_0
PusherMember *pusher_presence_channel_get_member  (PusherPresenceChannel *self,
                                                   const char            *id);

G_END_DECLS
