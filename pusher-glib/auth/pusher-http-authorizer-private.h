/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-http-authorizer.h"
#include "pusher-http-batcher-private.h"

G_BEGIN_DECLS

typedef enum
{
  PUSHER_HTTP_PROP_ENDPOINT = 1,
  PUSHER_HTTP_PROP_SESSION,
  PUSHER_HTTP_PROP_USERNAME,
  PUSHER_HTTP_PROP_PASSWORD,
  PUSHER_HTTP_PROP_BATCH,
  PUSHER_HTTP_PROP_MAX_BATCH_SIZE,
  PUSHER_HTTP_PROP_MAX_CONCURRENT,
  PUSHER_HTTP_PROP_TIMEOUT,
  PUSHER_HTTP_PROP_MAX_ATTEMPTS,
  PUSHER_HTTP_N_PROPS
} PusherHttpProperty;

PusherHttpSettings *pusher_http_authorizer_get_settings (PusherHttpAuthorizer *self);
PusherHttpBatcher  *pusher_http_authorizer_get_batcher  (PusherHttpAuthorizer *self);
void                pusher_http_authorizer_changed      (PusherHttpAuthorizer *self,
                                                         PusherHttpProperty    property);

G_END_DECLS
