/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-admission-private.h"

#include "auth/pusher-authorization-request-private.h"
#include "base/pusher-error.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"

#include <glib/gi18n-lib.h>

void
pusher_admission_init (PusherAdmission            *self,
                       PusherHost                 *host,
                       const char                 *channel_name,
                       const PusherAdmissionFuncs *funcs,
                       gpointer                    owner)
{
  *self = (PusherAdmission) {
    .funcs = funcs,
    .owner = owner,
    .host = pusher_host_ref (host),
    .channel_name = g_strdup (channel_name),
  };
}

/* The owner is being freed: nothing is under way. */
void
pusher_admission_clear (PusherAdmission *self)
{
  g_clear_pointer (&self->channel_name, g_free);
  g_clear_pointer (&self->message, g_free);
  g_clear_pointer (&self->host, pusher_host_unref);
}

/* What the server's answer will be found by. */
static const char *
get_ledger_name (PusherAdmission *self)
{
  return self->channel_name != NULL ? self->channel_name : PUSHER_MESSAGE_SIGN_IN;
}

static PusherLedgerKinds
get_ledger_kind (PusherAdmission *self)
{
  if (self->channel_name == NULL)
    return PUSHER_LEDGER_SIGN_IN;

  /* Some servers do not mind the dash. */
  if (g_str_has_prefix (self->channel_name, "private") ||
      g_str_has_prefix (self->channel_name, "presence"))
    return PUSHER_LEDGER_PRIVATE;

  return PUSHER_LEDGER_PUBLIC;
}

static gboolean
is_public (PusherAdmission *self)
{
  return self->channel_name != NULL &&
         pusher_channel_name_get_kind (self->channel_name) == PUSHER_CHANNEL_KIND_PUBLIC;
}

static void
log_step (PusherAdmission *self,
          const char      *step)
{
  if (!self->host->logs)
    return;

  if (self->channel_name != NULL)
    g_debug ("Channel “%s”: %s", self->channel_name, step);
  else
    g_debug ("User: %s", step);
}

/* --- Time ---------------------------------------------------------------- */

void
pusher_admission_start_limit (PusherAdmission *self)
{
  gint64 due_at = pusher_host_get_due_at (self->host);

  if (due_at != 0)
    pusher_time_limits_start (&self->host->limits, &self->limit, self, due_at);
  pusher_host_set_timer (self->host);
}

static void
stop_limit (PusherAdmission *self)
{
  pusher_time_limits_stop (&self->host->limits, &self->limit);
}

/* Leaves nothing of the stage that it is in. */
static void
leave (PusherAdmission *self,
       GPtrArray       *cancellations)
{
  pusher_host_cancel_authorization (&self->request, cancellations);
  g_clear_pointer (&self->held_auth, g_free);
  g_clear_pointer (&self->message, g_free);
  stop_limit (self);
  pusher_turns_remove (&self->turn);
  self->stage = PUSHER_ADMISSION_IDLE;
}

/* --- The way ------------------------------------------------------------- */

/* It has failed in whatever stage. */
void
pusher_admission_fail (PusherAdmission *self,
                       const GError    *error,
                       gboolean         may_pass)
{
  self->stage = PUSHER_ADMISSION_IDLE;
  self->may_pass = may_pass;
  g_clear_pointer (&self->message, g_free);
  stop_limit (self);
  if (may_pass)
    pusher_connection_resubscribe_later (self->host->connection);
  self->funcs->failed (self->owner, error);
}

/* A server that has not answered may have subscribed us all the same, and refuse a second
 * subscription to the same channel. */
static void
undo_overdue (PusherAdmission *self)
{
  g_autofree char *text = NULL;

  if (self->channel_name == NULL ||
      !pusher_ledger_is_overdue (&self->host->ledger, self->channel_name))
    return;

  text = pusher_subscription_encode (PUSHER_MESSAGE_UNSUBSCRIBE, self->channel_name, NULL, NULL);
  pusher_connection_send_soon (self->host->connection, text);
}

/* It is its turn. If the message cannot be sent the connection is about to be lost, and the
 * next one begins anew. */
