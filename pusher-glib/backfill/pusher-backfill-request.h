/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/base/pusher-version-macros.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_BACKFILL_REQUEST (pusher_backfill_request_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherBackfillRequest, pusher_backfill_request,
                      PUSHER, BACKFILL_REQUEST, GObject)

PUSHER_AVAILABLE_IN_1_0
const char   *pusher_backfill_request_get_channel_name (PusherBackfillRequest *self);
PUSHER_AVAILABLE_IN_1_0
const char   *pusher_backfill_request_get_after        (PusherBackfillRequest *self);
PUSHER_AVAILABLE_IN_1_0
guint         pusher_backfill_request_get_last         (PusherBackfillRequest *self);
PUSHER_AVAILABLE_IN_1_0
GCancellable *pusher_backfill_request_get_cancellable  (PusherBackfillRequest *self);
PUSHER_AVAILABLE_IN_1_0
void          pusher_backfill_request_add              (PusherBackfillRequest *self,
                                                        const char            *name,
                                                        const char            *data,
                                                        const char            *id);
PUSHER_AVAILABLE_IN_1_0
void          pusher_backfill_request_complete         (PusherBackfillRequest *self,
                                                        gboolean               more);
PUSHER_AVAILABLE_IN_1_0
void          pusher_backfill_request_fail             (PusherBackfillRequest *self,
                                                        const GError          *error);
PUSHER_AVAILABLE_IN_1_0
void          pusher_backfill_request_fail_for_now     (PusherBackfillRequest *self,
                                                        const GError          *error);

G_END_DECLS
