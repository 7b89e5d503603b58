/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-delays-private.h"

/* An answer that was not given yet */
typedef struct
{
  PusherTestDelays *delays;
  SoupServerMessage *message;
  gulong handler;
  GSource *source; /* nullable: NULL if it never is */
} Delay;

struct _PusherTestDelays
{
  GHashTable *by_message; /* SoupServerMessage → Delay */
};

static void
delay_free (gpointer data)
{
  Delay *delay = data;

  if (delay->source != NULL)
    g_source_destroy (delay->source);
  g_clear_pointer (&delay->source, g_source_unref);
  g_signal_handler_disconnect (delay->message, delay->handler);
  g_object_unref (delay->message);
  g_free (delay);
}

PusherTestDelays *
pusher_test_delays_new (void)
{
  PusherTestDelays *self = g_new0 (PusherTestDelays, 1);

  self->by_message = g_hash_table_new_full (NULL, NULL, NULL, delay_free);

  return self;
}

void
pusher_test_delays_free (PusherTestDelays *self)
{
  g_hash_table_unref (self->by_message);
  g_free (self);
}

/* Answers that were not given yet never are. */
void
pusher_test_delays_end (PusherTestDelays *self)
{
  g_hash_table_remove_all (self->by_message);
}

static gboolean
over_cb (gpointer user_data)
{
  Delay *delay = user_data;
  g_autoptr (SoupServerMessage) message = g_object_ref (delay->message);

  g_hash_table_remove (delay->delays->by_message, message);
  soup_server_message_unpause (message);

  return G_SOURCE_REMOVE;
}

static void
disconnected_cb (SoupServerMessage *message,
                 PusherTestDelays  *self)
{
  g_hash_table_remove (self->by_message, message);
}

/* delay: ms; %G_MAXUINT for ever */
void
pusher_test_delays_add (PusherTestDelays  *self,
                        SoupServerMessage *message,
                        guint              delay)
{
  Delay *added = g_new0 (Delay, 1);

  added->delays = self;
  added->message = g_object_ref (message);
  added->handler = g_signal_connect (message, "disconnected", G_CALLBACK (disconnected_cb), self);
  g_hash_table_insert (self->by_message, message, added);
  soup_server_message_pause (message);
  if (delay == G_MAXUINT)
    return;

  added->source = g_timeout_source_new (delay);
  g_source_set_static_name (added->source, "pusher-test endpoint");
  g_source_set_callback (added->source, over_cb, added, NULL);
  g_source_attach (added->source, g_main_context_get_thread_default ());
}
