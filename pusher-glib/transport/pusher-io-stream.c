/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What libsoup does not do with the stream of a WebSocket. */

#include "config.h"

#include "pusher-io-stream-private.h"

/* Returns: (transfer full) (nullable): what the stream writes to */
static GIOStream *
get_base (GIOStream *stream)
{
  static const char *const properties[] = {
    "base-iostream",  /* of libsoup's */
    "base-io-stream", /* of TLS */
  };
  GIOStream *base = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (properties) && base == NULL; i++)
    if (g_object_class_find_property (G_OBJECT_GET_CLASS (stream), properties[i]) != NULL)
      g_object_get (stream, properties[i], &base, NULL);

  return base;
}

/* Returns: (transfer full) (nullable): the first of that type on the way to the socket */
static GIOStream *
find_stream (GIOStream *stream,
             GType      type)
{
  g_autoptr (GIOStream) at = g_object_ref (stream);

  while (at != NULL && !g_type_is_a (G_OBJECT_TYPE (at), type))
    {
      g_autoptr (GIOStream) base = get_base (at);

      g_set_object (&at, base);
    }

  return g_steal_pointer (&at);
}

/* Closes the stream and does not wait for anything, as TLS does if the socket has no
 * room for its end.
 *
 * blocked: whether a write might have to wait, as far as is known */
void
pusher_io_stream_close_now (GIOStream *stream,
                            gboolean   blocked)
{
  g_autoptr (GIOStream) connection = NULL;

  if (blocked)
    connection = find_stream (stream, G_TYPE_SOCKET_CONNECTION);
  if (connection != NULL)
    g_socket_close (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)), NULL);

  g_io_stream_close (stream, NULL, NULL);
}

/* TLS has shaken hands. What would be asked for a client certificate is of no use any
 * more, but keeps the main context. */
void
pusher_io_stream_forget_interaction (GIOStream *stream)
{
  g_autoptr (GIOStream) tls = find_stream (stream, G_TYPE_TLS_CONNECTION);

  if (tls != NULL)
    g_tls_connection_set_interaction (G_TLS_CONNECTION (tls), NULL);
}
