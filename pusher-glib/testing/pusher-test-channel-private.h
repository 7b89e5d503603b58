/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-peer-private.h"

G_BEGIN_DECLS

typedef struct _PusherTestChannel PusherTestChannel;

PusherTestChannel *pusher_test_channel_new        (const char        *name);
void               pusher_test_channel_free       (PusherTestChannel *self);
const char        *pusher_test_channel_get_name   (PusherTestChannel *self);
guint              pusher_test_channel_get_n_subscribers
                                                  (PusherTestChannel *self);
void               pusher_test_channel_add        (PusherTestChannel *self,
                                                   PusherTestPeer    *peer);
void               pusher_test_channel_remove     (PusherTestChannel *self,
                                                   PusherTestPeer    *peer);
guint              pusher_test_channel_publish    (PusherTestChannel *self,
                                                   const char        *event,
                                                   const char        *data_json,
                                                   const char        *except_id);

G_END_DECLS
