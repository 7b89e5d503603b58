/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a process has used, between two points */

void measure_begin (void);
void measure_end   (guint64 n_messages);

/* How the main loop is held up: waits for so many milliseconds, begins anew, and
 * watches a timer of 16 ms until the end. */
void measure_watch_timer (guint64 pause,
                          int     priority);
void measure_spend       (guint64 microseconds);

double measure_get_heap (void);
double measure_get_rss  (void);
void   measure_print    (const char *name,
                         double      value);
void   measure_done     (void);

G_END_DECLS
