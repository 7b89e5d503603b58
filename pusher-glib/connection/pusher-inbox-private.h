/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "base/pusher-clock-private.h"

G_BEGIN_DECLS

typedef void (*PusherInboxDeliver) (gpointer user_data,
                                    GBytes  *message);

/* Messages on their way from the socket to the application: a burst with slow
 * handlers must not stop everything else. Messages are delivered as they come for
 * the time of one slice; then reading ends, and those that have been read already
 * wait for the next iterations of the main loop. Order is kept, and what has not
 * been read stays with the server. */
typedef struct
{
  const PusherClock *clock;
  PusherInboxDeliver deliver;
  GSourceFunc due;
  gpointer user_data;

  GQueue waiting; /* of GBytes */
  GSource *source; /* made when it is first needed */

  gint64 begin; /* of the slice, in µs */
  gint64 asked; /* when there was a question for time */
  gboolean had_time; /* the answer */
} PusherInbox;

void     pusher_inbox_init          (PusherInbox       *self,
                                     const PusherClock *clock,
                                     PusherInboxDeliver deliver,
                                     GSourceFunc        due,
                                     gpointer           user_data);
void     pusher_inbox_clear         (PusherInbox       *self);
guint    pusher_inbox_discard       (PusherInbox       *self);
gboolean pusher_inbox_is_empty      (PusherInbox       *self);
gboolean pusher_inbox_has_time      (PusherInbox       *self,
                                     gint64             now,
                                     gboolean           begins);
void     pusher_inbox_keep          (PusherInbox       *self,
                                     GBytes            *message);
void     pusher_inbox_deliver_slice (PusherInbox       *self);

G_END_DECLS
