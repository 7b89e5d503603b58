/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "mock-transport.h"

#include "base/pusher-error.h"
#include "outbox.h"
#include "protocol/pusher-close-policy-private.h"
#include "server.h"
#include "world.h"

#include <string.h>

/* A few messages that are not read are as many as there may be. */
#define WAITING_FACTOR (1 << 17)

typedef enum
{
  ITEM_OPEN, /* the handshake has succeeded */
  ITEM_TEXT,
  ITEM_BAD_FRAME,
  ITEM_END, /* of the WebSocket, or of a handshake that failed */
} ItemKind;

typedef struct
{
  ItemKind kind;
  GBytes *bytes;
  guint close_code;
  char *reason;
  GError *error;
} Item;

typedef enum
{
  PHASE_NEW,
  PHASE_CONNECTING,
  PHASE_OPEN,
  PHASE_BROKEN, /* cannot be written to, and is about to end */
  PHASE_OVER,
} Phase;

struct _PusherTransport
{
  GObject parent_instance;

  const PusherTransportListener *listener;
  gpointer owner;
  PusherPace *pace;

  Phase phase;
  GQueue incoming; /* of Item */
  GSource *source;
  Model *model;

  gboolean deaf; /* the server does not read */
  gsize n_waiting;
  guint64 n_drains;

  gboolean closing;
  PusherTransportDone done;
  gpointer done_data;
};

G_DEFINE_FINAL_TYPE (PusherTransport, pusher_transport, G_TYPE_OBJECT)

/* Which model a text is from that a connection has, but has not looked at yet */
static GHashTable *models_by_text;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_clear_error (&item->error);
  g_free (item->reason);
  g_free (item);
}

/* --- What the client looks at -------------------------------------------- */

gboolean __real_pusher_message_decode (PusherMessage *message,
                                       const char    *text,
                                       gsize          length,
                                       GError       **error);
gboolean __wrap_pusher_message_decode (PusherMessage *message,
                                       const char    *text,
                                       gsize          length,
                                       GError       **error);

/* The linker has the library call this one: the model hears of each message when the
 * connection acts on it, which may be long after it was read. */
gboolean
__wrap_pusher_message_decode (PusherMessage *message,
                              const char    *text,
                              gsize          length,
                              GError       **error)
{
  gboolean decoded = __real_pusher_message_decode (message, text, length, error);
  Model *model = models_by_text != NULL ? g_hash_table_lookup (models_by_text, text) : NULL;

  if (model != NULL)
    {
      g_hash_table_remove (models_by_text, text);
      model_hear (model, decoded ? message : NULL);
    }

  return decoded;
}

static void
forget_text (gpointer text)
{
  g_hash_table_remove (models_by_text, text);
  g_free (text);
}

/* --- Delivering ---------------------------------------------------------- */

static void
finish_closing (PusherTransport *self)
{
  if (!self->closing)
    return;

  self->closing = FALSE;
  self->done (self->done_data);
  g_object_unref (self);
}

static void
end (PusherTransport *self,
     Item            *item)
{
  const PusherTransportListener *listener = g_steal_pointer (&self->listener);
  gboolean was_connecting = self->phase == PHASE_CONNECTING;

  self->phase = PHASE_OVER;
  if (listener != NULL)
    listener->closed (self->owner, item->close_code, item->reason, item->error);
  finish_closing (self);
  if (was_connecting)
    g_object_unref (self);
}

static void
open_now (PusherTransport *self)
{
  self->phase = PHASE_OPEN;
  if (self->listener != NULL)
    server_opened (self);
  else
    finish_closing (self);
  g_object_unref (self);
}

