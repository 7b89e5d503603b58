/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "testing/wire/pusher-test-peer-private.h"

G_BEGIN_DECLS

typedef struct _PusherTestCache PusherTestCache;

PusherTestCache *pusher_test_cache_new    (void);
void             pusher_test_cache_free   (PusherTestCache *self);
void             pusher_test_cache_keep   (PusherTestCache *self,
                                           const char      *channel,
                                           const char      *text);
void             pusher_test_cache_replay (PusherTestCache *self,
                                           const char      *channel,
                                           PusherTestPeer  *peer);

G_END_DECLS
