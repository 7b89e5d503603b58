/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

#include "transport/pusher-pace-private.h"

G_BEGIN_DECLS

typedef void (*PusherInboxDeliver) (gpointer user_data,
                                    GBytes  *message);

/* Messages on their way from the socket to the application. They are delivered as
 * they come for as long as the pace has time; then reading ends, and those that have
 * been read already wait here for the next iterations of the main loop. Order is
 * kept, and what has not been read stays with the server. */
typedef struct
{
  PusherPace *pace;
  PusherInboxDeliver deliver;
  GSourceFunc due;
  gpointer user_data;

  GQueue waiting; /* of GBytes */
  GSource *source; /* made when it is first needed */
} PusherInbox;

void     pusher_inbox_init          (PusherInbox       *self,
                                     PusherPace        *pace,
                                     PusherInboxDeliver deliver,
                                     GSourceFunc        due,
                                     gpointer           user_data);
void     pusher_inbox_clear         (PusherInbox       *self);
guint    pusher_inbox_discard       (PusherInbox       *self);
gboolean pusher_inbox_is_empty      (PusherInbox       *self);
void     pusher_inbox_keep          (PusherInbox       *self,
                                     GBytes            *message);
void     pusher_inbox_deliver_slice (PusherInbox       *self);

G_END_DECLS
