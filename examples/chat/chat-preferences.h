/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "chat-settings.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define CHAT_TYPE_PREFERENCES (chat_preferences_get_type ())
G_DECLARE_FINAL_TYPE (ChatPreferences, chat_preferences, CHAT, PREFERENCES, AdwPreferencesWindow)

/* The signal “applied” is emitted at the end, if anything has changed. */
GtkWidget *chat_preferences_new (ChatSettings *settings);

G_END_DECLS
