/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "raw-peer.h"

#include "loopback.h"
#include "wait.h"
#include "words.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" /* RFC 6455, section 1.3 */
#define KEY "Sec-WebSocket-Key: "
#define KEY_LENGTH 24 /* base64 of 16 bytes */

#define WELCOME                                   \
  "{\"event\":\"pusher:connection_established\"," \
  "\"data\":\"{\\\"socket_id\\\":\\\"1.1\\\"}\"}"

/* --- The connection ------------------------------------------------------ */

/* What is under way belongs to a connection that may have ended since. */
typedef struct
{
  RawPeer *peer;
  GCancellable *io;
  GBytes *bytes; /* that are sent, or NULL */
} Operation;

static Operation *
operation_new (RawPeer *self,
               GBytes  *bytes)
{
  Operation *operation = g_new0 (Operation, 1);

  operation->peer = self;
  operation->io = g_object_ref (self->io);
  operation->bytes = bytes;

  return operation;
}

static void
operation_free (Operation *operation)
{
  g_object_unref (operation->io);
  g_clear_pointer (&operation->bytes, g_bytes_unref);
  g_free (operation);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Operation, operation_free)

/* The client can know when this returns, but has not looked yet. */
void
raw_peer_reset (RawPeer *self)
{
  const struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  setsockopt (g_socket_get_fd (g_socket_connection_get_socket (self->connection)), SOL_SOCKET,
              SO_LINGER, &linger, sizeof linger);
  raw_peer_hang_up (self);
}

void
raw_peer_hang_up (RawPeer *self)
{
  g_autoptr (GSocketConnection) connection = g_steal_pointer (&self->connection);

  if (connection == NULL)
    return;

  g_cancellable_cancel (self->io);
  g_clear_object (&self->io);
  g_clear_object (&self->stream);
  g_queue_clear_full (&self->sending, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&self->flood, g_bytes_unref);
  g_socket_close (g_socket_connection_get_socket (connection), NULL);
}

/* --- Reading ------------------------------------------------------------- */

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (Operation) operation = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  RawPeer *self;

  if (g_cancellable_is_cancelled (operation->io))
    return;

  self = operation->peer;
  self->reading = FALSE;
  if (n <= 0)
    {
      raw_peer_hang_up (self);
      return;
    }

  g_byte_array_append (self->received, self->buffer, (guint) n);
  if (!self->deaf)
    raw_peer_listen (self);
}

/* Reads, also if it was deaf. */
void
raw_peer_listen (RawPeer *self)
{
  GInputStream *input = g_io_stream_get_input_stream (self->stream);

  self->deaf = FALSE;
  if (self->reading)
    return;

  self->reading = TRUE;
  g_input_stream_read_async (input, self->buffer, sizeof self->buffer, G_PRIORITY_DEFAULT,
                             self->io, read_cb, operation_new (self, NULL));
}

/* --- Writing ------------------------------------------------------------- */

static void write_next (RawPeer *self);

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Operation) operation = user_data;
  gboolean written =
    g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  RawPeer *self;

  if (g_cancellable_is_cancelled (operation->io))
    return;

  self = operation->peer;
  g_bytes_unref (g_queue_pop_head (&self->sending));
  if (!written)
    {
      g_queue_clear_full (&self->sending, (GDestroyNotify) g_bytes_unref);
      g_clear_pointer (&self->flood, g_bytes_unref);
      return;
    }

  self->n_sent += g_bytes_get_size (operation->bytes);
  write_next (self);
}

static void
write_next (RawPeer *self)
{
  GOutputStream *output = g_io_stream_get_output_stream (self->stream);
  GBytes *bytes;

  if (g_queue_is_empty (&self->sending) && self->flood != NULL)
    g_queue_push_tail (&self->sending, g_bytes_ref (self->flood));

  bytes = g_queue_peek_head (&self->sending);
  if (bytes != NULL)
    g_output_stream_write_all_async (output, g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes), G_PRIORITY_DEFAULT, self->io,
                                     written_cb, operation_new (self, g_bytes_ref (bytes)));
}

