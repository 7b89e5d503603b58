/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-message-limit-private.h"

/* libsoup keeps a message in a GByteArray, which ends the program at 4 GiB, and
 * computes with the length of a frame before it has looked for an overflow. */
#define MAX_SIZE (G_GUINT64_CONSTANT (1) << 30)

/* The first byte of a frame */
#define FIN 0x80
#define CONTROL 0x08
#define OPCODE 0x0f
#define PING 0x09

struct _PusherMessageLimit
{
  SoupWebsocketExtension parent_instance;

  guint64 max_size;
  guint64 size; /* of the message under way, and its fragments so far */
  guint n_fragments;

  GPollableOutputStream *output;
  guint n_unread; /* pongs that were not sent at once, as far as is known */
};

G_DEFINE_FINAL_TYPE (PusherMessageLimit, pusher_message_limit, SOUP_TYPE_WEBSOCKET_EXTENSION)

static gboolean
check_fragment (PusherMessageLimit *self,
                gboolean            first,
                gsize               size,
                GError            **error)
{
  if (first)
    self->size = self->n_fragments = 0;
  self->size += size;
  self->n_fragments++;

  if (self->size > self->max_size)
    g_set_error_literal (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_TOO_BIG,
                         "A message is too large");
  else if (self->n_fragments > PUSHER_MESSAGE_MAX_FRAGMENTS)
    g_set_error (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION,
                 "The server sent a message of more than %d fragments",
                 PUSHER_MESSAGE_MAX_FRAGMENTS);
  else
    return TRUE;

  return FALSE;
}

/* libsoup queues an answer to each ping, each time walking over those that wait. */
static gboolean
check_ping (PusherMessageLimit *self,
            GError            **error)
{
  if (g_pollable_output_stream_is_writable (self->output))
    {
      if (self->n_unread > 0)
        self->n_unread--;
    }
  else if (++self->n_unread > PUSHER_MESSAGE_MAX_UNREAD_PONGS)
    {
      g_set_error_literal (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION,
                           "The server sends pings and does not read the answers");
      return FALSE;
    }

  return TRUE;
}

static GBytes *
process_incoming (SoupWebsocketExtension *extension,
                  guint8                 *header,
                  GBytes                 *payload,
                  GError                **error)
{
  PusherMessageLimit *self = (PusherMessageLimit *) extension;
  guint8 opcode = *header & OPCODE;
  gboolean fine = TRUE;

  /* An ordinary message, whose size libsoup has checked */
  if (opcode < CONTROL && opcode != 0 && (*header & FIN) != 0)
    return payload;

  if (opcode < CONTROL)
    fine = check_fragment (self, opcode != 0, g_bytes_get_size (payload), error);
  else if (opcode == PING)
    fine = check_ping (self, error);

  if (fine)
    return payload;

  g_bytes_unref (payload);

  return NULL;
}

static void
pusher_message_limit_dispose (GObject *object)
{
  PusherMessageLimit *self = PUSHER_MESSAGE_LIMIT (object);

  g_clear_object (&self->output);

  G_OBJECT_CLASS (pusher_message_limit_parent_class)->dispose (object);
}

static void
pusher_message_limit_class_init (PusherMessageLimitClass *klass)
{
  SoupWebsocketExtensionClass *extension_class = SOUP_WEBSOCKET_EXTENSION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = pusher_message_limit_dispose;
  extension_class->process_incoming_message = process_incoming;
}

static void
pusher_message_limit_init (PusherMessageLimit *self)
{
}

/*
 * pusher_message_limit_prepare:
 *
 * To be called before libsoup is given the request.
 *
 * Compression is given up, since libsoup inflates a frame without a limit: one of
 * a megabyte may become one of a gigabyte.
 */
void
pusher_message_limit_prepare (SoupMessage *request)
{
  soup_message_disable_feature (request, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
}

/*
 * pusher_message_limit_new:
 * @stream: of the WebSocket that it is to be an extension of
 * @max_size: of a message, in bytes; more than 1 GiB counts as that
 */
PusherMessageLimit *
pusher_message_limit_new (GIOStream *stream,
                          guint64    max_size)
{
  PusherMessageLimit *self = g_object_new (PUSHER_TYPE_MESSAGE_LIMIT, NULL);

  self->max_size = MIN (max_size, MAX_SIZE);
  self->output = g_object_ref (G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)));

  return self;
}

/*
 * pusher_message_limit_apply:
 * @max_size: of a message, in bytes; more than 1 GiB counts as that
 *
 * To be called before a frame is read. What is over the limit ends as an error of
 * the WebSocket.
 */
void
pusher_message_limit_apply (SoupWebsocketConnection *websocket,
                            guint64                  max_size)
{
  GObjectClass *klass = G_OBJECT_GET_CLASS (websocket);

  max_size = MIN (max_size, MAX_SIZE);
  soup_websocket_connection_set_max_incoming_payload_size (websocket, max_size);
  if (g_object_class_find_property (klass, "max-total-message-size") != NULL)
    g_object_set (websocket, "max-total-message-size", max_size, NULL);
}
