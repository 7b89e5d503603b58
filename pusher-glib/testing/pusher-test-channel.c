/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A channel that has subscribers. */

#include "config.h"

#include "pusher-test-channel-private.h"

#include "protocol/pusher-message-private.h"

struct _PusherTestChannel
{
  char *name;
  GPtrArray *subscribers; /* of unowned PusherTestPeer */
};

PusherTestChannel *
pusher_test_channel_new (const char *name)
{
  PusherTestChannel *self = g_new0 (PusherTestChannel, 1);

  self->name = g_strdup (name);
  self->subscribers = g_ptr_array_new ();

  return self;
}

void
pusher_test_channel_free (PusherTestChannel *self)
{
  g_ptr_array_unref (self->subscribers);
  g_free (self->name);
  g_free (self);
}

const char *
pusher_test_channel_get_name (PusherTestChannel *self)
{
  return self->name;
}

guint
pusher_test_channel_get_n_subscribers (PusherTestChannel *self)
{
  return self->subscribers->len;
}

void
pusher_test_channel_add (PusherTestChannel *self,
                         PusherTestPeer    *peer)
{
  g_ptr_array_add (self->subscribers, peer);
}

void
pusher_test_channel_remove (PusherTestChannel *self,
                            PusherTestPeer    *peer)
{
  g_ptr_array_remove (self->subscribers, peer);
}

/*
 * pusher_test_channel_publish:
 * @data_json: (nullable): the data as a JSON text
 * @except_id: (nullable): the socket id of a subscriber that is left out
 *
 * Returns: the number of subscribers that it was sent to
 */
guint
pusher_test_channel_publish (PusherTestChannel *self,
                             const char        *event,
                             const char        *data_json,
                             const char        *except_id)
{
  g_autofree char *text = pusher_message_encode (event, self->name, data_json);
  guint n_receivers = 0;

  for (guint i = 0; i < self->subscribers->len; i++)
    {
      PusherTestPeer *peer = g_ptr_array_index (self->subscribers, i);

      if (g_strcmp0 (pusher_test_peer_get_id (peer), except_id) == 0 ||
          !pusher_test_peer_is_open (peer))
        continue;

      pusher_test_peer_send_text (peer, text);
      n_receivers++;
    }

  return n_receivers;
}
