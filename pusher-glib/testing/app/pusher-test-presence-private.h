/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-member-private.h"
#include "testing/wire/pusher-test-peer-private.h"

G_BEGIN_DECLS

typedef struct _PusherTestPresence PusherTestPresence;

PusherTestPresence     *pusher_test_presence_new      (void);
void                    pusher_test_presence_free     (PusherTestPresence *self);
gboolean                pusher_test_presence_add      (PusherTestPresence *self,
                                                       PusherTestPeer     *peer,
                                                       PusherTestMember   *member);
PusherTestMember       *pusher_test_presence_remove   (PusherTestPresence *self,
                                                       PusherTestPeer     *peer);
const PusherTestMember *pusher_test_presence_find     (PusherTestPresence *self,
                                                       PusherTestPeer     *peer);
char                   *pusher_test_presence_snapshot (PusherTestPresence *self);
char                  **pusher_test_presence_list_ids (PusherTestPresence *self);

char *pusher_test_presence_added_data   (const PusherTestMember *member);
char *pusher_test_presence_removed_data (const PusherTestMember *member);

G_END_DECLS
