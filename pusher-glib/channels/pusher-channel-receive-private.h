/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-channel-private.h"

G_BEGIN_DECLS

void pusher_channel_receive (PusherChannel *self,
                             PusherMessage *message);

G_END_DECLS
