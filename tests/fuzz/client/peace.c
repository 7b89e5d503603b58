/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "peace.h"

#include "application.h"
#include "channels/pusher-presence-channel.h"
#include "client/pusher-client-types-private.h"
#include "connection/pusher-connection-status-private.h"
#include "event/pusher-event.h"
#include "server.h"
#include "user/pusher-user-sign-in-private.h"
#include "watch.h"
#include "world.h"

/* Longer than the longest delay of a reconnect, of another try, and of a new key */
#define STEP (31 * (gint64) G_USEC_PER_SEC)
#define N_STEPS 8

/* The server has objected to the pace so often that it takes hours. */
#define MAX_STEPS 2000

static gboolean
is_waiting (void)
{
  PusherClient *client = application_get_client ();
  GListModel *channels = client != NULL ? pusher_client_get_channels (client) : NULL;

  for (guint i = 0; channels != NULL && i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      if (pusher_channel_get_state (channel) != PUSHER_CHANNEL_STATE_SUBSCRIBED ||
          pusher_channel_get_outbox_length (channel) > 0 ||
          pusher_channel_get_catching_up (channel))
        return TRUE;
    }

  return client != NULL && pusher_user_is_pending (pusher_client_get_user (client));
}

static void
settle (void)
{
  for (guint i = 0; i < N_STEPS || (i < MAX_STEPS && is_waiting ()); i++)
    {
      application_make_peace ();
      server_make_peace ();
      world_settle ();
      world_advance (STEP);
      world_settle ();
    }
}

static PusherTransport *
find_transport (void)
{
  PusherTransport *found = NULL;

  for (guint i = 0; i < world.transports->len; i++)
    if (mock_transport_is_open (world.transports->pdata[i]))
      {
        const char *id = mock_transport_get_model (world.transports->pdata[i])->socket_id;
        const char *ours = pusher_client_get_socket_id (application_get_client ());

        if (g_strcmp0 (id, ours) == 0)
          found = world.transports->pdata[i];
      }

  return found;
}

/* Whatever it has learned from silences, it pings as often as was agreed upon, and not all
 * the time. */
static void
check_heartbeat (PusherTransport *transport)
{
  const PusherLiveness *liveness =
    &pusher_client_get_connection (application_get_client ())->liveness;
  Model *model = mock_transport_get_model (transport);
  guint n_pinged = model->n_pinged;
  gint64 interval = liveness->interval;

  world_check (interval <= liveness->activity_timeout &&
                 interval >= MIN (liveness->activity_timeout, PUSHER_HEARTBEAT_MIN_INTERVAL),
               "the client pings after %" G_GINT64_FORMAT " µs", interval);
  world_advance (interval);
  world_settle ();
  world_check (model->n_pinged > n_pinged, "the client does not ping");
}

/* --- What the client has ------------------------------------------------- */

static void
check_members (PusherPresenceChannel *channel,
               Subscription          *subscription)
{
  GListModel *members = pusher_presence_channel_get_members (channel);
  PusherMember *me = pusher_presence_channel_get_me (channel);
  const char *name = subscription->name;
  gboolean here = subscription->my_id != NULL &&
                  g_hash_table_contains (subscription->members, subscription->my_id);

  world_check (g_list_model_get_n_items (members) == g_hash_table_size (subscription->members),
               "“%s” has %u members instead of %u", name, g_list_model_get_n_items (members),
               g_hash_table_size (subscription->members));
  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (PusherMember) member = g_list_model_get_item (members, i);
      const char *id = pusher_member_get_id (member);
      gpointer info;

      world_check (g_hash_table_lookup_extended (subscription->members, id, NULL, &info),
                   "“%s” has a member %s who is not there", name, id);
      world_check (g_strcmp0 (info, pusher_member_get_info (member)) == 0,
                   "“%s” has another info for %s", name, id);
    }

  world_check ((me != NULL) == here, "“%s” does not know who the client is", name);
  if (here)
    world_check (g_strcmp0 (pusher_member_get_id (me), subscription->my_id) == 0,
                 "“%s” thinks that the client is %s", name, pusher_member_get_id (me));
}

static void
check_channel (PusherChannel *channel,
               Model         *model)
{
  const char *name = pusher_channel_get_name (channel);
  Subscription *subscription = model_find (model, name);

  world_check (pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED,
               "“%s” is in state %d in the end", name, pusher_channel_get_state (channel));
  world_check (subscription != NULL && subscription->subscribed,
               "“%s” is subscribed for the client only", name);
  world_check (pusher_channel_get_outbox_length (channel) == 0, "“%s” keeps client events for ever",
               name);
  world_check (!pusher_channel_get_catching_up (channel), "“%s” catches up for ever", name);
  if (PUSHER_IS_PRESENCE_CHANNEL (channel))
    check_members (PUSHER_PRESENCE_CHANNEL (channel), subscription);
}

static void
check_channels (Model *model)
{
  PusherClient *client = application_get_client ();
  GListModel *channels = pusher_client_get_channels (client);
  GHashTableIter iter;
  Subscription *subscription;

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);

      check_channel (channel, model);
    }

  g_hash_table_iter_init (&iter, model->subscriptions);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &subscription))
    if (subscription->subscribed && *subscription->name != '#')
      world_check (pusher_client_get_channel (client, subscription->name) != NULL,
                   "“%s” is subscribed for the server only", subscription->name);
}

static void
check_user (Model *model)
{
  PusherUser *user = pusher_client_get_user (application_get_client ());
  const char *id = pusher_user_get_id (user);

  world_check (g_strcmp0 (id, model->user_id) == 0, "the user is %s instead of %s", id,
               model->user_id);
  world_check (pusher_user_get_signed_in (user) == (id != NULL), "the user is signed in or not");
  for (guint i = 0; i < N_USER_IDS; i++)
    world_check (pusher_user_is_online (user, world_user_ids[i]) ==
                   g_hash_table_contains (model->online, world_user_ids[i]),
                 "user %s is online or not", world_user_ids[i]);
}

/* --- Whether events still come ------------------------------------------- */

static void
last_cb (PusherChannel *channel,
         PusherEvent   *event,
         guint         *n_heard)
{
  (*n_heard)++;
}

static void
check_events (PusherTransport *transport)
{
  GListModel *channels = pusher_client_get_channels (application_get_client ());

  for (guint i = 0; i < g_list_model_get_n_items (channels); i++)
    {
      g_autoptr (PusherChannel) channel = g_list_model_get_item (channels, i);
      guint n_heard = 0;
      gulong handler =
        g_signal_connect (channel, "event::last", G_CALLBACK (last_cb), &n_heard);

      server_tick (transport, pusher_channel_get_name (channel));
      world_settle ();
      world_check (n_heard == 1, "“%s” hears an event %u times", pusher_channel_get_name (channel),
                   n_heard);
      g_signal_handler_disconnect (channel, handler);
    }
}

void
peace_make (void)
{
  PusherTransport *transport;

  world.peace = TRUE;
  settle ();
  watch_check ();
  if (application_get_client () == NULL)
    return;

  world_check (pusher_client_get_state (application_get_client ()) ==
                 PUSHER_CONNECTION_STATE_CONNECTED, "the client is not connected");
  transport = find_transport ();
  world_check (transport != NULL, "the client has no connection");
  check_channels (mock_transport_get_model (transport));
  check_user (mock_transport_get_model (transport));
  check_events (transport);
  check_heartbeat (transport);
  watch_check ();
}
