/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What comes from the transport and goes to it, and what keeps the connection alive. */

#include "config.h"

#include "pusher-connection-messages-private.h"

#include "base/pusher-error.h"
#include "base/pusher-loggable-private.h"
#include "base/pusher-printable-private.h"
#include "protocol/pusher-control-messages-private.h"
#include "pusher-connection-heartbeat-private.h"
#include "pusher-connection-machine-private.h"

#include <glib/gi18n-lib.h>

#define PING "{\"event\":\"pusher:ping\",\"data\":{}}"
#define PONG "{\"event\":\"pusher:pong\",\"data\":{}}"

/* A server that pings without end costs no time to speak of. */
#define MAX_PONGS_PER_SECOND 10

/* When there is reason to doubt that the server is still there. */
#define PROBE_TIMEOUT (5 * (gint64) G_USEC_PER_SEC)

/* An error that came so long before the end, and after which nothing came, is why. */
#define LAST_WORDS_PERIOD (5 * (gint64) G_USEC_PER_SEC)

/* --- Ends ---------------------------------------------------------------- */

/* What came before the end is delivered before it. */
static void
end (PusherConnection *self,
     PusherInput       input,
     const GError     *error,
     gint64            min_delay)
{
  if (pusher_inbox_is_empty (&self->inbox))
    {
      pusher_connection_handle (self, input, error, min_delay);
    }
  else if (self->end.error == NULL)
    {
      self->end = (PusherEnd) { input, g_error_copy (error), min_delay };
      pusher_connection_set_deadline (self, PUSHER_DEADLINE_LIVENESS, 0);
    }
}

static void
lose (PusherConnection *self,
      guint             close_code,
      const GError     *error)
{
  const PusherClosePolicy *policy = pusher_close_policy_lookup (close_code);

  end (self, pusher_input_from_close_action (policy->action), error, policy->min_delay);
}

/* The server does not keep to the protocol: what it sent after this is not delivered. */
static void
break_off (PusherConnection *self,
           guint             close_code,
           const GError     *error)
{
  const PusherClosePolicy *policy = pusher_close_policy_lookup (close_code);

  pusher_connection_handle (self, pusher_input_from_close_action (policy->action), error,
                            policy->min_delay);
}

gboolean
pusher_connection_inbox_due_cb (gpointer user_data)
{
  g_autoptr (PusherConnection) self = g_object_ref (user_data);

  pusher_inbox_deliver_slice (&self->inbox);
  if (pusher_inbox_is_empty (&self->inbox) && self->end.error != NULL)
    {
      g_autoptr (GError) error = g_steal_pointer (&self->end.error);

      pusher_connection_handle (self, self->end.input, error, self->end.min_delay);
    }

  return G_SOURCE_CONTINUE;
}

/* --- Sending ------------------------------------------------------------- */

gboolean
pusher_connection_send_text (PusherConnection *self,
                             const char       *text,
                             gboolean          soon)
{
  if (self->phase != PUSHER_PHASE_LIVE || !pusher_transport_send (self->transport, text, soon))
    return FALSE;

  pusher_liveness_sent (&self->liveness, pusher_clock_now (&self->clock));
  self->counters.messages_sent++;
  self->counters.bytes_sent += strlen (text);

  return TRUE;
}

/* --- Liveness ------------------------------------------------------------ */

/* Takes over the reference to task, which may be NULL. */
void
pusher_connection_send_ping (PusherConnection *self,
                             gint64            timeout,
                             GTask            *task)
{
  /* Sending may take longer than the answer: with one processor the server has its turn. */
  gint64 now = pusher_clock_now (&self->clock);

  pusher_connection_send_text (self, PING, FALSE);
  pusher_liveness_pinged (&self->liveness, now, timeout, task);
}

void
pusher_connection_check_liveness (PusherConnection *self)
{
  g_autoptr (GPtrArray) overdue = pusher_tasks_new ();
  gint64 now = pusher_clock_now (&self->clock);
  gint64 patience = self->liveness.pong_timeout;
  gint64 due;
  PusherLivenessVerdict verdict = pusher_liveness_check (&self->liveness, now, &due, overdue);

  if (verdict == PUSHER_LIVENESS_PROBE)
    patience = MIN (PROBE_TIMEOUT, patience);
  if (verdict == PUSHER_LIVENESS_PING || verdict == PUSHER_LIVENESS_PROBE)
    {
      pusher_connection_send_ping (self, patience, NULL);
      verdict = pusher_liveness_check (&self->liveness, now, &due, overdue);
    }

  if (verdict == PUSHER_LIVENESS_WAIT && self->end.error == NULL)
    pusher_connection_set_deadline (self, PUSHER_DEADLINE_LIVENESS, due);

  if (overdue->len > 0)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                     _("The server did not answer a ping in time"));

      pusher_tasks_return_error (overdue, error);
    }

  if (verdict == PUSHER_LIVENESS_DEAD)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                     _("The server did not answer in time: the connection is dead"));

      self->silent_since = self->liveness.last_received;
      pusher_connection_note_silence (self);
      end (self, PUSHER_INPUT_PONG_DUE, error, 0);
    }
}

