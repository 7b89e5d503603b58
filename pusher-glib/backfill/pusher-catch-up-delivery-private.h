/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-catch-up-types-private.h"

G_BEGIN_DECLS

void     pusher_catch_up_deliver          (PusherCatchUp *self,
                                           PusherEvent   *event,
                                           const char    *id);
void     pusher_catch_up_hold             (PusherCatchUp *self,
                                           PusherEvent   *event,
                                           const char    *id);
void     pusher_catch_up_note_overflow    (PusherCatchUp *self);
void     pusher_catch_up_drop_held        (PusherCatchUp *self);
char    *pusher_catch_up_identify         (PusherCatchUp *self,
                                           PusherEvent   *event);
gboolean pusher_catch_up_deliver_fetched  (PusherCatchUp *self);
gboolean pusher_catch_up_deliver_held     (PusherCatchUp *self);

G_END_DECLS
