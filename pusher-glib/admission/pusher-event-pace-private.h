/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Servers take ten client events a second. What was kept leaves room for what the
 * application triggers meanwhile. */
#define PUSHER_EVENT_PACE_N_EVENTS 8

/* How fast client events that were kept may be sent. Knows no clock: whoever sends a client
 * event says so, and asks when the next of those that were kept may go. All times are in
 * µs. */
typedef struct
{
  gint64 sent_at[PUSHER_EVENT_PACE_N_EVENTS]; /* the last ones, in a ring; 0 before */
  guint oldest;
  gint64 period; /* in which there may be so many */
  gint64 kept_sent_at; /* the last of those that were kept */
  gint64 paused_until;
} PusherEventPace;

void   pusher_event_pace_init     (PusherEventPace *self);
void   pusher_event_pace_note     (PusherEventPace *self,
                                   gboolean         was_kept,
                                   gint64           now);
void   pusher_event_pace_object   (PusherEventPace *self,
                                   gint64           now);
void   pusher_event_pace_pause    (PusherEventPace *self,
                                   gint64           until);
gint64 pusher_event_pace_get_next (PusherEventPace *self,
                                   gint64           now);

G_END_DECLS
