/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-host-private.h"

G_BEGIN_DECLS

void pusher_event_log (PusherHost *host,
                       gpointer    channel,
                       const char *where,
                       const char *event);

G_END_DECLS
