/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One end of a TCP connection over the loopback interface. The other end is the library,
 * in the main context of this thread: it does something only while that is iterated. */
typedef struct
{
  GSocket *socket;  /* nullable */
  gboolean dribble; /* sends in small pieces */
  gboolean deaf;    /* does not read */
  GByteArray *received;
} RawSocket;

GSocket *raw_socket_listen  (guint        *port);
gboolean raw_socket_accept  (RawSocket    *self,
                             GSocket      *listening);
void     raw_socket_connect (RawSocket    *self,
                             guint         port);
void     raw_socket_send    (RawSocket    *self,
                             gconstpointer bytes,
                             gsize         length);
void     raw_socket_receive (RawSocket    *self);
void     raw_socket_deafen  (RawSocket    *self);
gboolean raw_socket_heard   (RawSocket    *self,
                             const char   *text);
char    *raw_socket_dup_text
                            (RawSocket    *self);
void     raw_socket_finish  (RawSocket    *self);
void     raw_socket_hang_up (RawSocket    *self,
                             gboolean      reset);
void     raw_socket_clear   (RawSocket    *self);

/* Real time, for a machine under load */
#define RAW_PATIENCE (30 * (gint64) G_USEC_PER_SEC)

/* Lets happen what can without time. */
void raw_settle (void);

/* Fails if more than so many bytes have been allocated since the first call. */
void raw_check_heap (gsize max);

/* Fails if a descriptor is open that was not at the first call. */
void raw_check_descriptors (void);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RawSocket, raw_socket_clear)

G_END_DECLS
