/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-channel-private.h"

G_BEGIN_DECLS

PusherChannel *pusher_channel_new          (GType                     type,
                                            const char               *name,
                                            PusherHost               *host,
                                            const PusherChannelOwner *owner);
void           pusher_channel_want         (PusherChannel            *self,
                                            GTask                    *task);
void           pusher_channel_start        (PusherChannel            *self);
void           pusher_channel_retry        (PusherChannel            *self);
void           pusher_channel_succeed      (PusherChannel            *self,
                                            const PusherMessage      *message);
void           pusher_channel_fail         (PusherChannel            *self,
                                            const char               *event,
                                            const char               *data,
                                            const GError             *error);
void           pusher_channel_user_changed (PusherChannel            *self);

/* The next two tell nothing: that is for pusher_channel_tell (), and for those who
 * free cancellations. */
void           pusher_channel_disconnect   (PusherChannel            *self,
                                            GPtrArray                *cancellations);
void           pusher_channel_abandon      (PusherChannel            *self,
                                            GPtrArray                *cancellations);

G_END_DECLS
