/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The members of presence channels. */

#include "members.h"

#include "tell.h"

static GPtrArray *remembered; /* of PusherMember */

static void
add_member (JsonBuilder  *builder,
            PusherMember *member)
{
  add_string (builder, "id", member != NULL ? pusher_member_get_id (member) : NULL);
  add_string (builder, "info", member != NULL ? pusher_member_get_info (member) : NULL);
}

static void
tell_change (const char    *type,
             PusherChannel *channel,
             PusherMember  *member)
{
  JsonBuilder *builder = begin_of_channel (type, channel);

  add_member (builder, member);
  tell (builder);
}

static void
member_added_cb (PusherChannel *channel,
                 PusherMember  *member)
{
  tell_change ("member-added", channel, member);
}

static void
member_removed_cb (PusherChannel *channel,
                   PusherMember  *member)
{
  tell_change ("member-removed", channel, member);
}

static void
member_changed_cb (PusherChannel *channel,
                   PusherMember  *member)
{
  tell_change ("member-changed", channel, member);
}

static void
items_changed_cb (GListModel    *members,
                  guint          position,
                  guint          removed,
                  guint          added,
                  PusherChannel *channel)
{
  JsonBuilder *builder = begin_of_channel ("items-changed", channel);

  add_int (builder, "position", position);
  add_int (builder, "removed", removed);
  add_int (builder, "added", added);
  tell (builder);
}

void
listen_to_members (PusherPresenceChannel *channel)
{
  g_signal_connect (channel, "member-added", G_CALLBACK (member_added_cb), NULL);
  g_signal_connect (channel, "member-removed", G_CALLBACK (member_removed_cb), NULL);
  g_signal_connect (channel, "member-changed", G_CALLBACK (member_changed_cb), NULL);
  g_signal_connect_object (pusher_presence_channel_get_members (channel), "items-changed",
                           G_CALLBACK (items_changed_cb), channel, 0);
}

/* The objects, of which tell_members() says whether they are still the same. */
void
remember_members (PusherPresenceChannel *channel)
{
  GListModel *members = pusher_presence_channel_get_members (channel);

  forget_members ();
  remembered = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    g_ptr_array_add (remembered, g_list_model_get_item (members, i));
}

void
forget_members (void)
{
  g_clear_pointer (&remembered, g_ptr_array_unref);
}

void
tell_members (PusherPresenceChannel *channel)
{
  GListModel *members = pusher_presence_channel_get_members (channel);
  PusherMember *me = pusher_presence_channel_get_me (channel);
  JsonBuilder *builder = begin_of_channel ("members", PUSHER_CHANNEL (channel));

  add_string (builder, "me", me != NULL ? pusher_member_get_id (me) : NULL);
  json_builder_set_member_name (builder, "members");
  json_builder_begin_array (builder);
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (PusherMember) member = g_list_model_get_item (members, i);

      json_builder_begin_object (builder);
      add_member (builder, member);
      add_boolean (builder, "same",
                   remembered != NULL && g_ptr_array_find (remembered, member, NULL));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  tell (builder);
}

void
tell_member (PusherPresenceChannel *channel,
             const char            *id)
{
  PusherMember *member = pusher_presence_channel_get_member (channel, id);
  g_autofree char *name = member != NULL ? pusher_member_get_field (member, "name") : NULL;
  JsonBuilder *builder = begin_of_channel ("member", PUSHER_CHANNEL (channel));

  add_boolean (builder, "found", member != NULL);
  add_member (builder, member);
  add_string (builder, "name", name);
  tell (builder);
}