/* Whether there was room for the last pong: a server that pings and reads nothing costs
 * no memory. */
static gboolean
pong_has_gone (PusherConnection *self)
{
  guint64 n_drains = pusher_transport_get_n_drains (self->transport);

  return n_drains == 0 || n_drains != self->pong_drains;
}

static void
send_pong (PusherConnection *self)
{
  self->pong_drains = pusher_transport_get_n_drains (self->transport);
  pusher_connection_send_text (self, PONG, FALSE);
}

static void
answer_ping (PusherConnection *self)
{
  gint64 now = pusher_clock_now (&self->clock);

  if (self->phase != PUSHER_PHASE_LIVE)
    return;

  if (now - self->pongs_since >= G_USEC_PER_SEC)
    {
      self->pongs_since = now;
      self->n_pongs = 0;
    }
  if (self->n_pongs++ < MAX_PONGS_PER_SECOND && pong_has_gone (self))
    send_pong (self);
}

/* --- Messages ------------------------------------------------------------ */

static void
handle_established (PusherConnection *self,
                    PusherMessage    *message)
{
  g_autoptr (GError) error = NULL;
  gint64 activity_timeout = self->settings.activity_timeout * (gint64) G_USEC_PER_SEC;
  gint64 server_activity_timeout;
  char *socket_id;

  if (!pusher_established_parse (message, &socket_id, &server_activity_timeout, &error))
    {
      break_off (self, PUSHER_CLOSE_CODE_ABNORMAL, error);
      return;
    }

  if (server_activity_timeout > 0)
    activity_timeout = MIN (activity_timeout, server_activity_timeout);
  pusher_connection_begin_heartbeat (self, activity_timeout);
  pusher_connection_check_liveness (self);
  pusher_connection_set_socket_id (self, socket_id);
  pusher_connection_handle (self, PUSHER_INPUT_ESTABLISHED, NULL, 0);

  if (self->phase == PUSHER_PHASE_LIVE && self->listener != NULL)
    self->listener->message (self->owner, message);
}

static void
handle_first_message (PusherConnection *self,
                      PusherMessage    *message)
{
  g_autoptr (GError) error = NULL;

  if (g_str_equal (message->event, PUSHER_MESSAGE_ESTABLISHED))
    {
      handle_established (self, message);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_ERROR))
    {
      error = pusher_server_error_parse (message);
      break_off (self, (guint) error->code, error);
    }
  else
    {
      error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                           /* Translators: %s is the name of an event. */
                           _("The server began with something else than %s"),
                           PUSHER_MESSAGE_ESTABLISHED);
      break_off (self, PUSHER_CLOSE_CODE_ABNORMAL, error);
    }
}

/* Handlers may do anything: there may be another connection when they have returned. */
static void
handle_error (PusherConnection *self,
              PusherMessage    *message)
{
  g_autoptr (GError) error = pusher_server_error_parse (message);
  guint64 n_attempts = self->counters.attempts;
  gboolean told;

  pusher_connection_forget_words (self);
  self->last_words.error = g_error_copy (error);
  self->last_words.time = pusher_clock_now (&self->clock);
  self->last_words.n_received = self->counters.messages_received;

  told = self->listener != NULL && self->listener->server_error (self->owner, error);
  if (self->counters.attempts == n_attempts && self->last_words.error != NULL)
    self->last_words.told = told;
}

/* Whether the message was about the connection only. */
static gboolean
handle_housekeeping (PusherConnection *self,
                     PusherMessage    *message)
{
  if (message->channel != NULL || !g_str_has_prefix (message->event, "pusher:"))
    return FALSE;

  if (g_str_equal (message->event, PUSHER_MESSAGE_PING))
    {
      answer_ping (self);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_PONG))
    {
      pusher_connection_keep_heartbeat (self);
      pusher_liveness_ponged (&self->liveness, pusher_clock_now (&self->clock));
      if (self->phase == PUSHER_PHASE_LIVE)
        pusher_connection_check_liveness (self);
    }
  else if (g_str_equal (message->event, PUSHER_MESSAGE_ERROR))
    {
      handle_error (self, message);
    }
  else
    {
      return FALSE;
    }

  return TRUE;
}

