/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-user-private.h"

G_BEGIN_DECLS

PusherUser *pusher_user_new        (PusherHost   *host);
void        pusher_user_connected  (PusherUser   *self);
void        pusher_user_retry      (PusherUser   *self);
void        pusher_user_succeed    (PusherUser   *self,
                                    char         *id,
                                    char         *data);
void        pusher_user_fail       (PusherUser   *self,
                                    const GError *error);
gboolean    pusher_user_is_pending (PusherUser   *self);

/* The next two tell nothing: that is for pusher_user_tell (), and for those who free
 * cancellations. */
void        pusher_user_disconnect   (PusherUser *self,
                                      GPtrArray  *cancellations);
void        pusher_user_abandon      (PusherUser *self,
                                      GPtrArray  *cancellations);

G_END_DECLS
