/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-deadlines-private.h"

G_BEGIN_DECLS

typedef void (*PusherInboxDeliver) (gpointer user_data,
                                    GBytes  *message);

/* Messages on their way from the socket to the application. libsoup reads until
 * the socket is empty before it gives the main loop back, so that a burst with
 * slow handlers would stop everything else. Here messages are delivered as they
 * come for the time of one slice; those that come after that wait for the next
 * iterations of the main loop. Order is kept.
 *
 * If handlers take less time than libsoup takes to read, nothing waits: the main
 * loop would not come back sooner, and what waits costs time and memory too.
 *
 * What waits has a limit in bytes. Beyond it messages are delivered regardless
 * of the time, which keeps libsoup from reading on. */
typedef struct
{
  const PusherClock *clock;
  PusherInboxDeliver deliver;
  GSourceFunc due;
  gpointer user_data;

  GQueue waiting; /* of GBytes */
  gsize n_bytes;
  GSource *source; /* made when it is first needed */

  gint64 iteration; /* the main loop's, by the time of its sources */
  gint64 begin;     /* of what was delivered in it; this and the following: µs */
  gint64 in_handlers;
} PusherInbox;

void     pusher_inbox_init          (PusherInbox       *self,
                                     const PusherClock *clock,
                                     PusherInboxDeliver deliver,
                                     GSourceFunc        due,
                                     gpointer           user_data);
void     pusher_inbox_clear         (PusherInbox       *self);
guint    pusher_inbox_discard       (PusherInbox       *self);
gboolean pusher_inbox_is_empty      (PusherInbox       *self);
gboolean pusher_inbox_may_deliver   (PusherInbox       *self,
                                     gint64             now);
void     pusher_inbox_deliver       (PusherInbox       *self,
                                     GBytes            *message,
                                     gint64             now);
void     pusher_inbox_keep          (PusherInbox       *self,
                                     GBytes            *message);
void     pusher_inbox_deliver_slice (PusherInbox       *self);

G_END_DECLS
