/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What goes between a client, its connection, its channels and its user. */

#include "config.h"

#include "pusher-client-private.h"

#include "base/pusher-error.h"
#include "event/pusher-event-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-housekeeping-private.h"
#include "protocol/pusher-subscription-private.h"

/* --- Channels ------------------------------------------------------------ */

static gboolean
is_connected (PusherClient *self)
{
  return pusher_connection_get_state (self->connection) == PUSHER_CONNECTION_STATE_CONNECTED;
}

static void
start_subscription (PusherClient  *self,
                    PusherChannel *channel)
{
  if (is_connected (self) &&
      !g_hash_table_contains (self->abandoned, pusher_channel_get_name (channel)))
    pusher_channel_connected (channel);
}

/* Takes up a channel that has no other one of its name in its way. Takes over the
 * reference to task, which may be NULL. Handlers may do anything meanwhile: this
 * fails if the channel is unsubscribed from when they have returned. */
gboolean
pusher_client_attach (PusherClient  *self,
                      PusherChannel *channel,
                      GTask         *task,
                      GError       **error)
{
  g_autoptr (PusherClient) held_self = g_object_ref (self);
  g_autoptr (PusherChannel) held_channel = g_object_ref (channel);
  const char *name = pusher_channel_get_name (channel);

  /* It is both pending and in the list before anybody hears of it. */
  g_object_freeze_notify (G_OBJECT (channel));
  pusher_channel_want (channel, task);
  if (pusher_keyed_list_lookup (self->channels, name) == NULL)
    pusher_keyed_list_add (self->channels, name, channel);
  g_object_thaw_notify (G_OBJECT (channel));
  start_subscription (self, channel);

  if (pusher_keyed_list_lookup (self->channels, name) != channel)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED,
                   "The channel “%s” was unsubscribed from meanwhile", name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
channel_attach (gpointer       owner,
                PusherChannel *channel,
                GError       **error)
{
  PusherClient *self = owner;
  const char *name = pusher_channel_get_name (channel);
  PusherChannel *present = pusher_keyed_list_lookup (self->channels, name);

  if (present != NULL && present != channel)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                   "The client has another channel “%s” by now", name);
      return FALSE;
    }

  return pusher_client_attach (self, channel, NULL, error);
}

static void
channel_detach (gpointer       owner,
                PusherChannel *channel,
                guint64        sent_as)
{
  PusherClient *self = owner;
  const char *name = pusher_channel_get_name (channel);

  if (sent_as != 0)
    g_hash_table_insert (self->abandoned, g_strdup (name), g_memdup2 (&sent_as, sizeof sent_as));
  pusher_keyed_list_remove (self->channels, name);
}

static void
channel_event (gpointer     owner,
               PusherEvent *event,
               GQuark       detail)
{
  pusher_client_emit_event (owner, event, detail);
}

static void
channel_error (gpointer      owner,
               const GError *error)
{
  g_signal_emit_by_name (owner, "error", error);
}

static PusherAuthorizer *
channel_get_authorizer (gpointer owner)
{
  return PUSHER_CLIENT (owner)->authorizer;
}

static const char *
channel_get_user_id (gpointer  owner,
                     gboolean *pending)
{
  PusherClient *self = owner;

  *pending = pusher_user_is_pending (self->user);

  return pusher_user_get_id (self->user);
}

const PusherChannelOwner pusher_client_channel_owner = {
  channel_attach,
  channel_detach,
  channel_event,
  channel_error,
  channel_get_authorizer,
  channel_get_user_id,
};

static void
answered_abandoned (PusherClient *self,
                    const char   *name)
{
  PusherChannel *channel = pusher_keyed_list_lookup (self->channels, name);

  g_hash_table_remove (self->abandoned, name);
  if (channel != NULL)
    start_subscription (self, channel);
}

/* The answer to a subscription that was given up: if the server accepted it, it
 * has to be undone; whoever wanted the channel again has waited for this. */
static gboolean
handle_abandoned (PusherClient        *self,
                  const PusherMessage *message)
{
  gboolean accepted = g_str_equal (message->event, PUSHER_MESSAGE_SUBSCRIBED);

  if (!accepted && !g_str_equal (message->event, PUSHER_MESSAGE_SUBSCRIPTION_ERROR) &&
      !g_str_equal (message->event, PUSHER_MESSAGE_ERROR))
    return FALSE;
  if (!g_hash_table_contains (self->abandoned, message->channel))
    return FALSE;

  if (accepted)
    {
      g_autofree char *text =
        pusher_subscription_encode (PUSHER_MESSAGE_UNSUBSCRIBE, message->channel, NULL, NULL);

      pusher_connection_send_soon (self->connection, text);
    }
  answered_abandoned (self, message->channel);

  return TRUE;
}

/* Some servers refuse a subscription without saying which. They answer in order,
 * so that it is the one that was sent first among those that can be refused. */