static void
send_bytes (RawPeer *self,
            GBytes  *bytes)
{
  gboolean idle = g_queue_is_empty (&self->sending);

  g_queue_push_tail (&self->sending, bytes);
  if (idle)
    write_next (self);
}

void
raw_peer_send (RawPeer      *self,
               gconstpointer bytes,
               gsize         length)
{
  send_bytes (self, g_bytes_new (bytes, length));
}

/* Sends this again and again, until the client has gone. */
void
raw_peer_flood (RawPeer *self,
                GBytes  *bytes)
{
  self->flood = g_bytes_ref (bytes);
  if (g_queue_is_empty (&self->sending))
    write_next (self);
}

GBytes *
make_frame (guint8      first_byte,
            const char *payload,
            gsize       length)
{
  GByteArray *frame = g_byte_array_new ();
  guint8 short_header[] = { first_byte, (guint8) MIN (length, 126) };
  guint16 length16 = GUINT16_TO_BE ((guint16) length);
  guint64 length64 = GUINT64_TO_BE (length);

  if (length > G_MAXUINT16)
    short_header[1] = 127;

  g_byte_array_append (frame, short_header, sizeof short_header);
  if (length > G_MAXUINT16)
    g_byte_array_append (frame, (const guint8 *) &length64, sizeof length64);
  else if (length >= 126)
    g_byte_array_append (frame, (const guint8 *) &length16, sizeof length16);
  g_byte_array_append (frame, (const guint8 *) payload, (guint) length);

  return g_byte_array_free_to_bytes (frame);
}

void
raw_peer_frame (RawPeer    *self,
                guint8      first_byte,
                const char *payload,
                gsize       length)
{
  send_bytes (self, make_frame (first_byte, payload, length));
}

void
raw_peer_say (RawPeer    *self,
              const char *text)
{
  raw_peer_frame (self, FRAME_TEXT, text, strlen (text));
}

/* --- The handshake ------------------------------------------------------- */

gboolean
raw_peer_heard (RawPeer    *self,
                const char *text)
{
  return g_strstr_len ((const char *) self->received->data, self->received->len, text) != NULL;
}

void
raw_peer_await_request (RawPeer *self)
{
  wait_until (self->connection != NULL && raw_peer_heard (self, "\r\n\r\n"));
}

/* Waits for a client that asks for a WebSocket, gives it one, and says that the
 * connection is established. */
void
raw_peer_welcome (RawPeer *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *accept = NULL;
  g_autofree char *answer = NULL;
  guint8 digest[20];
  gsize length = sizeof digest;
  const char *key;

  raw_peer_await_request (self);
  key = g_strstr_len ((const char *) self->received->data, self->received->len, KEY);
  g_assert_nonnull (key);
  key += strlen (KEY);

  g_checksum_update (checksum, (const guint8 *) key, KEY_LENGTH);
  g_checksum_update (checksum, (const guint8 *) GUID, strlen (GUID));
  g_checksum_get_digest (checksum, digest, &length);
  accept = g_base64_encode (digest, length);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                            "Connection: Upgrade\r\nSec-WebSocket-Accept: %s\r\n\r\n",
                            accept);
  raw_peer_send (self, answer, strlen (answer));
  g_byte_array_set_size (self->received, 0);
  raw_peer_say (self, WELCOME);
}

/* --- What the client has sent since -------------------------------------- */

/* Returns: the first byte of the frame at at, whose payload comes after its mask of four
 * bytes; 0 if there is none. Those of these tests have less than 64 KiB. */
static guint8
next_frame (RawPeer       *self,
            gsize         *at,
            const guint8 **mask,
            gsize         *length)
{
  const guint8 *frame = self->received->data + *at;
  gsize available = self->received->len - *at;
  gsize header = 2;

  if (available < 6)
    return 0;

  *length = frame[1] & 0x7f;
  g_assert_cmpuint (*length, <=, 126);
  if (*length == 126)
    {
      *length = frame[2] << 8 | frame[3];
      header = 4;
    }
  *mask = frame + header;
  if (available < header + 4 + *length)
    return 0;
  *at += header + 4 + *length;

  return frame[0];
}

