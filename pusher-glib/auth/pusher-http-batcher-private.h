/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-http-settings-private.h"

G_BEGIN_DECLS

/* Collects the requests of one iteration of the main loop into batches. */
typedef struct
{
  PusherHttpSettings *settings;
  GPtrArray *requests; /* since the last iteration; nullable */
} PusherHttpBatcher;

void pusher_http_batcher_add (PusherHttpBatcher          *self,
                              PusherAuthorizationRequest *request);

G_END_DECLS
