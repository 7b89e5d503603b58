/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  CHAT_MESSAGE_OTHERS,
  CHAT_MESSAGE_OWN,
  CHAT_MESSAGE_NOTICE, /* by nobody: somebody has joined, say */
} ChatMessageKind;

#define CHAT_TYPE_MESSAGE (chat_message_get_type ())
G_DECLARE_FINAL_TYPE (ChatMessage, chat_message, CHAT, MESSAGE, GObject)

/* time: (nullable): when it was said, if not now */
ChatMessage     *chat_message_new        (ChatMessageKind  kind,
                                          const char      *author,
                                          const char      *text,
                                          GDateTime       *time);
ChatMessageKind  chat_message_get_kind   (ChatMessage     *self);
const char      *chat_message_get_author (ChatMessage     *self);
const char      *chat_message_get_text   (ChatMessage     *self);
char            *chat_message_dup_time   (ChatMessage     *self);

/* All of it in one sentence, to be read out. */
char            *chat_message_to_speech  (ChatMessage     *self);

G_END_DECLS
