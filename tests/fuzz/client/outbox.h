/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "channels/pusher-channel.h"

G_BEGIN_DECLS

/* The client events that channels keep: each is sent once, in the order in which they were
 * triggered, or given up with an error. */
void outbox_start (void);
void outbox_watch (PusherChannel *channel);
void outbox_act   (PusherChannel *channel);
void outbox_sent  (const char    *text);
void outbox_check (void);
void outbox_end   (void);

G_END_DECLS
