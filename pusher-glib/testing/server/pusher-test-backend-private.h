/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "pusher-test-backend.h"
#include "testing/app/pusher-test-app-private.h"

G_BEGIN_DECLS

gboolean pusher_test_backend_handle   (PusherTestBackend *self,
                                       SoupServerMessage *message,
                                       PusherTestApp     *app);
void     pusher_test_backend_set_port (PusherTestBackend *self,
                                       guint              port);
void     pusher_test_backend_close    (PusherTestBackend *self);

G_END_DECLS
