/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-connection-private.h"

#include "protocol/pusher-backoff-private.h"
#include "protocol/pusher-close-policy-private.h"
#include "protocol/pusher-housekeeping-private.h"

#include "pusher-error.h"
#include "pusher-liveness-private.h"
#include "pusher-task-list-private.h"
#include "pusher-transport-private.h"

/* A connection that lasted this long starts the delays anew. */
#define STABLE_UPTIME (60 * G_USEC_PER_SEC)

#define PING "{\"event\":\"pusher:ping\",\"data\":{}}"
#define PONG "{\"event\":\"pusher:pong\",\"data\":{}}"

/* What goes on behind the state that the application sees. */
typedef enum
{
  PHASE_IDLE,       /* not wanted, or refused */
  PHASE_WAITING,    /* for the time of the next attempt */
  PHASE_ATTEMPTING, /* until the server has established the connection */
  PHASE_LIVE,
} Phase;

struct _PusherConnection
{
  GObject parent_instance;

  const PusherConnectionListener *listener; /* NULL once it is abandoned */
  gpointer owner;
  PusherSettings settings;
  PusherDeadlines deadlines;

  Phase phase;
  PusherConnectionState state;
  PusherConnectionChanges changes; /* not yet told to the owner */
  char *socket_id;
  GError *last_error;

  PusherTransport *transport;
  PusherLiveness liveness;
  PusherTaskList openers;
  guint64 n_sent; /* messages of the owner's, ever */
  gint64 connected_at;
  guint failures;     /* since the connection was last stable */
  gboolean needs_tls; /* the server said so */
};

G_DEFINE_FINAL_TYPE (PusherConnection, pusher_connection, G_TYPE_OBJECT)

static void start_attempt (PusherConnection *self);

gint64
pusher_connection_get_now (PusherConnection *self)
{
  return pusher_deadlines_now (&self->deadlines);
}

static void
set_deadline (PusherConnection *self,
              PusherDeadline    deadline,
              gint64            time)
{
  if (deadline == PUSHER_DEADLINE_RETRY && self->deadlines.times[deadline] != time)
    self->changes |= PUSHER_CONNECTION_CHANGE_RETRY_AT;
  pusher_deadlines_set (&self->deadlines, deadline, time);
}

/* --- What the owner sees ------------------------------------------------- */

static const char *const state_names[] = {
  [PUSHER_CONNECTION_STATE_INITIALIZED] = "initialized",
  [PUSHER_CONNECTION_STATE_CONNECTING] = "connecting",
  [PUSHER_CONNECTION_STATE_CONNECTED] = "connected",
  [PUSHER_CONNECTION_STATE_UNAVAILABLE] = "unavailable",
  [PUSHER_CONNECTION_STATE_FAILED] = "failed",
  [PUSHER_CONNECTION_STATE_DISCONNECTED] = "disconnected",
};

static void
set_state (PusherConnection     *self,
           PusherConnectionState state)
{
  if (self->state == state)
    return;

  g_debug ("Connection: %s", state_names[state]);
  self->state = state;
  self->changes |= PUSHER_CONNECTION_CHANGE_STATE;
}

static void
set_socket_id (PusherConnection *self,
               char             *socket_id)
{
  if (g_strcmp0 (self->socket_id, socket_id) != 0)
    self->changes |= PUSHER_CONNECTION_CHANGE_SOCKET_ID;
  g_free (self->socket_id);
  self->socket_id = socket_id;
}

static void
set_last_error (PusherConnection *self,
                const GError     *error)
{
  if (error == NULL && self->last_error == NULL)
    return;

  g_clear_error (&self->last_error);
  if (error != NULL)
    self->last_error = g_error_copy (error);
  self->changes |= PUSHER_CONNECTION_CHANGE_LAST_ERROR;
}

/* The owner may do anything when it is told, so that this comes last in what
 * changes something, with a reference held by the caller. */
static void
tell_changes (PusherConnection *self)
{
  PusherConnectionChanges changes = self->changes;

  self->changes = 0;
  if (changes != 0 && self->listener != NULL)
    self->listener->changed (self->owner, changes);
}

