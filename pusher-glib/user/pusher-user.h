/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/base/pusher-version-macros.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_USER (pusher_user_get_type ())

PUSHER_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherUser, pusher_user, PUSHER, USER, GObject)

PUSHER_AVAILABLE_IN_1_0
const char *pusher_user_get_id         (PusherUser         *self);
PUSHER_AVAILABLE_IN_1_0
const char *pusher_user_get_data       (PusherUser         *self);
PUSHER_AVAILABLE_IN_1_0
gboolean    pusher_user_get_signed_in  (PusherUser         *self);
PUSHER_AVAILABLE_IN_1_0
gboolean    pusher_user_is_online      (PusherUser         *self,
                                        const char         *id);
PUSHER_AVAILABLE_IN_1_0
void        pusher_user_sign_in        (PusherUser         *self);
PUSHER_AVAILABLE_IN_1_0
void        pusher_user_sign_in_async  (PusherUser         *self,
                                        GCancellable       *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer            user_data);
PUSHER_AVAILABLE_IN_1_0
gboolean    pusher_user_sign_in_finish (PusherUser         *self,
                                        GAsyncResult       *result,
                                        GError            **error);

G_END_DECLS
