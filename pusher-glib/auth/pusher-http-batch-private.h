/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "http/pusher-http-settings-private.h"
#include "pusher-authorization-request.h"

G_BEGIN_DECLS

/* All requests are for the same connection; those for users come alone. */
void pusher_http_batch_send     (PusherHttpSettings         *settings,
                                 GPtrArray                  *requests);
void pusher_http_batch_send_one (PusherHttpSettings         *settings,
                                 PusherAuthorizationRequest *request);

G_END_DECLS
