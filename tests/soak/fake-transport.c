/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "fake-transport.h"

#include "protocol/pusher-close-policy-private.h"

#include <string.h>

#define ESTABLISHED \
  "{\"event\":\"pusher:connection_established\",\"data\":{\"socket_id\":\"1.2\"}}"

struct _PusherTransport
{
  GObject parent_instance;

  const PusherTransportListener *listener; /* NULL once the reports have ended */
  gpointer owner;
  PusherPace *pace;
  gboolean open;
  guint index; /* in fake_transports */
};

G_DEFINE_FINAL_TYPE (PusherTransport, pusher_transport, G_TYPE_OBJECT)

GPtrArray *fake_transports;

/* --- What the server does ------------------------------------------------ */

PusherTransport *
fake_transport_get_last (void)
{
  g_assert_cmpuint (fake_transports->len, >, 0);

  return fake_transports->pdata[fake_transports->len - 1];
}

void
fake_transport_welcome (PusherTransport *self)
{
  g_assert_false (self->open);
  self->open = TRUE;
  fake_transport_say (self, ESTABLISHED);
}

void
fake_transport_say (PusherTransport *self,
                    const char      *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));

  g_assert_true (self->open);
  if (self->listener == NULL)
    return;

  /* There is always time to read, as the clock stands still. */
  g_assert_true (pusher_pace_may_read (self->pace, TRUE));
  self->listener->message (self->owner, bytes);
}

void
fake_transport_sayf (PusherTransport *self,
                     const char      *format,
                     ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  fake_transport_say (self, text);
}

void
fake_transport_lose (PusherTransport *self)
{
  const PusherTransportListener *listener = g_steal_pointer (&self->listener);

  self->open = FALSE;
  if (listener != NULL)
    listener->closed (self->owner, PUSHER_CLOSE_CODE_ABNORMAL, NULL, NULL);
}

/* --- The object ---------------------------------------------------------- */

static void
pusher_transport_finalize (GObject *object)
{
  PusherTransport *self = PUSHER_TRANSPORT (object);

  g_ptr_array_remove_index_fast (fake_transports, self->index);
  if (self->index < fake_transports->len)
    ((PusherTransport *) fake_transports->pdata[self->index])->index = self->index;

  G_OBJECT_CLASS (pusher_transport_parent_class)->finalize (object);
}

static void
pusher_transport_class_init (PusherTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pusher_transport_finalize;
  fake_transports = g_ptr_array_new ();
}

static void
pusher_transport_init (PusherTransport *self)
{
  self->index = fake_transports->len;
  g_ptr_array_add (fake_transports, self);
}

PusherTransport *
pusher_transport_new (const PusherTransportListener *listener,
                      gpointer                       owner,
                      PusherPace                    *pace)
{
  PusherTransport *self = g_object_new (PUSHER_TYPE_TRANSPORT, NULL);

  self->listener = listener;
  self->owner = owner;
  self->pace = pace;

  return self;
}

void
pusher_transport_open (PusherTransport *self,
                       SoupSession     *session,
                       GUri            *uri,
                       const char      *origin,
                       guint64          max_message_size)
{
}

gboolean
pusher_transport_send (PusherTransport *self,
                       const char      *text,
                       gboolean         soon)
{
  return self->open;
}

void
pusher_transport_close (PusherTransport    *self,
                        PusherTransportDone done,
                        gpointer            user_data)
{
  pusher_transport_drop (self);
  done (user_data);
}

void
pusher_transport_drop (PusherTransport *self)
{
  self->listener = NULL;
}

gsize
pusher_transport_get_n_waiting (PusherTransport *self)
{
  return 0;
}

guint64
pusher_transport_get_n_drains (PusherTransport *self)
{
  return 0;
}
