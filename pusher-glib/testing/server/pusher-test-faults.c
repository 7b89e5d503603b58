/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-faults-private.h"

#include "pusher-test-properties-private.h"

#define SETTING(name) G_STRUCT_OFFSET (PusherTestSettings, name)

/**
 * PusherTestFaults:
 *
 * What a [class@PusherTest.Server] does wrong on demand, as servers and networks
 * do: see [property@PusherTest.Server:faults].
 *
 * | what happens | |
 * | --- | --- |
 * | a connection is closed, with any code | [method@PusherTest.Faults.close_connections] |
 * | a connection is lost | [method@PusherTest.Faults.cut_connections], [method@PusherTest.Faults.reset_connections] |
 * | a connection on which nothing is said is lost | [property@PusherTest.Faults:idle-timeout-ms] |
 * | no more answers | [property@PusherTest.Faults:silent] |
 * | a client is refused | [method@PusherTest.Faults.refuse], [method@PusherTest.Faults.set_http_status] |
 * | a slow handshake, or none | [property@PusherTest.Faults:handshake-delay-ms] |
 * | a wrong handshake | [method@PusherTest.Faults.set_first_message] |
 * | a subscription fails | [method@PusherTest.Faults.fail_subscription] |
 * | a subscription takes its time | [property@PusherTest.Faults:hold-answers] |
 * | nothing comes of a subscription or a sign-in | [property@PusherTest.Faults:never-answer] |
 * | anything as a message | [method@PusherTest.Faults.send_text], [method@PusherTest.Faults.send_bytes] |
 *
 * Faults that are held longer than their server have no clients to do this to,
 * and nothing happens.
 *
 * Since: 1.0
 */
G_DEFINE_FINAL_TYPE (PusherTestFaults, pusher_test_faults, G_TYPE_OBJECT)

static void
apply_silent (gpointer object)
{
  pusher_test_clients_apply_silent (((PusherTestFaults *) object)->clients);
}

static void
apply_idle_timeout (gpointer object)
{
  pusher_test_clients_apply_idle_timeout (((PusherTestFaults *) object)->clients);
}

static void
apply_hold_answers (gpointer object)
{
  pusher_test_clients_answer_held (((PusherTestFaults *) object)->clients);
}

static const PusherTestProperty properties[] = {
  /**
   * PusherTestFaults:silent: (getter get_silent) (setter set_silent)
   *
   * Whether the server sends nothing to clients, as if it hung or the network
   * were down.
   *
   * A silent server receives and acts as ever, but what it would send is lost:
   * events, answers, pongs of both kinds, close frames. It does not even close
   * a connection that the client closes, nor answer a new client's handshake;
   * both happen when it ceases to be silent. The REST interface still answers.
   *
   * Since: 1.0
   */
  { "silent", G_TYPE_BOOLEAN, .setting = SETTING (silent), .apply = apply_silent },

  /**
   * PusherTestFaults:idle-timeout-ms: (getter get_idle_timeout_ms) (setter set_idle_timeout_ms)
   *
   * How long a connection may have no message in either direction, in
   * milliseconds; 0, the default, for ever.
   *
   * It is cut then without a close frame, as by a proxy or a load balancer on the
   * way. The pings of WebSockets are no messages.
   *
   * Since: 1.0
   */
  { "idle-timeout-ms", G_TYPE_UINT, .setting = SETTING (idle_timeout),
    .apply = apply_idle_timeout },

  /**
   * PusherTestFaults:activity-timeout: (getter get_activity_timeout) (setter set_activity_timeout)
   *
   * The activity timeout that new clients are told, in seconds.
   *
   * Since: 1.0
   */
  { "activity-timeout", G_TYPE_UINT, .setting = SETTING (activity_timeout) },

  /**
   * PusherTestFaults:handshake-delay-ms:
   *
   * How long the server waits, after the WebSocket of a new client is open,
   * before it sends the first message, in milliseconds; %G_MAXUINT for ever.
   *
   * Since: 1.0
   */
  { "handshake-delay-ms", G_TYPE_UINT, .setting = SETTING (handshake_delay) },

  /**
   * PusherTestFaults:hold-answers: (getter get_hold_answers) (setter set_hold_answers)
   *
   * Whether requests to subscribe and to unsubscribe wait, each client's in
   * their order, until this is %FALSE again.
   *
   * Until then, a client that waits is not subscribed. Everything else is
   * answered.
   *
   * Since: 1.0
   */
  { "hold-answers", G_TYPE_BOOLEAN, .setting = SETTING (hold_answers),
    .apply = apply_hold_answers },

  /**
   * PusherTestFaults:never-answer: (getter get_never_answer) (setter set_never_answer)
   *
   * Whether nothing comes of requests to subscribe and to sign in: they are not
   * answered, also not when this is %FALSE again. Everything else is.
   *
   * Since: 1.0
   */
  { "never-answer", G_TYPE_BOOLEAN, .setting = SETTING (never_answer) },
};

