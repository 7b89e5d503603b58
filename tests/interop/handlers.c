/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What happens at a client is told. */

#include "handlers.h"

#include "members.h"
#include "tell.h"

static void
state_cb (PusherClient *client)
{
  JsonBuilder *builder = begin ("state");

  add_enum (builder, "state", PUSHER_TYPE_CONNECTION_STATE, pusher_client_get_state (client));
  add_error (builder, pusher_client_get_last_error (client));
  tell (builder);
}

static void
socket_id_cb (PusherClient *client)
{
  JsonBuilder *builder = begin ("socket-id");

  add_string (builder, "socket_id", pusher_client_get_socket_id (client));
  tell (builder);
}

static void
error_cb (PusherClient *client,
          const GError *error)
{
  JsonBuilder *builder = begin ("error");

  add_error (builder, error);
  tell (builder);
}

static void
connecting_in_cb (PusherClient *client,
                  gint64        delay)
{
  JsonBuilder *builder = begin ("connecting-in");

  json_builder_set_member_name (builder, "microseconds");
  json_builder_add_int_value (builder, delay);
  tell (builder);
}

void
client_event_cb (PusherClient *client,
                 PusherEvent  *event,
                 const char   *via)
{
  tell_event (event, via);
}

void
channel_event_cb (PusherChannel *channel,
                  PusherEvent   *event,
                  const char    *via)
{
  tell_event (event, via);
}

static void
channel_state_cb (PusherChannel *channel)
{
  JsonBuilder *builder = begin_of_channel ("channel-state", channel);

  add_enum (builder, "state", PUSHER_TYPE_CHANNEL_STATE, pusher_channel_get_state (channel));
  tell (builder);
}

static void
subscription_succeeded_cb (PusherChannel *channel)
{
  tell (begin_of_channel ("subscribed", channel));
}

static void
subscription_error_cb (PusherChannel *channel,
                       const GError  *error)
{
  JsonBuilder *builder = begin_of_channel ("subscription-error", channel);

  add_error (builder, error);
  tell (builder);
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration)
{
  JsonBuilder *builder = begin_of_channel ("gap", channel);

  add_int (builder, "microseconds", duration);
  tell (builder);
}

static void
channel_error_cb (PusherChannel *channel,
                  const GError  *error)
{
  JsonBuilder *builder = begin_of_channel ("channel-error", channel);

  add_error (builder, error);
  tell (builder);
}

static void
cache_miss_cb (PusherChannel *channel)
{
  tell (begin_of_channel ("cache-miss", channel));
}

static void
signed_in_cb (PusherUser *user)
{
  JsonBuilder *builder = begin ("signed-in");

  add_boolean (builder, "signed_in", pusher_user_get_signed_in (user));
  add_string (builder, "id", pusher_user_get_id (user));
  add_string (builder, "data", pusher_user_get_data (user));
  tell (builder);
}

static void
sign_in_error_cb (PusherUser   *user,
                  const GError *error)
{
  JsonBuilder *builder = begin ("sign-in-error");

  add_error (builder, error);
  tell (builder);
}

static void
user_event_cb (PusherUser  *user,
               PusherEvent *event,
               const char  *via)
{
  tell_event (event, via);
}

void
listen_to_channel (PusherChannel *channel)
{
  g_signal_connect (channel, "notify::state", G_CALLBACK (channel_state_cb), NULL);
  g_signal_connect (channel, "subscription-succeeded",
                    G_CALLBACK (subscription_succeeded_cb), NULL);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (subscription_error_cb), NULL);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), NULL);
  g_signal_connect (channel, "error", G_CALLBACK (channel_error_cb), NULL);
  g_signal_connect (channel, "cache-miss", G_CALLBACK (cache_miss_cb), NULL);
  g_signal_connect (channel, "event", G_CALLBACK (channel_event_cb), (gpointer) "channel");
  if (PUSHER_IS_PRESENCE_CHANNEL (channel))
    listen_to_members (PUSHER_PRESENCE_CHANNEL (channel));
}

static void
listen_to_user (PusherUser *user)
{
  g_signal_connect (user, "notify::signed-in", G_CALLBACK (signed_in_cb), NULL);
  g_signal_connect (user, "sign-in-error", G_CALLBACK (sign_in_error_cb), NULL);
  g_signal_connect (user, "event", G_CALLBACK (user_event_cb), (gpointer) "user");
}

void
listen_to_client (PusherClient *client)
{
  g_signal_connect (client, "notify::state", G_CALLBACK (state_cb), NULL);
  g_signal_connect (client, "notify::socket-id", G_CALLBACK (socket_id_cb), NULL);
  g_signal_connect (client, "error", G_CALLBACK (error_cb), NULL);
  g_signal_connect (client, "connecting-in", G_CALLBACK (connecting_in_cb), NULL);
  listen_to_user (pusher_client_get_user (client));
}