void
pusher_admission_send (PusherAdmission *self)
{
  PusherHost *host = self->host;

  self->stage = PUSHER_ADMISSION_IDLE;
  undo_overdue (self);
  if (!pusher_connection_send_soon (host->connection, self->message))
    return;

  log_step (self, "asking the server");
  pusher_host_count_sent (host);
  self->stage = PUSHER_ADMISSION_SENT;
  self->n_sent++;
  if (self->funcs->sent != NULL)
    self->funcs->sent (self->owner);
  pusher_ledger_add (&host->ledger, get_ledger_name (self), get_ledger_kind (self), self,
                     pusher_host_get_due_at (host));
  pusher_host_set_timer (host);
}

/* Those that somebody waits for come first, and so does the user, whom channels may wait
 * for. */
static gboolean
is_urgent (PusherAdmission *self)
{
  return self->channel_name == NULL || self->waiting.entries.length > 0;
}

/* first: it was sent before, and not taken */
void
pusher_admission_queue (PusherAdmission *self,
                        gboolean         first)
{
  if (self->stage != PUSHER_ADMISSION_QUEUED)
    log_step (self, first ? "the server took no more: waits for its turn again"
                          : "waits for its turn");
  self->stage = PUSHER_ADMISSION_QUEUED;
  pusher_turns_add (&self->host->turns, &self->turn, self, is_urgent (self), first);
}

/* Takes over message. */
static void
send_or_queue (PusherAdmission *self,
               char            *message)
{
  PusherHost *host = self->host;
  gint64 now = pusher_connection_get_now (host->connection);

  stop_limit (self);
  g_free (self->message);
  self->message = message;
  if (pusher_turns_get_next (&host->turns, is_urgent (self), now) <= now)
    {
      pusher_admission_send (self);
    }
  else
    {
      pusher_admission_queue (self, FALSE);
      pusher_host_set_timer (host);
    }
}

