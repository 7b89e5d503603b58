/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#define PUSHER_GLIB_INSIDE

#include <pusher-glib/channels/pusher-channel.h>
#include <pusher-glib/pusher-client.h>
#include <pusher-glib/pusher-enum-types.h>
#include <pusher-glib/pusher-enums.h>
#include <pusher-glib/pusher-error.h>
#include <pusher-glib/pusher-event.h>
#include <pusher-glib/pusher-version-macros.h>
#include <pusher-glib/pusher-version.h>

#undef PUSHER_GLIB_INSIDE
