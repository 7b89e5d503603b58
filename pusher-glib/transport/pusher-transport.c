/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-transport-private.h"

#include "protocol/pusher-close-policy-private.h"

#include "base/pusher-error.h"
#include "base/pusher-printable-private.h"
#include "pusher-backlog-private.h"
#include "pusher-handshake-private.h"
#include "pusher-message-limit-private.h"
#include "pusher-paced-stream-private.h"
#include "pusher-release-private.h"

#include <glib/gi18n-lib.h>

struct _PusherTransport
{
  GObject parent_instance;

  const PusherTransportListener *listener; /* NULL once the reports have ended */
  gpointer owner;
  PusherPace *pace; /* the owner's */

  PusherHandshake *handshake; /* NULL unless it is under way */
  SoupWebsocketConnection *websocket;
  PusherPacedStream *stream; /* of the WebSocket, if it is paced */
  PusherBacklog backlog;     /* empty unless it is */
  guint64 max_message_size;

  GSource *closing; /* has a reference, and calls done in the end; or NULL */
  PusherTransportDone done;
  gpointer done_data;

  guint n_handlers; /* that libsoup has called, and that have not returned */
  gboolean sending;
  GError *send_error; /* to report when libsoup has closed the socket */
};

G_DEFINE_FINAL_TYPE (PusherTransport, pusher_transport, G_TYPE_OBJECT)

/* --- Handlers that libsoup calls ----------------------------------------- */

static void
begin_handler (PusherTransport *self)
{
  g_object_ref (self);
  self->n_handlers++;
}

static void
end_handler (PusherTransport *self)
{
  self->n_handlers--;
  g_object_unref (self);
}

/* libsoup goes on using the WebSocket after a handler of its signals returned,
 * without holding a reference. */
static void
release_websocket (PusherTransport *self)
{
  SoupWebsocketConnection *websocket = g_steal_pointer (&self->websocket);

  pusher_backlog_clear (&self->backlog);
  if (websocket == NULL)
    return;

  if (self->stream != NULL)
    pusher_paced_stream_end (self->stream);
  g_clear_object (&self->stream);

  g_signal_handlers_disconnect_by_data (websocket, self);
  if (self->n_handlers > 0)
    pusher_release_later (websocket, self, &self->n_handlers);
  else
    pusher_release_now (websocket);
}

/* What others have found may have somebody else's words in it. */
static GError *
make_printable (const GError *error)
{
  g_autofree char *message = pusher_printable (error->message, PUSHER_PRINTABLE_MAX);

  return g_error_new_literal (error->domain, error->code, message);
}

static void
report_closed (PusherTransport *self,
               guint            close_code,
               const char      *reason,
               const GError    *error)
{
  const PusherTransportListener *listener = g_steal_pointer (&self->listener);
  g_autoptr (GError) printable = error != NULL ? make_printable (error) : NULL;

  if (listener != NULL)
    listener->closed (self->owner, close_code, reason, printable);
}

static void
finish_closing (PusherTransport *self)
{
  if (self->closing != NULL)
    g_source_destroy (self->closing);
}

/* Also when nothing will be heard of the WebSocket any more, because its main context
 * has gone. */
static void
closing_over (gpointer user_data)
{
  g_autoptr (PusherTransport) self = user_data;

  g_clear_pointer (&self->closing, g_source_unref);
  self->done (self->done_data);
}

/* The WebSocket is of no use any more. */
static void
end_websocket (PusherTransport *self,
               guint            close_code,
               const char      *reason,
               const GError    *error)
{
  begin_handler (self);

  release_websocket (self);
  report_closed (self, close_code, reason, error);
  finish_closing (self);

  end_handler (self);
}

static void
websocket_message_cb (SoupWebsocketConnection *websocket,
                      SoupWebsocketDataType    type,
                      GBytes                  *bytes,
                      gpointer                 user_data)
{
  PusherTransport *self = user_data;

  if (self->listener == NULL)
    return;

  begin_handler (self);

  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    {
      self->listener->message (self->owner, bytes);
    }
  else
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                     g_dngettext (GETTEXT_PACKAGE,
                                  "The server sent a binary frame of %zu byte",
                                  "The server sent a binary frame of %zu bytes",
                                  g_bytes_get_size (bytes)),
                     g_bytes_get_size (bytes));

      self->listener->bad_frame (self->owner, error);
    }

  end_handler (self);
}

/* What the generic marshaller does with libffi, at a tenth of a message's cost */
static void
marshal_message (GClosure     *closure,
                 GValue       *return_value,
                 guint         n_values,
                 const GValue *values,
                 gpointer      invocation_hint,
                 gpointer      marshal_data)
{
  websocket_message_cb (g_value_get_object (&values[0]), g_value_get_int (&values[1]),
                        g_value_get_boxed (&values[2]), closure->data);
}

