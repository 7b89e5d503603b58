/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "chat-room.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CHAT_TYPE_WINDOW (chat_window_get_type ())
G_DECLARE_FINAL_TYPE (ChatWindow, chat_window, CHAT, WINDOW, AdwApplicationWindow)

GtkWidget *chat_window_new       (GtkApplication *application,
                                  ChatRoom       *room);
ChatRoom  *chat_window_get_room  (ChatWindow     *self);
void       chat_window_add_toast (ChatWindow     *self,
                                  const char     *text);

G_END_DECLS
