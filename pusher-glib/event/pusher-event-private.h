/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "protocol/pusher-message-private.h"
#include "pusher-event.h"

G_BEGIN_DECLS

/* Whether the data is JSON */
typedef enum
{
  PUSHER_EVENT_UNKNOWN,
  PUSHER_EVENT_VALID,
  PUSHER_EVENT_INVALID
} PusherEventValidity;

struct _PusherEvent
{
  GObject parent_instance;

  PusherMessage message;
  JsonNode *json;
  GVariant *variant;
  gboolean parsed;
  PusherEventValidity validity;
};

PusherEvent *pusher_event_new            (const char     *name,
                                          const char     *channel_name,
                                          const char     *data,
                                          const char     *user_id);
PusherEvent *pusher_event_new_copy       (const char          *name,
                                          const PusherMessage *message);
PusherEvent *pusher_event_new_take       (PusherMessage  *message);
PusherEvent *pusher_event_new_from_spare (PusherEvent   **spare,
                                          PusherMessage  *message);
void         pusher_event_release        (PusherEvent    *self,
                                          PusherEvent   **spare);

G_END_DECLS
