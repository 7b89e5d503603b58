/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-backfill-request.h"
#include "pusher-held-events-private.h"

G_BEGIN_DECLS

/* What is taken of one answer: of a larger one the rest is asked for again. */
#define PUSHER_BACKFILL_MAX_PAGE_EVENTS 10000
#define PUSHER_BACKFILL_MAX_PAGE_BYTES (16 * 1024 * 1024)

/* Either error is NULL, or there are no events and no more of them. The events may be
 * taken over. An error that may pass is one after which it is worth while to ask again. */
typedef void (*PusherBackfillDone) (gpointer          user_data,
                                    PusherHeldEvents *events,
                                    gboolean          more,
                                    const GError     *error,
                                    gboolean          may_pass);

PusherBackfillRequest *pusher_backfill_request_new        (const char         *channel_name,
                                                           const char         *after,
                                                           guint               last,
                                                           PusherBackfillDone  done,
                                                           gpointer            user_data);
gboolean               pusher_backfill_request_is_open    (PusherBackfillRequest *self);
gboolean               pusher_backfill_request_is_queued  (PusherBackfillRequest *self);
void                   pusher_backfill_request_set_queued (PusherBackfillRequest *self,
                                                           gboolean               queued);
void                   pusher_backfill_request_close      (PusherBackfillRequest *self);

G_END_DECLS