static void
connect_message (PusherTransport         *self,
                 SoupWebsocketConnection *websocket)
{
  GClosure *closure = g_cclosure_new (G_CALLBACK (websocket_message_cb), self, NULL);

  g_closure_set_marshal (closure, marshal_message);
  g_signal_connect_closure (websocket, "message", closure, FALSE);
}

/* libsoup breaks off without a word if a frame is too large. */
static void
end_oversized (PusherTransport         *self,
               SoupWebsocketConnection *websocket)
{
  gsize max_size = (gsize) MIN (self->max_message_size, G_MAXSIZE);
  g_autoptr (GError) error =
    g_error_new (PUSHER_ERROR, PUSHER_ERROR_PROTOCOL,
                 g_dngettext (GETTEXT_PACKAGE,
                              "The server sent a message of more than %zu byte",
                              "The server sent a message of more than %zu bytes",
                              max_size),
                 max_size);

  begin_handler (self);

  g_signal_handlers_disconnect_by_data (websocket, self);
  if (soup_websocket_connection_get_state (websocket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (websocket, SOUP_WEBSOCKET_CLOSE_TOO_BIG, NULL);
  end_websocket (self, SOUP_WEBSOCKET_CLOSE_TOO_BIG, NULL, error);

  end_handler (self);
}

/* libsoup tells the peer why, and would then wait for its close frame.
 *
 * An owner that sends is in the middle of something, and must not lose the connection
 * before it has returned. */
static void
websocket_error_cb (SoupWebsocketConnection *websocket,
                    GError                  *error,
                    gpointer                 user_data)
{
  PusherTransport *self = user_data;

  if (self->sending && self->send_error == NULL)
    self->send_error = g_error_copy (error);
  else if (g_error_matches (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG))
    end_oversized (self, websocket);
  else if (!self->sending)
    end_websocket (self, PUSHER_CLOSE_CODE_ABNORMAL, NULL, error);
}

static void
websocket_closed_cb (SoupWebsocketConnection *websocket,
                     gpointer                 user_data)
{
  PusherTransport *self = user_data;
  guint close_code = soup_websocket_connection_get_close_code (websocket);
  g_autoptr (GError) error = g_steal_pointer (&self->send_error);

  end_websocket (self, close_code != 0 ? close_code : PUSHER_CLOSE_CODE_ABNORMAL,
                 soup_websocket_connection_get_close_data (websocket), error);
}

static void
ref_cb (gpointer object,
        gpointer user_data)
{
  g_object_ref (object);
}

/* The same WebSocket, but on a stream that is paced. */
static SoupWebsocketConnection *
make_paced (PusherTransport         *self,
            SoupWebsocketConnection *websocket)
{
  GUri *uri = soup_websocket_connection_get_uri (websocket);
  gboolean plain = g_str_equal (g_uri_get_scheme (uri), "ws");
  GIOStream *stream;
  GList *extensions;

  self->stream =
    pusher_paced_stream_take_over (websocket, plain ? PUSHER_PACED_BYTES : PUSHER_PACED_RECORDS,
                                   self->pace);
  if (self->stream == NULL)
    {
      g_debug ("The WebSocket cannot be paced: libsoup reads it in a way of its own");
      return g_object_ref (websocket);
    }

  stream = G_IO_STREAM (self->stream);
  extensions = g_list_copy (soup_websocket_connection_get_extensions (websocket));
  g_list_foreach (extensions, ref_cb, NULL);
  extensions =
    g_list_append (extensions,
                   pusher_message_limit_new (pusher_paced_stream_get_output (self->stream),
                                             self->max_message_size));

  return soup_websocket_connection_new (stream, uri, SOUP_WEBSOCKET_CONNECTION_CLIENT,
                                        soup_websocket_connection_get_origin (websocket),
                                        soup_websocket_connection_get_protocol (websocket),
                                        extensions);
}

static void
adopt_websocket (PusherTransport         *self,
                 SoupWebsocketConnection *connected)
{
  SoupWebsocketConnection *websocket = make_paced (self, connected);

  self->websocket = websocket;
  pusher_message_limit_apply (websocket, self->max_message_size);
  connect_message (self, websocket);
  g_signal_connect (websocket, "error", G_CALLBACK (websocket_error_cb), self);
  g_signal_connect (websocket, "closed", G_CALLBACK (websocket_closed_cb), self);
}

static void
connected_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (PusherTransport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) websocket =
    pusher_handshake_finish (self->handshake, result, &error);

  g_clear_object (&self->handshake);

  if (self->listener != NULL && websocket != NULL)
    adopt_websocket (self, websocket);
  else if (self->listener != NULL)
    report_closed (self, 0, NULL, error);
  else
    {
      if (websocket != NULL)
        pusher_release_now (g_steal_pointer (&websocket));
      finish_closing (self);
    }
}

static void
pusher_transport_dispose (GObject *object)
{
  PusherTransport *self = PUSHER_TRANSPORT (object);

  release_websocket (self);
  g_clear_object (&self->handshake);
  g_clear_error (&self->send_error);

  G_OBJECT_CLASS (pusher_transport_parent_class)->dispose (object);
}

static void
pusher_transport_class_init (PusherTransportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = pusher_transport_dispose;
}

static void
pusher_transport_init (PusherTransport *self)
{
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
  self->max_message_size = max_message_size;
  self->handshake = pusher_handshake_new (session, uri);
  pusher_handshake_start (self->handshake, origin, connected_cb, g_object_ref (self));
}

/* --- Sending ------------------------------------------------------------- */

static gboolean
is_open (PusherTransport *self)
{
  return self->websocket != NULL &&
         soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
gather_output (PusherTransport *self,
               gboolean         gather)
{
  if (self->stream != NULL)
    pusher_gathered_output_gather (pusher_paced_stream_get_output (self->stream), gather);
}

static void
send_now (PusherTransport *self,
          const char      *text,
          gboolean         soon)
{
  self->sending = TRUE;
  gather_output (self, soon);
  soup_websocket_connection_send_text (self->websocket, text);
  gather_output (self, FALSE);
  self->sending = FALSE;
}

static gboolean
must_wait (PusherTransport *self)
{
  return self->stream != NULL &&
         pusher_backlog_is_needed (&self->backlog, pusher_paced_stream_get_output (self->stream));
}

/* all: also what the socket will not take at once. A WebSocket that is being closed takes
 * nothing any more. */
static void
send_backlog (PusherTransport *self,
              gboolean         all)
{
  char *text;

  while (is_open (self) && (all || !must_wait (self)) &&
         (text = pusher_backlog_take (&self->backlog)) != NULL)
    {
      send_now (self, text, TRUE);
      g_free (text);
    }

  if (!is_open (self))
    pusher_backlog_clear (&self->backlog);
}

static gboolean
backlog_cb (GObject *output,
            gpointer user_data)
{
  g_autoptr (PusherTransport) self = g_object_ref (user_data);

  send_backlog (self, FALSE);

  return G_SOURCE_CONTINUE;
}

/* FALSE if the WebSocket is not open: then the text will never be sent. */
gboolean
pusher_transport_send (PusherTransport *self,
                       const char      *text,
                       gboolean         soon)
{
  if (!is_open (self))
    return FALSE;

  if (pusher_backlog_is_empty (&self->backlog) && !must_wait (self))
    send_now (self, text, soon);
  else
    pusher_backlog_add (&self->backlog, pusher_paced_stream_get_output (self->stream), text,
                        backlog_cb, self);

  return TRUE;
}

/* Returns: the bytes that were sent, and are not yet in the socket because the server
 * does not read them */
gsize
pusher_transport_get_n_waiting (PusherTransport *self)
{
  if (self->stream == NULL)
    return 0;

  return pusher_gathered_output_get_n_waiting (pusher_paced_stream_get_output (self->stream)) +
         self->backlog.n_bytes;
}

/* Returns: a number that has changed once no bytes that libsoup has wait any more; 0 if
 * that is not known */
guint64
pusher_transport_get_n_drains (PusherTransport *self)
{
  if (self->stream == NULL)
    return 0;

  return pusher_gathered_output_get_n_drains (pusher_paced_stream_get_output (self->stream));
}

/* --- Ends ---------------------------------------------------------------- */

static void
send_close_frame (PusherTransport *self)
{
  if (!is_open (self))
    return;

  self->sending = TRUE;
  soup_websocket_connection_close (self->websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  self->sending = FALSE;
}

static void
end_reports (PusherTransport *self)
{
  self->listener = NULL;
  if (self->stream != NULL)
    pusher_paced_stream_forget_pace (self->stream);
  if (self->handshake != NULL)
    pusher_handshake_cancel (self->handshake);
}

void
pusher_transport_close (PusherTransport    *self,
                        PusherTransportDone done,
                        gpointer            user_data)
{
  self->done = done;
  self->done_data = user_data;
  self->closing = pusher_release_watch (closing_over, g_object_ref (self));

  end_reports (self);
  send_backlog (self, TRUE);
  if (self->websocket != NULL)
    send_close_frame (self);
  else if (self->handshake == NULL)
    finish_closing (self);
}

void
pusher_transport_drop (PusherTransport *self)
{
  end_reports (self);
  if (self->websocket != NULL)
    {
      send_close_frame (self);
      release_websocket (self);
    }
}
