/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-message-limit-private.h"

#include <glib/gi18n-lib.h>

/* libsoup keeps a message in a GByteArray, which ends the program at 4 GiB, and
 * computes with the length of a frame before it has looked for an overflow. */
#define MAX_SIZE (G_GUINT64_CONSTANT (1) << 30)

/* The first byte of a frame */
#define FIN 0x80
#define CONTROL 0x08
#define OPCODE 0x0f
#define PING 0x09
#define PONG 0x0a

struct _PusherMessageLimit
{
  SoupWebsocketExtension parent_instance;

  guint64 max_size;
  guint64 size; /* of the message under way, and its fragments so far */
  guint n_fragments;

  PusherGatheredOutput *output;
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
                         _("A message is too large"));
  else if (self->n_fragments > PUSHER_MESSAGE_MAX_FRAGMENTS)
    g_set_error (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION,
                 g_dngettext (GETTEXT_PACKAGE,
                              "The server sent a message of more than %d fragment",
                              "The server sent a message of more than %d fragments",
                              PUSHER_MESSAGE_MAX_FRAGMENTS),
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
  if (pusher_gathered_output_get_n_urgent (self->output) < PUSHER_MESSAGE_MAX_UNREAD_PONGS)
    return TRUE;

  g_set_error_literal (error, SOUP_WEBSOCKET_ERROR, SOUP_WEBSOCKET_CLOSE_POLICY_VIOLATION,
                       _("The server sends pings and does not read the answers"));

  return FALSE;
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

/* With its header and the mask of a client (RFC 6455, section 5.2) */
static gsize
get_frame_size (gsize payload_size)
{
  gsize length_size = payload_size < 126 ? 0 : payload_size <= G_MAXUINT16 ? 2 : 8;

  return 2 + length_size + 4 + payload_size;
}

static GBytes *
process_outgoing (SoupWebsocketExtension *extension,
                  guint8                 *header,
                  GBytes                 *payload,
                  GError                **error)
{
  PusherMessageLimit *self = (PusherMessageLimit *) extension;

  pusher_gathered_output_expect (self->output, get_frame_size (g_bytes_get_size (payload)),
                                 (*header & OPCODE) == PONG);

  return payload;
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
  extension_class->process_outgoing_message = process_outgoing;
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
 * @output: of the WebSocket that it is to be an extension of
 * @max_size: of a message, in bytes; more than 1 GiB counts as that
 */
PusherMessageLimit *
pusher_message_limit_new (PusherGatheredOutput *output,
                          guint64               max_size)
{
  PusherMessageLimit *self = g_object_new (PUSHER_TYPE_MESSAGE_LIMIT, NULL);

  self->max_size = MIN (max_size, MAX_SIZE);
  self->output = g_object_ref (output);

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
