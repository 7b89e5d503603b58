/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fault-proxy.h"

#include "loopback.h"

#include <sys/socket.h>

#define BACKLOG 128

struct _FaultProxy
{
  char *address;
  guint port;
  FaultRules rules;
  GSocket *socket;
  GSource *source; /* to accept */
  GPtrArray *pairs;
  GPtrArray *fillers; /* of its queue, if that is clogged */
};

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static gboolean
accept_cb (GSocket     *listening,
           GIOCondition condition,
           gpointer     user_data)
{
  FaultProxy *self = user_data;
  g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, NULL);

  if (socket != NULL)
    fault_pair_start (socket, &self->rules, self->pairs);

  return G_SOURCE_CONTINUE;
}

/* Refuses connections, until it listens. */
static void
bind_socket (FaultProxy *self)
{
  clear_source (&self->source);
  if (self->socket != NULL)
    g_socket_close (self->socket, NULL);
  g_clear_object (&self->socket);

  self->socket = loopback_bind (self->address, self->port);
  g_assert_nonnull (self->socket);
  self->port = loopback_get_port (self->socket);
}

static void
start_accepting (FaultProxy *self)
{
  if (self->source != NULL)
    return;

  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (accept_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

FaultProxy *
fault_proxy_new (guint server_port)
{
  return fault_proxy_new_at ("127.0.0.1", server_port);
}

/* For clients that come to another address of this machine. */
FaultProxy *
fault_proxy_new_at (const char *address,
                    guint       server_port)
{
  FaultProxy *self = g_new0 (FaultProxy, 1);

  self->address = g_strdup (address);
  self->rules.server_port = server_port;
  self->pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) fault_pair_free);
  self->rules.allowed_to_server = FAULT_PROXY_ALL;
  self->rules.allowed_to_client = FAULT_PROXY_ALL;
  bind_socket (self);
  fault_proxy_serve (self);

  return self;
}

void
fault_proxy_free (FaultProxy *self)
{
  g_ptr_array_unref (self->pairs);
  g_clear_pointer (&self->fillers, g_ptr_array_unref);
  clear_source (&self->source);
  g_socket_close (self->socket, NULL);
  g_object_unref (self->socket);
  g_clear_object (&self->rules.certificate);
  g_free (self->rules.answer);
  g_free (self->address);
  g_free (self);
}

void
fault_proxy_set_certificate (FaultProxy      *self,
                             GTlsCertificate *certificate)
{
  g_set_object (&self->rules.certificate, certificate);
}

guint
fault_proxy_get_port (FaultProxy *self)
{
  return self->port;
}

guint
fault_proxy_get_n_connections (FaultProxy *self)
{
  return self->pairs->len;
}

/* A number that changes whenever something happens on any of the connections. */
guint
fault_proxy_get_n_moves (FaultProxy *self)
{
  return self->rules.n_moves;
}

void
fault_proxy_allow (FaultProxy    *self,
                   FaultProxyWays ways,
                   guint64        n_bytes)
{
  if (ways & FAULT_PROXY_TO_SERVER)
    self->rules.allowed_to_server = n_bytes;
  if (ways & FAULT_PROXY_TO_CLIENT)
    self->rules.allowed_to_client = n_bytes;

  /* The last one first, here and below: it may go. */
  for (guint i = self->pairs->len; i > 0; i--)
    fault_pair_resume (g_ptr_array_index (self->pairs, i - 1));
}

void
fault_proxy_inject (FaultProxy    *self,
                    FaultProxyWays way,
                    gconstpointer  bytes,
                    gsize          length)
{
  for (guint i = self->pairs->len; i > 0; i--)
    fault_pair_inject (g_ptr_array_index (self->pairs, i - 1), way, bytes, length);
}

/* Ends the connections as a peer does that exits: by a FIN. */
void
fault_proxy_finish (FaultProxy *self)
{
  g_ptr_array_set_size (self->pairs, 0);
}

void
fault_proxy_reset (FaultProxy *self)
{
  for (guint i = self->pairs->len; i > 0; i--)
    fault_pair_reset (g_ptr_array_index (self->pairs, i - 1));
}

void
fault_proxy_refuse (FaultProxy *self)
{
  bind_socket (self);
}

void
fault_proxy_clog (FaultProxy *self)
{
  clear_source (&self->source);
  self->fillers = loopback_clog (self->socket);
}

void
fault_proxy_answer (FaultProxy *self,
                    const char *answer)
{
  g_free (self->rules.answer);
  self->rules.answer = g_strdup (answer);
}

/* As in the beginning. */
void
fault_proxy_serve (FaultProxy *self)
{
  fault_proxy_answer (self, NULL);
  g_clear_pointer (&self->fillers, g_ptr_array_unref);
  g_assert_cmpint (listen (g_socket_get_fd (self->socket), BACKLOG), ==, 0);
  start_accepting (self);
  fault_proxy_allow (self, FAULT_PROXY_BOTH_WAYS, FAULT_PROXY_ALL);
}
