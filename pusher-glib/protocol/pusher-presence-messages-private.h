/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-message-private.h"

G_BEGIN_DECLS

/* A member of a presence channel (protocol, "Channels"). */
typedef struct
{
  char *id;
  JsonNode *info; /* nullable */
} PusherPresenceEntry;

GPtrArray           *pusher_presence_parse_snapshot (const PusherMessage *message);
PusherPresenceEntry *pusher_presence_parse_member   (const PusherMessage *message);
char                *pusher_presence_parse_user_id  (const char          *channel_data);
void                 pusher_presence_entry_free     (gpointer             entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherPresenceEntry, pusher_presence_entry_free)

G_END_DECLS
