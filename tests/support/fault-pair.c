/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#define _GNU_SOURCE /* POLLRDHUP */

#include "fault-pair.h"

#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define CHUNK 4096
#define TLS_HANDSHAKE 0x16 /* the first byte of such a record */

/* One way of a connection. */
typedef struct
{
  FaultPair *pair;
  FaultProxyWays way;
  GIOStream *from; /* unowned, as the following */
  GIOStream *to;
  GSource *source;  /* to read */
  GByteArray *held; /* read, but not taken by the other side yet */
  GSource *sink;    /* to write that */
  gboolean ended;
} Flow;

struct _FaultPair
{
  FaultRules *rules;
  GPtrArray *pairs; /* to leave when it ends */
  GSocketConnection *client;
  GIOStream *client_stream; /* TLS over that, or the same; NULL until it is known */
  GSocketConnection *server;
  GSource *first; /* what the client begins with */
  GCancellable *cancellable;
  Flow to_server;
  Flow to_client;
};

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static guint64 *
get_allowance (FaultRules    *rules,
               FaultProxyWays way)
{
  return way == FAULT_PROXY_TO_SERVER ? &rules->allowed_to_server : &rules->allowed_to_client;
}

/* --- One way ------------------------------------------------------------- */

static void
flow_clear (Flow *self)
{
  clear_source (&self->source);
  clear_source (&self->sink);
  g_clear_pointer (&self->held, g_byte_array_unref);
}

void
fault_pair_free (FaultPair *self)
{
  clear_source (&self->first);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  flow_clear (&self->to_server);
  flow_clear (&self->to_client);
  g_socket_close (g_socket_connection_get_socket (self->client), NULL);
  if (self->server != NULL)
    g_socket_close (g_socket_connection_get_socket (self->server), NULL);
  g_clear_object (&self->client_stream);
  g_clear_object (&self->client);
  g_clear_object (&self->server);
  g_free (self);
}

static void
remove_pair (FaultPair *pair)
{
  g_ptr_array_remove (pair->pairs, pair);
}

/* A close with unread data, or of a socket that lingers for no time, is a reset. */
static void
set_reset (GSocketConnection *connection)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  if (connection != NULL)
    setsockopt (g_socket_get_fd (g_socket_connection_get_socket (connection)), SOL_SOCKET,
                SO_LINGER, &linger, sizeof linger);
}

void
fault_pair_reset (FaultPair *pair)
{
  set_reset (pair->client);
  set_reset (pair->server);
  remove_pair (pair);
}

static gboolean flow_write (Flow *self);

static gboolean
sink_cb (GObject *stream,
         gpointer user_data)
{
  Flow *self = user_data;

  clear_source (&self->sink);
  flow_write (self);

  return G_SOURCE_REMOVE;
}

/* FALSE if the pair is gone. */
static gboolean
flow_write (Flow *self)
{
  GPollableOutputStream *output =
    G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->to));
  g_autoptr (GError) error = NULL;

  while (self->held->len > 0)
    {
      gssize written = g_pollable_output_stream_write_nonblocking (
        output, self->held->data, self->held->len, NULL, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          if (self->sink == NULL)
            {
              self->sink = g_pollable_output_stream_create_source (output, NULL);
              g_source_set_callback (self->sink, G_SOURCE_FUNC (sink_cb), self, NULL);
              g_source_attach (self->sink, g_main_context_get_thread_default ());
            }
          return TRUE;
        }
      if (written < 0)
        {
          fault_pair_reset (self->pair);
          return FALSE;
        }
      g_byte_array_remove_range (self->held, 0, written);
    }

  return TRUE;
}

static void
flow_end (Flow *self)
{
  FaultPair *pair = self->pair;
  GSocketConnection *to = self == &pair->to_server ? pair->server : pair->client;

  self->ended = TRUE;
  clear_source (&self->source);
  if (pair->to_server.ended && pair->to_client.ended)
    remove_pair (pair);
  else
    g_socket_shutdown (g_socket_connection_get_socket (to), FALSE, TRUE, NULL);
}

static gboolean
source_cb (GObject *stream,
           gpointer user_data)
{
  Flow *self = user_data;
  FaultRules *rules = self->pair->rules;
  guint64 *allowed = get_allowance (rules, self->way);
  guint8 buffer[CHUNK];
  g_autoptr (GError) error = NULL;
  gssize length = g_pollable_input_stream_read_nonblocking (
    G_POLLABLE_INPUT_STREAM (stream), buffer, MIN (*allowed, sizeof buffer), NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;

  rules->n_moves++;
  if (length < 0)
    {
      fault_pair_reset (self->pair);
    }
  else if (length == 0)
    {
      flow_end (self);
    }
  else
    {
      if (*allowed != FAULT_PROXY_ALL)
        *allowed -= length;
      if (*allowed == 0)
        clear_source (&self->source);
      g_byte_array_append (self->held, buffer, length);
      flow_write (self);
    }

  return G_SOURCE_CONTINUE;
}

/* Reads as long as something may pass. */
static void
flow_resume (Flow *self)
{
  GPollableInputStream *input;

  if (*get_allowance (self->pair->rules, self->way) == 0)
    {
      clear_source (&self->source);
      return;
    }
  if (self->ended || self->from == NULL || self->source != NULL)
    return;

  input = G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->from));
  self->source = g_pollable_input_stream_create_source (input, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (source_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static void
flow_start (Flow      *self,
            GIOStream *from,
            GIOStream *to)
{
  self->from = from;
  self->to = to;
  flow_resume (self);
}

/* --- One connection ------------------------------------------------------ */

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  FaultPair *pair = user_data;

  /* If it is cancelled, the pair is gone. */
  if (g_socket_connection_connect_finish (G_SOCKET_CONNECTION (source), result, &error))
    {
      pair->rules->n_moves++;
      flow_start (&pair->to_server, pair->client_stream, G_IO_STREAM (pair->server));
      flow_start (&pair->to_client, G_IO_STREAM (pair->server), pair->client_stream);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      fault_pair_reset (pair);
    }
}

static void
start_pair (FaultPair *pair)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) address =
    g_inet_socket_address_new_from_string ("127.0.0.1", pair->rules->server_port);

  pair->server = g_socket_connection_factory_create_connection (socket);
  g_socket_connection_connect_async (pair->server, address, pair->cancellable, connected_cb, pair);
}

