/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#define PUSHER_TEST_INSIDE
#include <pusher-glib/testing/app/pusher-test-enum-types.h>
#include <pusher-glib/testing/app/pusher-test-flavor.h>
#include <pusher-glib/testing/app/pusher-test-macros.h>
#include <pusher-glib/testing/server/pusher-test-backend.h>
#include <pusher-glib/testing/server/pusher-test-faults.h>
#include <pusher-glib/testing/server/pusher-test-server.h>
#include <pusher-glib/testing/server/pusher-test-store.h>
#undef PUSHER_TEST_INSIDE
