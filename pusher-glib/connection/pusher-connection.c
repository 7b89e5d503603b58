/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-connection-private.h"

#include "base/pusher-error.h"
#include "pusher-connection-machine-private.h"
#include "pusher-connection-messages-private.h"

#include <glib/gi18n-lib.h>

/* The longest time until a subscription that failed for the present is tried again. */
#define RESUBSCRIBE_INTERVAL (30 * (gint64) G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (PusherConnection, pusher_connection, G_TYPE_OBJECT)

/* --- Deadlines ----------------------------------------------------------- */

static void
take_connect_due (PusherConnection *self)
{
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                 _("The server did not establish the connection in time"));

  pusher_connection_handle (self, PUSHER_INPUT_CONNECT_DUE, error, 0);
}

/* What a server that reads nothing refuses again and again must not pile up. */
static void
take_resubscribe_due (PusherConnection *self)
{
  if (self->transport != NULL && pusher_transport_get_n_waiting (self->transport) > 0)
    pusher_connection_resubscribe_later (self);
  else if (self->listener != NULL)
    self->listener->resubscribe (self->owner);
}

/* Does what is due. Called by the timer, and by tests that moved the clock. */
void
pusher_connection_check_timers (PusherConnection *self)
{
  g_autoptr (PusherConnection) held G_GNUC_UNUSED = g_object_ref (self);
  PusherDeadlines *deadlines = &self->deadlines;

  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_LIVENESS))
    pusher_connection_check_liveness (self);
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_CONNECT))
    take_connect_due (self);
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_UNAVAILABLE))
    pusher_connection_handle (self, PUSHER_INPUT_UNAVAILABLE_DUE, NULL, 0);
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_RETRY))
    {
      self->changes |= PUSHER_CONNECTION_CHANGE_RETRY_AT;
      pusher_connection_handle (self, PUSHER_INPUT_RETRY_DUE, NULL, 0);
    }
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_RESUBSCRIBE))
    take_resubscribe_due (self);
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_WAKE) && self->listener != NULL)
    self->listener->wake (self->owner);
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_WAKE_ANYWAY) && self->listener != NULL)
    self->listener->wake (self->owner);
  pusher_deadlines_arm (deadlines);
}

static gboolean
deadline_cb (gpointer user_data)
{
  pusher_connection_check_timers (user_data);

  return G_SOURCE_CONTINUE;
}

/* --- What the owner asks for --------------------------------------------- */

/* Takes over the reference to task, which may be NULL and returns when the
 * connection is established or refused. */
void
pusher_connection_open (PusherConnection *self,
                        GTask            *task)
{
  if (self->phase == PUSHER_PHASE_LIVE)
    {
      if (task != NULL)
        g_task_return_boolean (task, TRUE);
      g_clear_object (&task);
      return;
    }

  /* Disposed of, but still referred to: in a binding, say. */
  if (self->listener == NULL)
    {
      if (task != NULL)
        g_task_return_new_error (task, PUSHER_ERROR, PUSHER_ERROR_CLOSED, _("The client is gone"));
      g_clear_object (&task);
      return;
    }

  if (task != NULL)
    pusher_task_list_add (&self->openers, task);
  if (self->phase == PUSHER_PHASE_IDLE)
    self->needs_tls = FALSE;
  pusher_connection_handle (self, PUSHER_INPUT_OPEN, NULL, 0);
}

/* Takes over the reference to task, which may be NULL and returns when the
 * socket is closed. */
void
pusher_connection_close (PusherConnection *self,
                         GTask            *task)
{
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, _("The client was closed"));

  self->closers = g_new0 (PusherTaskList, 1);
  if (task != NULL)
    pusher_task_list_add (self->closers, task);
  pusher_connection_handle (self, PUSHER_INPUT_CLOSE, error, 0);
}

/* Does not wait any longer, neither for the time of the next attempt nor for
 * one that hangs, and replaces a connection that only seems to work. */
void
pusher_connection_reconnect_now (PusherConnection *self)
{
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                 _("The connection was replaced on request"));

  pusher_connection_handle (self, PUSHER_INPUT_RECONNECT_NOW, error, 0);
}

static gboolean
check_ping (PusherConnection *self,
            GError          **error)
{
  if (self->phase != PUSHER_PHASE_LIVE)
    g_set_error_literal (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                         _("There is no connection to ping"));
  else if (!pusher_liveness_may_ping (&self->liveness))
    g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_BUSY,
                 g_dngettext (GETTEXT_PACKAGE,
                              "The server has not answered %d ping yet",
                              "The server has not answered %d pings yet",
                              PUSHER_LIVENESS_MAX_PINGS),
                 PUSHER_LIVENESS_MAX_PINGS);
  else
    return TRUE;

  return FALSE;
}