static void
tell_error (PusherConnection *self,
            const GError     *error)
{
  if (self->listener != NULL)
    self->listener->error (self->owner, error);
}

/* --- From one phase to another ------------------------------------------- */

/* Leaves nothing of the connection or attempt that was, and moves those who
 * wait for a pong on it to tasks. */
static void
leave_phase (PusherConnection *self,
             GPtrArray        *tasks)
{
  g_autoptr (PusherTransport) transport = g_steal_pointer (&self->transport);

  if (self->phase == PHASE_LIVE &&
      pusher_connection_get_now (self) - self->connected_at >= STABLE_UPTIME)
    self->failures = 0;

  self->phase = PHASE_IDLE;
  set_deadline (self, PUSHER_DEADLINE_CONNECT, 0);
  set_deadline (self, PUSHER_DEADLINE_RETRY, 0);
  set_deadline (self, PUSHER_DEADLINE_LIVENESS, 0);
  set_socket_id (self, NULL);
  pusher_liveness_stop (&self->liveness, tasks);
  if (transport != NULL)
    pusher_transport_drop (transport);
}

static void
enter_connecting (PusherConnection *self)
{
  if (self->state == PUSHER_CONNECTION_STATE_UNAVAILABLE ||
      self->state == PUSHER_CONNECTION_STATE_CONNECTING)
    return;

  set_state (self, PUSHER_CONNECTION_STATE_CONNECTING);
  pusher_deadlines_set_seconds (&self->deadlines, PUSHER_DEADLINE_UNAVAILABLE, self->settings.unavailable_timeout);
}

/* The connection is over, and none is wanted until the next open. */
static void
stop (PusherConnection     *self,
      PusherConnectionState state,
      GPtrArray            *tasks)
{
  leave_phase (self, tasks);
  pusher_task_list_steal (&self->openers, tasks);
  set_deadline (self, PUSHER_DEADLINE_UNAVAILABLE, 0);
  set_state (self, state);
}

static void
fail (PusherConnection *self,
      const GError     *error)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();

  stop (self, PUSHER_CONNECTION_STATE_FAILED, tasks);
  set_last_error (self, error);

  tell_changes (self);
  tell_error (self, error);
  pusher_tasks_return_error (tasks, error);
}

static gint64
delay_before_retry (PusherConnection        *self,
                    const PusherClosePolicy *policy)
{
  gboolean at_once = policy->action == PUSHER_CLOSE_ACTION_RETRY;

  if (policy->action == PUSHER_CLOSE_ACTION_USE_TLS)
    {
      at_once = !self->needs_tls && !self->settings.use_tls;
      self->needs_tls = TRUE;
    }

  if (at_once && self->failures == 0)
    return 0;

  return pusher_backoff_delay (self->failures, pusher_deadlines_random (&self->deadlines),
                               policy->min_delay);
}

/* The connection or the attempt is over; another one is wanted. */
static void
retry (PusherConnection        *self,
       const PusherClosePolicy *policy,
       const GError            *error)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  gint64 delay;

  leave_phase (self, tasks);
  delay = delay_before_retry (self, policy);
  self->failures++;
  set_last_error (self, error);
  enter_connecting (self);
  self->phase = PHASE_WAITING;
  set_deadline (self, PUSHER_DEADLINE_RETRY, pusher_connection_get_now (self) + delay);
  g_debug ("Connection: another attempt in %.3f s, because: %s",
           (double) delay / G_USEC_PER_SEC, error->message);

  tell_changes (self);
  if (delay > 0 && self->phase == PHASE_WAITING && self->listener != NULL)
    self->listener->connecting_in (self->owner, (double) delay / G_USEC_PER_SEC);
  tell_error (self, error);
  pusher_tasks_return_error (tasks, error);
}

static void
lose (PusherConnection *self,
      guint             close_code,
      const GError     *error)
{
  const PusherClosePolicy *policy = pusher_close_policy_lookup (close_code);

  if (policy->action == PUSHER_CLOSE_ACTION_REFUSED)
    fail (self, error);
  else
    retry (self, policy, error);
}

