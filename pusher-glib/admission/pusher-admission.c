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

/* A code of servers that do not say which subscription they refuse */
#define SUBSCRIPTION_REFUSED 4300

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
  g_clear_pointer (&self->host, pusher_host_unref);
}

/* What the server's answer will be found by. */
static const char *
get_ledger_name (PusherAdmission *self)
{
  return self->channel_name != NULL ? self->channel_name : PUSHER_MESSAGE_SIGNIN;
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

/* --- Time ---------------------------------------------------------------- */

static void
start_limit (PusherAdmission *self)
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

/* --- The way ------------------------------------------------------------- */

static void
fail (PusherAdmission *self,
      const GError    *error,
      gboolean         may_pass)
{
  self->stage = PUSHER_ADMISSION_IDLE;
  self->may_pass = may_pass;
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

/* If the message cannot be sent the connection is about to be lost, and the next one
 * begins anew. */
static void
send (PusherAdmission *self,
      const char      *message)
{
  PusherHost *host = self->host;

  stop_limit (self);
  self->stage = PUSHER_ADMISSION_IDLE;
  undo_overdue (self);
  if (!pusher_connection_send_soon (host->connection, message))
    return;

  self->stage = PUSHER_ADMISSION_SENT;
  self->n_sent++;
  pusher_ledger_add (&host->ledger, get_ledger_name (self), get_ledger_kind (self), self,
                     pusher_host_get_due_at (host));
  pusher_host_set_timer (host);
}

static void
use_authorization (PusherAdmission           *self,
                   const PusherAuthorization *authorization)
{
  g_autofree char *message = NULL;
  g_autoptr (GError) error = NULL;

  switch (self->funcs->authorized (self->owner, authorization, &message, &error))
    {
    case PUSHER_ADMISSION_SEND:
      send (self, message);
      break;
    case PUSHER_ADMISSION_HOLD:
      self->stage = PUSHER_ADMISSION_HELD;
      self->held_auth = g_strdup (authorization->auth);
      if (self->limit.ends_at == 0)
        start_limit (self);
      break;
    case PUSHER_ADMISSION_REFUSE:
      fail (self, error, FALSE);
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
    use_authorization (self, authorization);
  else
    fail (self, error, may_pass);
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
      g_debug ("%s: asking for an authorization", get_ledger_name (self));
      self->stage = PUSHER_ADMISSION_AUTHORIZING;
      start_limit (self);
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
  pusher_cancellations_add (cancellations, &self->request);
  g_clear_pointer (&self->held_auth, g_free);
  stop_limit (self);
  self->stage = PUSHER_ADMISSION_IDLE;
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
    fail (self, error, FALSE);
}

/* Nothing is under way any more. The authorizer hears of it when cancellations is
 * freed. */
void
pusher_admission_cancel (PusherAdmission *self,
                         GPtrArray       *cancellations)
{
  pusher_cancellations_add (cancellations, &self->request);
  g_clear_pointer (&self->held_auth, g_free);
  stop_limit (self);
  if (self->n_sent > 0)
    pusher_ledger_abandon (&self->host->ledger, get_ledger_name (self));
  self->stage = PUSHER_ADMISSION_IDLE;
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

static GError *
new_error (PusherAdmission *self)
{
  const char *who = self->stage == PUSHER_ADMISSION_AUTHORIZING ? "The authorizer"
                                                                : "The server";

  if (self->stage == PUSHER_ADMISSION_HELD)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT,
                        "The user for “%s” did not sign in in time", self->channel_name);
  if (self->channel_name == NULL)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT,
                        "%s did not answer the sign-in in time", who);

  return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT,
                      "%s did not answer the subscription to “%s” in time", who,
                      self->channel_name);
}

/* In whatever stage. It is tried again. */
static void
time_out (PusherAdmission *self)
{
  g_autoptr (GPtrArray) cancellations = pusher_cancellations_new ();
  g_autoptr (GError) error = new_error (self);

  pusher_cancellations_add (cancellations, &self->request);
  g_clear_pointer (&self->held_auth, g_free);
  fail (self, error, TRUE);
}

/* A request that others come before is in good hands: its time begins later. */
static void
authorization_over (PusherAdmission *self)
{
  if (self->request != NULL && pusher_authorization_request_is_queued (self->request))
    start_limit (self);
  else
    time_out (self);
}

static void
answer_over (PusherHost *host,
             const char *name,
             gpointer    asker)
{
  if (asker != NULL)
    time_out (asker);
  else if (host->client != NULL)
    host->funcs->released (host->client, name);
}

/* Some time limit may have ended. The caller keeps the host; handlers may do anything. */
void
pusher_admission_check_limits (PusherHost *host)
{
  gint64 now = pusher_connection_get_now (host->connection);
  PusherAdmission *self;
  const char *name;
  gpointer asker;

  while ((self = pusher_time_limits_take_over (&host->limits, now)) != NULL)
    authorization_over (self);
  while (pusher_ledger_take_overdue (&host->ledger, now, &name, &asker))
    answer_over (host, name, asker);
  pusher_host_set_timer (host);
}

/* --- Errors that do not say what they are about --------------------------- */

/* What a server may refuse with that code, as servers do: by 4009 what needs an
 * authorization, by 4200 what it could not handle, by 4300 subscriptions. */
static PusherLedgerKinds
get_kinds (const GError *error)
{
  if (error->domain != PUSHER_SERVER_ERROR)
    return 0;

  switch (error->code)
    {
    case PUSHER_SERVER_ERROR_UNAUTHORIZED:
      return PUSHER_LEDGER_PRIVATE | PUSHER_LEDGER_SIGN_IN;
    case PUSHER_SERVER_ERROR_RECONNECT:
      return PUSHER_LEDGER_PUBLIC | PUSHER_LEDGER_PRIVATE | PUSHER_LEDGER_SIGN_IN;
    case SUBSCRIPTION_REFUSED:
      return PUSHER_LEDGER_PUBLIC | PUSHER_LEDGER_PRIVATE;
    default:
      return 0;
    }
}

/* Lets all fail that is known by now to be what errors were about. The caller keeps the
 * host; handlers may do anything.
 *
 * Returns: whether there was anything */
gboolean
pusher_admission_resolve_errors (PusherHost *host)
{
  gboolean resolved = FALSE;
  const char *name;
  gpointer asker;
  GError *error;

  while (pusher_ledger_take_culprit (&host->ledger, &name, &asker, &error))
    {
      g_autoptr (GError) held_error = error;

      resolved = TRUE;
      if (asker != NULL)
        fail (asker, error, FALSE);
      else if (host->client != NULL)
        host->funcs->released (host->client, name);
    }

  return resolved;
}

/* A server has reported an error and does not say what it is about. Where that is
 * certain, the subscription or the sign-in fails; where it is not, each waits for its
 * answer, and what others are answered may make it certain.
 *
 * Returns: whether it was certain at once */
gboolean
pusher_admission_hear_error (PusherHost   *host,
                             const GError *error)
{
  PusherLedgerKinds kinds = get_kinds (error);
  gint64 now = pusher_connection_get_now (host->connection);

  return kinds != 0 && pusher_ledger_suspect (&host->ledger, kinds, error, now) &&
         pusher_admission_resolve_errors (host);
}
