/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "input.h"
#include "socket.h"

G_BEGIN_DECLS

/* Frames as in RFC 6455, or not quite. A client masks what it sends. */
void raw_frame_send     (RawSocket  *self,
                         gboolean    masked,
                         guint8      first_byte,
                         GBytes     *payload);
void raw_frame_say      (RawSocket  *self,
                         gboolean    masked,
                         const char *text);
void raw_frame_send_odd (RawSocket  *self,
                         RawInput   *input,
                         gboolean    masked);
void raw_frame_close    (RawSocket  *self,
                         RawInput   *input,
                         gboolean    masked);
void raw_frame_huge     (RawSocket  *self,
                         RawInput   *input,
                         gboolean    masked);
void raw_frame_flood    (RawSocket  *self,
                         RawInput   *input,
                         gboolean    masked);

/* What a server answers to a handshake with this request.
 *
 * Returns: (nullable): NULL if it has no key yet */
char *raw_frame_accept (RawSocket *self);

G_END_DECLS
