/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels/pusher-channel.h"

G_BEGIN_DECLS

/* The stores that channels catch up from. Once there is peace they answer at once, with
 * nothing. */
void backfill_start      (void);
void backfill_act        (PusherChannel *channel);
void backfill_make_peace (void);
void backfill_end        (void);

G_END_DECLS
