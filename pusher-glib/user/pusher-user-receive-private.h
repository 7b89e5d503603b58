/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "protocol/pusher-message-private.h"
#include "pusher-user-private.h"

G_BEGIN_DECLS

gboolean pusher_user_receive (PusherUser    *self,
                              PusherMessage *message);

G_END_DECLS
