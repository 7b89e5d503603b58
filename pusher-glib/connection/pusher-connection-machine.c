/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Carries out what the state table says. */

#include "config.h"

#include "pusher-connection-machine-private.h"

#include "base/pusher-loggable-private.h"
#include "protocol/pusher-backoff-private.h"
#include "pusher-connection-heartbeat-private.h"

/* A connection that lasted this long starts the delays anew. */
#define STABLE_UPTIME (60 * (gint64) G_USEC_PER_SEC)

/* However often the machine hints that another attempt may succeed. */
#define MIN_ATTEMPT_INTERVAL ((gint64) G_USEC_PER_SEC)

/* Whether the server said why before it closed: that was told then. */
static gboolean
was_told (PusherConnection *self,
          const GError     *error)
{
  const GError *words = self->last_words.error;

  return self->last_words.told && g_error_matches (error, words->domain, words->code) &&
         g_str_equal (error->message, words->message);
}

/* The owner hears why before it hears when. It may do anything when it is told, also have
 * the next attempt made at once, or hear that it is sooner than it was. */
static void
tell (PusherConnection       *self,
      const PusherTransition *transition,
      const GError           *error,
      gint64                  delay)
{
  gint64 retry_at = self->deadlines.times[PUSHER_DEADLINE_RETRY];
  gboolean reports = transition->actions & PUSHER_DO_REPORT && !was_told (self, error);

  pusher_connection_tell_changes (self);
  if (reports)
    pusher_connection_tell_error (self, error);
  if (delay > 0 && self->deadlines.times[PUSHER_DEADLINE_RETRY] == retry_at &&
      self->listener != NULL)
    self->listener->connecting_in (self->owner, delay);
}

/* --- Actions ------------------------------------------------------------- */

static void
closed_cb (gpointer user_data)
{
  g_autofree PusherTaskList *closers = user_data;
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();

  pusher_task_list_steal (closers, tasks);
  pusher_tasks_return_boolean (tasks, TRUE);
}

/* Leaves nothing of the connection or attempt that was, and moves the tasks that
 * wait for a pong on it to the end of tasks. */
static PusherTransport *
leave (PusherConnection *self,
       PusherPhase       phase,
       GPtrArray        *tasks)
{
  gint64 now = pusher_clock_now (&self->clock);

  if (phase == PUSHER_PHASE_LIVE && now - self->connected_at >= STABLE_UPTIME)
    self->failures = 0;
  if (phase != PUSHER_PHASE_LIVE)
    pusher_connection_forget_silence (self);
  self->lost_at = self->silent_since != 0 ? self->silent_since : now;
  self->silent_since = 0;

  pusher_connection_set_deadline (self, PUSHER_DEADLINE_CONNECT, 0);
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_RETRY, 0);
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_LIVENESS, 0);
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_RESUBSCRIBE, 0);
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_WAKE, 0);
  pusher_connection_set_socket_id (self, NULL);
  pusher_liveness_stop (&self->liveness, tasks);
  self->counters.messages_dropped += pusher_inbox_discard (&self->inbox);
  g_clear_error (&self->end.error);

  return g_steal_pointer (&self->transport);
}

static void
leave_socket (PusherConnection       *self,
              PusherPhase             phase,
              const PusherTransition *transition,
              GPtrArray              *tasks)
{
  g_autoptr (PusherTransport) transport = leave (self, phase, tasks);
  PusherTaskList *closers = g_steal_pointer (&self->closers);

  if (transport == NULL && closers != NULL)
    closed_cb (closers);
  else if (transport != NULL && transition->actions & PUSHER_DO_CLOSE)
    pusher_transport_close (transport, closed_cb, closers);
  else if (transport != NULL)
    pusher_transport_drop (transport);
}

static void
log_delay (gint64 delay)
{
  g_debug ("Connection: the next attempt in %.1f s", (double) delay / G_USEC_PER_SEC);
}

/* Returns: the µs until the next attempt */
static gint64
schedule (PusherConnection       *self,
          const PusherTransition *transition,
          gint64                  min_delay)
{
  gboolean at_once = transition->actions & PUSHER_DO_AT_ONCE && self->failures == 0;
  gint64 delay = 0;

  if (transition->actions & PUSHER_DO_USE_TLS)
    {
      at_once = at_once && !self->needs_tls && !self->settings.use_tls;
      self->needs_tls = TRUE;
    }

  if (!at_once)
    delay = pusher_backoff_delay (self->failures, pusher_clock_random (&self->clock),
                                  min_delay);
  self->failures++;
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_RETRY,
                                  pusher_clock_now (&self->clock) + delay);
  log_delay (delay);

  return delay;
}

/* Returns: the µs until the next attempt, or 0 if it is as soon as before */
static gint64
hurry (PusherConnection *self)
{
  gint64 now = pusher_clock_now (&self->clock);
  gint64 soon = MAX (now, self->attempted_at + MIN_ATTEMPT_INTERVAL);

  if (soon >= self->deadlines.times[PUSHER_DEADLINE_RETRY])
    return 0;

  pusher_connection_set_deadline (self, PUSHER_DEADLINE_RETRY, soon);
  log_delay (soon - now);

  return soon - now;
}

