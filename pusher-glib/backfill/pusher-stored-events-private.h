/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-backfill-request.h"

G_BEGIN_DECLS

/* Where an answer has what: JSON Pointers into the answer, or into an item of it. The last
 * four may be NULL: then it is nowhere. */
typedef struct
{
  char *events;
  char *more;
  char *item_id;
  char *item_name;
  char *item_data;
} PusherStoredEventsFormat;

gboolean pusher_stored_events_read (const PusherStoredEventsFormat *format,
                                    const char                     *body,
                                    PusherBackfillRequest          *request,
                                    gboolean                       *more,
                                    GError                        **error);

G_END_DECLS
