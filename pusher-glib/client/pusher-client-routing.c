/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What goes between a client, its connection, its channels and its user. */

#include "config.h"

#include "pusher-client-routing-private.h"

#include "admission/pusher-admissions-private.h"
#include "admission/pusher-event-log-private.h"
#include "base/pusher-error.h"
#include "base/pusher-loggable-private.h"
#include "channels/pusher-channel-catch-up-private.h"
#include "channels/pusher-channel-outbox-private.h"
#include "channels/pusher-channel-receive-private.h"
#include "channels/pusher-channel-subscription-private.h"
#include "event/pusher-event-private.h"
#include "protocol/pusher-control-messages-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "pusher-client-properties-private.h"
#include "pusher-client-signals-private.h"
#include "user/pusher-user-receive-private.h"
#include "user/pusher-user-sign-in-private.h"

#include <glib/gi18n-lib.h>

static gboolean
is_connected (PusherClient *self)
{
  return pusher_connection_get_state (self->connection) == PUSHER_CONNECTION_STATE_CONNECTED;
}

/* --- What channels and the user ask for ---------------------------------- */

/* Takes up a channel that has no other one of its name in its way. Takes over the
 * reference to task, which may be NULL. Handlers may do anything meanwhile: this
 * fails if the channel is unsubscribed from when they have returned. */
gboolean
pusher_client_attach (PusherClient  *self,
                      PusherChannel *channel,
                      GTask         *task,
                      GError       **error)
{
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (G_OBJECT (self));
  g_autoptr (PusherChannel) held_channel G_GNUC_UNUSED = g_object_ref (channel);
  const char *name = pusher_channel_get_name (channel);

  /* It is both pending and in the list before the application hears of it. */
  pusher_channel_want (channel, task);
  if (pusher_keyed_list_lookup (self->channels, name) == NULL)
    pusher_keyed_list_add (self->channels, name, channel);
  pusher_channel_tell (channel);
  pusher_channel_start (channel);

  if (pusher_keyed_list_lookup (self->channels, name) != channel)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_CLOSED,
                   _("The channel “%s” was unsubscribed from meanwhile"), name);
      return FALSE;
    }

  return TRUE;
}

static gboolean
channel_attach (gpointer       client,
                PusherChannel *channel,
                GError       **error)
{
  PusherClient *self = client;
  const char *name = pusher_channel_get_name (channel);
  PusherChannel *present = pusher_keyed_list_lookup (self->channels, name);

  if (present != NULL && present != channel)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                   _("The client has another channel “%s” by now"), name);
      return FALSE;
    }

  return pusher_client_attach (self, channel, NULL, error);
}

static void
channel_detach (gpointer       client,
                PusherChannel *channel)
{
  PusherClient *self = client;

  pusher_keyed_list_remove (self->channels, pusher_channel_get_name (channel));
}

const PusherChannelOwner pusher_client_channel_owner = {
  channel_attach,
  channel_detach,
};

static PusherAuthorizer *
host_get_authorizer (gpointer                client,
                     PusherAuthorizationKind kind)
{
  PusherClient *self = client;

  return kind == PUSHER_AUTHORIZATION_KIND_USER ? self->user_authenticator : self->authorizer;
}

static const char *
host_get_user_id (gpointer  client,
                  gboolean *pending)
{
  PusherClient *self = client;

  *pending = pusher_user_is_pending (self->user);

  return pusher_user_get_id (self->user);
}

static void
host_released (gpointer    client,
               const char *name)
{
  PusherClient *self = client;
  PusherChannel *channel = pusher_keyed_list_lookup (self->channels, name);

  if (channel != NULL)
    pusher_channel_start (channel);
}

static void
host_user_changed (gpointer client)
{
  PusherClient *self = client;
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (client);
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);

  for (guint i = 0; i < channels->len; i++)
    pusher_channel_user_changed (channels->pdata[i]);
}

static void
host_event (gpointer     client,
            PusherEvent *event,
            GQuark       detail)
{
  pusher_client_emit_event (client, event, detail);
}

static void
host_error (gpointer      client,
            const GError *error)
{
  pusher_client_emit_error (client, error);
}

const PusherHostFuncs pusher_client_host_funcs = {
  host_get_authorizer,
  host_get_user_id,
  host_released,
  host_user_changed,
  host_event,
  host_error,
};

/* --- Answers that are not wanted any more -------------------------------- */

