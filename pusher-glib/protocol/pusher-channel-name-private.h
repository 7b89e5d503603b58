/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "base/pusher-enums.h"

G_BEGIN_DECLS

/* Bytes. No server allows more. */
#define PUSHER_CHANNEL_NAME_MAX_SIZE 512
#define PUSHER_EVENT_NAME_MAX_SIZE 200

gboolean          pusher_channel_name_check    (const char *name,
                                                GError    **error);
PusherChannelKind pusher_channel_name_get_kind (const char *name);
gboolean          pusher_channel_name_is_cache (const char *name);

gboolean pusher_client_event_name_check (const char *name,
                                         GError    **error);

G_END_DECLS
