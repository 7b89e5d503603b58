/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "http/pusher-http-queue-private.h"
#include "pusher-backfill-request-private.h"
#include "pusher-backfill.h"

G_BEGIN_DECLS

/* While others are fetched */
#define PUSHER_BACKFILL_DEFAULT_MAX_HELD_EVENTS 10000
#define PUSHER_BACKFILL_DEFAULT_MAX_HELD_BYTES (16 * 1024 * 1024)

#define PUSHER_BACKFILL_DEFAULT_MAX_CONCURRENT 4
#define PUSHER_BACKFILL_DEFAULT_MAX_ATTEMPTS 6
#define PUSHER_BACKFILL_DEFAULT_TIMEOUT 30
#define PUSHER_BACKFILL_MAX_INITIAL_COUNT 10000

typedef enum
{
  PUSHER_BACKFILL_PROP_ID_POINTER = 1,
  PUSHER_BACKFILL_PROP_CLIENT_EVENTS,
  PUSHER_BACKFILL_PROP_INITIAL_COUNT,
  PUSHER_BACKFILL_PROP_MAX_HELD_EVENTS,
  PUSHER_BACKFILL_PROP_MAX_HELD_BYTES,
  PUSHER_BACKFILL_PROP_MAX_CONCURRENT,
  PUSHER_BACKFILL_PROP_MAX_ATTEMPTS,
  PUSHER_BACKFILL_PROP_TIMEOUT,
  PUSHER_BACKFILL_N_PROPS
} PusherBackfillProperty;

/* What a backfill has been told: it counts from the next request on. */
typedef struct
{
  char *id_pointer;
  gboolean client_events; /* whether they are kept */
  guint initial_count;
  guint max_held_events;
  guint64 max_held_bytes;
  guint max_concurrent;
  guint max_attempts; /* 0: no end */
  guint timeout;      /* in seconds */
  gboolean is_final;  /* of a type that nobody derives from, and that identifies as this one */
  PusherHttpQueue *queue; /* of the channels that ask */
} PusherBackfillSettings;

PusherBackfillSettings *pusher_backfill_get_settings (PusherBackfill         *self);
void                    pusher_backfill_changed      (PusherBackfill         *self,
                                                      PusherBackfillProperty  property);
void                    pusher_backfill_ask          (PusherBackfill         *self,
                                                      PusherBackfillRequest  *request);

G_END_DECLS