static void
use_authorization (PusherAdmission           *self,
                   const PusherAuthorization *authorization)
{
  g_autoptr (GError) error = NULL;
  char *message = NULL;

  switch (self->funcs->authorized (self->owner, authorization, &message, &error))
    {
    case PUSHER_ADMISSION_SEND:
      send_or_queue (self, message);
      break;
    case PUSHER_ADMISSION_HOLD:
      log_step (self, "waits until the user has signed in");
      self->stage = PUSHER_ADMISSION_HELD;
      self->held_auth = g_strdup (authorization->auth);
      if (self->limit.ends_at == 0)
        pusher_admission_start_limit (self);
      break;
    case PUSHER_ADMISSION_REFUSE:
      pusher_admission_fail (self, error, FALSE);
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
  PusherAdmission *self = user_data;

  self->request = NULL;
  stop_limit (self);
  if (authorization != NULL)
    {
      log_step (self, "authorized");
      use_authorization (self, authorization);
    }
  else
    pusher_admission_fail (self, error, may_pass);
}

/* Does nothing if it has begun already, without a connection, or while the server
 * owes an answer to an earlier one of that name: who hears that answer starts this
 * one. */
void
pusher_admission_start (PusherAdmission *self)
{
  PusherHost *host = self->host;

  if (self->stage != PUSHER_ADMISSION_IDLE || host->client == NULL ||
      pusher_connection_get_socket_id (host->connection) == NULL ||
      pusher_ledger_owes (&host->ledger, get_ledger_name (self)))
    return;

  self->may_pass = FALSE;
  if (is_public (self))
    {
      use_authorization (self, &(PusherAuthorization) { NULL });
    }
  else
    {
      log_step (self, "asking for an authorization");
      self->stage = PUSHER_ADMISSION_AUTHORIZING;
      pusher_admission_start_limit (self);
      pusher_host_request_authorization (host, self->channel_name, authorization_done, self,
                                         &self->request);
    }
}

/* What an authorization was held for may have come. */
void
pusher_admission_resume (PusherAdmission *self)
{
  g_autofree char *auth = g_steal_pointer (&self->held_auth);

  if (auth != NULL)
    use_authorization (self, &(PusherAuthorization) { .auth = auth });
}

/* The server has answered. FALSE if it did not owe an answer. */
gboolean
pusher_admission_settle (PusherAdmission *self)
{
  if (self->stage != PUSHER_ADMISSION_SENT)
    return FALSE;

  self->stage = PUSHER_ADMISSION_IDLE;
  g_clear_pointer (&self->message, g_free);
  pusher_ledger_settle (&self->host->ledger, get_ledger_name (self));
  if (pusher_time_limits_get_first (&self->host->ledger.limits) == 0)
    pusher_host_set_timer (self->host);

  return TRUE;
}

/* The server has accepted, maybe late: after the time limit, or after an error that did
 * not say what it was about. Then another try is not needed any more, of which the
 * authorizer hears when cancellations is freed. FALSE if nothing was sent that it can be
 * about. */
gboolean
pusher_admission_accept (PusherAdmission *self,
                         GPtrArray       *cancellations)
{
  if (self->n_sent == 0)
    return FALSE;

  self->n_sent--;
  if (!pusher_admission_settle (self))
    pusher_ledger_settle (&self->host->ledger, get_ledger_name (self));
  leave (self, cancellations);
  self->may_pass = FALSE;

  return TRUE;
}

/* The server has refused, maybe late: what it had accepted, or what was overdue. Then it
 * is not tried again. FALSE if another try is under way, which will tell. */
gboolean
pusher_admission_reject (PusherAdmission *self)
{
  if (self->n_sent > 0)
    self->n_sent--;
  if (pusher_admission_settle (self))
    return TRUE;

  pusher_ledger_settle (&self->host->ledger, get_ledger_name (self));
  if (self->stage != PUSHER_ADMISSION_IDLE)
    return FALSE;

  self->may_pass = FALSE;

  return TRUE;
}

/* The server has refused what was sent. */
void
pusher_admission_refuse (PusherAdmission *self,
                         const GError    *error)
{
  if (pusher_admission_settle (self))
    pusher_admission_fail (self, error, FALSE);
}

/* Nothing is under way any more. The authorizer hears of it when cancellations is
 * freed. */
void
pusher_admission_cancel (PusherAdmission *self,
                         GPtrArray       *cancellations)
{
  leave (self, cancellations);
  if (self->n_sent > 0)
    pusher_ledger_abandon (&self->host->ledger, get_ledger_name (self));
  self->n_sent = 0;
  self->may_pass = FALSE;
}

/* Whether it may succeed on the present connection without another start. */
gboolean
pusher_admission_is_pending (PusherAdmission *self)
{
  return self->stage != PUSHER_ADMISSION_IDLE || self->may_pass;
}

GPtrArray *
pusher_admission_steal_waiting (PusherAdmission *self)
{
  GPtrArray *tasks = pusher_tasks_new ();

  pusher_task_list_steal (&self->waiting, tasks);

  return tasks;
}

/* --- Time limits --------------------------------------------------------- */

static void
log_timeout (PusherAdmission *self)
{
  if (self->stage == PUSHER_ADMISSION_HELD)
    log_step (self, "the user did not sign in in time");
  else if (self->stage == PUSHER_ADMISSION_AUTHORIZING)
    log_step (self, "the authorizer did not answer in time");
  else
    log_step (self, "the server did not answer in time");
}

static GError *
new_error (PusherAdmission *self)
{
  gboolean authorizing = self->stage == PUSHER_ADMISSION_AUTHORIZING;

  if (self->stage == PUSHER_ADMISSION_HELD)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT,
                        _("The user for “%s” did not sign in in time"), self->channel_name);
  if (self->channel_name == NULL)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT,
                        authorizing ? _("The authorizer did not answer the sign-in in time")
                                    : _("The server did not answer the sign-in in time"));

  return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT,
                      authorizing
                        ? _("The authorizer did not answer the subscription to “%s” in time")
                        : _("The server did not answer the subscription to “%s” in time"),
                      self->channel_name);
}

/* In whatever stage. It is tried again. */
void
pusher_admission_time_out (PusherAdmission *self)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GError) error = new_error (self);

  log_timeout (self);
  leave (self, cancellations);
  pusher_admission_fail (self, error, TRUE);
}

/* Somebody waits for it. Takes over the reference to task. */
void
pusher_admission_wait (PusherAdmission *self,
                       GTask           *task)
{
  gboolean was_urgent = is_urgent (self);

  pusher_task_list_add (&self->waiting, task);
  if (self->stage == PUSHER_ADMISSION_QUEUED && !was_urgent)
    pusher_admission_queue (self, FALSE);
}
