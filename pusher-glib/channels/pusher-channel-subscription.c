/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The subscription of a channel, from the wish to the end. Each function first
 * changes all that changes, then tells the application, whose handlers may do
 * anything, and holds what it still has to tell against what is true by then. */

#include "config.h"

#include "pusher-channel-subscription-private.h"

#include "base/pusher-error.h"
#include "base/pusher-loggable-private.h"
#include "pusher-channel-outbox-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "pusher-channel-catch-up-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* --- The way to it ------------------------------------------------------- */

/* The application wants the channel. Tells nothing. Takes over the reference to
 * task, which may be NULL and returns when the server has answered. */
void
pusher_channel_want (PusherChannel *self,
                     GTask         *task)
{
  if (task != NULL && self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    {
      g_task_return_pointer (task, g_object_ref (self), g_object_unref);
      g_object_unref (task);
    }
  else if (task != NULL)
    {
      pusher_admission_wait (&self->admission, task);
    }

  if (self->state == PUSHER_CHANNEL_STATE_UNSUBSCRIBED ||
      self->state == PUSHER_CHANNEL_STATE_FAILED)
    pusher_channel_enter (self, PUSHER_CHANNEL_STATE_PENDING);
}

/* Subscribes to a channel that is wanted, if there is a connection and nothing in
 * the way. */
void
pusher_channel_start (PusherChannel *self)
{
  if (pusher_connection_get_socket_id (self->host->connection) == NULL)
    return;

  g_object_ref (self);

  if (self->state == PUSHER_CHANNEL_STATE_FAILED)
    pusher_channel_enter (self, PUSHER_CHANNEL_STATE_PENDING);
  pusher_channel_tell (self);
  if (self->state == PUSHER_CHANNEL_STATE_PENDING)
    pusher_admission_start (&self->admission);

  g_object_unref (self);
}

/* The reason for which it failed may have passed. */
void
pusher_channel_retry (PusherChannel *self)
{
  if (self->admission.may_pass && self->state == PUSHER_CHANNEL_STATE_FAILED)
    pusher_channel_start (self);
}

/* A user has signed in, or will not. */
void
pusher_channel_user_changed (PusherChannel *self)
{
  g_object_ref (self);
  pusher_admission_resume (&self->admission);
  g_object_unref (self);
}

static PusherAdmissionVerdict
authorized (gpointer                   owner,
            const PusherAuthorization *authorization,
            char                     **message,
            GError                   **error)
{
  PusherChannel *self = owner;
  PusherAdmissionVerdict verdict =
    PUSHER_CHANNEL_GET_CLASS (self)->authorized (self, authorization, error);

  if (verdict == PUSHER_ADMISSION_SEND)
    *message = pusher_subscription_encode (PUSHER_MESSAGE_SUBSCRIBE, self->name,
                                           authorization->auth, authorization->data);

  return verdict;
}

static void
sent (gpointer owner)
{
  PUSHER_CHANNEL_GET_CLASS (owner)->sent (owner);
}

/* --- Answers ------------------------------------------------------------- */

static void
tell_gap (PusherChannel *self)
{
  gint64 lost_at = self->lost_at;

  self->lost_at = 0;
  if (lost_at != 0)
    pusher_channel_emit_gap (self, pusher_connection_get_now (self->host->connection) - lost_at);
}

/* The server has accepted the subscription. */
void
pusher_channel_succeed (PusherChannel       *self,
                        const PusherMessage *message)
{
  PusherChannelClass *klass = PUSHER_CHANNEL_GET_CLASS (self);
  g_autoptr (GPtrArray) tasks = pusher_admission_steal_waiting (&self->admission);
  guint epoch = pusher_channel_enter (self, PUSHER_CHANNEL_STATE_SUBSCRIBED);

  pusher_channel_set_last_error (self, NULL);
  pusher_channel_start_outbox (self);
  pusher_channel_begin_catch_up (self);
  g_debug ("Channel “%s”: subscribed", self->name);

  /* Its contents are complete before the application hears that it is subscribed. */
  klass->succeeding (self, message, epoch);
  pusher_channel_tell (self);
  if (pusher_channel_is_current (self, epoch))
    pusher_channel_emit_subscription_succeeded (self);
  if (pusher_channel_is_current (self, epoch))
    pusher_channel_emit_message (self, "pusher:subscription_succeeded", message);
  if (pusher_channel_is_current (self, epoch))
    tell_gap (self);
  if (pusher_channel_is_current (self, epoch))
    klass->succeeded (self);
  pusher_tasks_return_object (tasks, self);
}

/* The server has accepted the subscription, and thinks better of it. */
static void
lose (PusherChannel *self,
      GPtrArray     *cancellations)
{
  PUSHER_CHANNEL_GET_CLASS (self)->ended (self, FALSE, cancellations);
  pusher_channel_stop_outbox (self);
  pusher_channel_end_catch_up (self, FALSE, cancellations);
  pusher_channel_set_count (self, -1);
  if (self->lost_at == 0)
    self->lost_at = pusher_connection_get_now (self->host->connection);
}

/* The subscription has failed, and is over. event and data are what the server has
 * said, or would say. */
void
pusher_channel_fail (PusherChannel *self,
                     const char    *event,
                     const char    *data,
                     const GError  *error)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GPtrArray) tasks = pusher_admission_steal_waiting (&self->admission);
  PusherMessage message = { .event = event, .channel = self->name, .data = data,
                            .data_length = data != NULL ? strlen (data) : 0 };
  g_autofree char *kind = pusher_loggable (error);
  GPtrArray *events = NULL;
  guint epoch;

  g_debug ("Channel “%s”: %s: %s", self->name,
           g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT) ? "failed" : "refused",
           kind);
  g_object_ref (self);

  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    lose (self, cancellations);
  pusher_channel_set_last_error (self, error);
  epoch = pusher_channel_enter (self, PUSHER_CHANNEL_STATE_FAILED);
  if (!self->admission.may_pass)
    events = pusher_channel_empty_outbox (self);
  pusher_channel_tell (self);
  if (pusher_channel_is_current (self, epoch))
    pusher_channel_emit_subscription_error (self, error);
  if (pusher_channel_is_current (self, epoch))
    pusher_channel_emit_message (self, event, &message);
  pusher_channel_tell_given_up (self, events, error);
  pusher_tasks_return_error (tasks, error);

  g_object_unref (self);
}

