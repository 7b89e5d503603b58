/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Who is typing at the moment, as far as they say. */
#define CHAT_TYPE_TYPISTS (chat_typists_get_type ())
G_DECLARE_FINAL_TYPE (ChatTypists, chat_typists, CHAT, TYPISTS, GObject)

/* How often a typist says so, and how long it counts, in seconds. */
#define CHAT_TYPISTS_INTERVAL 3
#define CHAT_TYPISTS_EXPIRY 6

ChatTypists *chat_typists_new      (void);
void         chat_typists_add      (ChatTypists *self,
                                    const char  *id,
                                    const char  *name);
void         chat_typists_remove   (ChatTypists *self,
                                    const char  *id);
void         chat_typists_clear    (ChatTypists *self);
const char  *chat_typists_get_text (ChatTypists *self);

G_END_DECLS
