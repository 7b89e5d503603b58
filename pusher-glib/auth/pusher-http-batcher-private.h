/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "http/pusher-http-settings-private.h"
#include "pusher-authorization-request.h"

G_BEGIN_DECLS

#define PUSHER_HTTP_DEFAULT_MAX_BATCH_SIZE 100

/* Collects the requests of one iteration of the main loop into batches. */
typedef struct
{
  PusherHttpSettings *settings;
  gboolean batch; /* or else each goes alone */
  guint max_batch_size;
  GPtrArray *requests; /* since the last iteration; nullable */
} PusherHttpBatcher;

void pusher_http_batcher_add (PusherHttpBatcher          *self,
                              PusherAuthorizationRequest *request);

G_END_DECLS
