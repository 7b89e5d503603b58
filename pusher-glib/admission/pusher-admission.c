/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-admission-private.h"

#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-user-messages-private.h"

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

static gboolean
is_public (PusherAdmission *self)
{
  return self->channel_name != NULL &&
         pusher_channel_name_get_kind (self->channel_name) == PUSHER_CHANNEL_KIND_PUBLIC;
}

static void
fail (PusherAdmission *self,
      const GError    *error,
      gboolean         may_pass)
{
  self->stage = PUSHER_ADMISSION_IDLE;
  self->may_pass = may_pass;
  if (may_pass)
    pusher_connection_resubscribe_later (self->host->connection);
  self->funcs->failed (self->owner, error);
}

/* If the message cannot be sent the connection is about to be lost, and the next one
 * begins anew. */
static void
send (PusherAdmission *self,
      const char      *message)
{
  self->stage = PUSHER_ADMISSION_IDLE;
  if (!pusher_connection_send_soon (self->host->connection, message))
    return;

  self->stage = PUSHER_ADMISSION_SENT;
  pusher_ledger_add (&self->host->ledger, get_ledger_name (self),
                     self->channel_name != NULL && !is_public (self), self);
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
  if (self->stage == PUSHER_ADMISSION_SENT)
    pusher_ledger_abandon (&self->host->ledger, get_ledger_name (self));
  self->stage = PUSHER_ADMISSION_IDLE;
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
