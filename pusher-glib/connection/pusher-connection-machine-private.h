/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-connection-status-private.h"

G_BEGIN_DECLS

void pusher_connection_handle (PusherConnection *self,
                               PusherInput       input,
                               const GError     *error,
                               gint64            min_delay);

G_END_DECLS