static void
pusher_test_faults_finalize (GObject *object)
{
  PusherTestFaults *self = PUSHER_TEST_FAULTS (object);

  g_object_unref (self->clients);
  pusher_test_settings_unref (self->settings);

  G_OBJECT_CLASS (pusher_test_faults_parent_class)->finalize (object);
}

static void
pusher_test_faults_class_init (PusherTestFaultsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pusher_test_faults_finalize;
  pusher_test_properties_install (object_class, G_STRUCT_OFFSET (PusherTestFaults, settings),
                                  properties, G_N_ELEMENTS (properties));
}

static void
pusher_test_faults_init (PusherTestFaults *self)
{
  self->settings = pusher_test_settings_new ();
  self->clients = pusher_test_clients_new (self->settings);
}

/**
 * pusher_test_faults_get_hold_answers: (get-property hold-answers)
 * @self: the faults of a server
 *
 * Gets whether requests to subscribe and to unsubscribe wait.
 *
 * Returns: whether they do
 *
 * Since: 1.0
 */
gboolean
pusher_test_faults_get_hold_answers (PusherTestFaults *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_FAULTS (self), FALSE);

  return self->settings->hold_answers;
}

/**
 * pusher_test_faults_set_hold_answers: (set-property hold-answers)
 * @self: the faults of a server
 * @hold_answers: whether they do
 *
 * Sets whether requests to subscribe and to unsubscribe wait. Those that have
 * waited are answered when they need no longer.
 *
 * Since: 1.0
 */
void
pusher_test_faults_set_hold_answers (PusherTestFaults *self,
                                     gboolean          hold_answers)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));

  g_object_set (self, "hold-answers", hold_answers, NULL);
}

/**
 * pusher_test_faults_get_never_answer: (get-property never-answer)
 * @self: the faults of a server
 *
 * Gets whether nothing comes of requests to subscribe and to sign in.
 *
 * Returns: whether that is so
 *
 * Since: 1.0
 */
gboolean
pusher_test_faults_get_never_answer (PusherTestFaults *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_FAULTS (self), FALSE);

  return self->settings->never_answer;
}

/**
 * pusher_test_faults_set_never_answer: (set-property never-answer)
 * @self: the faults of a server
 * @never_answer: whether that is so
 *
 * Sets whether nothing comes of requests to subscribe and to sign in.
 *
 * Since: 1.0
 */
void
pusher_test_faults_set_never_answer (PusherTestFaults *self,
                                     gboolean          never_answer)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));

  g_object_set (self, "never-answer", never_answer, NULL);
}

/**
 * pusher_test_faults_fail_subscription:
 * @self: the faults of a server
 * @channel: the name of a channel
 * @type: the type of the error: `AuthError`, `LimitReached` or any
 * @error: what it says
 * @status: its status
 *
 * Answers the next request to subscribe to a channel with a
 * `pusher:subscription_error`, whatever its signature.
 *
 * Since: 1.0
 */
void
pusher_test_faults_fail_subscription (PusherTestFaults *self,
                                      const char       *channel,
                                      const char       *type,
                                      const char       *error,
                                      guint             status)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));
  g_return_if_fail (channel != NULL);
  g_return_if_fail (type != NULL && g_utf8_validate (type, -1, NULL));
  g_return_if_fail (error != NULL && g_utf8_validate (error, -1, NULL));

  g_hash_table_replace (self->settings->failures, g_strdup (channel),
                        pusher_test_subscription_error_data (type, error, status));
}

/**
 * pusher_test_faults_send_text:
 * @self: the faults of a server
 * @socket_id: (nullable): the socket id of a client; %NULL for all clients
 * @text: any text, a message of the protocol or not
 *
 * Sends a text frame.
 *
 * Nothing is sent if there is no such client.
 *
 * Since: 1.0
 */
