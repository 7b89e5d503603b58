/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/channels/pusher-channel.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_ENCRYPTED_CHANNEL (pusher_encrypted_channel_get_type ())
#define PUSHER_ENCRYPTED_CHANNEL(object) \
  (G_TYPE_CHECK_INSTANCE_CAST ((object), PUSHER_TYPE_ENCRYPTED_CHANNEL, PusherEncryptedChannel))
#define PUSHER_IS_ENCRYPTED_CHANNEL(object) \
  (G_TYPE_CHECK_INSTANCE_TYPE ((object), PUSHER_TYPE_ENCRYPTED_CHANNEL))

typedef struct _PusherEncryptedChannel PusherEncryptedChannel;
typedef struct _PusherEncryptedChannelClass PusherEncryptedChannelClass;

PUSHER_AVAILABLE_IN_1_0
GType pusher_encrypted_channel_get_type (void) G_GNUC_CONST;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherEncryptedChannel, g_object_unref)

G_END_DECLS
