/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "connection/pusher-connection-private.h"
#include "pusher-backfill.h"
#include "pusher-catch-up-funcs-private.h"

G_BEGIN_DECLS

/* Sees to it that a channel misses nothing: holds what arrives while what was missed is
 * fetched, and delivers both in order, each event once.
 *
 * Whoever calls it keeps the owner. Cancellations are arrays of GCancellable which the
 * caller cancels when handlers may run. */
PusherCatchUp  *pusher_catch_up_new            (const PusherCatchUpFuncs *funcs,
                                                gpointer                  owner,
                                                PusherConnection         *connection,
                                                const char               *channel_name);
void            pusher_catch_up_free           (PusherCatchUp            *self);
PusherBackfill *pusher_catch_up_get_backfill   (PusherCatchUp            *self);
const char     *pusher_catch_up_get_position   (PusherCatchUp            *self);
gboolean        pusher_catch_up_is_under_way   (PusherCatchUp            *self);

/* These tell nothing. */
void            pusher_catch_up_set_backfill   (PusherCatchUp            *self,
                                                PusherBackfill           *backfill,
                                                gboolean                  subscribed,
                                                GPtrArray                *cancellations);
void            pusher_catch_up_set_position   (PusherCatchUp            *self,
                                                const char               *position,
                                                GPtrArray                *cancellations);
void            pusher_catch_up_begin          (PusherCatchUp            *self);
void            pusher_catch_up_interrupt      (PusherCatchUp            *self,
                                                GPtrArray                *cancellations);
void            pusher_catch_up_end            (PusherCatchUp            *self,
                                                GPtrArray                *cancellations);

/* These tell. */
void            pusher_catch_up_receive        (PusherCatchUp            *self,
                                                PusherEvent              *event);
void            pusher_catch_up_wake           (PusherCatchUp            *self);

G_END_DECLS
