/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-flavor.h"

G_BEGIN_DECLS

gboolean pusher_test_flavor_is_cache     (PusherTestFlavor self,
                                          const char      *channel);
gboolean pusher_test_flavor_is_presence  (PusherTestFlavor self,
                                          const char      *channel);
gboolean pusher_test_flavor_needs_auth   (PusherTestFlavor self,
                                          const char      *channel);
gboolean pusher_test_flavor_has_counts   (PusherTestFlavor self);

G_END_DECLS