/* Takes over the reference to task, which returns the round trip in µs. */
void
pusher_connection_ping (PusherConnection *self,
                        GTask            *task)
{
  GError *error = NULL;

  if (!check_ping (self, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  pusher_connection_send_ping (self, self->liveness.pong_timeout, task);
  pusher_connection_check_liveness (self);
}

/* Whether the server is so far behind with reading that the owner should send nothing
 * that the application may send without end. */
gboolean
pusher_connection_is_congested (PusherConnection *self)
{
  return self->transport != NULL &&
         pusher_transport_get_n_waiting (self->transport) >= PUSHER_CONNECTION_MAX_WAITING;
}

/* FALSE if there is no connection: then the text will never be sent. */
gboolean
pusher_connection_send (PusherConnection *self,
                        const char       *text)
{
  return pusher_connection_send_text (self, text, FALSE);
}

/* For what comes in bursts: such texts go out together. The order is kept. */
gboolean
pusher_connection_send_soon (PusherConnection *self,
                             const char       *text)
{
  return pusher_connection_send_text (self, text, TRUE);
}

/* Has the owner told, once, after a random time on this connection. */
void
pusher_connection_resubscribe_later (PusherConnection *self)
{
  gint64 delay = RESUBSCRIBE_INTERVAL / 2 +
                 (gint64) (pusher_clock_random (&self->clock) * RESUBSCRIBE_INTERVAL / 2);

  if (self->phase != PUSHER_PHASE_LIVE || self->deadlines.times[PUSHER_DEADLINE_RESUBSCRIBE] != 0)
    return;

  g_debug ("Connection: what could not be subscribed to is tried again in %.1f s",
           (double) delay / G_USEC_PER_SEC);
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_RESUBSCRIBE,
                                  pusher_connection_get_now (self) + delay);
}

/* Has the owner told at that time if this connection lasts until then; 0 for never. */
void
pusher_connection_wake_at (PusherConnection *self,
                           gint64            time)
{
  if (self->phase == PUSHER_PHASE_LIVE)
    pusher_connection_set_deadline (self, PUSHER_DEADLINE_WAKE, time);
}

/* Has the owner told at that time, whatever becomes of this connection; 0 for never. */
void
pusher_connection_wake_anyway_at (PusherConnection *self,
                                  gint64            time)
{
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_WAKE_ANYWAY, time);
}

/* The owner goes away: it hears nothing any more. */
void
pusher_connection_abandon (PusherConnection *self)
{
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, _("The client is gone"));

  self->listener = NULL;
  self->owner = NULL;
  pusher_connection_handle (self, PUSHER_INPUT_ABANDON, error, 0);
}

/* --- The object ---------------------------------------------------------- */

gint64
pusher_connection_get_now (PusherConnection *self)
{
  return pusher_clock_now (&self->clock);
}

/* In [0, 1) */
double
pusher_connection_get_random (PusherConnection *self)
{
  return pusher_clock_random (&self->clock);
}

/* Since when the last connection may have failed to bring what was sent. */
gint64
pusher_connection_get_lost_at (PusherConnection *self)
{
  return self->lost_at;
}

/* Whether the last connection has ended without a close frame. */
gboolean
pusher_connection_was_cut (PusherConnection *self)
{
  return self->cut;
}

PusherSettings *
pusher_connection_get_settings (PusherConnection *self)
{
  return &self->settings;
}

PusherConnectionState
pusher_connection_get_state (PusherConnection *self)
{
  return self->state;
}

const char *
pusher_connection_get_socket_id (PusherConnection *self)
{
  return self->socket_id;
}

const GError *
pusher_connection_get_last_error (PusherConnection *self)
{
  return self->last_error;
}

const PusherCounters *
pusher_connection_get_counters (PusherConnection *self)
{
  return &self->counters;
}

/* µs; -1 before a ping was answered */
gint64
pusher_connection_get_round_trip (PusherConnection *self)
{
  return self->liveness.round_trip;
}

/* µs of silence; -1 without a connection */
gint64
pusher_connection_get_ping_interval (PusherConnection *self)
{
  return self->state == PUSHER_CONNECTION_STATE_CONNECTED ? self->liveness.interval : -1;
}

/* A message was of no use to the owner. */
void
pusher_connection_count_dropped (PusherConnection *self)
{
  self->counters.messages_dropped++;
}

/* Returns: (transfer none): where the owner may leave one for the next message */
PusherEvent **
pusher_connection_get_spare_event (PusherConnection *self)
{
  return &self->spare_event;
}

/* In the clock's time; 0 if the connection does not wait for an attempt. */
gint64
pusher_connection_get_retry_at (PusherConnection *self)
{
  return self->deadlines.times[PUSHER_DEADLINE_RETRY];
}

GSource *
pusher_connection_get_timer (PusherConnection *self)
{
  return self->deadlines.timer;
}

void
pusher_connection_set_clock (PusherConnection  *self,
                             const PusherClock *clock)
{
  self->clock = *clock;
}

static void
pusher_connection_finalize (GObject *object)
{
  PusherConnection *self = PUSHER_CONNECTION (object);

  pusher_inbox_clear (&self->inbox);
  pusher_deadlines_clear (&self->deadlines);
  pusher_settings_clear (&self->settings);
  g_clear_error (&self->last_error);
  pusher_connection_forget_words (self);
  g_clear_object (&self->spare_event);
  g_free (self->socket_id);
  g_free (self->host);

  G_OBJECT_CLASS (pusher_connection_parent_class)->finalize (object);
}

static void
pusher_connection_class_init (PusherConnectionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pusher_connection_finalize;
}

static void
pusher_connection_init (PusherConnection *self)
{
  self->clock = pusher_real_clock;
  pusher_settings_init (&self->settings);
  pusher_deadlines_init (&self->deadlines, &self->clock, deadline_cb, self);
  pusher_pace_init (&self->pace, &self->clock);
  pusher_inbox_init (&self->inbox, &self->pace, pusher_connection_deliver,
                     pusher_connection_inbox_due_cb, self);
  self->transport_listener = &pusher_connection_transport_listener;
  self->phase = PUSHER_PHASE_IDLE;
  self->liveness.round_trip = -1;
}

PusherConnection *
pusher_connection_new (const PusherConnectionListener *listener,
                       gpointer                        owner)
{
  PusherConnection *self = g_object_new (PUSHER_TYPE_CONNECTION, NULL);

  self->listener = listener;
  self->owner = owner;

  return self;
}