static void
deliver (PusherTransport *self,
         Item            *item)
{
  switch (item->kind)
    {
    case ITEM_OPEN:
      if (self->phase == PHASE_CONNECTING)
        open_now (self);
      break;
    case ITEM_TEXT:
      if (self->listener != NULL)
        {
          g_hash_table_insert (models_by_text, (gpointer) g_bytes_get_data (item->bytes, NULL),
                               self->model);
          self->listener->message (self->owner, item->bytes);
        }
      break;
    case ITEM_BAD_FRAME:
      if (self->listener != NULL)
        self->listener->bad_frame (self->owner, item->error);
      break;
    case ITEM_END:
    default:
      if (self->phase != PHASE_OVER)
        end (self, item);
      break;
    }
}

/* As pusher-paced-input.c has it: reading goes on for as long as there is time, and
 * has less than the usual priority when it was broken off. */
static gboolean
may_read (PusherTransport *self)
{
  gboolean may = self->listener == NULL || self->phase == PHASE_CONNECTING ||
                 pusher_pace_may_read (self->pace, TRUE);

  g_source_set_priority (self->source, may ? G_PRIORITY_DEFAULT : G_PRIORITY_DEFAULT_IDLE);

  return may;
}

static gboolean
incoming_cb (gpointer user_data)
{
  g_autoptr (PusherTransport) self = g_object_ref (user_data);
  guint n = world.peace || input_is_over () ? G_MAXUINT : 1 + input_draw (8);
  Item *item;

  if (!may_read (self))
    return G_SOURCE_CONTINUE;

  while (n-- > 0 && (item = g_queue_pop_head (&self->incoming)) != NULL)
    {
      /* Handlers that are slow */
      if (input_chance (world.slow ? 128 : 16))
        world.now += 6000;
      deliver (self, item);
      item_free (item);
    }
  if (g_queue_is_empty (&self->incoming))
    g_source_set_ready_time (self->source, -1);

  return G_SOURCE_CONTINUE;
}

static gboolean
dispatch (GSource    *source,
          GSourceFunc callback,
          gpointer    user_data)
{
  return callback (user_data);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch };

static void
push (PusherTransport *self,
      Item            *item)
{
  g_queue_push_tail (&self->incoming, item);
  g_source_set_ready_time (self->source, 0);
}

/* --- The object ---------------------------------------------------------- */

static gboolean
is_of_model (gpointer text,
             gpointer model,
             gpointer user_data)
{
  return model == user_data;
}

static void
pusher_transport_finalize (GObject *object)
{
  PusherTransport *self = PUSHER_TRANSPORT (object);

  g_queue_clear_full (&self->incoming, item_free);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_hash_table_foreach_remove (models_by_text, is_of_model, self->model);
  model_free (self->model);
  g_ptr_array_remove (world.transports, self);

  G_OBJECT_CLASS (pusher_transport_parent_class)->finalize (object);
}

static void
pusher_transport_class_init (PusherTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pusher_transport_finalize;
  models_by_text = g_hash_table_new (NULL, NULL);
}

