/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* WebSocket, from the side of a server, with nothing checked. */

typedef enum
{
  FRAME_TEXT = 1,
  FRAME_CLOSE = 8,
  FRAME_PING = 9,
  FRAME_PONG = 10,
} FrameType;

void frame_append (GByteArray *bytes,
                   FrameType   type,
                   const char *payload,
                   gsize       length);
void frame_append_text (GByteArray *bytes,
                        const char *text);
gsize frame_parse (guint8    *bytes,
                   gsize      length,
                   FrameType *type,
                   char     **payload,
                   gsize     *payload_length);

char *handshake_answer (const char *request);

G_END_DECLS
