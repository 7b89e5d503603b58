/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "frame.h"

#include <string.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" /* RFC 6455, section 1.3 */
#define KEY "Sec-WebSocket-Key: "
#define KEY_LENGTH 24 /* base64 of 16 bytes */

#define TEXT 0x81 /* with FIN, as those below */
#define CLOSE 0x88
#define MASK_BIT 0x80

static const guint8 mask[] = { 0x37, 0xfa, 0x21, 0x3d };

static void
append_int (GByteArray *frame,
            guint64     value,
            guint       n_bytes)
{
  while (n_bytes-- > 0)
    {
      guint8 byte = (guint8) (value >> 8 * n_bytes);

      g_byte_array_append (frame, &byte, 1);
    }
}

/* @n_bytes: what the length takes: 0, 2 or 8 */
static void
append_head (GByteArray *frame,
             guint8      first_byte,
             gboolean    masked,
             guint64     length,
             guint       n_bytes)
{
  guint8 second_byte = (masked ? MASK_BIT : 0) |
                       (n_bytes == 0 ? (guint8) (length & 0x7f) : n_bytes == 2 ? 126 : 127);

  g_byte_array_append (frame, &first_byte, 1);
  g_byte_array_append (frame, &second_byte, 1);
  append_int (frame, length, n_bytes);
  if (masked)
    g_byte_array_append (frame, mask, sizeof mask);
}

static void
append_payload (GByteArray *frame,
                GBytes     *payload,
                gboolean    masked)
{
  guint start = frame->len;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (payload, &length);

  if (length > 0)
    g_byte_array_append (frame, bytes, (guint) length);
  for (guint i = start; masked && i < frame->len; i++)
    frame->data[i] ^= mask[(i - start) % sizeof mask];
}

static guint
get_size_of_length (gsize length)
{
  return length < 126 ? 0 : length <= G_MAXUINT16 ? 2 : 8;
}

static void
append_frame (GByteArray *frames,
              gboolean    masked,
              guint8      first_byte,
              GBytes     *payload)
{
  gsize length = g_bytes_get_size (payload);

  append_head (frames, first_byte, masked, length, get_size_of_length (length));
  append_payload (frames, payload, masked);
}

void
raw_frame_send (RawSocket *self,
                gboolean   masked,
                guint8     first_byte,
                GBytes    *payload)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();

  append_frame (frame, masked, first_byte, payload);
  raw_socket_send (self, frame->data, frame->len);
}

void
raw_frame_say (RawSocket  *self,
               gboolean    masked,
               const char *text)
{
  g_autoptr (GBytes) payload = g_bytes_new (text, strlen (text));

  raw_frame_send (self, masked, TEXT, payload);
}

/* Any first byte; a length that takes more bytes than it needs, or is another one; with
 * or without a mask. */
void
raw_frame_send_odd (RawSocket *self,
                    RawInput  *input,
                    gboolean   masked)
{
  static const guint sizes[] = { 0, 2, 8 };
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint8 first_byte = raw_input_byte (input);
  guint8 kind = raw_input_byte (input);
  guint64 declared = (kind & 4) != 0 ? raw_input_int (input, 2) : 0;
  g_autoptr (GBytes) payload = raw_input_bytes (input);
  gsize length = g_bytes_get_size (payload);

  if ((kind & 8) != 0)
    masked = !masked;
  append_head (frame, first_byte, masked, (kind & 4) != 0 ? declared : length,
               kind % 4 == 3 ? get_size_of_length (length) : sizes[kind % 4]);
  append_payload (frame, payload, masked);
  raw_socket_send (self, frame->data, frame->len);
}

/* With any code, or with none; with any reason */
void
raw_frame_close (RawSocket *self,
                 RawInput  *input,
                 gboolean   masked)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint64 code = raw_input_int (input, 2);
  g_autoptr (GBytes) reason = raw_input_bytes (input);
  gsize length = MIN (g_bytes_get_size (reason), 123);

  if (code != 0)
    append_int (payload, code, 2);
  if (length > 0)
    g_byte_array_append (payload, g_bytes_get_data (reason, NULL), (guint) length);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&payload));
  raw_frame_send (self, masked, CLOSE, bytes);
}

/* The head of a frame that has up to 2⁶⁴ bytes to come */
void
raw_frame_huge (RawSocket *self,
                RawInput  *input,
                gboolean   masked)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  guint8 first_byte = raw_input_byte (input);

  append_head (frame, first_byte, masked, raw_input_int (input, 8), 8);
  raw_socket_send (self, frame->data, frame->len);
}

/* Many frames of the same kind at once: fragments without an end, pings, events */
void
raw_frame_flood (RawSocket *self,
                 RawInput  *input,
                 gboolean   masked)
{
  g_autoptr (GByteArray) frames = g_byte_array_new ();
  guint8 first_byte = raw_input_byte (input);
  guint root = 1 + raw_input_byte (input);
  guint n_frames = 1 + root * root / 16;
  g_autoptr (GBytes) payload = raw_input_bytes (input);

  while (n_frames-- > 0)
    append_frame (frames, masked, first_byte, payload);
  raw_socket_send (self, frames->data, frames->len);
}

char *
raw_frame_accept (RawSocket *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;
  const char *key;

  if (!raw_socket_heard (self, KEY) || !raw_socket_heard (self, "\r\n\r\n"))
    return NULL;

  key = g_strstr_len ((const char *) self->received->data, self->received->len, KEY);
  g_checksum_update (checksum, (const guint8 *) key + strlen (KEY), KEY_LENGTH);
  g_checksum_update (checksum, (const guint8 *) GUID, strlen (GUID));
  g_checksum_get_digest (checksum, digest, &length);

  return g_base64_encode (digest, length);
}
