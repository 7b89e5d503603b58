/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "chat-settings.h"
#include "chat-typists.h"

G_BEGIN_DECLS

#define CHAT_ROOM_CHANNEL "presence-chat"

/* One user in the room: a client, the presence channel, and what was said. */
#define CHAT_TYPE_ROOM (chat_room_get_type ())
G_DECLARE_FINAL_TYPE (ChatRoom, chat_room, CHAT, ROOM, GObject)

ChatRoom              *chat_room_new           (const char    *user_name);
gboolean               chat_room_open          (ChatRoom      *self,
                                                ChatSettings  *settings,
                                                GError       **error);
void                   chat_room_leave         (ChatRoom      *self);
const char            *chat_room_get_user_name (ChatRoom      *self);
PusherClient          *chat_room_get_client    (ChatRoom      *self);
PusherPresenceChannel *chat_room_get_channel   (ChatRoom      *self);
GListModel            *chat_room_get_messages  (ChatRoom      *self);
ChatTypists           *chat_room_get_typists   (ChatRoom      *self);
gboolean               chat_room_send          (ChatRoom      *self,
                                                const char    *text,
                                                GError       **error);
void                   chat_room_set_typing    (ChatRoom      *self,
                                                gboolean       typing);


G_END_DECLS
