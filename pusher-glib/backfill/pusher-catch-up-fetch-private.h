/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-catch-up-types-private.h"

G_BEGIN_DECLS

/* These tell nothing. */
void pusher_catch_up_fetch_begin  (PusherCatchUp *self,
                                   guint          last);
void pusher_catch_up_fetch_again  (PusherCatchUp *self);
void pusher_catch_up_fetch_leave  (PusherCatchUp *self,
                                   GPtrArray     *cancellations);
void pusher_catch_up_fetch_fail   (PusherCatchUp *self,
                                   const char    *why);
void pusher_catch_up_enter        (PusherCatchUp     *self,
                                   PusherCatchUpStage stage);
void pusher_catch_up_give_up      (PusherCatchUp *self,
                                   const GError  *error);

/* It is time to do what the stage wants. These may run handlers. */
void pusher_catch_up_fetch_ask     (PusherCatchUp *self);
void pusher_catch_up_fetch_overdue (PusherCatchUp *self);

G_END_DECLS