static void
settle_abandoned (PusherClient *self,
                  const char   *name)
{
  pusher_ledger_settle (&self->host->ledger, name);
  host_released (self, name);
}

/* The answer to a subscription that was given up: if the server accepted it, it
 * has to be undone; a channel that is wanted again has waited for this. */
static gboolean
handle_abandoned (PusherClient        *self,
                  const PusherMessage *message)
{
  gboolean accepted = g_str_equal (message->event, PUSHER_MESSAGE_SUBSCRIBED);

  if (!pusher_ledger_is_abandoned (&self->host->ledger, message->channel))
    return FALSE;
  if (!accepted && !g_str_equal (message->event, PUSHER_MESSAGE_SUBSCRIPTION_ERROR) &&
      !g_str_equal (message->event, PUSHER_MESSAGE_ERROR))
    return FALSE;

  if (accepted)
    {
      g_autofree char *text =
        pusher_subscription_encode (PUSHER_MESSAGE_UNSUBSCRIBE, message->channel, NULL, NULL);

      pusher_connection_send_soon (self->connection, text);
    }
  settle_abandoned (self, message->channel);

  return TRUE;
}

/* --- The connection comes and goes --------------------------------------- */

static void
connected (PusherClient *self)
{
  g_autoptr (GPtrArray) channels = NULL;

  pusher_host_connected (self->host);

  /* The user first: presence channels may wait for the sign-in. */
  pusher_user_connected (self->user);

  channels = pusher_keyed_list_copy (self->channels);
  for (guint i = 0; i < channels->len; i++)
    pusher_channel_start (channels->pdata[i]);
}

/* Whether there is an end to the attempts: then nothing waits any longer. */
static GError *
get_final_error (PusherClient *self)
{
  switch (pusher_connection_get_state (self->connection))
    {
    case PUSHER_CONNECTION_STATE_DISCONNECTED:
      return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, _("The client was closed"));
    case PUSHER_CONNECTION_STATE_FAILED:
      return g_error_copy (pusher_connection_get_last_error (self->connection));
    default:
      return NULL;
    }
}

static GPtrArray *
steal_waiting (PusherClient *self,
               GPtrArray    *channels)
{
  GPtrArray *tasks = pusher_admission_steal_waiting (&self->user->admission);

  for (guint i = 0; i < channels->len; i++)
    pusher_task_list_steal (&PUSHER_CHANNEL (channels->pdata[i])->admission.waiting, tasks);

  return tasks;
}

static void
disconnected (PusherClient *self)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);
  g_autoptr (GError) final_error = get_final_error (self);
  g_autoptr (GPtrArray) tasks = NULL;

  pusher_host_disconnected (self->host);
  pusher_user_disconnect (self->user, cancellations);
  for (guint i = 0; i < channels->len; i++)
    pusher_channel_disconnect (channels->pdata[i], cancellations);
  if (final_error != NULL)
    tasks = steal_waiting (self, channels);

  pusher_user_tell (self->user);
  for (guint i = 0; i < channels->len; i++)
    pusher_channel_tell (channels->pdata[i]);
  if (tasks != NULL)
    pusher_tasks_return_error (tasks, final_error);
}

/* The client is going away. The channels stay in the list, for the same reason that
 * nothing is told: in JavaScript this happens while garbage is collected, when no
 * handler may run. */
void
pusher_client_abandon (PusherClient *self)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GPtrArray) channels = pusher_keyed_list_copy (self->channels);
  g_autoptr (GPtrArray) tasks = steal_waiting (self, channels);
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, _("The client is gone"));

  pusher_host_abandon (self->host);
  pusher_user_abandon (self->user, cancellations);
  for (guint i = 0; i < channels->len; i++)
    pusher_channel_abandon (channels->pdata[i], cancellations);

  /* Whose calls of it end now may answer what has been asked of the authorizer. */
  pusher_connection_abandon (self->connection);
  pusher_tasks_return_error (tasks, error);
}

/* --- What the connection reports ----------------------------------------- */

