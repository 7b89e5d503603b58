/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* One client at the other end of a WebSocket: frames in and out, and the ways
 * in which a connection ends. It knows nothing of channels.
 */

#include "config.h"

#include "pusher-test-peer-private.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-close-policy-private.h"
#include "protocol/pusher-message-private.h"
#include "pusher-test-frames-private.h"
#include "pusher-test-stream-private.h"

/* Far above what a client may send, so that a client which sends too much is
 * found out by what it sent and not by a lost connection. Bytes. */
#define MAX_INCOMING_SIZE (16 * 1024 * 1024)

/* What is left of the 125 bytes of a control frame after the close code. */
#define MAX_REASON_LENGTH 123

struct _PusherTestPeer
{
  GObject parent_instance;

  char *id;
  SoupWebsocketConnection *websocket;
  PusherTestStream *stream;
  PusherTestFrames *frames; /* unowned: the WebSocket's */
  GSource *idle_source;     /* nullable: cuts the connection when it is quiet for … */
  guint idle_timeout;       /* … so many ms */
  GSource *hang_up_source;  /* nullable */
};

G_DEFINE_FINAL_TYPE (PusherTestPeer, pusher_test_peer, G_TYPE_OBJECT)

enum
{
  MESSAGE,
  FAULT,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Something was heard or said. */
static void
note_traffic (PusherTestPeer *self)
{
  if (self->idle_source != NULL)
    g_source_set_ready_time (self->idle_source,
                             g_get_monotonic_time () + self->idle_timeout * (gint64) 1000);
}

static void
message_cb (SoupWebsocketConnection *websocket,
            SoupWebsocketDataType    type,
            GBytes                  *bytes,
            PusherTestPeer          *self)
{
  /* After that nobody listens any more. */
  if (self->hang_up_source != NULL)
    return;

  note_traffic (self);
  g_signal_emit (self, signals[MESSAGE], 0, type == SOUP_WEBSOCKET_DATA_BINARY, bytes);
}

/* An error of the framing is the client's fault, one of the socket is not. */
static void
error_cb (SoupWebsocketConnection *websocket,
          GError                  *error,
          PusherTestPeer          *self)
{
  if (error->domain == SOUP_WEBSOCKET_ERROR)
    g_signal_emit (self, signals[FAULT], 0, error->message);
}

static void
closed_cb (SoupWebsocketConnection *websocket,
           PusherTestPeer          *self)
{
  guint code = soup_websocket_connection_get_close_code (websocket);

  clear_source (&self->idle_source);
  clear_source (&self->hang_up_source);
  g_clear_object (&self->websocket);
  g_signal_emit (self, signals[ENDED], 0, code != 0 ? code : PUSHER_CLOSE_CODE_ABNORMAL);
}

/* The WebSocket may be in the middle of a dispatch, so it goes on living until
 * it has seen that its socket is gone. */
static gboolean
let_go (PusherTestPeer *self,
        gboolean        reset)
{
  SoupWebsocketConnection *websocket = g_steal_pointer (&self->websocket);

  clear_source (&self->idle_source);
  clear_source (&self->hang_up_source);
  if (self->stream != NULL)
    pusher_test_stream_cut (self->stream, reset);

  if (websocket == NULL)
    return FALSE;

  g_signal_handlers_disconnect_by_data (websocket, self);
  g_signal_connect (websocket, "closed", G_CALLBACK (g_object_unref), NULL);

  return TRUE;
}

static void
pusher_test_peer_dispose (GObject *object)
{
  PusherTestPeer *self = PUSHER_TEST_PEER (object);

  let_go (self, FALSE);
  g_clear_object (&self->stream);

  G_OBJECT_CLASS (pusher_test_peer_parent_class)->dispose (object);
}

static void
pusher_test_peer_finalize (GObject *object)
{
  PusherTestPeer *self = PUSHER_TEST_PEER (object);

  g_free (self->id);

  G_OBJECT_CLASS (pusher_test_peer_parent_class)->finalize (object);
}

static void
pusher_test_peer_class_init (PusherTestPeerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = pusher_test_peer_dispose;
  object_class->finalize = pusher_test_peer_finalize;

  /* (binary, bytes) */
  signals[MESSAGE] = g_signal_new ("message", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 2, G_TYPE_BOOLEAN, G_TYPE_BYTES);

  /* (what): the client broke the rules of WebSockets */
  signals[FAULT] = g_signal_new ("fault", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_STRING);

  /* (close code): the client's, or 1006 */
  signals[ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
pusher_test_peer_init (PusherTestPeer *self)
{
  self->id = g_strdup_printf ("%d.%d",
                              g_random_int_range (1, G_MAXINT32),
                              g_random_int_range (1, G_MAXINT32));
}

PusherTestPeer *
pusher_test_peer_new (GIOStream *stream,
                      GSocket   *socket,
                      GUri      *uri)
{
  PusherTestPeer *self = g_object_new (PUSHER_TEST_TYPE_PEER, NULL);

  self->stream = pusher_test_stream_new (stream, socket);
  self->frames = pusher_test_frames_new ();
  self->websocket =
    soup_websocket_connection_new (G_IO_STREAM (self->stream), uri,
                                   SOUP_WEBSOCKET_CONNECTION_SERVER,
                                   NULL, NULL,
                                   g_list_prepend (NULL, self->frames));
  soup_websocket_connection_set_max_incoming_payload_size (self->websocket, MAX_INCOMING_SIZE);
  g_signal_connect (self->websocket, "message", G_CALLBACK (message_cb), self);
  g_signal_connect (self->websocket, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (self->websocket, "closed", G_CALLBACK (closed_cb), self);

  return self;
}

const char *
pusher_test_peer_get_id (PusherTestPeer *self)
{
  return self->id;
}

gboolean
pusher_test_peer_is_open (PusherTestPeer *self)
{
  return self->websocket != NULL &&
         soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN;
}

void
pusher_test_peer_set_silent (PusherTestPeer *self,
                             gboolean        silent)
{
  pusher_test_stream_set_silent (self->stream, silent);
}

/* Returns: whether it has ended and, because of the silence, the client cannot know */
gboolean
pusher_test_peer_is_held (PusherTestPeer *self)
{
  return self->websocket == NULL && pusher_test_stream_is_held (self->stream);
}

static gboolean
idle_cb (gpointer user_data)
{
  pusher_test_peer_cut (user_data, FALSE);

  return G_SOURCE_REMOVE;
}

/*
 * pusher_test_peer_set_idle_timeout:
 * @idle_timeout: ms; 0 for ever
 *
 * Sets how long a connection may have no message in either direction: then it is cut.
 */
void
pusher_test_peer_set_idle_timeout (PusherTestPeer *self,
                                   guint           idle_timeout)
{
  clear_source (&self->idle_source);
  self->idle_timeout = idle_timeout;
  if (idle_timeout == 0 || self->websocket == NULL)
    return;

  self->idle_source = g_timeout_source_new (idle_timeout);
  g_source_set_static_name (self->idle_source, "pusher-test idle");
  g_source_set_callback (self->idle_source, idle_cb, self, NULL);
  g_source_attach (self->idle_source, g_main_context_get_thread_default ());
}

void
pusher_test_peer_send_text (PusherTestPeer *self,
                            const char     *text)
{
  if (!pusher_test_peer_is_open (self))
    return;

  note_traffic (self);
  soup_websocket_connection_send_text (self->websocket, text);
}

void
pusher_test_peer_send_bytes (PusherTestPeer *self,
                             GBytes         *bytes,
                             gboolean        binary)
{
  if (!pusher_test_peer_is_open (self))
    return;

  if (binary)
    soup_websocket_connection_send_message (self->websocket, SOUP_WEBSOCKET_DATA_BINARY, bytes);
  else
    pusher_test_frames_send_text (self->frames, self->websocket, bytes);
}

/*
 * pusher_test_peer_send_event:
 * @channel: (nullable):
 * @data_json: (nullable):
 */
void
pusher_test_peer_send_event (PusherTestPeer *self,
                             const char     *event,
                             const char     *channel,
                             const char     *data_json)
{
  g_autofree char *text = pusher_message_encode (event, channel, data_json);

  pusher_test_peer_send_text (self, text);
}

static char *
build_error (guint       code,
             const char *message)
{
  GString *data = g_string_new (NULL);

  pusher_json_begin_object (data, NULL);
  if (code != 0)
    pusher_json_add_int (data, "code", code);
  else
    pusher_json_add_raw (data, "code", "null");
  pusher_json_add_string (data, "message", message);
  pusher_json_end_object (data);

  return g_string_free (data, FALSE);
}

/*
 * pusher_test_peer_send_error:
 * @channel: (nullable): the channel that it is about
 * @code: 0 for an error that has no code: Pusher sends a null
 */
void
pusher_test_peer_send_error (PusherTestPeer *self,
                             const char     *channel,
                             guint           code,
                             const char     *message)
{
  g_autofree char *data = build_error (code, message);

  pusher_test_peer_send_event (self, "pusher:error", channel, data);
}

/* Sends one whose data is JSON in a string. */
void
pusher_test_peer_send_nested_error (PusherTestPeer *self,
                                    guint           code,
                                    const char     *message)
{
  g_autofree char *data = build_error (code, message);
  g_autofree char *quoted = pusher_json_quote (data);

  pusher_test_peer_send_event (self, "pusher:error", NULL, quoted);
}

/*
 * pusher_test_peer_close:
 * @code: any code, allowed or not; 0 for a close frame without one
 * @reason: (nullable): shortened to what fits into a close frame
 */
void
pusher_test_peer_close (PusherTestPeer *self,
                        guint           code,
                        const char     *reason)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;

  if (!pusher_test_peer_is_open (self))
    return;

  if (code != 0)
    {
      const guint8 big_endian[] = { code >> 8 & 0xff, code & 0xff };
      gsize length = reason != NULL ? strlen (reason) : 0;

      if (length > MAX_REASON_LENGTH)
        length = g_utf8_find_prev_char (reason, reason + MAX_REASON_LENGTH + 1) - reason;

      g_byte_array_append (payload, big_endian, sizeof big_endian);
      g_byte_array_append (payload, (const guint8 *) reason, length);
    }

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&payload));
  pusher_test_frames_send_close (self->frames, self->websocket, bytes);
}

/*
 * pusher_test_peer_cut:
 * @reset: whether by a TCP reset
 *
 * Ends the connection without a close frame. It has ended when this returns.
 */
void
pusher_test_peer_cut (PusherTestPeer *self,
                      gboolean        reset)
{
  if (let_go (self, reset))
    g_signal_emit (self, signals[ENDED], 0, PUSHER_CLOSE_CODE_ABNORMAL);
}

static gboolean
hang_up_cb (gpointer user_data)
{
  pusher_test_peer_cut (user_data, FALSE);

  return G_SOURCE_REMOVE;
}

/* Ends the connection without a close frame, once the client has been sent what it was
 * told before: there is nothing left to write when a source of low priority has its
 * turn, or else the client does not read. */
void
pusher_test_peer_hang_up (PusherTestPeer *self)
{
  if (self->websocket == NULL || self->hang_up_source != NULL)
    return;

  self->hang_up_source = g_idle_source_new ();
  g_source_set_static_name (self->hang_up_source, "pusher-test hang up");
  g_source_set_priority (self->hang_up_source, G_PRIORITY_LOW);
  g_source_set_callback (self->hang_up_source, hang_up_cb, self, NULL);
  g_source_attach (self->hang_up_source, g_main_context_get_thread_default ());
}