static gboolean
handle_nameless_refusal (PusherClient *self,
                         const GError *error)
{
  g_autoptr (GPtrArray) channels = NULL;
  g_autoptr (PusherChannel) refused = NULL;
  g_autofree char *abandoned_name = NULL;
  guint64 first = G_MAXUINT64;
  GHashTableIter iter;
  gpointer name, sent_as;

  if (!g_error_matches (error, PUSHER_SERVER_ERROR, PUSHER_SERVER_ERROR_UNAUTHORIZED))
    return FALSE;

  channels = pusher_keyed_list_copy (self->channels);
  for (guint i = 0; i < channels->len; i++)
    {
      PusherChannel *channel = channels->pdata[i];

      if (channel->sent_as != 0 && channel->sent_as < first &&
          pusher_channel_get_kind (channel) != PUSHER_CHANNEL_KIND_PUBLIC)
        {
          g_set_object (&refused, channel);
          first = channel->sent_as;
        }
    }

  g_hash_table_iter_init (&iter, self->abandoned);
  while (g_hash_table_iter_next (&iter, &name, &sent_as))
    if (*(guint64 *) sent_as < first &&
        pusher_channel_name_get_kind (name) != PUSHER_CHANNEL_KIND_PUBLIC)
      {
        g_free (abandoned_name);
        abandoned_name = g_strdup (name);
        first = *(guint64 *) sent_as;
      }

  if (abandoned_name != NULL)
    answered_abandoned (self, abandoned_name);
  else if (refused != NULL)
    pusher_channel_refuse (refused, error);

  return abandoned_name != NULL || refused != NULL;
}

static void
each_channel_connected (PusherClient *self)
{
  g_autoptr (GPtrArray) channels = NULL;

  /* The user first: presence channels may wait for the sign-in. */
  pusher_user_connected (self->user);

  channels = pusher_keyed_list_copy (self->channels);
  for (guint i = 0; i < channels->len; i++)
    start_subscription (self, channels->pdata[i]);
}

/* Whether there is an end to the attempts: then nobody waits any longer. */
static GError *
get_final_error (PusherClient *self)
{
  switch (pusher_connection_get_state (self->connection))
    {
    case PUSHER_CONNECTION_STATE_DISCONNECTED:
      return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, "The client was closed");
    case PUSHER_CONNECTION_STATE_FAILED:
      return g_error_copy (pusher_connection_get_last_error (self->connection));
    default:
      return NULL;
    }
}

static void
each_channel_disconnected (PusherClient *self)
{
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);
  g_autoptr (GError) final_error = get_final_error (self);

  g_hash_table_remove_all (self->abandoned);
  pusher_user_disconnected (self->user, final_error);
  for (guint i = 0; i < channels->len && !is_connected (self); i++)
    pusher_channel_disconnected (channels->pdata[i], final_error);
}

/* --- The user ------------------------------------------------------------ */

static PusherAuthorizer *
user_get_authenticator (gpointer owner)
{
  return PUSHER_CLIENT (owner)->user_authenticator;
}

static void
user_changed (gpointer owner)
{
  g_autoptr (PusherClient) self = g_object_ref (owner);
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);

  for (guint i = 0; i < channels->len; i++)
    pusher_channel_user_changed (channels->pdata[i]);
}

const PusherUserOwner pusher_client_user_owner = {
  user_get_authenticator,
  user_changed,
  channel_event,
};

/* --- What the connection reports ----------------------------------------- */

static void
connection_changed_cb (gpointer                owner,
                       PusherConnectionChanges changes)
{
  static const struct
  {
    PusherConnectionChanges change;
    const char *property;
  } notifications[] = {
    { PUSHER_CONNECTION_CHANGE_STATE, "state" },
    { PUSHER_CONNECTION_CHANGE_SOCKET_ID, "socket-id" },
    { PUSHER_CONNECTION_CHANGE_LAST_ERROR, "last-error" },
    { PUSHER_CONNECTION_CHANGE_RETRY_AT, "retry-at" },
  };
  g_autoptr (PusherClient) self = g_object_ref (owner);

  /* Channels first: whoever hears of a state finds them in it. */
  if (changes & (PUSHER_CONNECTION_CHANGE_STATE | PUSHER_CONNECTION_CHANGE_SOCKET_ID))
    {
      if (is_connected (self))
        each_channel_connected (self);
      else
        each_channel_disconnected (self);
    }

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (notifications); i++)
    if (changes & notifications[i].change)
      g_object_notify (G_OBJECT (self), notifications[i].property);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
connection_message_cb (gpointer       owner,
                       PusherMessage *message)
{
  g_autoptr (PusherClient) self = g_object_ref (owner);
  PusherChannel *channel = NULL;

  if ((message->channel == NULL || *message->channel == '#') &&
      pusher_user_receive (self->user, message))
    return;

  if (message->channel != NULL)
    {
      if (g_hash_table_size (self->abandoned) > 0 && handle_abandoned (self, message))
        return;
      channel = pusher_keyed_list_lookup (self->channels, message->channel);
    }

  if (channel != NULL)
    {
      pusher_channel_receive (channel, message);
    }
  else if (!g_str_has_prefix (message->event, "pusher_internal:"))
    {
      g_autoptr (PusherEvent) event = pusher_event_new_take (message);

      pusher_client_emit_event (self, event, g_quark_try_string (pusher_event_get_name (event)));
    }
}

static void
connection_error_cb (gpointer      owner,
                     const GError *error)
{
  g_autoptr (PusherClient) self = g_object_ref (owner);

  if (!is_connected (self) || !handle_nameless_refusal (self, error))
    g_signal_emit_by_name (self, "error", error);
}

static void
connection_connecting_in_cb (gpointer owner,
                             double   seconds)
{
  g_signal_emit_by_name (owner, "connecting-in", seconds);
}

static void
connection_resubscribe_cb (gpointer owner)
{
  g_autoptr (PusherClient) self = g_object_ref (owner);
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);

  for (guint i = 0; i < channels->len && is_connected (self); i++)
    if (pusher_keyed_list_lookup (self->channels, pusher_channel_get_name (channels->pdata[i])) ==
        channels->pdata[i])
      pusher_channel_recover (channels->pdata[i]);
}

const PusherConnectionListener pusher_client_connection_listener = {
  connection_changed_cb,
  connection_message_cb,
  connection_error_cb,
  connection_connecting_in_cb,
  connection_resubscribe_cb,
};
