/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

/* Messages of a server, whose data is JSON. */
#define MESSAGE(event, data) "{\"event\":\"" event "\",\"data\":" data "}"
#define MESSAGE_ON(channel, event, data) \
  "{\"event\":\"" event "\",\"channel\":\"" channel "\",\"data\":" data "}"

#define SUBSCRIBED(channel) \
  "{\"event\":\"pusher_internal:subscription_succeeded\",\"channel\":\"" channel "\"}"
#define SUBSCRIPTION_ERROR(channel)                 \
  MESSAGE_ON (channel, "pusher:subscription_error", \
              "{\"type\":\"LimitReached\",\"error\":\"too many\",\"status\":4100}")