void
pusher_test_faults_send_text (PusherTestFaults *self,
                              const char       *socket_id,
                              const char       *text)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));
  g_return_if_fail (text != NULL);
  g_return_if_fail (g_utf8_validate (text, -1, NULL));

  bytes = g_bytes_new (text, strlen (text));
  pusher_test_faults_send_bytes (self, socket_id, bytes, FALSE);
}

/**
 * pusher_test_faults_send_bytes:
 * @self: the faults of a server
 * @socket_id: (nullable): the socket id of a client; %NULL for all clients
 * @bytes: any bytes
 * @binary: whether they go into a binary frame instead of a text frame
 *
 * Sends a frame with any bytes: a text frame that is not UTF-8, say, or a
 * binary one, which the protocol does not have.
 *
 * Nothing is sent if there is no such client.
 *
 * Since: 1.0
 */
void
pusher_test_faults_send_bytes (PusherTestFaults *self,
                               const char       *socket_id,
                               GBytes           *bytes,
                               gboolean          binary)
{
  GPtrArray *connections;

  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));
  g_return_if_fail (bytes != NULL);

  connections = pusher_test_clients_get_open (self->clients);
  for (guint i = 0; i < connections->len; i++)
    {
      PusherTestConnection *connection = g_ptr_array_index (connections, i);

      if (socket_id == NULL ||
          g_str_equal (pusher_test_connection_get_socket_id (connection), socket_id))
        pusher_test_peer_send_bytes (connection->peer, bytes, binary);
    }
}

/**
 * pusher_test_faults_get_silent: (get-property silent)
 * @self: the faults of a server
 *
 * Gets whether the server sends nothing to clients.
 *
 * Returns: whether it does
 *
 * Since: 1.0
 */
gboolean
pusher_test_faults_get_silent (PusherTestFaults *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_FAULTS (self), FALSE);

  return self->settings->silent;
}

/**
 * pusher_test_faults_set_silent: (set-property silent)
 * @self: the faults of a server
 * @silent: whether it sends nothing
 *
 * Sets whether the server sends nothing to clients, those that are connected
 * and those that come.
 *
 * Since: 1.0
 */
void
pusher_test_faults_set_silent (PusherTestFaults *self,
                               gboolean          silent)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));

  g_object_set (self, "silent", silent, NULL);
}

/**
 * pusher_test_faults_get_idle_timeout_ms: (get-property idle-timeout-ms)
 * @self: the faults of a server
 *
 * Gets how long a connection may have no message.
 *
 * Returns: the time in milliseconds; 0 for ever
 *
 * Since: 1.0
 */
guint
pusher_test_faults_get_idle_timeout_ms (PusherTestFaults *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_FAULTS (self), 0);

  return self->settings->idle_timeout;
}

/**
 * pusher_test_faults_set_idle_timeout_ms: (set-property idle-timeout-ms)
 * @self: the faults of a server
 * @idle_timeout: the time in milliseconds; 0 for ever
 *
 * Sets how long a connection may have no message, from now on.
 *
 * Since: 1.0
 */
void
pusher_test_faults_set_idle_timeout_ms (PusherTestFaults *self,
                                        guint             idle_timeout)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));

  g_object_set (self, "idle-timeout-ms", idle_timeout, NULL);
}

/**
 * pusher_test_faults_get_activity_timeout: (get-property activity-timeout)
 * @self: the faults of a server
 *
 * Gets the activity timeout that new clients are told.
 *
 * Returns: the timeout in seconds
 *
 * Since: 1.0
 */
guint
pusher_test_faults_get_activity_timeout (PusherTestFaults *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_FAULTS (self), 0);

  return self->settings->activity_timeout;
}

/**
 * pusher_test_faults_set_activity_timeout: (set-property activity-timeout)
 * @self: the faults of a server
 * @activity_timeout: the timeout in seconds
 *
 * Sets the activity timeout that new clients are told.
 *
 * Since: 1.0
 */
void
pusher_test_faults_set_activity_timeout (PusherTestFaults *self,
                                         guint             activity_timeout)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));

  g_object_set (self, "activity-timeout", activity_timeout, NULL);
}

