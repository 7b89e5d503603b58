/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "http/pusher-http-settings-private.h"
#include "pusher-http-backfill.h"
#include "pusher-stored-events-private.h"

G_BEGIN_DECLS

typedef enum
{
  PUSHER_HTTP_BACKFILL_PROP_URL = 1,
  PUSHER_HTTP_BACKFILL_PROP_SESSION,
  PUSHER_HTTP_BACKFILL_PROP_USERNAME,
  PUSHER_HTTP_BACKFILL_PROP_PASSWORD,
  PUSHER_HTTP_BACKFILL_PROP_EVENTS_POINTER,
  PUSHER_HTTP_BACKFILL_PROP_MORE_POINTER,
  PUSHER_HTTP_BACKFILL_PROP_ITEM_ID_POINTER,
  PUSHER_HTTP_BACKFILL_PROP_ITEM_NAME_POINTER,
  PUSHER_HTTP_BACKFILL_PROP_ITEM_DATA_POINTER,
  PUSHER_HTTP_BACKFILL_N_PROPS
} PusherHttpBackfillProperty;

PusherHttpSettings       *pusher_http_backfill_get_settings (PusherHttpBackfill        *self);
PusherStoredEventsFormat *pusher_http_backfill_get_format   (PusherHttpBackfill        *self);
void                      pusher_http_backfill_changed      (PusherHttpBackfill        *self,
                                                             PusherHttpBackfillProperty property);

G_END_DECLS
