/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The subscription of a channel: wanted, authorized, sent, answered. */

#include "config.h"

#include "pusher-channel-subscription-private.h"

#include "auth/pusher-authorizer-private.h"
#include "base/pusher-error.h"
#include "protocol/pusher-subscription-private.h"

void
pusher_channel_set_state (PusherChannel     *self,
                          PusherChannelState state)
{
  if (self->state == state)
    return;

  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

void
pusher_channel_set_subscription_count (PusherChannel *self,
                                       gint64         count)
{
  if (self->subscription_count == count)
    return;

  self->subscription_count = count;
  g_object_notify (G_OBJECT (self), "subscription-count");
}

/* --- Wanting ------------------------------------------------------------- */

/* The application wants the channel. Takes over the reference to task, which
 * may be NULL and returns when the server has answered. */
void
pusher_channel_want (PusherChannel *self,
                     GTask         *task)
{
  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    {
      if (task != NULL)
        g_task_return_pointer (task, g_object_ref (self), g_object_unref);
      g_clear_object (&task);
      return;
    }

  if (task != NULL)
    pusher_task_list_add (&self->subscribers, task);
  pusher_channel_set_state (self, PUSHER_CHANNEL_STATE_PENDING);
}

/* Nothing is under way any more. */
static void
forget_progress (PusherChannel *self)
{
  PusherAuthorizationRequest *request = g_steal_pointer (&self->request);

  if (request != NULL)
    pusher_authorization_request_cancel (request);
  g_clear_pointer (&self->held_auth, g_free);
  self->sent_as = 0;
}

static GPtrArray *
steal_subscribers (PusherChannel *self)
{
  GPtrArray *tasks = pusher_tasks_new ();

  pusher_task_list_steal (&self->subscribers, tasks);

  return tasks;
}

static void
end_with_error (PusherChannel *self,
                const char    *event,
                const char    *data,
                const GError  *error)
{
  g_autoptr (GPtrArray) tasks = steal_subscribers (self);
  PusherMessage message = { .event = event, .channel = self->name, .data = data };

  g_debug ("Channel “%s”: refused: %s", self->name, error->message);
  forget_progress (self);
  g_object_ref (self);

  pusher_channel_set_state (self, PUSHER_CHANNEL_STATE_FAILED);
  if (self->state == PUSHER_CHANNEL_STATE_FAILED)
    g_signal_emit_by_name (self, "subscription-error", error);
  if (self->state == PUSHER_CHANNEL_STATE_FAILED)
    pusher_channel_emit_message (self, event, &message);
  pusher_tasks_return_error (tasks, error);

  g_object_unref (self);
}

/* The subscription has failed, for a reason that did not come as a
 * pusher:subscription_error. */
void
pusher_channel_refuse (PusherChannel *self,
                       const GError  *error)
{
  g_autofree char *data = pusher_subscription_error_encode (error);

  end_with_error (self, PUSHER_MESSAGE_SUBSCRIPTION_ERROR, data, error);
}

/* --- Asking -------------------------------------------------------------- */

static void
send_subscription (PusherChannel *self,
                   const char    *auth,
                   const char    *channel_data)
{
  g_autofree char *text =
    pusher_subscription_encode (PUSHER_MESSAGE_SUBSCRIBE, self->name, auth, channel_data);

  if (pusher_connection_send_soon (self->connection, text))
    self->sent_as = pusher_connection_get_n_sent (self->connection);
}

static void
use_authorization (PusherChannel             *self,
                   const PusherAuthorization *authorization)
{
  g_autoptr (GError) error = NULL;

  switch (PUSHER_CHANNEL_GET_CLASS (self)->authorized (self, authorization, &error))
    {
    case PUSHER_CHANNEL_SEND:
      send_subscription (self, authorization->auth, authorization->data);
      break;
    case PUSHER_CHANNEL_HOLD:
      self->held_auth = g_strdup (authorization->auth);
      break;
    case PUSHER_CHANNEL_REFUSE:
      pusher_channel_refuse (self, error);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
authorization_done (gpointer                   user_data,
                    const PusherAuthorization *authorization,
                    const GError              *error,
                    gboolean                   may_pass)
{
  PusherChannel *self = user_data;

  self->request = NULL;
  if (authorization != NULL)
    {
      use_authorization (self, authorization);
      return;
    }

  if (may_pass)
    {
      self->may_recover = TRUE;
      pusher_connection_resubscribe_later (self->connection);
    }
  pusher_channel_refuse (self, error);
}

/* Somebody has signed in, or will not: a held authorization can be used. */
void
pusher_channel_user_changed (PusherChannel *self)
{
  g_autofree char *auth = g_steal_pointer (&self->held_auth);
  PusherAuthorization authorization = { .auth = auth };

  if (auth != NULL)
    use_authorization (self, &authorization);
}

/* Asks the authorizer of the client. Whoever answers keeps the request, which is
 * put into *request until then; done is called once, maybe before this returns,
 * unless the request is cancelled. */
void
pusher_channel_request_authorization (PusherChannel               *self,
                                      PusherAuthorizationDone      done,
                                      PusherAuthorizationRequest **request)
{
  g_autoptr (PusherAuthorizationRequest) asked = pusher_authorization_request_new (
    PUSHER_AUTHORIZATION_KIND_CHANNEL, pusher_connection_get_settings (self->connection)->key,
    pusher_connection_get_socket_id (self->connection), self->name, done, self);
  PusherAuthorizer *authorizer = self->owner_funcs->get_authorizer (self->owner);

  *request = asked;
  pusher_authorizer_ask (authorizer, asked);
}

/* There is a connection, and nothing in the way of a subscription. */
void
pusher_channel_connected (PusherChannel *self)
{
  if (self->request != NULL || self->held_auth != NULL || self->sent_as != 0 ||
      self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED ||
      self->state == PUSHER_CHANNEL_STATE_UNSUBSCRIBED)
    return;

  g_object_ref (self);

  self->may_recover = FALSE;
  pusher_channel_set_state (self, PUSHER_CHANNEL_STATE_PENDING);
  if (self->state != PUSHER_CHANNEL_STATE_PENDING || self->owner_funcs == NULL ||
      self->request != NULL || self->sent_as != 0)
    {
      /* A handler has been here before. */
    }
  else if (pusher_channel_get_kind (self) == PUSHER_CHANNEL_KIND_PUBLIC)
    {
      send_subscription (self, NULL, NULL);
    }
  else if (pusher_connection_get_socket_id (self->connection) != NULL)
    {
      g_debug ("Channel “%s”: asking for an authorization", self->name);
      pusher_channel_request_authorization (self, authorization_done, &self->request);
    }

  g_object_unref (self);
}

/* The reason for which it failed may have passed. */
void
pusher_channel_recover (PusherChannel *self)
{
  if (self->may_recover && self->state == PUSHER_CHANNEL_STATE_FAILED)
    pusher_channel_connected (self);
}

/* --- Answers ------------------------------------------------------------- */

static void
emit_gap (PusherChannel *self)
{
  gint64 lost_at = self->lost_at;

  self->lost_at = 0;
  if (lost_at != 0)
    g_signal_emit_by_name (self, "gap",
                           pusher_connection_get_now (self->connection) - lost_at);
}

void
pusher_channel_handle_succeeded (PusherChannel *self,
                                 PusherMessage *message)
{
  PusherChannelClass *klass = PUSHER_CHANNEL_GET_CLASS (self);
  g_autoptr (GPtrArray) tasks = NULL;

  if (self->sent_as == 0)
    return;

  self->sent_as = 0;
  tasks = steal_subscribers (self);

  /* Its contents are complete before anybody hears that it is subscribed. */
  klass->succeeding (self, message);
  g_debug ("Channel “%s”: subscribed", self->name);
  if (self->state == PUSHER_CHANNEL_STATE_PENDING)
    pusher_channel_set_state (self, PUSHER_CHANNEL_STATE_SUBSCRIBED);
  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    g_signal_emit_by_name (self, "subscription-succeeded");
  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    pusher_channel_emit_message (self, "pusher:subscription_succeeded", message);
  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    emit_gap (self);
  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    klass->succeeded (self);
  pusher_tasks_return_object (tasks, self);
}

void
pusher_channel_handle_subscription_error (PusherChannel *self,
                                          PusherMessage *message)
{
  g_autoptr (GError) error = NULL;

  if (self->sent_as == 0)
    return;

  error = pusher_subscription_error_parse (message);
  end_with_error (self, message->event, message->data, error);
}

/* --- Ends ---------------------------------------------------------------- */

/* The connection was lost. If there is a final error, nobody tries to get
 * another one. */
void
pusher_channel_disconnected (PusherChannel *self,
                             const GError  *final_error)
{
  g_autoptr (GPtrArray) tasks = NULL;

  g_object_ref (self);

  forget_progress (self);
  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    self->lost_at = pusher_connection_get_lost_at (self->connection);
  if (final_error != NULL)
    tasks = steal_subscribers (self);

  g_object_freeze_notify (G_OBJECT (self));
  PUSHER_CHANNEL_GET_CLASS (self)->ended (self, FALSE);
  pusher_channel_set_subscription_count (self, -1);
  if (self->state != PUSHER_CHANNEL_STATE_UNSUBSCRIBED)
    pusher_channel_set_state (self, PUSHER_CHANNEL_STATE_PENDING);
  g_object_thaw_notify (G_OBJECT (self));

  if (tasks != NULL)
    pusher_tasks_return_error (tasks, final_error);

  g_object_unref (self);
}

/* The client is gone. No signal is emitted: in JavaScript this happens while
 * garbage is collected, when no handler may run. */
void
pusher_channel_abandon (PusherChannel *self)
{
  g_autoptr (GPtrArray) tasks = steal_subscribers (self);
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, "The client is gone");

  self->owner_funcs = NULL;
  self->owner = NULL;
  forget_progress (self);
  self->state = PUSHER_CHANNEL_STATE_UNSUBSCRIBED;
  self->subscription_count = -1;
  self->lost_at = 0;
  pusher_tasks_return_error (tasks, error);
}

/* Ends the subscription for good; the caller holds a reference. */
void
pusher_channel_end (PusherChannel *self)
{
  g_autoptr (GPtrArray) tasks = steal_subscribers (self);
  g_autoptr (GError) error = NULL;
  guint64 sent_as;

  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    {
      g_autofree char *text =
        pusher_subscription_encode (PUSHER_MESSAGE_UNSUBSCRIBE, self->name, NULL, NULL);

      pusher_connection_send_soon (self->connection, text);
    }
  sent_as = self->sent_as;
  forget_progress (self);
  self->state = PUSHER_CHANNEL_STATE_UNSUBSCRIBED;
  self->lost_at = 0;

  /* A handler of the list of channels may subscribe again. */
  g_object_freeze_notify (G_OBJECT (self));
  PUSHER_CHANNEL_GET_CLASS (self)->ended (self, TRUE);
  pusher_channel_set_subscription_count (self, -1);
  g_object_notify (G_OBJECT (self), "state");
  if (self->owner_funcs != NULL)
    self->owner_funcs->detach (self->owner, self, sent_as);
  g_object_thaw_notify (G_OBJECT (self));

  error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED,
                       "The channel was unsubscribed from before the server answered");
  pusher_tasks_return_error (tasks, error);
}
