/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "truths.h"

#include "channels/pusher-presence-channel.h"
#include "client/pusher-client.h"
#include "event/pusher-event.h"
#include "protocol/pusher-user-messages-private.h"
#include "world.h"

#include <string.h>

/* --- Channels ------------------------------------------------------------ */

static void
check_state (PusherChannel     *channel,
             PusherChannelState state,
             const char        *signal)
{
  world_check (pusher_channel_get_state (channel) == state, "“%s” emits %s in state %d",
               pusher_channel_get_name (channel), signal, pusher_channel_get_state (channel));
}

static void
succeeded_cb (PusherChannel *channel)
{
  check_state (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED, "subscription-succeeded");
}

static void
subscription_error_cb (PusherChannel *channel)
{
  check_state (channel, PUSHER_CHANNEL_STATE_FAILED, "subscription-error");
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration)
{
  check_state (channel, PUSHER_CHANNEL_STATE_SUBSCRIBED, "gap");
  world_check (duration >= 0, "“%s” has a gap of %" G_GINT64_FORMAT " µs",
               pusher_channel_get_name (channel), duration);
}

static void
cache_miss_cb (PusherChannel *channel)
{
  world_check (pusher_channel_get_state (channel) != PUSHER_CHANNEL_STATE_UNSUBSCRIBED,
               "“%s” emits cache-miss and is unsubscribed", pusher_channel_get_name (channel));
}

/* The server numbers some events: none comes twice, or before an earlier one. */
static void
check_number (PusherEvent *event,
              gint64      *last)
{
  gint64 number;

  if (!g_str_equal (pusher_event_get_name (event), WORLD_NUMBERED_EVENT))
    return;

  number = world_get_number (pusher_event_get_data (event));
  world_check (number > *last, "“%s” emits event %" G_GINT64_FORMAT " after %" G_GINT64_FORMAT,
               pusher_event_get_channel_name (event), number, *last);
  *last = number;
  if (world.expected == number)
    world.expected = 0;
}

static void
channel_event_cb (PusherChannel *channel,
                  PusherEvent   *event,
                  gint64        *last)
{
  const char *name = pusher_channel_get_name (channel);

  world_check (pusher_channel_get_state (channel) != PUSHER_CHANNEL_STATE_UNSUBSCRIBED,
               "“%s” emits an event and is unsubscribed", name);
  world_check (g_strcmp0 (pusher_event_get_channel_name (event), name) == 0,
               "“%s” emits an event of another channel", name);
  check_number (event, last);
}

/* --- Members ------------------------------------------------------------- */

static void
check_member (PusherPresenceChannel *channel,
              PusherMember          *member,
              gboolean               here,
              const char            *signal)
{
  const char *id = pusher_member_get_id (member);

  world_check ((pusher_presence_channel_get_member (channel, id) == member) == here,
               "“%s” emits %s of %s, who is %s there",
               pusher_channel_get_name (PUSHER_CHANNEL (channel)), signal, id,
               here ? "not" : "still");
}

static void
member_added_cb (PusherPresenceChannel *channel,
                 PusherMember          *member)
{
  check_member (channel, member, TRUE, "member-added");
}

static void
member_removed_cb (PusherPresenceChannel *channel,
                   PusherMember          *member)
{
  check_member (channel, member, FALSE, "member-removed");
}

static void
member_changed_cb (PusherPresenceChannel *channel,
                   PusherMember          *member)
{
  check_member (channel, member, TRUE, "member-changed");
}

/* --- The user and the client --------------------------------------------- */

static void
user_event_cb (PusherUser  *user,
               PusherEvent *event,
               gint64      *last)
{
  const char *id = pusher_user_get_id (user);
  const char *channel = pusher_event_get_channel_name (event);

  world_check (id != NULL, "the user emits an event, and is nobody");
  world_check (g_str_has_prefix (channel, PUSHER_USER_CHANNEL_PREFIX) &&
                 g_str_equal (channel + strlen (PUSHER_USER_CHANNEL_PREFIX), id),
               "user %s emits an event of “%s”", id, channel);
  check_number (event, last);
}

static void
online_cb (PusherUser *user,
           const char *id)
{
  world_check (pusher_user_is_online (user, id), "the user emits online, and %s is not", id);
}

static void
offline_cb (PusherUser *user,
            const char *id)
{
  world_check (!pusher_user_is_online (user, id), "the user emits offline, and %s is not", id);
}

static void
sign_in_error_cb (PusherUser *user)
{
  world_check (!pusher_user_get_signed_in (user), "a sign-in has failed, and has not");
}

static void
connecting_in_cb (PusherClient *client)
{
  world_check (pusher_client_get_retry_at (client) != 0,
               "the client emits connecting-in, and waits for nothing");
}

/* --- */

static void
connect_event (gpointer  object,
               GCallback callback)
{
  gint64 *last = g_new0 (gint64, 1);

  g_object_set_data_full (object, "last", last, g_free);
  g_signal_connect (object, "event", callback, last);
}

static void
connect_channel (gpointer channel)
{
  connect_event (channel, G_CALLBACK (channel_event_cb));
  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (succeeded_cb), NULL);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (subscription_error_cb), NULL);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), NULL);
  g_signal_connect (channel, "cache-miss", G_CALLBACK (cache_miss_cb), NULL);
  if (!PUSHER_IS_PRESENCE_CHANNEL (channel))
    return;

  g_signal_connect (channel, "member-added", G_CALLBACK (member_added_cb), NULL);
  g_signal_connect (channel, "member-removed", G_CALLBACK (member_removed_cb), NULL);
  g_signal_connect (channel, "member-changed", G_CALLBACK (member_changed_cb), NULL);
}

void
truths_connect (gpointer object)
{
  if (PUSHER_IS_CHANNEL (object))
    {
      connect_channel (object);
    }
  else if (PUSHER_IS_USER (object))
    {
      connect_event (object, G_CALLBACK (user_event_cb));
      g_signal_connect (object, "online", G_CALLBACK (online_cb), NULL);
      g_signal_connect (object, "offline", G_CALLBACK (offline_cb), NULL);
      g_signal_connect (object, "sign-in-error", G_CALLBACK (sign_in_error_cb), NULL);
    }
  else if (PUSHER_IS_CLIENT (object))
    {
      g_signal_connect (object, "connecting-in", G_CALLBACK (connecting_in_cb), NULL);
    }
}
