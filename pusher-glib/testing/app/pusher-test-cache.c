/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The last event of each cache channel, also while nobody is subscribed. */

#include "config.h"

#include "pusher-test-cache-private.h"

#include "protocol/pusher-channel-name-private.h"

struct _PusherTestCache
{
  GHashTable *messages; /* channel → the message with the last event */
};

PusherTestCache *
pusher_test_cache_new (void)
{
  PusherTestCache *self = g_new0 (PusherTestCache, 1);

  self->messages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  return self;
}

void
pusher_test_cache_free (PusherTestCache *self)
{
  g_hash_table_unref (self->messages);
  g_free (self);
}

void
pusher_test_cache_keep (PusherTestCache *self,
                        const char      *channel,
                        const char      *text)
{
  if (pusher_channel_name_is_cache (channel))
    g_hash_table_replace (self->messages, g_strdup (channel), g_strdup (text));
}

/* Tells a new subscriber what was last. */
void
pusher_test_cache_replay (PusherTestCache *self,
                          const char      *channel,
                          PusherTestPeer  *peer)
{
  const char *text = g_hash_table_lookup (self->messages, channel);

  if (text != NULL)
    pusher_test_peer_send_text (peer, text);
  else if (pusher_channel_name_is_cache (channel))
    pusher_test_peer_send_event (peer, "pusher:cache_miss", channel, NULL);
}