/* Goes on as if the server had closed with the code. */
static void
time_out (PusherConnection *self,
          guint             close_code,
          const char       *what)
{
  g_autoptr (GError) error = g_error_new_literal (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT, what);

  lose (self, close_code, error);
}

/* --- Liveness ------------------------------------------------------------ */

static void
send_ping (PusherConnection *self,
           GTask            *task)
{
  gint64 now = pusher_connection_get_now (self);

  pusher_transport_send (self->transport, PING);
  pusher_liveness_pinged (&self->liveness, now, task);
}

static void
check_liveness (PusherConnection *self)
{
  g_autoptr (GPtrArray) overdue = pusher_tasks_new ();
  gint64 now = pusher_connection_get_now (self);
  gint64 due;
  PusherLivenessVerdict verdict =
    pusher_liveness_check (&self->liveness, now, &due, overdue);

  if (verdict == PUSHER_LIVENESS_PING)
    {
      send_ping (self, NULL);
      verdict = pusher_liveness_check (&self->liveness, now, &due, overdue);
    }

  if (verdict == PUSHER_LIVENESS_WAIT)
    set_deadline (self, PUSHER_DEADLINE_LIVENESS, due);

  if (overdue->len > 0)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                     "The server did not answer a ping in time");

      pusher_tasks_return_error (overdue, error);
    }

  if (verdict == PUSHER_LIVENESS_DEAD && self->phase == PHASE_LIVE)
    time_out (self, PUSHER_SERVER_ERROR_PONG_MISSED,
              "The server did not answer in time: the connection is dead");
}

/* --- What comes from the transport --------------------------------------- */

static void
enter_live (PusherConnection *self,
            char             *socket_id,
            gint64            server_activity_timeout)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  gint64 activity_timeout = self->settings.activity_timeout * (gint64) G_USEC_PER_SEC;

  if (server_activity_timeout > 0)
    activity_timeout = MIN (activity_timeout, server_activity_timeout);

  self->phase = PHASE_LIVE;
  self->connected_at = pusher_connection_get_now (self);
  pusher_liveness_start (&self->liveness, activity_timeout,
                         self->settings.pong_timeout * (gint64) G_USEC_PER_SEC,
                         self->connected_at);
  set_deadline (self, PUSHER_DEADLINE_CONNECT, 0);
  set_deadline (self, PUSHER_DEADLINE_UNAVAILABLE, 0);
  check_liveness (self);
  pusher_task_list_steal (&self->openers, tasks);
  set_socket_id (self, socket_id);
  set_last_error (self, NULL);
  set_state (self, PUSHER_CONNECTION_STATE_CONNECTED);

  tell_changes (self);
  pusher_tasks_return_boolean (tasks, TRUE);
}

static void
handle_first_message (PusherConnection *self,
                      PusherMessage    *message)
{
  g_autoptr (GError) error = NULL;
  gint64 activity_timeout;
  char *socket_id;

  if (g_str_equal (message->event, PUSHER_MESSAGE_ERROR))
    {
      error = pusher_server_error_parse (message);
      lose (self, (guint) error->code, error);
    }
  else if (!g_str_equal (message->event, PUSHER_MESSAGE_ESTABLISHED))
    {
      error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                           "The server began with something else than "
                           PUSHER_MESSAGE_ESTABLISHED);
      lose (self, PUSHER_CLOSE_CODE_ABNORMAL, error);
    }
  else if (!pusher_established_parse (message, &socket_id, &activity_timeout, &error))
    {
      lose (self, PUSHER_CLOSE_CODE_ABNORMAL, error);
    }
  else
    {
      enter_live (self, socket_id, activity_timeout);
      if (self->phase == PHASE_LIVE && self->listener != NULL)
        self->listener->message (self->owner, message);
    }
}

/* Keeps for itself what concerns only the connection. */
static void
handle_message (PusherConnection *self,
                PusherMessage    *message)
{
  if (message->channel != NULL || !g_str_has_prefix (message->event, "pusher:"))
    {
      self->listener->message (self->owner, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_PING))
    {
      pusher_transport_send (self->transport, PONG);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_PONG))
    {
      pusher_liveness_ponged (&self->liveness, pusher_connection_get_now (self));
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_ERROR))
    {
      g_autoptr (GError) error = pusher_server_error_parse (message);

      tell_error (self, error);
    }
  else
    {
      self->listener->message (self->owner, message);
    }
}