static void
connection_changed_cb (gpointer                owner,
                       PusherConnectionChanges changes)
{
  static const struct
  {
    PusherConnectionChanges change;
    PusherClientProp prop;
  } notifications[] = {
    { PUSHER_CONNECTION_CHANGE_STATE, PUSHER_CLIENT_PROP_STATE },
    { PUSHER_CONNECTION_CHANGE_SOCKET_ID, PUSHER_CLIENT_PROP_SOCKET_ID },
    { PUSHER_CONNECTION_CHANGE_LAST_ERROR, PUSHER_CLIENT_PROP_LAST_ERROR },
    { PUSHER_CONNECTION_CHANGE_RETRY_AT, PUSHER_CLIENT_PROP_RETRY_AT },
  };
  const PusherConnectionChanges comings_and_goings =
    PUSHER_CONNECTION_CHANGE_STATE | PUSHER_CONNECTION_CHANGE_SOCKET_ID |
    PUSHER_CONNECTION_CHANGE_CLOSED;
  PusherClient *self = owner;
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (owner);

  /* Channels first: who hears of a state finds them in it. */
  if (changes & comings_and_goings)
    {
      if (is_connected (self))
        connected (self);
      else
        disconnected (self);
    }

  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < G_N_ELEMENTS (notifications); i++)
    if (changes & notifications[i].change)
      pusher_client_notify (self, notifications[i].prop);
  g_object_thaw_notify (G_OBJECT (self));
}

/* An event that comes on no channel, or on one that the client is not subscribed to. Those
 * of the protocol do not concern most applications. */
static void
log_event (PusherClient *self,
           PusherEvent  *event)
{
  const char *channel = pusher_event_get_channel_name (event);
  g_autofree char *name = NULL;
  g_autofree char *where = NULL;

  if (g_str_has_prefix (pusher_event_get_name (event), "pusher:"))
    return;

  name = channel != NULL ? pusher_loggable_name (channel) : NULL;
  where = name != NULL ? g_strdup_printf ("Channel %s, not subscribed to", name)
                       : g_strdup ("No channel");
  pusher_event_log (self->host, NULL, where, pusher_event_get_name (event));
}

static void
route (PusherClient  *self,
       PusherMessage *message)
{
  PusherChannel *channel = NULL;

  if ((message->channel == NULL || *message->channel == '#') &&
      pusher_user_receive (self->user, message))
    return;

  if (message->channel != NULL)
    {
      if (self->host->ledger.n_abandoned > 0 && handle_abandoned (self, message))
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

      if (self->host->logs)
        log_event (self, event);
      pusher_client_emit_event (self, event, g_quark_try_string (pusher_event_get_name (event)));
    }
}

static void
connection_message_cb (gpointer       owner,
                       PusherMessage *message)
{
  PusherClient *self = owner;
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (owner);

  route (self, message);
  if (self->host->ledger.suspicion.n_errors > 0)
    pusher_admissions_resolve_errors (self->host);
}

static void
connection_error_cb (gpointer      owner,
                     const GError *error)
{
  pusher_client_emit_error (owner, error);
}

static void
log_complaint (const GError *error)
{
  g_autofree char *kind = pusher_loggable (error);

  g_debug ("The server complains: %s", kind);
}

static gboolean
connection_server_error_cb (gpointer      owner,
                            const GError *error)
{
  PusherClient *self = owner;
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (owner);

  if (self->host->logs)
    log_complaint (error);
  if (is_connected (self) && pusher_admissions_hear_error (self->host, error))
    return FALSE;

  pusher_client_emit_error (self, error);

  return TRUE;
}

static void
connection_connecting_in_cb (gpointer owner,
                             gint64   delay)
{
  pusher_client_emit_connecting_in (owner, delay);
}

static void
connection_resubscribe_cb (gpointer owner)
{
  PusherClient *self = owner;
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (owner);
  g_autoptr (GPtrArray) channels = NULL;

  pusher_user_retry (self->user);

  channels = pusher_keyed_list_copy (self->channels);
  for (guint i = 0; i < channels->len && is_connected (self); i++)
    pusher_channel_retry (channels->pdata[i]);
}

static void
connection_wake_cb (gpointer owner)
{
  PusherClient *self = owner;
  g_autoptr (GObject) held_self G_GNUC_UNUSED = g_object_ref (owner);

  pusher_admissions_wake (self->host);
  pusher_channels_send_kept (self->host);
  pusher_channels_wake (self->host);
}

const PusherConnectionListener pusher_client_connection_listener = {
  connection_changed_cb,
  connection_message_cb,
  connection_error_cb,
  connection_server_error_cb,
  connection_connecting_in_cb,
  connection_resubscribe_cb,
  connection_wake_cb,
};
