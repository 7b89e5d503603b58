/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

G_BEGIN_DECLS

#define CHAT_TYPE_SETTINGS (chat_settings_get_type ())
G_DECLARE_FINAL_TYPE (ChatSettings, chat_settings, CHAT, SETTINGS, GObject)

ChatSettings *chat_settings_new       (void);
void          chat_settings_load      (ChatSettings  *self);
gboolean      chat_settings_save      (ChatSettings  *self,
                                       GError       **error);
gboolean      chat_settings_apply     (ChatSettings  *self,
                                       PusherClient  *client,
                                       const char    *user_id,
                                       const char    *user_name,
                                       GError       **error);

G_END_DECLS
