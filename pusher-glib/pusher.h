/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#define PUSHER_GLIB_INSIDE

#include <pusher-glib/auth/pusher-authorization-request.h>
#include <pusher-glib/auth/pusher-authorizer.h>
#include <pusher-glib/auth/pusher-http-authorizer.h>
#include <pusher-glib/auth/pusher-secret-authorizer.h>
#include <pusher-glib/backfill/pusher-backfill-request.h>
#include <pusher-glib/backfill/pusher-backfill.h>
#include <pusher-glib/backfill/pusher-http-backfill.h>
#include <pusher-glib/base/pusher-enum-types.h>
#include <pusher-glib/base/pusher-enums.h>
#include <pusher-glib/base/pusher-error.h>
#include <pusher-glib/base/pusher-version-macros.h>
#include <pusher-glib/base/pusher-version.h>
#include <pusher-glib/channels/pusher-channel.h>
#include <pusher-glib/channels/pusher-encrypted-channel.h>
#include <pusher-glib/channels/pusher-member.h>
#include <pusher-glib/channels/pusher-presence-channel.h>
#include <pusher-glib/client/pusher-client.h>
#include <pusher-glib/client/pusher-metrics.h>
#include <pusher-glib/event/pusher-event.h>
#include <pusher-glib/user/pusher-user.h>

#undef PUSHER_GLIB_INSIDE
