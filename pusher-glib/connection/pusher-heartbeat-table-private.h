/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-heartbeat-private.h"

G_BEGIN_DECLS

/* That are remembered; the one that was not asked about for the longest time makes room
 * for a new one. */
#define PUSHER_HEARTBEAT_TABLE_MAX_HOSTS 64

/* What the clients of this process, in whatever threads, have learned about the ways to
 * their hosts. Times are those of the monotonic clock, in µs. */
gint64   pusher_heartbeat_table_get_interval (const char          *host,
                                              gint64               longest,
                                              gint64               now);
void     pusher_heartbeat_table_held         (const char          *host,
                                              gint64               silence);
gboolean pusher_heartbeat_table_cut          (const char          *host,
                                              const PusherSilence *silence,
                                              gint64               now);

/* For tests, which must not learn from each other. */
void     pusher_heartbeat_table_clear        (void);

G_END_DECLS
