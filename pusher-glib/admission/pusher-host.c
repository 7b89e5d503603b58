/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-host-private.h"

#include "auth/pusher-authorizer-private.h"

/* Once a connection, not once a message: GLib reads the environment to know it. */
static void
look_for_reader (PusherHost *self)
{
  self->logs = !g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, G_LOG_DOMAIN);
}

PusherHost *
pusher_host_new (const PusherHostFuncs *funcs,
                 gpointer               client,
                 PusherConnection      *connection)
{
  PusherHost *self = g_atomic_rc_box_new0 (PusherHost);

  self->funcs = funcs;
  self->client = client;
  self->connection = g_object_ref (connection);
  pusher_ledger_init (&self->ledger);
  pusher_turns_init (&self->turns);
  pusher_event_pace_init (&self->event_pace);
  look_for_reader (self);

  return self;
}

PusherHost *
pusher_host_ref (PusherHost *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
host_clear (gpointer data)
{
  PusherHost *self = data;

  g_object_unref (self->connection);
  pusher_ledger_clear (&self->ledger);
  pusher_turns_clear (&self->turns);
}

void
pusher_host_unref (PusherHost *self)
{
  g_atomic_rc_box_release_full (self, host_clear);
}

/* Sends what the server does not answer, but may refuse without saying so. FALSE if there
 * is no connection: then the text will never be sent. */
gboolean
pusher_host_send_unowed (PusherHost *self,
                         const char *text,
                         gboolean    soon)
{
  gboolean sent = soon ? pusher_connection_send_soon (self->connection, text)
                       : pusher_connection_send (self->connection, text);

  if (sent)
    pusher_ledger_note_unowed (&self->ledger, pusher_connection_get_now (self->connection));

  return sent;
}

/* Something was sent that counts for the pace of what waits. */
void
pusher_host_count_sent (PusherHost *self)
{
  pusher_turns_sent (&self->turns,
                     pusher_connection_get_counters (self->connection)->messages_sent,
                     pusher_connection_get_now (self->connection));
}

/* When an answer that is asked for now is overdue; 0 for never. */
gint64
pusher_host_get_due_at (PusherHost *self)
{
  guint seconds = pusher_connection_get_settings (self->connection)->subscription_timeout;

  if (seconds == 0)
    return 0;

  return pusher_connection_get_now (self->connection) + seconds * (gint64) G_USEC_PER_SEC;
}

/* When a client event that was kept may be sent: maybe now. Subscriptions come first. */
gint64
pusher_host_get_next_event (PusherHost *self,
                            gint64      now)
{
  return MAX (pusher_event_pace_get_next (&self->event_pace, now),
              pusher_turns_get_next (&self->turns, FALSE, now));
}

/* Has the client woken when the first time limit ends, or somebody's turn comes. */
void
pusher_host_set_timer (PusherHost *self)
{
  gint64 now = pusher_connection_get_now (self->connection);
  const gint64 times[] = {
    pusher_time_limits_get_first (&self->limits),
    pusher_time_limits_get_first (&self->ledger.limits),
    pusher_turns_get_wake (&self->turns, now),
    self->senders.length > 0 ? pusher_host_get_next_event (self, now) : 0,
    pusher_time_limits_get_first (&self->wakes),
  };
  gint64 first = 0;

  for (guint i = 0; i < G_N_ELEMENTS (times); i++)
    if (times[i] != 0 && (first == 0 || times[i] < first))
      first = times[i];
  pusher_connection_wake_at (self->connection, first);
  pusher_connection_wake_anyway_at (self->connection, pusher_time_limits_get_first (&self->kept));
}

/* self: NULL for none. Returns: (nullable): a source in the client's main context */
GSource *
pusher_host_get_timer (PusherHost *self)
{
  return self != NULL ? pusher_connection_get_timer (self->connection) : NULL;
}

/* --- The connection ------------------------------------------------------ */

void
pusher_host_connected (PusherHost *self)
{
  PusherSettings *settings = pusher_connection_get_settings (self->connection);
  g_autofree char *server = g_strdup_printf ("%s %s %s %u", settings->key, settings->cluster,
                                             settings->host, settings->port);

  look_for_reader (self);
  if (g_strcmp0 (self->turns.server, server) != 0)
    pusher_event_pace_init (&self->event_pace);
  pusher_turns_connect (&self->turns, server,
                        pusher_connection_get_counters (self->connection)->messages_sent);
}

/* Nothing is owed any more. */
void
pusher_host_disconnected (PusherHost *self)
{
  pusher_turns_disconnect (&self->turns, pusher_connection_was_cut (self->connection),
                           pusher_ledger_count_owed (&self->ledger),
                           pusher_connection_get_now (self->connection));
  pusher_ledger_forget_all (&self->ledger);
}

/* The client is gone. */
void
pusher_host_abandon (PusherHost *self)
{
  self->client = NULL;
  pusher_ledger_forget_all (&self->ledger);
}

/*
 * pusher_host_request_authorization:
 * @channel_name: (nullable): NULL to sign in
 * @request: where the request is put, without a reference, before the authorizer is
 *   asked: it belongs to the authorizer
 *
 * Asks the client's authorizer. @done is called once, maybe before this returns,
 * unless the request is cancelled.
 */
void
pusher_host_request_authorization (PusherHost                  *self,
                                   const char                  *channel_name,
                                   PusherAuthorizationDone      done,
                                   gpointer                     user_data,
                                   PusherAuthorizationRequest **request)
{
  PusherAuthorizationKind kind = channel_name != NULL ? PUSHER_AUTHORIZATION_KIND_CHANNEL
                                                      : PUSHER_AUTHORIZATION_KIND_USER;
  g_autoptr (PusherAuthorizationRequest) asked = pusher_authorization_request_new (
    kind, pusher_connection_get_settings (self->connection)->key,
    pusher_connection_get_socket_id (self->connection), channel_name, done, user_data);
  gboolean pending = FALSE;
  gboolean signed_in = self->funcs->get_user_id (self->client, &pending) != NULL;

  pusher_authorization_request_set_has_user (asked, signed_in || pending);
  *request = asked;
  pusher_authorizer_ask (self->funcs->get_authorizer (self->client, kind), asked);
}

/* Takes the request, if there is one: nobody hears its answer any more, and its authorizer
 * is told that with the other cancellations. */
void
pusher_host_cancel_authorization (PusherAuthorizationRequest **request,
                                  GPtrArray                   *cancellations)
{
  PusherAuthorizationRequest *cancelled = g_steal_pointer (request);

  if (cancelled == NULL)
    return;

  pusher_authorization_request_close (cancelled);
  pusher_cancellations_add (cancellations,
                            pusher_authorization_request_get_cancellable (cancelled));
}