/**
 * pusher_test_faults_get_handshake_delay_ms: (get-property handshake-delay-ms)
 * @self: the faults of a server
 *
 * Gets how long the server waits before it sends a new client the first
 * message.
 *
 * Returns: the delay in milliseconds; %G_MAXUINT for ever
 *
 * Since: 1.0
 */
guint
pusher_test_faults_get_handshake_delay_ms (PusherTestFaults *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_FAULTS (self), 0);

  return self->settings->handshake_delay;
}

/**
 * pusher_test_faults_set_handshake_delay_ms: (set-property handshake-delay-ms)
 * @self: the faults of a server
 * @handshake_delay: the delay in milliseconds; %G_MAXUINT for ever
 *
 * Sets how long the server waits before it sends a new client the first
 * message.
 *
 * Since: 1.0
 */
void
pusher_test_faults_set_handshake_delay_ms (PusherTestFaults *self,
                                           guint             handshake_delay)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));

  g_object_set (self, "handshake-delay-ms", handshake_delay, NULL);
}

/**
 * pusher_test_faults_set_first_message:
 * @self: the faults of a server
 * @text: (nullable): any text; %NULL for what the protocol says
 *
 * Sets what new clients are sent instead of `pusher:connection_established`.
 *
 * Since: 1.0
 */
void
pusher_test_faults_set_first_message (PusherTestFaults *self,
                                      const char       *text)
{
  g_autofree char *previous = NULL;

  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));
  g_return_if_fail (text == NULL || g_utf8_validate (text, -1, NULL));

  previous = g_steal_pointer (&self->settings->first_message);
  self->settings->first_message = g_strdup (text);
}

/**
 * pusher_test_faults_set_http_status:
 * @self: the faults of a server
 * @status: an HTTP status from 200 to 599; 0 to open WebSockets again
 *
 * Sets the HTTP status that new clients get instead of a WebSocket.
 *
 * Since: 1.0
 */
void
pusher_test_faults_set_http_status (PusherTestFaults *self,
                                    guint             status)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));
  g_return_if_fail (status == 0 || (status >= 200 && status <= 599));

  self->settings->http_status = status;
}

/**
 * pusher_test_faults_refuse:
 * @self: the faults of a server
 * @code: a close code up to 65535; 0 to accept clients again
 * @message: (nullable): the reason
 *
 * Refuses new clients: each gets a `pusher:error` with the code and the
 * message, and then a close frame with both.
 *
 * Since: 1.0
 */
void
pusher_test_faults_refuse (PusherTestFaults *self,
                           guint             code,
                           const char       *message)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));
  g_return_if_fail (code <= G_MAXUINT16);
  g_return_if_fail (message == NULL || g_utf8_validate (message, -1, NULL));

  self->settings->refuse_code = code;
  g_free (self->settings->refuse_message);
  self->settings->refuse_message = g_strdup (message != NULL ? message : "");
}

/**
 * pusher_test_faults_close_connections:
 * @self: the faults of a server
 * @code: the close code, up to 65535, allowed by WebSockets or not; 0 for a
 *   close frame without one
 * @reason: (nullable): the reason; of more than 123 bytes the rest is left out
 *
 * Closes the connection of every client with a close frame.
 *
 * The server goes on listening.
 *
 * Since: 1.0
 */
void
pusher_test_faults_close_connections (PusherTestFaults *self,
                                      guint             code,
                                      const char       *reason)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));
  g_return_if_fail (code <= G_MAXUINT16);

  pusher_test_clients_close (self->clients, code, reason, FALSE);
}

/**
 * pusher_test_faults_cut_connections:
 * @self: the faults of a server
 *
 * Ends the TCP connection of every client, without a close frame.
 *
 * The server goes on listening.
 *
 * Since: 1.0
 */
void
pusher_test_faults_cut_connections (PusherTestFaults *self)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));

  pusher_test_clients_cut (self->clients, FALSE);
}

/**
 * pusher_test_faults_reset_connections:
 * @self: the faults of a server
 *
 * Ends the TCP connection of every client by a reset, which clients see as an
 * error instead of as an end.
 *
 * The server goes on listening. The reset is sent by the next iteration of the
 * main context.
 *
 * Since: 1.0
 */
void
pusher_test_faults_reset_connections (PusherTestFaults *self)
{
  g_return_if_fail (PUSHER_TEST_IS_FAULTS (self));

  pusher_test_clients_cut (self->clients, TRUE);
}