static void
transport_message_cb (gpointer    owner,
                      const char *text,
                      gsize       length)
{
  g_autoptr (PusherConnection) self = g_object_ref (owner);
  g_auto (PusherMessage) message = { 0 };
  g_autoptr (GError) error = NULL;

  pusher_liveness_received (&self->liveness, pusher_connection_get_now (self));

  if (!pusher_message_decode (&message, text, length, &error))
    {
      if (self->phase == PHASE_ATTEMPTING)
        lose (self, PUSHER_CLOSE_CODE_ABNORMAL, error);
      else
        tell_error (self, error);
    }
  else if (self->phase == PHASE_ATTEMPTING)
    {
      handle_first_message (self, &message);
    }
  else
    {
      handle_message (self, &message);
    }
}

static void
transport_bad_frame_cb (gpointer      owner,
                        const GError *error)
{
  g_autoptr (PusherConnection) self = g_object_ref (owner);

  pusher_liveness_received (&self->liveness, pusher_connection_get_now (self));
  if (self->phase == PHASE_ATTEMPTING)
    lose (self, PUSHER_CLOSE_CODE_ABNORMAL, error);
  else
    tell_error (self, error);
}

static GError *
describe_close (guint         close_code,
                const char   *reason,
                const GError *cause)
{
  if (close_code >= 4000)
    return pusher_server_error_new (close_code, reason);
  if (close_code == 0)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                        "Cannot connect: %s", cause->message);
  if (cause != NULL)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                        "The connection was lost: %s", cause->message);
  if (reason != NULL && *reason != '\0')
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                        "The server closed the connection: %s (%u)", reason, close_code);

  return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                      "The connection was lost (%u)", close_code);
}

static void
transport_closed_cb (gpointer      owner,
                     guint         close_code,
                     const char   *reason,
                     const GError *cause)
{
  g_autoptr (PusherConnection) self = g_object_ref (owner);
  g_autoptr (GError) error = describe_close (close_code, reason, cause);

  lose (self, close_code, error);
}

static const PusherTransportListener transport_listener = {
  transport_message_cb,
  transport_bad_frame_cb,
  transport_closed_cb,
};

/* --- Attempts ------------------------------------------------------------ */

/* The caller tells the changes. */
static void
start_attempt (PusherConnection *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri =
    pusher_settings_build_uri (&self->settings, self->needs_tls, &error);

  set_deadline (self, PUSHER_DEADLINE_RETRY, 0);
  if (uri == NULL)
    {
      fail (self, error);
      return;
    }

  enter_connecting (self);
  self->phase = PHASE_ATTEMPTING;
  pusher_deadlines_set_seconds (&self->deadlines, PUSHER_DEADLINE_CONNECT, self->settings.connect_timeout);
  self->transport = pusher_transport_new (&transport_listener, self);
  pusher_transport_open (self->transport, pusher_settings_get_session (&self->settings), uri,
                         self->settings.max_message_size);
}

/* Does what is due. Called by the timer, and by tests that moved the clock. */
void
pusher_connection_check_timers (PusherConnection *self)
{
  PusherDeadlines *deadlines = &self->deadlines;

  g_object_ref (self);

  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_LIVENESS))
    check_liveness (self);
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_CONNECT))
    time_out (self, PUSHER_CLOSE_CODE_ABNORMAL,
              "The server did not establish the connection in time");
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_UNAVAILABLE))
    set_state (self, PUSHER_CONNECTION_STATE_UNAVAILABLE);
  if (pusher_deadlines_take_due (deadlines, PUSHER_DEADLINE_RETRY))
    {
      self->changes |= PUSHER_CONNECTION_CHANGE_RETRY_AT;
      start_attempt (self);
    }
  pusher_deadlines_arm (deadlines);
  tell_changes (self);

  g_object_unref (self);
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
  if (self->phase == PHASE_LIVE)
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
        g_task_return_new_error (task, PUSHER_ERROR, PUSHER_ERROR_CLOSED, "The client is gone");
      g_clear_object (&task);
      return;
    }

  g_object_ref (self);

  if (task != NULL)
    pusher_task_list_add (&self->openers, task);
  if (self->phase == PHASE_IDLE)
    {
      self->failures = 0;
      self->needs_tls = FALSE;
      start_attempt (self);
      tell_changes (self);
    }

  g_object_unref (self);
}

