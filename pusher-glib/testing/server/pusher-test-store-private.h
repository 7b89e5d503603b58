/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "pusher-test-store.h"
#include "testing/app/pusher-test-app-private.h"

G_BEGIN_DECLS

PusherTestStore *pusher_test_store_new      (PusherTestApp     *app);
gboolean         pusher_test_store_handle   (PusherTestStore   *self,
                                             SoupServerMessage *message);
void             pusher_test_store_set_port (PusherTestStore   *self,
                                             guint              port);
void             pusher_test_store_close    (PusherTestStore   *self);

G_END_DECLS