/* first: nothing has come before it */
static void
report_unusable (PusherConnection *self,
                 const GError     *error,
                 gboolean          first)
{
  self->counters.messages_dropped++;
  if (first)
    break_off (self, PUSHER_CLOSE_CODE_ABNORMAL, error);
  else
    pusher_connection_tell_error (self, error);
}

/* The caller holds a reference. */
void
pusher_connection_deliver (gpointer user_data,
                           GBytes  *bytes)
{
  PusherConnection *self = user_data;
  g_auto (PusherMessage) message = { 0 };
  g_autoptr (GError) error = NULL;
  gsize length;
  const char *text = g_bytes_get_data (bytes, &length);

  if (!pusher_message_decode (&message, text, length, &error))
    report_unusable (self, error, self->phase == PUSHER_PHASE_ATTEMPTING);
  else if (self->phase == PUSHER_PHASE_ATTEMPTING)
    handle_first_message (self, &message);
  else if (!handle_housekeeping (self, &message) && self->listener != NULL)
    self->listener->message (self->owner, &message);
}

/* --- The transport ------------------------------------------------------- */

static void
transport_message_cb (gpointer owner,
                      GBytes  *bytes)
{
  g_autoptr (PusherConnection) self = g_object_ref (owner);
  gint64 now = pusher_clock_now (&self->clock);

  pusher_liveness_received (&self->liveness, now);
  self->counters.messages_received++;
  self->counters.bytes_received += g_bytes_get_size (bytes);

  if (pusher_pace_has_time (&self->pace, now))
    pusher_connection_deliver (self, bytes);
  else
    pusher_inbox_keep (&self->inbox, bytes);
}

static void
transport_bad_frame_cb (gpointer      owner,
                        const GError *error)
{
  g_autoptr (PusherConnection) self = g_object_ref (owner);
  gboolean first =
    self->phase == PUSHER_PHASE_ATTEMPTING && pusher_inbox_is_empty (&self->inbox);

  pusher_liveness_received (&self->liveness, pusher_clock_now (&self->clock));
  report_unusable (self, error, first);
}

/* What the server has said before it closed, if that is about the same: with that code, or
 * as the last thing before an end without a code of the protocol. */
static const GError *
find_last_words (PusherConnection *self,
                 guint             close_code)
{
  const PusherLastWords *words = &self->last_words;

  if (words->error == NULL)
    return NULL;
  if (words->error->code == (int) close_code)
    return words->error;
  if (close_code < 4000 && self->counters.messages_received == words->n_received &&
      pusher_clock_now (&self->clock) - words->time <= LAST_WORDS_PERIOD)
    return words->error;

  return NULL;
}

static GError *
describe_close (guint         close_code,
                const char   *reason,
                const GError *cause)
{
  if (close_code >= 4000)
    return pusher_server_error_new (close_code, reason);
  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CERTIFICATE,
                        _("Cannot connect: %s"), cause->message);
  if (close_code == 0)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                        _("Cannot connect: %s"), cause->message);
  if (cause != NULL)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                        _("The connection was lost: %s"), cause->message);
  if (reason != NULL && *reason != '\0')
    {
      g_autofree char *printable = pusher_printable (reason, PUSHER_PRINTABLE_MAX);

      return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                          /* Translators: %s is what the server said. */
                          _("The server closed the connection: %s (%u)"), printable, close_code);
    }

  return g_error_new (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST,
                      _("The connection was lost (%u)"), close_code);
}

static void
transport_closed_cb (gpointer      owner,
                     guint         close_code,
                     const char   *reason,
                     const GError *cause)
{
  g_autoptr (PusherConnection) self = g_object_ref (owner);
  const GError *words = find_last_words (self, close_code);
  g_autoptr (GError) error =
    words != NULL ? g_error_copy (words) : describe_close (close_code, reason, cause);
  g_autofree char *kind = cause != NULL ? pusher_loggable (cause) : g_strdup ("closed");

  g_debug ("The WebSocket has ended (%u): %s", close_code, kind);

  self->cut = close_code == PUSHER_CLOSE_CODE_ABNORMAL;

  /* Only a server that closes in order has sent all that there was. */
  if (cause != NULL)
    self->silent_since = self->liveness.last_received;
  if (close_code == PUSHER_CLOSE_CODE_ABNORMAL &&
      (cause == NULL || cause->domain != SOUP_WEBSOCKET_ERROR))
    pusher_connection_note_silence (self);
  lose (self, close_code, error);
}

const PusherTransportListener pusher_connection_transport_listener = {
  transport_message_cb,
  transport_bad_frame_cb,
  transport_closed_cb,
};
