/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The sign-in of a user, from the wish to the end. */

#include "config.h"

#include "pusher-user-sign-in-private.h"

#include "base/pusher-error.h"
#include "base/pusher-loggable-private.h"
#include "protocol/pusher-subscription-messages-private.h"
#include "protocol/pusher-user-messages-private.h"

#include <glib/gi18n-lib.h>

static PusherAdmissionVerdict
authenticated (gpointer                   owner,
               const PusherAuthorization *authorization,
               char                     **message,
               GError                   **error)
{
  if (authorization->data == NULL)
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                   _("The authentication of the user has no “user_data”"));
      return PUSHER_ADMISSION_REFUSE;
    }

  *message = pusher_sign_in_encode (authorization->auth, authorization->data);

  return PUSHER_ADMISSION_SEND;
}

static void
tell_changed (PusherUser *self)
{
  PusherHost *host = self->host;

  if (host->client != NULL)
    host->funcs->user_changed (host->client);
}

/* The sign-in has failed, and is over. The user tells first: channels that have waited
 * for it fail next, and their handlers may have somebody signed in again. */
void
pusher_user_fail (PusherUser   *self,
                  const GError *error)
{
  g_autoptr (GPtrArray) tasks = pusher_admission_steal_waiting (&self->admission);
  g_autofree char *kind = pusher_loggable (error);

  g_debug ("User: %s: %s",
           g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT) ? "failed" : "refused",
           kind);
  g_object_ref (self);

  pusher_user_emit_sign_in_error (self, error);
  tell_changed (self);
  pusher_tasks_return_error (tasks, error);

  g_object_unref (self);
}

static void
failed (gpointer      owner,
        const GError *error)
{
  pusher_user_fail (owner, error);
}

static void
subscribe_to_own_channel (PusherUser *self)
{
  g_autofree char *text =
    pusher_subscription_encode (PUSHER_MESSAGE_SUBSCRIBE, self->channel_name, "", NULL);

  pusher_host_send_unowed (self->host, text, TRUE);
}

/* The server has accepted the sign-in. Takes over id and data. */
void
pusher_user_succeed (PusherUser *self,
                     char       *id,
                     char       *data)
{
  g_autoptr (GPtrArray) tasks = pusher_admission_steal_waiting (&self->admission);

  g_debug ("User: signed in");
  pusher_user_set_identity (self, id, data);
  subscribe_to_own_channel (self);
  pusher_user_tell (self);
  tell_changed (self);
  pusher_tasks_return_boolean (tasks, TRUE);
}

static void
start (PusherUser *self)
{
  g_object_ref (self);
  if (self->id == NULL)
    pusher_admission_start (&self->admission);
  g_object_unref (self);
}

void
pusher_user_connected (PusherUser *self)
{
  if (self->wanted)
    start (self);
}

/* The reason for which it failed may have passed. */
void
pusher_user_retry (PusherUser *self)
{
  if (self->admission.may_pass)
    start (self);
}

/* The connection was lost. */
void
pusher_user_disconnect (PusherUser *self,
                        GPtrArray  *cancellations)
{
  pusher_admission_cancel (&self->admission, cancellations);
  g_hash_table_remove_all (self->online);
  self->epoch++;
  pusher_user_set_identity (self, NULL, NULL);
}

/* The client is gone. No signal is emitted, as for its channels. */
void
pusher_user_abandon (PusherUser *self,
                     GPtrArray  *cancellations)
{
  pusher_user_disconnect (self, cancellations);
  self->untold = 0;
}

/* Whether a user may be signed in soon. */
gboolean
pusher_user_is_pending (PusherUser *self)
{
  return pusher_admission_is_pending (&self->admission);
}

/* --- What the application asks for --------------------------------------- */

PusherUser *
pusher_user_new (PusherHost *host)
{
  static const PusherAdmissionFuncs admission_funcs = { authenticated, failed };
  PusherUser *self = g_object_new (PUSHER_TYPE_USER, NULL);

  self->host = pusher_host_ref (host);
  pusher_admission_init (&self->admission, host, NULL, &admission_funcs, self);

  return self;
}

/**
 * pusher_user_sign_in:
 * @self: a user
 *
 * Signs in, now if the client is connected, else as soon as it is, and again
 * after each reconnect. Does nothing if somebody is signed in or about to be.
 *
 * Since: 1.0
 */
void
pusher_user_sign_in (PusherUser *self)
{
  g_return_if_fail (PUSHER_IS_USER (self));
  pusher_host_check_thread (self->host);

  self->wanted = TRUE;
  start (self);
}

/**
 * pusher_user_sign_in_async:
 * @self: a user
 * @cancellable: (nullable): ends the wait, but not the sign-in
 * @callback: (scope async) (closure user_data): called when the server has
 *   answered
 * @user_data: data for @callback
 *
 * Signs in like [method@Pusher.User.sign_in], and waits until it has succeeded or
 * failed, or the client is closed or refused. Some servers that do not know users do
 * not answer at all: see [property@Pusher.Client:subscription-timeout].
 *
 * A failure that may pass ends the wait, but not the sign-in: it is tried again.
 *
 * Since: 1.0
 */
void
pusher_user_sign_in_async (PusherUser         *self,
                           GCancellable       *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer            user_data)
{
  GTask *task;

  g_return_if_fail (PUSHER_IS_USER (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));
  pusher_host_check_thread (self->host);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pusher_user_sign_in_async);

  if (self->id != NULL)
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
    }
  else if (self->host->client == NULL)
    {
      g_task_return_new_error (task, PUSHER_ERROR, PUSHER_ERROR_INVALID_STATE,
                               _("The client is gone"));
      g_object_unref (task);
    }
  else
    {
      pusher_admission_wait (&self->admission, task);
      pusher_user_sign_in (self);
    }
}

/**
 * pusher_user_sign_in_finish:
 * @self: a user
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends [method@Pusher.User.sign_in_async].
 *
 * Errors are %PUSHER_ERROR_AUTHORIZATION, %PUSHER_ERROR_TIMEOUT,
 * %PUSHER_ERROR_TIMED_OUT, the HTTP status in the domain %PUSHER_HTTP_ERROR,
 * %PUSHER_ERROR_PROTOCOL, %PUSHER_ERROR_CLOSED, and %G_IO_ERROR_CANCELLED; or the
 * error with which the server refused the client.
 *
 * Returns: %TRUE if the user is signed in
 *
 * Since: 1.0
 */
gboolean
pusher_user_sign_in_finish (PusherUser   *self,
                            GAsyncResult *result,
                            GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_USER (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