static void
pusher_transport_init (PusherTransport *self)
{
  self->source = g_source_new (&source_funcs, sizeof (GSource));
  g_source_set_static_name (self->source, "transport");
  g_source_set_callback (self->source, incoming_cb, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->model = model_new ();
  self->n_drains = 1;
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
  g_ptr_array_add (world.transports, self);

  return self;
}

void
pusher_transport_open (PusherTransport *self,
                       SoupSession     *session,
                       GUri            *uri,
                       const char      *origin,
                       guint64          max_message_size)
{
  world_check (self->phase == PHASE_NEW, "a transport is opened twice");
  self->phase = PHASE_CONNECTING;
  g_object_ref (self);
  server_asked_to_connect (self);
}

gboolean
pusher_transport_send (PusherTransport *self,
                       const char      *text,
                       gboolean         soon)
{
  if (self->phase != PHASE_OPEN)
    {
      model_lose (self->model);
      return FALSE;
    }

  outbox_sent (text);
  if (!world.peace && input_chance (2))
    {
      model_lose (self->model);
      mock_transport_push_end (self, PUSHER_CLOSE_CODE_ABNORMAL, NULL, TRUE);
      self->phase = PHASE_BROKEN;
      return TRUE;
    }

  model_receive (self->model, text);
  if (self->deaf)
    {
      self->n_waiting += strlen (text) * WAITING_FACTOR;
      return TRUE;
    }

  self->n_drains++;
  server_received (self);

  return TRUE;
}

static void
end_reports (PusherTransport *self)
{
  self->listener = NULL;
  if (self->phase == PHASE_CONNECTING)
    mock_transport_push_end (self, 0, NULL, TRUE);
}

/* The server may have vanished: then libsoup knows at once. */
void
pusher_transport_close (PusherTransport    *self,
                        PusherTransportDone done,
                        gpointer            user_data)
{
  g_object_ref (self);
  self->closing = TRUE;
  self->done = done;
  self->done_data = user_data;

  end_reports (self);
  if (self->phase == PHASE_NEW || self->phase == PHASE_OVER ||
      (self->phase == PHASE_OPEN && input_chance (16)))
    {
      self->phase = PHASE_OVER;
      finish_closing (self);
    }
  else if (self->phase == PHASE_OPEN)
    {
      server_asked_to_close (self);
    }
}

void
pusher_transport_drop (PusherTransport *self)
{
  end_reports (self);
  if (self->phase == PHASE_OPEN || self->phase == PHASE_BROKEN)
    self->phase = PHASE_OVER;
}

/* --- What the server does ------------------------------------------------ */

gboolean
mock_transport_is_connecting (PusherTransport *self)
{
  return self->phase == PHASE_CONNECTING;
}

/* And the client listens */
gboolean
mock_transport_is_open (PusherTransport *self)
{
  return self->phase == PHASE_OPEN && self->listener != NULL;
}

gboolean
mock_transport_is_closing (PusherTransport *self)
{
  return self->closing;
}

gboolean
mock_transport_is_deaf (PusherTransport *self)
{
  return self->deaf;
}

void
mock_transport_set_deaf (PusherTransport *self,
                         gboolean         deaf)
{
  gboolean reads_on = self->deaf && !deaf;

  self->deaf = deaf;
  if (!reads_on)
    return;

  self->n_drains++;
  self->n_waiting = 0;
  server_received (self);
}

Model *
mock_transport_get_model (PusherTransport *self)
{
  return self->model;
}

void
mock_transport_push_open (PusherTransport *self)
{
  Item *item = g_new0 (Item, 1);

  item->kind = ITEM_OPEN;
  push (self, item);
}

void
mock_transport_push_text (PusherTransport *self,
                          const char      *text,
                          gsize            length)
{
  Item *item = g_new0 (Item, 1);
  char *copy = g_memdup2 (text, length + 1);

  item->kind = ITEM_TEXT;
  item->bytes = g_bytes_new_with_free_func (copy, length, forget_text, copy);
  push (self, item);
}

void
mock_transport_push_bad_frame (PusherTransport *self)
{
  Item *item = g_new0 (Item, 1);

  item->kind = ITEM_BAD_FRAME;
  item->error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL, "A binary frame");
  push (self, item);
}

/* close_code is 0 if there has been no WebSocket. */
static GError *
draw_error (guint close_code)
{
  if (close_code == 0 && input_chance (64))
    return g_error_new (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "Of somebody else");

  return g_error_new (G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE, "Broken");
}

void
mock_transport_push_end (PusherTransport *self,
                         guint            close_code,
                         const char      *reason,
                         gboolean         with_error)
{
  Item *item = g_new0 (Item, 1);

  item->kind = ITEM_END;
  item->close_code = close_code;
  item->reason = g_strdup (reason);
  if (with_error)
    item->error = draw_error (close_code);
  push (self, item);
}

gsize
pusher_transport_get_n_waiting (PusherTransport *self)
{
  return self->n_waiting;
}

guint64
pusher_transport_get_n_drains (PusherTransport *self)
{
  return self->n_drains;
}
