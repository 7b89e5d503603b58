/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What servers make of the names of channels. */

#include "config.h"

#include "pusher-test-flavor-private.h"

#include "protocol/pusher-channel-name-private.h"

gboolean
pusher_test_flavor_is_cache (PusherTestFlavor self,
                             const char      *channel)
{
  if (self != PUSHER_TEST_FLAVOR_REVERB)
    return pusher_channel_name_is_cache (channel);

  /* No encrypted ones */
  return g_str_has_prefix (channel, "cache") ||
         g_str_has_prefix (channel, "private-cache-") ||
         g_str_has_prefix (channel, "presence-cache-");
}

gboolean
pusher_test_flavor_is_presence (PusherTestFlavor self,
                                const char      *channel)
{
  if (self != PUSHER_TEST_FLAVOR_REVERB)
    return pusher_channel_name_get_kind (channel) == PUSHER_CHANNEL_KIND_PRESENCE;

  return g_str_has_prefix (channel, "presence");
}

gboolean
pusher_test_flavor_needs_auth (PusherTestFlavor self,
                               const char      *channel)
{
  if (self != PUSHER_TEST_FLAVOR_REVERB)
    return pusher_channel_name_get_kind (channel) != PUSHER_CHANNEL_KIND_PUBLIC;

  return g_str_has_prefix (channel, "private") || g_str_has_prefix (channel, "presence");
}

/* Whether it can tell how many subscribers a channel has. */
gboolean
pusher_test_flavor_has_counts (PusherTestFlavor self)
{
  return self == PUSHER_TEST_FLAVOR_PUSHER;
}