guint
raw_peer_count_frames (RawPeer *self)
{
  const guint8 *mask;
  gsize at = 0;
  gsize length;
  guint n = 0;

  while (next_frame (self, &at, &mask, &length) != 0)
    n++;

  return n;
}

/* Returns: the code of its close frame, or -1 */
int
raw_peer_find_close_code (RawPeer *self)
{
  const guint8 *mask;
  gsize at = 0;
  gsize length;
  guint8 first;

  while ((first = next_frame (self, &at, &mask, &length)) != 0)
    if (first == FRAME_CLOSE && length >= 2)
      return (mask[4] ^ mask[0]) << 8 | (mask[5] ^ mask[1]);

  return -1;
}

/* Whether messages have come that are so long in words, all that came together. */
static gboolean
take_requests (RawPeer *self,
               GString *words,
               gsize    length)
{
  const guint8 *mask;
  gsize at = 0;
  gsize size;
  guint8 first;

  while ((first = next_frame (self, &at, &mask, &size)) != 0)
    {
      g_autoptr (GString) text = g_string_new (NULL);

      for (gsize i = 0; i < size; i++)
        g_string_append_c (text, (char) (mask[4 + i] ^ mask[i % 4]));
      if (first == FRAME_TEXT)
        add_request (words, text->str);
    }
  g_byte_array_remove_range (self->received, 0, (guint) at);

  return words->len >= length;
}

/* Waits for messages of the client, such as "subscribe:a ping", and takes them. */
void
raw_peer_expect (RawPeer    *self,
                 const char *expected)
{
  g_autoptr (GString) words = g_string_new (NULL);

  wait_until (take_requests (self, words, strlen (expected)));
  assert_words (words, expected);
}

/* --- The server ---------------------------------------------------------- */

static gboolean
incoming_cb (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source,
             gpointer           user_data)
{
  RawPeer *self = user_data;

  raw_peer_hang_up (self);
  self->connection = g_object_ref (connection);
  /* What is sent does not wait for the answer to something before. */
  g_socket_set_option (g_socket_connection_get_socket (connection), IPPROTO_TCP, TCP_NODELAY, TRUE,
                       NULL);
  if (self->certificate != NULL)
    self->stream = g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL);
  else
    self->stream = g_object_ref (G_IO_STREAM (connection));
  self->io = g_cancellable_new ();
  self->reading = FALSE;
  self->n_sent = 0;
  self->n_connections++;
  g_byte_array_set_size (self->received, 0);
  raw_peer_listen (self);

  return TRUE;
}

/* Returns: (nullable): NULL if this machine does not have the address */
RawPeer *
raw_peer_new_at (const char *address)
{
  RawPeer *self = g_new0 (RawPeer, 1);

  self->service = loopback_serve (address, G_CALLBACK (incoming_cb), self, &self->port);
  self->received = g_byte_array_sized_new (1);
  if (self->service == NULL)
    g_clear_pointer (&self, raw_peer_free);

  return self;
}

RawPeer *
raw_peer_new (void)
{
  RawPeer *self = raw_peer_new_at ("127.0.0.1");

  g_assert_nonnull (self);

  return self;
}

void
raw_peer_free (RawPeer *self)
{
  raw_peer_hang_up (self);
  g_clear_pointer (&self->service, loopback_end);
  g_clear_object (&self->certificate);
  g_byte_array_unref (self->received);
  g_free (self);
}

/* again: (nullable): what it is made of */
GBytes *
make_flood (const char *again)
{
  GString *flood = g_string_new (NULL);

  while (flood->len < 1000 * 1000)
    g_string_append (flood, again != NULL ? again : "body ");

  return g_string_free_to_bytes (flood);
}