/* It failed for a reason that did not come as a pusher:subscription_error. */
static void
failed (gpointer      owner,
        const GError *error)
{
  g_autofree char *data = pusher_subscription_error_encode (error);

  pusher_channel_fail (owner, PUSHER_MESSAGE_SUBSCRIPTION_ERROR, data, error);
}

/* --- Ends ---------------------------------------------------------------- */

static void
end (PusherChannel     *self,
     PusherChannelState state,
     GPtrArray         *cancellations)
{
  gboolean for_good = state == PUSHER_CHANNEL_STATE_UNSUBSCRIBED;

  pusher_admission_cancel (&self->admission, cancellations);
  PUSHER_CHANNEL_GET_CLASS (self)->ended (self, for_good, cancellations);
  pusher_channel_stop_outbox (self);
  pusher_channel_end_catch_up (self, for_good, cancellations);
  pusher_channel_set_count (self, -1);
  if (for_good)
    {
      self->lost_at = 0;
      pusher_channel_set_last_error (self, NULL);
    }
  pusher_channel_enter (self, state);
}

/* The connection was lost. A gap that was not told yet began before. */
void
pusher_channel_disconnect (PusherChannel *self,
                           GPtrArray     *cancellations)
{
  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED && self->lost_at == 0)
    self->lost_at = pusher_connection_get_lost_at (self->host->connection);
  if (self->state != PUSHER_CHANNEL_STATE_UNSUBSCRIBED)
    end (self, PUSHER_CHANNEL_STATE_PENDING, cancellations);
}

/* The client is gone. No signal is emitted: in JavaScript this happens while
 * garbage is collected, when no handler may run. */
