/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A channel that has subscribers. */

#include "config.h"

#include "pusher-test-channel-private.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-message-private.h"
#include "protocol/pusher-subscription-messages-private.h"

struct _PusherTestChannel
{
  char *name;
  GPtrArray *subscribers;       /* of unowned PusherTestPeer */
  PusherTestPresence *presence; /* nullable: of presence channels */
};

PusherTestChannel *
pusher_test_channel_new (const char *name)
{
  PusherTestChannel *self = g_new0 (PusherTestChannel, 1);

  self->name = g_strdup (name);
  self->subscribers = g_ptr_array_new ();
  if (pusher_channel_name_get_kind (name) == PUSHER_CHANNEL_KIND_PRESENCE)
    self->presence = pusher_test_presence_new ();

  return self;
}

void
pusher_test_channel_free (PusherTestChannel *self)
{
  g_clear_pointer (&self->presence, pusher_test_presence_free);
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

/* Returns: (transfer full): the ids of the users in a presence channel */
char **
pusher_test_channel_list_members (PusherTestChannel *self)
{
  return self->presence != NULL ? pusher_test_presence_list_ids (self->presence)
                                : g_new0 (char *, 1);
}

/* Returns: (nullable): who a subscriber of a presence channel is */
const PusherTestMember *
pusher_test_channel_find_member (PusherTestChannel *self,
                                 PusherTestPeer    *peer)
{
  return self->presence != NULL ? pusher_test_presence_find (self->presence, peer) : NULL;
}

/*
 * pusher_test_channel_send:
 * @text: a message
 * @except_id: (nullable): the socket id of a subscriber that is left out
 *
 * Returns: the number of subscribers that it was sent to
 */
guint
pusher_test_channel_send (PusherTestChannel *self,
                          const char        *text,
                          const char        *except_id)
{
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

/* Its data is JSON in a string, as that of everything internal. */
static char *
encode_internal (PusherTestChannel *self,
                 const char        *event,
                 const char        *data)
{
  g_autoptr (GString) string = g_string_new (NULL);

  pusher_json_append_string (string, data);

  return pusher_message_encode (event, self->name, string->str);
}

static void
send_internal (PusherTestChannel *self,
               const char        *event,
               const char        *data,
               const char        *except_id)
{
  g_autofree char *text = encode_internal (self, event, data);

  pusher_test_channel_send (self, text, except_id);
}

void
pusher_test_channel_send_count (PusherTestChannel *self)
{
  g_autofree char *data = g_strdup_printf ("{\"subscription_count\":%u}",
                                           self->subscribers->len);

  if (self->presence == NULL)
    send_internal (self, "pusher_internal:subscription_count", data, NULL);
}

/*
 * pusher_test_channel_add:
 * @member: (nullable) (transfer full): who it is, for a presence channel
 *
 * Adds a subscriber, and tells it and the others.
 */
void
pusher_test_channel_add (PusherTestChannel *self,
                         PusherTestPeer    *peer,
                         PusherTestMember  *member)
{
  gboolean is_new =
    self->presence != NULL && pusher_test_presence_add (self->presence, peer, member);
  g_autofree char *snapshot =
    self->presence != NULL ? pusher_test_presence_snapshot (self->presence) : g_strdup ("{}");
  g_autofree char *answer = encode_internal (self, PUSHER_MESSAGE_SUBSCRIBED, snapshot);

  g_ptr_array_add (self->subscribers, peer);
  pusher_test_peer_send_text (peer, answer);

  if (is_new)
    {
      g_autofree char *added = pusher_test_presence_added_data (member);

      send_internal (self, "pusher_internal:member_added", added,
                     pusher_test_peer_get_id (peer));
    }
}

/* @quiet: whether the others are not told */
void
pusher_test_channel_remove (PusherTestChannel *self,
                            PusherTestPeer    *peer,
                            gboolean           quiet)
{
  g_autoptr (PusherTestMember) gone = NULL;

  g_ptr_array_remove (self->subscribers, peer);
  if (self->presence != NULL)
    gone = pusher_test_presence_remove (self->presence, peer);

  if (gone != NULL && !quiet)
    {
      g_autofree char *removed = pusher_test_presence_removed_data (gone);

      send_internal (self, "pusher_internal:member_removed", removed, NULL);
    }
}
