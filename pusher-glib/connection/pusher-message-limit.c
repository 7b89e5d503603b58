/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-message-limit-private.h"

#define NAME "x-pusher-message-limit"
#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
#define EXTENSIONS "Sec-WebSocket-Extensions"
#define KNOWS_MANAGER "pusher-knows-extension-manager"

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
  guint n_unread; /* pongs that were not sent at once, as far as we know */
};

G_DEFINE_FINAL_TYPE (PusherMessageLimit, pusher_message_limit, SOUP_TYPE_WEBSOCKET_EXTENSION)

/* --- What the extension sees --------------------------------------------- */

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
  if (self->output == NULL || g_pollable_output_stream_is_writable (self->output))
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
  extension_class->name = NAME;
  extension_class->process_incoming_message = process_incoming;
}

static void
pusher_message_limit_init (PusherMessageLimit *self)
{
  self->max_size = MAX_SIZE;
}

/* --- The session's manager of extensions --------------------------------- */

/* A message that is queued takes a reference to each feature that the session has,
 * and one that leaves the queue releases one to each that it has then: before
 * libsoup 3.7.1 a feature that came in between lost a reference of others. */
static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message,
                   gpointer     manager)
{
  g_object_set_data (G_OBJECT (message), KNOWS_MANAGER, manager);
}

static void
request_unqueued_cb (SoupSession *session,
                     SoupMessage *message,
                     gpointer     manager)
{
  if (g_object_steal_data (G_OBJECT (message), KNOWS_MANAGER) == NULL)
    g_object_ref (manager);
}

static void
keep_balance (SoupSession *session)
{
  SoupSessionFeature *manager =
    soup_session_get_feature (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);

  /* One in store, which is released too early and made up for at once */
  g_object_set_data_full (G_OBJECT (session), KNOWS_MANAGER, g_object_ref (manager),
                          g_object_unref);
  g_signal_connect (session, "request-queued", G_CALLBACK (request_queued_cb), manager);
  g_signal_connect (session, "request-unqueued", G_CALLBACK (request_unqueued_cb), manager);
}

/* The application's other WebSockets go on as if there was no manager. */
static void
ensure_manager (SoupSession *session)
{
  if (soup_session_has_feature (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER))
    return;

  soup_session_add_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  if (!soup_check_version (3, 7, 1))
    keep_balance (session);
}

/* --- How the extension comes in ------------------------------------------ */

/* Whether the answer fits the request (RFC 6455, section 4.1). libsoup makes the
 * extensions before it finds that out, and leaks them if it does not. */
static gboolean
is_answer (SoupMessage *request)
{
  const char *key = soup_message_headers_get_one (soup_message_get_request_headers (request),
                                                  "Sec-WebSocket-Key");
  const char *answer = soup_message_headers_get_one (soup_message_get_response_headers (request),
                                                     "Sec-WebSocket-Accept");
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *expected = NULL;
  guint8 digest[20];
  gsize length = sizeof digest;

  if (key == NULL || answer == NULL)
    return FALSE;

  g_checksum_update (checksum, (const guint8 *) key, -1);
  g_checksum_update (checksum, (const guint8 *) GUID, -1);
  g_checksum_get_digest (checksum, digest, &length);
  expected = g_base64_encode (digest, length);

  return g_str_equal (answer, expected);
}

/* The server has accepted the handshake, and libsoup is going to look which
 * extensions it has chosen. For the time of that the session knows ours. */
static void
add_extension_cb (SoupMessage *request,
                  gpointer     user_data)
{
  SoupSession *session = user_data;

  if (soup_message_get_status (request) != SOUP_STATUS_SWITCHING_PROTOCOLS ||
      !is_answer (request))
    return;

  soup_session_add_feature_by_type (session, PUSHER_TYPE_MESSAGE_LIMIT);
  soup_message_headers_append (soup_message_get_request_headers (request), EXTENSIONS, NAME);
  soup_message_headers_append (soup_message_get_response_headers (request), EXTENSIONS, NAME);
}

static void
remove_extension_cb (SoupMessage *request,
                     gpointer     user_data)
{
  if (soup_session_has_feature (user_data, PUSHER_TYPE_MESSAGE_LIMIT))
    soup_session_remove_feature_by_type (user_data, PUSHER_TYPE_MESSAGE_LIMIT);
}

/*
 * pusher_message_limit_prepare:
 *
 * To be called before libsoup is given the request. Nothing of it is seen on the
 * wire, or by other requests of the session.
 *
 * Compression is given up, since libsoup inflates a frame without a limit: one of
 * a megabyte may become one of a gigabyte.
 */
void
pusher_message_limit_prepare (SoupSession *session,
                              SoupMessage *request)
{
  ensure_manager (session);
  soup_message_disable_feature (request, SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  soup_message_disable_feature (request, PUSHER_TYPE_MESSAGE_LIMIT);

  g_signal_connect_object (request, "got-informational", G_CALLBACK (add_extension_cb),
                           session, 0);
  g_signal_connect_object (request, "got-informational", G_CALLBACK (remove_extension_cb),
                           session, G_CONNECT_AFTER);
}

static PusherMessageLimit *
find_extension (SoupWebsocketConnection *websocket)
{
  GList *extensions = soup_websocket_connection_get_extensions (websocket);

  for (GList *l = extensions; l != NULL; l = l->next)
    if (PUSHER_IS_MESSAGE_LIMIT (l->data))
      return l->data;

  return NULL;
}

/*
 * pusher_message_limit_apply:
 * @max_size: in bytes; more than 1 GiB counts as that
 *
 * To be called before a frame is read. What is over the limit ends as an error of
 * the WebSocket.
 */
void
pusher_message_limit_apply (SoupWebsocketConnection *websocket,
                            guint64                  max_size)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (websocket);
  GObjectClass *klass = G_OBJECT_GET_CLASS (websocket);
  PusherMessageLimit *self = find_extension (websocket);

  max_size = MIN (max_size, MAX_SIZE);
  soup_websocket_connection_set_max_incoming_payload_size (websocket, max_size);
  if (g_object_class_find_property (klass, "max-total-message-size") != NULL)
    g_object_set (websocket, "max-total-message-size", max_size, NULL);

  if (self == NULL)
    return;

  self->max_size = max_size;
  g_set_object (&self->output, G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (stream)));
}