static void
closed_cb (gpointer user_data)
{
  g_autofree PusherTaskList *closers = user_data;
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();

  pusher_task_list_steal (closers, tasks);
  pusher_tasks_return_boolean (tasks, TRUE);
}

/* Takes over the reference to task, which may be NULL and returns when the
 * socket is closed. */
void
pusher_connection_close (PusherConnection *self,
                         GTask            *task)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  g_autoptr (PusherTransport) transport = g_steal_pointer (&self->transport);
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, "The client was closed");
  PusherTaskList *closers = g_new0 (PusherTaskList, 1);

  g_object_ref (self);

  if (task != NULL)
    pusher_task_list_add (closers, task);
  stop (self, PUSHER_CONNECTION_STATE_DISCONNECTED, tasks);
  set_last_error (self, NULL);
  if (transport != NULL)
    pusher_transport_close (transport, closed_cb, closers);
  else
    closed_cb (closers);

  tell_changes (self);
  pusher_tasks_return_error (tasks, error);

  g_object_unref (self);
}

/* Does not wait any longer, neither for the time of the next attempt nor for
 * one that hangs, and replaces a connection that only seems to work. */
void
pusher_connection_reconnect_now (PusherConnection *self)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  g_autoptr (GError) error = NULL;

  if (self->phase == PHASE_IDLE)
    return;

  g_object_ref (self);

  leave_phase (self, tasks);
  self->failures = 0;
  start_attempt (self);

  tell_changes (self);
  error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                       "The connection was replaced on request");
  pusher_tasks_return_error (tasks, error);

  g_object_unref (self);
}

/* Takes over the reference to task, which returns the round trip in µs. */
void
pusher_connection_ping (PusherConnection *self,
                        GTask            *task)
{
  if (self->phase != PHASE_LIVE)
    {
      g_task_return_new_error (task, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                               "There is no connection to ping");
      g_object_unref (task);
      return;
    }

  send_ping (self, task);
  check_liveness (self);
}

/* FALSE if there is no connection: then the text will never be sent. */
gboolean
pusher_connection_send (PusherConnection *self,
                        const char       *text)
{
  if (self->phase != PHASE_LIVE || !pusher_transport_send (self->transport, text))
    return FALSE;

  self->n_sent++;

  return TRUE;
}

/* The owner goes away: it hears nothing any more. */
void
pusher_connection_abandon (PusherConnection *self)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_CLOSED, "The client is gone");

  self->listener = NULL;
  self->owner = NULL;
  stop (self, PUSHER_CONNECTION_STATE_DISCONNECTED, tasks);
  pusher_tasks_return_error (tasks, error);
}

/* --- The object ---------------------------------------------------------- */

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

/* Numbers the messages that the owner sent. */
guint64
pusher_connection_get_n_sent (PusherConnection *self)
{
  return self->n_sent;
}

/* In the clock's time; 0 if the connection does not wait for an attempt. */
gint64
pusher_connection_get_retry_at (PusherConnection *self)
{
  return self->deadlines.times[PUSHER_DEADLINE_RETRY];
}

void
pusher_connection_set_clock (PusherConnection  *self,
                             const PusherClock *clock)
{
  self->deadlines.clock = *clock;
}

static void
pusher_connection_finalize (GObject *object)
{
  PusherConnection *self = PUSHER_CONNECTION (object);

  pusher_deadlines_clear (&self->deadlines);
  pusher_settings_clear (&self->settings);
  g_clear_error (&self->last_error);
  g_free (self->socket_id);

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
  pusher_settings_init (&self->settings);
  pusher_deadlines_init (&self->deadlines, deadline_cb, self);
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
