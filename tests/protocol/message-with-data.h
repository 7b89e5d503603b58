/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "protocol/pusher-message-private.h"

#include <string.h>

/* A message with nothing but this data in it, which it does not own. */
static inline PusherMessage
message_with_data (const char *data)
{
  return (PusherMessage) {
    .event = "event",
    .channel = "presence-a",
    .data = data,
    .data_length = data != NULL ? strlen (data) : 0,
  };
}
