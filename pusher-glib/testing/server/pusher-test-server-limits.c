/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Which server a PusherTestServer answers like, and the limits that such servers have. */

#include "config.h"

#include "pusher-test-server.h"

#include "pusher-test-server-types-private.h"

/**
 * pusher_test_server_get_flavor: (get-property flavor)
 * @self: a server
 *
 * Gets which server this one answers like.
 *
 * Returns: the other server
 *
 * Since: 1.0
 */
PusherTestFlavor
pusher_test_server_get_flavor (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), PUSHER_TEST_FLAVOR_PUSHER);

  return self->settings->flavor;
}

/**
 * pusher_test_server_set_flavor: (set-property flavor)
 * @self: a server that is not listening
 * @flavor: the other server
 *
 * Sets which server this one answers like, for the next
 * [method@PusherTest.Server.start].
 *
 * Since: 1.0
 */
void
pusher_test_server_set_flavor (PusherTestServer *self,
                               PusherTestFlavor  flavor)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "flavor", flavor, NULL);
}

/**
 * pusher_test_server_set_rate_limit:
 * @self: a server
 * @n_messages: how many messages a client may send …
 * @milliseconds: … in this time, which begins with the first of them; 0 for any
 *   number, which is the default
 * @ends_connection: whether one more ends the connection, without a close frame
 *
 * Sets how often a client may speak, as Reverb does: every message counts, also a
 * ping and a subscription.
 *
 * One that is too many is answered with a `pusher:error` 4301, unless it ends the
 * connection.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_rate_limit (PusherTestServer *self,
                                   guint             n_messages,
                                   guint             milliseconds,
                                   gboolean          ends_connection)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  self->settings->rate_limit = n_messages;
  self->settings->rate_limit_window = milliseconds;
  self->settings->rate_limit_ends = !!ends_connection;
}

/**
 * pusher_test_server_get_max_message_size: (get-property max-message-size)
 * @self: a server
 *
 * Gets how many bytes a message of a client may have.
 *
 * Returns: the number of bytes; 0 for any
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_max_message_size (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->settings->max_message_size;
}

/**
 * pusher_test_server_set_max_message_size: (set-property max-message-size)
 * @self: a server
 * @max_message_size: the number of bytes; 0 for any
 *
 * Sets how many bytes a message of a client may have.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_max_message_size (PusherTestServer *self,
                                         guint             max_message_size)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "max-message-size", max_message_size, NULL);
}

/**
 * pusher_test_server_get_max_connections: (get-property max-connections)
 * @self: a server
 *
 * Gets how many clients may be connected.
 *
 * Returns: the number of clients; 0 for any
 *
 * Since: 1.0
 */
guint
pusher_test_server_get_max_connections (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->settings->max_connections;
}

/**
 * pusher_test_server_set_max_connections: (set-property max-connections)
 * @self: a server
 * @max_connections: the number of clients; 0 for any
 *
 * Sets how many clients may be connected.
 *
 * Since: 1.0
 */
void
pusher_test_server_set_max_connections (PusherTestServer *self,
                                        guint             max_connections)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_object_set (self, "max-connections", max_connections, NULL);
}

/**
 * pusher_test_server_set_allowed_origins:
 * @self: a server
 * @patterns: (nullable) (array zero-terminated=1): names of hosts, with `*` for any
 *   text; %NULL for any origin, which is the default
 *
 * Sets which pages new clients may come from: the host in their `Origin` header has
 * to match one of the patterns.
 *
 * Others, and those without such a header, are told a `pusher:error` 4009, "Origin
 * not allowed".
 *
 * Since: 1.0
 */
void
pusher_test_server_set_allowed_origins (PusherTestServer  *self,
                                        const char *const *patterns)
{
  char **previous;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  previous = self->settings->allowed_origins;
  self->settings->allowed_origins = g_strdupv ((char **) patterns);
  g_strfreev (previous);
}