void
pusher_channel_abandon (PusherChannel *self,
                        GPtrArray     *cancellations)
{
  g_autoptr (GPtrArray) events G_GNUC_UNUSED = NULL;

  end (self, PUSHER_CHANNEL_STATE_UNSUBSCRIBED, cancellations);
  events = pusher_channel_empty_outbox (self);
  self->untold = 0;
}

static void
tell_unsent (PusherChannel *self,
             GPtrArray     *events)
{
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED,
                 _("The channel was unsubscribed from before the client event could be sent"));

  pusher_channel_tell_given_up (self, events, error);
}

static void
unsubscribe (PusherChannel *self)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GPtrArray) tasks = pusher_admission_steal_waiting (&self->admission);
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED,
                 _("The channel was unsubscribed from before the server answered"));
  GPtrArray *events;
  guint epoch;

  if (self->host->logs)
    g_debug ("Channel “%s”: unsubscribed", self->name);

  if (self->state == PUSHER_CHANNEL_STATE_SUBSCRIBED)
    {
      g_autofree char *text =
        pusher_subscription_encode (PUSHER_MESSAGE_UNSUBSCRIBE, self->name, NULL, NULL);

      pusher_connection_send_soon (self->host->connection, text);
    }
  end (self, PUSHER_CHANNEL_STATE_UNSUBSCRIBED, cancellations);
  events = pusher_channel_empty_outbox (self);
  epoch = self->epoch;

  if (self->host->client != NULL)
    self->owner->detach (self->host->client, self);
  if (pusher_channel_is_current (self, epoch))
    PUSHER_CHANNEL_GET_CLASS (self)->tell_ended (self);
  pusher_channel_tell (self);
  tell_unsent (self, events);
  pusher_tasks_return_error (tasks, error);
}

/* --- What the application asks for --------------------------------------- */

PusherChannel *
pusher_channel_new (GType                     type,
                    const char               *name,
                    PusherHost               *host,
                    const PusherChannelOwner *owner)
{
  static const PusherAdmissionFuncs admission_funcs = { authorized, failed, sent };
  PusherChannel *self = g_object_new (type, NULL);

  self->name = g_strdup (name);
  self->host = pusher_host_ref (host);
  self->owner = owner;
  pusher_admission_init (&self->admission, host, name, &admission_funcs, self);

  return self;
}

/**
 * pusher_channel_unsubscribe:
 * @self: a channel
 *
 * Ends the subscription. The client forgets the channel, and no event of it
 * arrives any more; who waits for [method@Pusher.Client.subscribe_async] gets
 * %PUSHER_ERROR_CLOSED.
 *
 * Does nothing if the channel is not subscribed to.
 *
 * Since: 1.0
 */
void
pusher_channel_unsubscribe (PusherChannel *self)
{
  g_return_if_fail (PUSHER_IS_CHANNEL (self));
  pusher_host_check_thread (self->host);

  if (self->state == PUSHER_CHANNEL_STATE_UNSUBSCRIBED)
    return;

  g_object_ref (self);
  unsubscribe (self);
  g_object_unref (self);
}

/**
 * pusher_channel_resubscribe:
 * @self: a channel
 * @error: return location for an error
 *
 * Subscribes again to a channel whose subscription failed or that was
 * unsubscribed from. Does nothing if the channel is subscribed or about to be.
 *
 * This fails with %PUSHER_ERROR_INVALID_STATE if the client is gone, or if it
 * has another channel of that name by now.
 *
 * Returns: whether the channel is subscribed or about to be
 *
 * Since: 1.0
 */
gboolean
pusher_channel_resubscribe (PusherChannel *self,
                            GError       **error)
{
  g_return_val_if_fail (PUSHER_IS_CHANNEL (self), FALSE);
  pusher_host_check_thread (self->host);

  if (self->host->client == NULL)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                   _("The client of channel “%s” is gone"), self->name);
      return FALSE;
    }

  return self->owner->attach (self->host->client, self, error);
}