static void
handshake_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean good = g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error);

  /* The pair is gone as well. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (good)
    start_pair (user_data);
  else
    remove_pair (user_data);
}

static void
start_tls (FaultPair *pair)
{
  FaultRules *rules = pair->rules;

  pair->client_stream = g_tls_server_connection_new (G_IO_STREAM (pair->client),
                                                     rules->certificate, NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (pair->client_stream), G_PRIORITY_DEFAULT,
                                    pair->cancellable, handshake_cb, pair);
}

static void
answer_client (FaultPair   *pair,
               GSocket *socket)
{
  char buffer[CHUNK];

  /* Not to be closed with unread data: that would be a reset. */
  while (g_socket_receive_with_blocking (socket, buffer, sizeof buffer, FALSE, NULL, NULL) > 0)
    ;
  g_socket_send (socket, pair->rules->answer, strlen (pair->rules->answer), NULL, NULL);
  remove_pair (pair);
}

static gboolean
first_cb (GSocket     *socket,
          GIOCondition condition,
          gpointer     user_data)
{
  FaultPair *pair = user_data;
  FaultRules *rules = pair->rules;
  guint8 byte = 0;
  gssize length = recv (g_socket_get_fd (socket), &byte, 1, MSG_PEEK);

  if (rules->allowed_to_server == 0)
    {
      clear_source (&pair->first);
      return G_SOURCE_REMOVE;
    }

  rules->n_moves++;
  clear_source (&pair->first);
  if (length <= 0)
    {
      remove_pair (pair);
    }
  else if (rules->answer != NULL)
    {
      answer_client (pair, socket);
    }
  else if (byte == TLS_HANDSHAKE && rules->certificate != NULL)
    {
      start_tls (pair);
    }
  else
    {
      pair->client_stream = g_object_ref (G_IO_STREAM (pair->client));
      start_pair (pair);
    }

  return G_SOURCE_REMOVE;
}

/* Waits for what the client begins with, if that may pass. */
static void
await_first (FaultPair *pair)
{
  GSocket *socket = g_socket_connection_get_socket (pair->client);

  if (pair->first != NULL || pair->client_stream != NULL || pair->rules->allowed_to_server == 0)
    return;

  pair->first = g_socket_create_source (socket, G_IO_IN, NULL);
  g_source_set_callback (pair->first, G_SOURCE_FUNC (first_cb), pair, NULL);
  g_source_attach (pair->first, g_main_context_get_thread_default ());
}

static void
init_flow (Flow          *flow,
           FaultPair          *pair,
           FaultProxyWays way)
{
  flow->pair = pair;
  flow->way = way;
  flow->held = g_byte_array_new ();
}

/* Adds itself to the pairs, and is freed when it is removed from them. */
void
fault_pair_start (GSocket    *socket,
                  FaultRules *rules,
                  GPtrArray  *pairs)
{
  FaultPair *self = g_new0 (FaultPair, 1);

  rules->n_moves++;
  self->rules = rules;
  self->pairs = pairs;
  self->cancellable = g_cancellable_new ();
  self->client = g_socket_connection_factory_create_connection (socket);
  init_flow (&self->to_server, self, FAULT_PROXY_TO_SERVER);
  init_flow (&self->to_client, self, FAULT_PROXY_TO_CLIENT);
  g_ptr_array_add (pairs, self);
  await_first (self);
}

static gboolean
client_is_gone (FaultPair *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->client);
  struct pollfd fd = { .fd = g_socket_get_fd (socket), .events = POLLRDHUP };

  return poll (&fd, 1, 0) > 0;
}

/* What may pass has changed. A server that was out of reach is spared those who
 * have given up since: they might be more than it has room for at once. */
void
fault_pair_resume (FaultPair *self)
{
  if (self->client_stream == NULL && client_is_gone (self))
    {
      remove_pair (self);
      return;
    }

  await_first (self);
  flow_resume (&self->to_server);
  flow_resume (&self->to_client);
}

void
fault_pair_inject (FaultPair     *self,
                   FaultProxyWays way,
                   gconstpointer  bytes,
                   gsize          length)
{
  Flow *flow = way == FAULT_PROXY_TO_SERVER ? &self->to_server : &self->to_client;

  if (flow->to == NULL)
    return;

  g_byte_array_append (flow->held, bytes, length);
  flow_write (flow);
}
