/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a connection keeps, and what its owner is told of it. */

#include "config.h"

#include "pusher-connection-status-private.h"

void
pusher_connection_set_deadline (PusherConnection *self,
                                PusherDeadline    deadline,
                                gint64            time)
{
  if (deadline == PUSHER_DEADLINE_RETRY && self->deadlines.times[deadline] != time)
    self->changes |= PUSHER_CONNECTION_CHANGE_RETRY_AT;
  pusher_deadlines_set (&self->deadlines, deadline, time);
}

void
pusher_connection_set_socket_id (PusherConnection *self,
                                 char             *socket_id)
{
  if (g_strcmp0 (self->socket_id, socket_id) != 0)
    self->changes |= PUSHER_CONNECTION_CHANGE_SOCKET_ID;
  g_free (self->socket_id);
  self->socket_id = socket_id;
}

void
pusher_connection_set_state (PusherConnection     *self,
                             PusherConnectionState state)
{
  if (state == PUSHER_STATE_SAME || self->state == state)
    return;

  self->state = state;
  self->changes |= PUSHER_CONNECTION_CHANGE_STATE;
  if (state == PUSHER_CONNECTION_STATE_CONNECTING)
    pusher_deadlines_set_seconds (&self->deadlines, PUSHER_DEADLINE_UNAVAILABLE,
                                  self->settings.unavailable_timeout);
  else
    pusher_connection_set_deadline (self, PUSHER_DEADLINE_UNAVAILABLE, 0);
}

void
pusher_connection_set_last_error (PusherConnection *self,
                                  const GError     *error)
{
  if (error == NULL && self->last_error == NULL)
    return;

  g_clear_error (&self->last_error);
  if (error != NULL)
    self->last_error = g_error_copy (error);
  self->changes |= PUSHER_CONNECTION_CHANGE_LAST_ERROR;
}

void
pusher_connection_forget_words (PusherConnection *self)
{
  g_clear_error (&self->last_words.error);
  self->last_words = (PusherLastWords) { 0 };
}

void
pusher_connection_tell_changes (PusherConnection *self)
{
  PusherConnectionChanges changes = self->changes;

  self->changes = 0;
  if (changes != 0 && self->listener != NULL)
    self->listener->changed (self->owner, changes);
}

void
pusher_connection_tell_error (PusherConnection *self,
                              const GError     *error)
{
  if (self->listener != NULL)
    self->listener->error (self->owner, error);
}
