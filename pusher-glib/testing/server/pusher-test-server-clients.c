/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who is connected to the server. */

#include "config.h"

#include "pusher-test-server-private.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-message-private.h"

static void
report_cb (PusherTestConnection *connection,
           PusherTestReport      report,
           const char           *text,
           PusherTestServer     *self)
{
  static const char *const names[PUSHER_TEST_N_REPORTS] = {
    "message-received", "subscribed", "unsubscribed", "violation"
  };
  G_GNUC_UNUSED g_autoptr (PusherTestServer) hold = g_object_ref (self);

  if (report == PUSHER_TEST_REPORT_VIOLATION)
    {
      g_debug ("Violation: %s", text);

      self->n_violations++;
      g_free (self->last_violation);
      self->last_violation = g_strdup (text);

      pusher_test_server_notify (self, PROP_N_VIOLATIONS);
      pusher_test_server_notify (self, PROP_LAST_VIOLATION);
    }

  g_signal_emit_by_name (self, names[report],
                         pusher_test_connection_get_socket_id (connection), text);
}

/* The server closes it. */
static void
closing_cb (PusherTestConnection *connection,
            PusherTestServer     *self)
{
  if (!g_ptr_array_find (self->connections, connection, NULL))
    return;

  g_ptr_array_add (self->leaving, g_object_ref (connection));
  g_ptr_array_remove (self->connections, connection);
  pusher_test_server_notify (self, PROP_N_CONNECTIONS);
}

static void
ended_cb (PusherTestConnection *connection,
          guint                 code,
          PusherTestServer     *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestServer) hold = g_object_ref (self);
  gboolean held = pusher_test_peer_is_held (connection->peer);
  gboolean was_open = g_ptr_array_remove (self->connections, connection);

  if (held && was_open)
    g_ptr_array_add (self->leaving, g_object_ref (connection));
  else if (!held)
    g_ptr_array_remove (self->leaving, connection);

  if (was_open)
    pusher_test_server_notify (self, PROP_N_CONNECTIONS);

  if (connection->app != NULL)
    g_signal_emit_by_name (self, "client-disconnected",
                           pusher_test_connection_get_socket_id (connection), code);
}

static void
watch (PusherTestServer     *self,
       PusherTestConnection *connection)
{
  g_signal_connect (connection, "report", G_CALLBACK (report_cb), self);
  g_signal_connect (connection, "closing", G_CALLBACK (closing_cb), self);
  g_signal_connect (connection, "ended", G_CALLBACK (ended_cb), self);
  pusher_test_peer_set_silent (connection->peer, self->silent);
}

static char *
build_first_message (PusherTestServer *self,
                     const char       *socket_id)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *data = NULL;

  if (self->first_message != NULL)
    return g_strdup (self->first_message);

  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "socket_id", socket_id);
  pusher_json_add_int (json, "activity_timeout", self->activity_timeout);
  pusher_json_end_object (json);
  data = pusher_json_quote (json->str);

  return pusher_message_encode ("pusher:connection_established", NULL, data);
}

void
pusher_test_server_welcome (PusherTestServer     *self,
                            PusherTestConnection *connection,
                            PusherTestApp        *app)
{
  const char *socket_id = pusher_test_connection_get_socket_id (connection);
  g_autofree char *first_message = build_first_message (self, socket_id);

  watch (self, connection);
  g_ptr_array_add (self->connections, g_object_ref (connection));
  pusher_test_connection_welcome (connection, app, first_message, self->handshake_delay);

  pusher_test_server_notify (self, PROP_N_CONNECTIONS);
  g_signal_emit_by_name (self, "client-connected", socket_id);
}

void
pusher_test_server_turn_away (PusherTestServer     *self,
                              PusherTestConnection *connection,
                              guint                 code,
                              const char           *message)
{
  watch (self, connection);
  g_ptr_array_add (self->leaving, g_object_ref (connection));
  pusher_test_connection_refuse (connection, code, message);
}

static gpointer
copy_reference (gconstpointer object,
                gpointer      user_data)
{
  return g_object_ref ((gpointer) object);
}

/* A copy to walk along: what is called may change the list itself. */
static GPtrArray *
copy_list (GPtrArray *list)
{
  return g_ptr_array_copy (list, copy_reference, NULL);
}

/* Moves the connections that are open to those that leave. As all do, none is
 * told of the others. */
static GPtrArray *
start_leaving (PusherTestServer *self)
{
  GPtrArray *connections = copy_list (self->connections);

  g_ptr_array_extend (self->leaving, connections, copy_reference, NULL);
  g_ptr_array_set_size (self->connections, 0);

  self->rules->quiet = TRUE;
  for (guint i = 0; i < connections->len; i++)
    pusher_test_connection_leave (g_ptr_array_index (connections, i));
  self->rules->quiet = FALSE;

  return connections;
}

/* Answers requests that have waited. */
void
pusher_test_server_release_answers (PusherTestServer *self)
{
  G_GNUC_UNUSED g_autoptr (PusherTestServer) hold = g_object_ref (self);
  g_autoptr (GPtrArray) connections = copy_list (self->connections);

  for (guint i = 0; i < connections->len; i++)
    pusher_test_connection_answer_held (g_ptr_array_index (connections, i));
}

