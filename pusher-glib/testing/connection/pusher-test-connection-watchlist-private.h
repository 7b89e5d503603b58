/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-connection-types-private.h"

G_BEGIN_DECLS

void pusher_test_connection_go_online  (PusherTestConnection *self);
void pusher_test_connection_go_offline (PusherTestConnection *self);

G_END_DECLS
