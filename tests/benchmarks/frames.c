/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "frames.h"

#include <string.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

void
frame_append (GByteArray *bytes,
              FrameType   type,
              const char *payload,
              gsize       length)
{
  guint8 head[10] = { 0x80 | type };
  guint n_head;

  if (length < 126)
    {
      head[1] = length;
      n_head = 2;
    }
  else
    {
      guint n_length = length < 65536 ? 2 : 8;

      head[1] = length < 65536 ? 126 : 127;
      for (guint i = 0; i < n_length; i++)
        head[2 + i] = (guint64) length >> (8 * (n_length - 1 - i));
      n_head = 2 + n_length;
    }

  g_byte_array_append (bytes, head, n_head);
  g_byte_array_append (bytes, (const guint8 *) payload, length);
}

void
frame_append_text (GByteArray *bytes,
                   const char *text)
{
  frame_append (bytes, FRAME_TEXT, text, strlen (text));
}

/* Unmasks the payload in place.
 *
 * Returns: the bytes that the frame takes, or 0 if it is not all there */
gsize
frame_parse (guint8    *bytes,
             gsize      length,
             FrameType *type,
             char     **payload,
             gsize     *payload_length)
{
  gsize n_length, n_payload, head;
  const guint8 *mask;

  if (length < 6)
    return 0;

  n_payload = bytes[1] & 0x7f;
  n_length = n_payload == 126 ? 2 : n_payload == 127 ? 8 : 0;
  head = 2 + n_length + 4;
  if (length < head)
    return 0;

  if (n_length > 0)
    {
      n_payload = 0;
      for (guint i = 0; i < n_length; i++)
        n_payload = n_payload << 8 | bytes[2 + i];
    }
  if (length - head < n_payload)
    return 0;

  mask = bytes + 2 + n_length;
  for (gsize i = 0; i < n_payload; i++)
    bytes[head + i] ^= mask[i % 4];

  *type = bytes[0] & 0x0f;
  *payload = (char *) bytes + head;
  *payload_length = n_payload;

  return head + n_payload;
}

char *
handshake_answer (const char *request)
{
  g_autoptr (GRegex) regex = g_regex_new ("^sec-websocket-key: *(\\S+)",
                                          G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  g_autofree char *key = NULL;
  g_autofree char *accept = NULL;
  guint8 digest[20];
  gsize length = sizeof digest;

  if (!g_regex_match (regex, request, 0, &match))
    g_error ("This is no WebSocket handshake: %s", request);

  key = g_match_info_fetch (match, 1);
  g_checksum_update (checksum, (const guchar *) key, -1);
  g_checksum_update (checksum, (const guchar *) GUID, -1);
  g_checksum_get_digest (checksum, digest, &length);
  accept = g_base64_encode (digest, length);

  return g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\n"
                          "Upgrade: websocket\r\n"
                          "Connection: Upgrade\r\n"
                          "Sec-WebSocket-Accept: %s\r\n\r\n", accept);
}
