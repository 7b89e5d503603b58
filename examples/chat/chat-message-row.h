/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "chat-message.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CHAT_TYPE_MESSAGE_ROW (chat_message_row_get_type ())
G_DECLARE_FINAL_TYPE (ChatMessageRow, chat_message_row, CHAT, MESSAGE_ROW, AdwBin)

GtkWidget *chat_message_row_new         (void);
void       chat_message_row_set_message (ChatMessageRow *self,
                                         ChatMessage    *message);

G_END_DECLS