/* Takes leave of everybody, as soketi does when it is told to end. */
void
pusher_test_server_dismiss (PusherTestServer *self)
{
  g_autoptr (GPtrArray) connections = start_leaving (self);

  for (guint i = 0; i < connections->len; i++)
    pusher_test_connection_refuse (g_ptr_array_index (connections, i), 4200,
                                   "Server closed. Please reconnect shortly.");

  if (connections->len > 0)
    pusher_test_server_notify (self, PROP_N_CONNECTIONS);
}

/**
 * pusher_test_server_close_connections:
 * @self: a server
 * @code: the close code, up to 65535, allowed by WebSockets or not; 0 for a
 *   close frame without one
 * @reason: (nullable): the reason; of more than 123 bytes the rest is left out
 *
 * Closes the connection of every client with a close frame.
 *
 * The server goes on listening.
 *
 * Since: 0.1
 */
void
pusher_test_server_close_connections (PusherTestServer *self,
                                      guint             code,
                                      const char       *reason)
{
  g_autoptr (GPtrArray) connections = NULL;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (code <= G_MAXUINT16);

  connections = start_leaving (self);
  for (guint i = 0; i < connections->len; i++)
    pusher_test_connection_close (g_ptr_array_index (connections, i), code, reason);

  if (connections->len > 0)
    pusher_test_server_notify (self, PROP_N_CONNECTIONS);
}

void
pusher_test_server_cut (PusherTestServer *self,
                        gboolean          reset)
{
  G_GNUC_UNUSED g_autoptr (PusherTestServer) hold = g_object_ref (self);
  g_autoptr (GPtrArray) connected = start_leaving (self);
  g_autoptr (GPtrArray) all = copy_list (self->leaving);

  if (connected->len > 0)
    pusher_test_server_notify (self, PROP_N_CONNECTIONS);

  for (guint i = 0; i < all->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (all, i);

      pusher_test_peer_cut (connection->peer, reset);
      g_ptr_array_remove (self->leaving, connection);
    }
}

/* Lets every connection know whether the server is silent. */
void
pusher_test_server_tell_silence (PusherTestServer *self)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (self->connections, i);

      pusher_test_peer_set_silent (connection->peer, self->silent);
    }

  for (guint i = self->leaving->len; i > 0; i--)
    {
      PusherTestConnection *connection = g_ptr_array_index (self->leaving, i - 1);
      PusherTestPeer *peer = connection->peer;
      gboolean held = pusher_test_peer_is_held (peer);

      pusher_test_peer_set_silent (peer, self->silent);
      if (held && !self->silent)
        g_ptr_array_remove_index (self->leaving, i - 1);
    }
}

/* Cuts every connection, and emits nothing. */
void
pusher_test_server_forget_connections (PusherTestServer *self)
{
  G_GNUC_UNUSED g_autoptr (GPtrArray) connected = start_leaving (self);
  g_autoptr (GPtrArray) all = copy_list (self->leaving);

  g_ptr_array_set_size (self->leaving, 0);

  for (guint i = 0; i < all->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (all, i);

      g_signal_handlers_disconnect_by_data (connection, self);
      pusher_test_peer_cut (connection->peer, FALSE);
    }
}

/**
 * pusher_test_server_list_socket_ids:
 * @self: a server
 *
 * Gets the socket ids of the clients that are connected, in the order in which
 * they came.
 *
 * Returns: (transfer full) (array zero-terminated=1): the socket ids
 *
 * Since: 0.1
 */
char **
pusher_test_server_list_socket_ids (PusherTestServer *self)
{
  char **ids;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  ids = g_new0 (char *, self->connections->len + 1);
  for (guint i = 0; i < self->connections->len; i++)
    ids[i] = g_strdup (
      pusher_test_connection_get_socket_id (g_ptr_array_index (self->connections, i)));

  return ids;
}

/**
 * pusher_test_server_get_n_connections: (get-property n-connections)
 * @self: a server
 *
 * Gets how many clients are connected.
 *
 * Returns: the number of clients
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_n_connections (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->connections->len;
}

/**
 * pusher_test_server_get_n_attempts: (get-property n-attempts)
 * @self: a server
 *
 * Gets how often clients have tried to connect.
 *
 * Returns: the number of attempts, with or without success
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_n_attempts (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->n_attempts;
}

/**
 * pusher_test_server_get_n_violations: (get-property n-violations)
 * @self: a server
 *
 * Gets how often clients have broken the rules.
 *
 * Returns: the number of violations
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_n_violations (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->n_violations;
}

/**
 * pusher_test_server_get_last_violation: (get-property last-violation)
 * @self: a server
 *
 * Gets what a client did wrong last.
 *
 * Returns: (transfer none) (nullable): the violation
 *
 * Since: 0.1
 */
const char *
pusher_test_server_get_last_violation (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->last_violation;
}