static gboolean
attempt (PusherConnection *self,
         GError          **error)
{
  g_autoptr (GUri) uri = pusher_settings_build_uri (&self->settings, self->needs_tls, error);

  pusher_connection_set_deadline (self, PUSHER_DEADLINE_RETRY, 0);
  if (uri == NULL)
    return FALSE;

  pusher_connection_take_host (self, uri);
  g_debug ("Connection: connecting to %s", self->host);
  self->attempted_at = pusher_clock_now (&self->clock);
  self->cut = FALSE;
  pusher_connection_forget_words (self);
  self->counters.attempts++;
  pusher_deadlines_set_seconds (&self->deadlines, PUSHER_DEADLINE_CONNECT,
                                self->settings.connect_timeout);
  self->transport = pusher_transport_new (self->transport_listener, self, &self->pace);
  pusher_transport_open (self->transport, pusher_settings_get_session (&self->settings), uri,
                         self->settings.origin, self->settings.max_message_size);

  return TRUE;
}

/* The next check of the liveness, which is due now, finds out. */
static void
probe (PusherConnection *self)
{
  pusher_liveness_doubt (&self->liveness);
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_LIVENESS, pusher_clock_now (&self->clock));
}

static void
confirm (PusherConnection *self)
{
  self->connected_at = pusher_clock_now (&self->clock);
  self->pong_drains = 0;
  self->counters.connects++;
  pusher_connection_set_deadline (self, PUSHER_DEADLINE_CONNECT, 0);
  pusher_connection_set_last_error (self, NULL);
}

/* What the network or a suspend has cut was not cut for its silence. */
static void
watch_cb (gpointer   user_data,
          PusherHint hint)
{
  static const PusherInput inputs[PUSHER_N_HINTS] = {
    [PUSHER_HINT_NETWORK_CHANGED] = PUSHER_INPUT_NETWORK_CHANGED,
    [PUSHER_HINT_RESUMED] = PUSHER_INPUT_RESUMED,
  };

  pusher_connection_forget_silence (user_data);
  pusher_connection_handle (user_data, inputs[hint], NULL, 0);
}

/* An idle connection has nothing to hurry. */
static void
enter_phase (PusherConnection *self,
             PusherPhase       phase)
{
  if (self->phase == PUSHER_PHASE_IDLE && phase != PUSHER_PHASE_IDLE)
    pusher_watch_join (&self->watcher, watch_cb, self);
  else if (self->phase != PUSHER_PHASE_IDLE && phase == PUSHER_PHASE_IDLE)
    pusher_watch_leave (&self->watcher);
  self->phase = phase;
}

/* --- Transitions --------------------------------------------------------- */

/* Returns: the µs until the next attempt if they are news, else 0 */
static gint64
act (PusherConnection       *self,
     PusherPhase             phase,
     const PusherTransition *transition,
     const GError           *error,
     gint64                  min_delay,
     GPtrArray              *tasks)
{
  PusherDo actions = transition->actions;
  gint64 delay = 0;

  if (actions & (PUSHER_DO_CLOSE | PUSHER_DO_DROP))
    leave_socket (self, phase, transition, tasks);
  if (actions & PUSHER_DO_FORGET)
    self->failures = 0;
  if (actions & (PUSHER_DO_AT_ONCE | PUSHER_DO_BACK_OFF))
    delay = schedule (self, transition, min_delay);
  if (actions & PUSHER_DO_HURRY)
    delay = hurry (self);
  if (actions & PUSHER_DO_PROBE)
    probe (self);
  if (actions & PUSHER_DO_CONFIRM)
    confirm (self);
  if (actions & PUSHER_DO_CLOSE)
    {
      pusher_connection_set_last_error (self, NULL);
      self->changes |= PUSHER_CONNECTION_CHANGE_CLOSED;
    }
  if (actions & PUSHER_DO_REPORT)
    pusher_connection_set_last_error (self, error);

  return delay;
}

static void
log_transition (PusherPhase             phase,
                PusherInput             input,
                const PusherTransition *transition,
                const GError           *error)
{
  g_autofree char *kind = error != NULL ? pusher_loggable (error) : NULL;

  g_debug ("Connection: %s: %s → %s%s%s", pusher_input_to_string (input),
           pusher_phase_to_string (phase), pusher_phase_to_string (transition->next),
           kind != NULL ? ", because: " : "", kind != NULL ? kind : "");
}

/* Takes the transition that the state table has for the input, if any. The error
 * says why, for those inputs that end something. The connection is kept until
 * this returns. */
void
pusher_connection_handle (PusherConnection *self,
                          PusherInput       input,
                          const GError     *error,
                          gint64            min_delay)
{
  PusherPhase phase = self->phase;
  const PusherTransition *transition = pusher_state_table_lookup (phase, input);
  g_autoptr (PusherConnection) held = NULL;
  g_autoptr (GPtrArray) failed = NULL;
  g_autoptr (GPtrArray) opened = NULL;
  g_autoptr (GError) refusal = NULL;
  gint64 delay;

  if (transition->next == PUSHER_PHASE_NONE)
    return;

  log_transition (phase, input, transition, error);
  held = g_object_ref (self);
  failed = pusher_tasks_new ();
  opened = pusher_tasks_new ();

  enter_phase (self, transition->next);
  delay = act (self, phase, transition, error, min_delay, failed);
  pusher_connection_set_state (self, transition->state);
  if (self->phase == PUSHER_PHASE_IDLE)
    pusher_task_list_steal (&self->openers, failed);
  if (self->phase == PUSHER_PHASE_LIVE)
    pusher_task_list_steal (&self->openers, opened);

  if (transition->actions & PUSHER_DO_ATTEMPT && !attempt (self, &refusal))
    pusher_connection_handle (self, PUSHER_INPUT_REFUSED, refusal, 0);
  else
    tell (self, transition, error, delay);

  pusher_tasks_return_boolean (opened, TRUE);
  pusher_tasks_return_error (failed, error);
}
