/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A channel that has subscribers. */

#include "config.h"

#include "pusher-test-channel-private.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-message-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "pusher-test-snapshot-private.h"

typedef struct
{
  PusherTestPeer *peer;     /* unowned */
  PusherTestMember *member; /* nullable: of presence channels */
} Subscriber;

struct _PusherTestChannel
{
  char *name;
  PusherTestFlavor flavor;
  GPtrArray *subscribers; /* of Subscriber, in the order in which they came */
};

static void
subscriber_free (gpointer data)
{
  Subscriber *subscriber = data;

  g_clear_pointer (&subscriber->member, pusher_test_member_free);
  g_free (subscriber);
}

PusherTestChannel *
pusher_test_channel_new (const char      *name,
                         PusherTestFlavor flavor)
{
  PusherTestChannel *self = g_new0 (PusherTestChannel, 1);

  self->name = g_strdup (name);
  self->flavor = flavor;
  self->subscribers = g_ptr_array_new_with_free_func (subscriber_free);

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

static Subscriber *
find_subscriber (PusherTestChannel *self,
                 PusherTestPeer    *peer,
                 guint             *index)
{
  for (*index = 0; *index < self->subscribers->len; (*index)++)
    {
      Subscriber *subscriber = g_ptr_array_index (self->subscribers, *index);

      if (subscriber->peer == peer)
        return subscriber;
    }

  return NULL;
}

/* Returns: (nullable): what a subscriber of a presence channel is */
const PusherTestMember *
pusher_test_channel_find_member (PusherTestChannel *self,
                                 PusherTestPeer    *peer)
{
  guint index;
  const Subscriber *subscriber = find_subscriber (self, peer, &index);

  return subscriber != NULL ? subscriber->member : NULL;
}

/* Returns: (transfer container): each member once, as a user may have several
 * connections */
static GPtrArray *
list_members (PusherTestChannel *self)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *members = g_ptr_array_new ();

  for (guint i = 0; i < self->subscribers->len; i++)
    {
      const Subscriber *subscriber = g_ptr_array_index (self->subscribers, i);

      if (subscriber->member != NULL && g_hash_table_add (seen, subscriber->member->id))
        g_ptr_array_add (members, subscriber->member);
    }

  return members;
}

/* Returns: (transfer full): the ids of the members */
char **
pusher_test_channel_list_members (PusherTestChannel *self)
{
  g_autoptr (GPtrArray) members = list_members (self);
  char **ids = g_new0 (char *, members->len + 1);

  for (guint i = 0; i < members->len; i++)
    ids[i] = g_strdup (((const PusherTestMember *) g_ptr_array_index (members, i))->id);

  return ids;
}

static gboolean
has_member (PusherTestChannel *self,
            const char        *id)
{
  g_auto (GStrv) ids = pusher_test_channel_list_members (self);

  return g_strv_contains ((const char *const *) ids, id);
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
      PusherTestPeer *peer = ((const Subscriber *) g_ptr_array_index (self->subscribers, i))->peer;

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
  g_autofree char *data_json = pusher_json_quote (data);

  return pusher_message_encode (event, self->name, data_json);
}

/* Returns: (transfer full): the message */
static char *
send_internal (PusherTestChannel *self,
               const char        *event,
               const char        *data,
               const char        *except_id)
{
  char *text = encode_internal (self, event, data);

  pusher_test_channel_send (self, text, except_id);

  return text;
}

void
pusher_test_channel_send_count (PusherTestChannel *self)
{
  g_autoptr (GString) data = g_string_new (NULL);

  pusher_json_begin_object (data, NULL);
  pusher_json_add_int (data, "subscription_count", self->subscribers->len);
  pusher_json_end_object (data);

  if (!pusher_test_flavor_is_presence (self->flavor, self->name))
    g_free (send_internal (self, "pusher_internal:subscription_count", data->str, NULL));
}

/* Whether others are not told of this one: to PHP, a “0” is nobody. */
static gboolean
is_nobody (PusherTestChannel *self,
           const char        *id)
{
  return self->flavor == PUSHER_TEST_FLAVOR_REVERB && g_str_equal (id, "0");
}

/* Returns: whether it was told */
static gboolean
confirm_member (PusherTestChannel *self,
                PusherTestPeer    *peer)
{
  g_autoptr (GPtrArray) members = list_members (self);
  g_autofree char *data = pusher_test_snapshot_write (members, self->flavor);
  g_autofree char *answer = NULL;

  if (data == NULL)
    return FALSE;

  answer = encode_internal (self, PUSHER_MESSAGE_SUBSCRIBED, data);
  pusher_test_peer_send_text (peer, answer);

  return TRUE;
}

static gboolean
confirm (PusherTestChannel *self,
         PusherTestPeer    *peer)
{
  if (pusher_test_flavor_is_presence (self->flavor, self->name))
    return confirm_member (self, peer);

  pusher_test_peer_send_event (peer, PUSHER_MESSAGE_SUBSCRIBED, self->name,
                               self->flavor == PUSHER_TEST_FLAVOR_SOKETI ? NULL : "\"{}\"");

  return TRUE;
}

/*
 * pusher_test_channel_add:
 * @member: (nullable) (transfer full): of a presence channel
 *
 * Adds a subscriber, unless it is one already, and tells it and the others.
 *
 * Returns: whether it was told: some servers fail to tell of some members
 */
gboolean
pusher_test_channel_add (PusherTestChannel *self,
                         PusherTestPeer    *peer,
                         PusherTestMember  *member)
{
  gboolean is_new = member != NULL &&
                    (!has_member (self, member->id) || is_nobody (self, member->id));
  gboolean told;
  guint index;
  Subscriber *subscriber = find_subscriber (self, peer, &index);

  if (subscriber == NULL)
    {
      subscriber = g_new0 (Subscriber, 1);
      subscriber->peer = peer;
      g_ptr_array_add (self->subscribers, subscriber);
    }
  g_clear_pointer (&subscriber->member, pusher_test_member_free);
  subscriber->member = member;

  told = confirm (self, peer);
  if (is_new)
    {
      g_autofree char *added = pusher_test_member_describe (member, TRUE);

      g_free (send_internal (self, "pusher_internal:member_added", added,
                             pusher_test_peer_get_id (peer)));
    }

  return told;
}

/*
 * pusher_test_channel_remove:
 * @quiet: whether the others are not told
 *
 * Returns: (nullable) (transfer full): the message that tells them
 */
char *
pusher_test_channel_remove (PusherTestChannel *self,
                            PusherTestPeer    *peer,
                            gboolean           quiet)
{
  g_autoptr (PusherTestMember) member = NULL;
  g_autofree char *removed = NULL;
  guint index;
  Subscriber *subscriber = find_subscriber (self, peer, &index);

  if (subscriber == NULL)
    return NULL;

  member = g_steal_pointer (&subscriber->member);
  g_ptr_array_remove_index (self->subscribers, index);

  if (member == NULL || quiet || has_member (self, member->id) || is_nobody (self, member->id))
    return NULL;

  removed = pusher_test_member_describe (member, FALSE);

  return send_internal (self, "pusher_internal:member_removed", removed, NULL);
}
