/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "socket-pair.h"

#include <sys/socket.h>

static GSocket *
adopt_fd (int fd)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);

  return socket;
}

/* A connection of a type, such as SOCK_STREAM, whose other end the test has. */
GSocketConnection *
socket_pair_new (int       type,
                 GSocket **peer)
{
  g_autoptr (GSocket) socket = NULL;
  int fds[2];

  g_assert_cmpint (socketpair (AF_UNIX, type, 0, fds), ==, 0);
  socket = adopt_fd (fds[0]);
  *peer = adopt_fd (fds[1]);

  return g_socket_connection_factory_create_connection (socket);
}
