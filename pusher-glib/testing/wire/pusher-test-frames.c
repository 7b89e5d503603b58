/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Frames that libsoup refuses to send: text that is not UTF-8, and close codes
 * that no endpoint may use.
 *
 * libsoup shows every outgoing frame to the extensions of the connection before
 * it queues it. This one was never negotiated: it only puts what the test asked
 * for into the frame, so that it keeps its place between the others.
 */

#include "config.h"

#include "pusher-test-frames-private.h"

#define OPCODE_MASK 0x0f

struct _PusherTestFrames
{
  SoupWebsocketExtension parent_instance;

  gboolean as_text;
  GBytes *payload;
};

G_DEFINE_FINAL_TYPE (PusherTestFrames, pusher_test_frames, SOUP_TYPE_WEBSOCKET_EXTENSION)

static GBytes *
pusher_test_frames_process_outgoing_message (SoupWebsocketExtension *extension,
                                             guint8                 *header,
                                             GBytes                 *payload,
                                             GError                **error)
{
  PusherTestFrames *self = PUSHER_TEST_FRAMES (extension);

  if (self->as_text)
    header[0] = (header[0] & ~OPCODE_MASK) | SOUP_WEBSOCKET_DATA_TEXT;

  if (self->payload != NULL)
    {
      g_bytes_unref (payload);
      return g_bytes_ref (self->payload);
    }

  return payload;
}

static void
pusher_test_frames_class_init (PusherTestFramesClass *klass)
{
  SoupWebsocketExtensionClass *extension_class = SOUP_WEBSOCKET_EXTENSION_CLASS (klass);

  extension_class->name = "x-pusher-test";
  extension_class->process_outgoing_message = pusher_test_frames_process_outgoing_message;
}

static void
pusher_test_frames_init (PusherTestFrames *self)
{
}

PusherTestFrames *
pusher_test_frames_new (void)
{
  return g_object_new (PUSHER_TEST_TYPE_FRAMES, NULL);
}

/* Sends a text frame with any bytes. */
void
pusher_test_frames_send_text (PusherTestFrames        *self,
                              SoupWebsocketConnection *websocket,
                              GBytes                  *bytes)
{
  self->as_text = TRUE;
  soup_websocket_connection_send_message (websocket, SOUP_WEBSOCKET_DATA_BINARY, bytes);
  self->as_text = FALSE;
}

/* Sends a close frame with any payload of at most 125 bytes, and closes. */
void
pusher_test_frames_send_close (PusherTestFrames        *self,
                               SoupWebsocketConnection *websocket,
                               GBytes                  *payload)
{
  self->payload = payload;
  soup_websocket_connection_close (websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
  self->payload = NULL;
}
