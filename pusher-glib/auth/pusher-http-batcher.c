/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-batcher-private.h"

#include "base/pusher-hash-private.h"
#include "pusher-authorization-request-private.h"
#include "pusher-http-batch-private.h"

/* Adds a request to the batch of its connection that is not full yet. */
static void
add_to_batch (GPtrArray                  *batches,
              GHashTable                 *open_batches,
              guint                       max_size,
              PusherAuthorizationRequest *request)
{
  const char *socket_id = pusher_authorization_request_get_socket_id (request);
  GPtrArray *batch = g_hash_table_lookup (open_batches, socket_id);

  if (batch == NULL || batch->len >= max_size)
    {
      batch = g_ptr_array_new_with_free_func (g_object_unref);
      g_ptr_array_add (batches, batch);
      g_hash_table_insert (open_batches, (char *) socket_id, batch);
    }
  g_ptr_array_add (batch, g_object_ref (request));
}

static gboolean
send_cb (gpointer user_data)
{
  PusherHttpBatcher *self = user_data;
  g_autoptr (GPtrArray) requests = g_steal_pointer (&self->requests);
  g_autoptr (GPtrArray) batches =
    g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) open_batches = g_hash_table_new (pusher_str_hash, g_str_equal);

  for (guint i = 0; i < requests->len; i++)
    if (pusher_authorization_request_is_open (requests->pdata[i]))
      add_to_batch (batches, open_batches, self->max_batch_size, requests->pdata[i]);
  for (guint i = 0; i < batches->len; i++)
    pusher_http_batch_send (self->settings, batches->pdata[i]);

  return G_SOURCE_REMOVE;
}

static void
unref_owner (gpointer user_data)
{
  PusherHttpBatcher *self = user_data;

  g_object_unref (self->settings->owner);
}

/* Like a batch, what has been collected keeps the owner of the settings. */
void
pusher_http_batcher_add (PusherHttpBatcher          *self,
                         PusherAuthorizationRequest *request)
{
  if (self->requests == NULL)
    {
      g_autoptr (GSource) source = g_idle_source_new ();

      g_object_ref (self->settings->owner);
      self->requests = g_ptr_array_new_with_free_func (g_object_unref);
      g_source_set_priority (source, G_PRIORITY_DEFAULT);
      g_source_set_callback (source, send_cb, self, unref_owner);
      g_source_attach (source, g_main_context_get_thread_default ());
    }
  g_ptr_array_add (self->requests, g_object_ref (request));
}
