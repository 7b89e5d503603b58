/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-flavor-private.h"
#include "pusher-test-member-private.h"
#include "testing/wire/pusher-test-peer-private.h"

G_BEGIN_DECLS

typedef struct _PusherTestChannel PusherTestChannel;

PusherTestChannel      *pusher_test_channel_new              (const char        *name,
                                                              PusherTestFlavor   flavor);
void                    pusher_test_channel_free             (PusherTestChannel *self);
const char             *pusher_test_channel_get_name         (PusherTestChannel *self);
guint                   pusher_test_channel_get_n_subscribers
                                                             (PusherTestChannel *self);
char                  **pusher_test_channel_list_members     (PusherTestChannel *self);
const PusherTestMember *pusher_test_channel_find_member      (PusherTestChannel *self,
                                                              PusherTestPeer    *peer);
gboolean                pusher_test_channel_add              (PusherTestChannel *self,
                                                              PusherTestPeer    *peer,
                                                              PusherTestMember  *member);
char                   *pusher_test_channel_remove           (PusherTestChannel *self,
                                                              PusherTestPeer    *peer,
                                                              gboolean           quiet);
void                    pusher_test_channel_send_count       (PusherTestChannel *self);
guint                   pusher_test_channel_send             (PusherTestChannel *self,
                                                              const char        *text,
                                                              const char        *except_id);

G_END_DECLS
