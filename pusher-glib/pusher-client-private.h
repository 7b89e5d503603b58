/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "connection/pusher-connection-private.h"
#include "pusher-client.h"

G_BEGIN_DECLS

PusherConnection *pusher_client_get_connection (PusherClient *self);

G_END_DECLS
