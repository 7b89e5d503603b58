/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-flavor-private.h"
#include "pusher-test-member-private.h"

G_BEGIN_DECLS

char *pusher_test_snapshot_write (GPtrArray       *members,
                                  PusherTestFlavor flavor);

G_END_DECLS
