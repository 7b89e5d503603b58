/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A TCP server for one client at a time that sends only what the test gives it,
 * and reads only if the test lets it. Of HTTP knows raw_peer_welcome(), and of the
 * protocol raw_peer_expect(). */
typedef struct
{
  GSocketService *service;
  guint port;
  guint n_connections;           /* ever */
  GTlsCertificate *certificate;  /* for TLS, or NULL; the peer's own */
  GSocketConnection *connection; /* the last one, NULL once the client has gone */
  GIOStream *stream;             /* over it */
  GCancellable *io;              /* of this connection */
  gboolean deaf;                 /* does not read on */
  gboolean reading;
  guint8 buffer[65536];
  GByteArray *received; /* from this connection */
  GQueue sending;       /* of GBytes */
  GBytes *flood;        /* sent whenever there is nothing else */
  gsize n_sent;         /* bytes */
} RawPeer;

/* The first byte of a frame that is whole */
#define FRAME_TEXT 0x81
#define FRAME_CLOSE 0x88

/* A piece of a chunked body: long enough that a megabyte of them is soon read */
#define CHUNK_OF_16 "0123456789abcdef"
#define CHUNK_OF_64 CHUNK_OF_16 CHUNK_OF_16 CHUNK_OF_16 CHUNK_OF_16
#define CHUNK "100\r\n" CHUNK_OF_64 CHUNK_OF_64 CHUNK_OF_64 CHUNK_OF_64 "\r\n"

RawPeer *raw_peer_new             (void);
RawPeer *raw_peer_new_at          (const char   *address);
void     raw_peer_free            (RawPeer      *self);
void     raw_peer_send            (RawPeer      *self,
                                   gconstpointer bytes,
                                   gsize         length);
void     raw_peer_frame           (RawPeer      *self,
                                   guint8        first_byte,
                                   const char   *payload,
                                   gsize         length);
void     raw_peer_say             (RawPeer      *self,
                                   const char   *text);
void     raw_peer_flood           (RawPeer      *self,
                                   GBytes       *bytes);
void     raw_peer_await_request   (RawPeer      *self);
void     raw_peer_welcome         (RawPeer      *self);
void     raw_peer_listen          (RawPeer      *self);
void     raw_peer_hang_up         (RawPeer      *self);
void     raw_peer_reset           (RawPeer      *self);
gboolean raw_peer_heard           (RawPeer      *self,
                                   const char   *text);
void     raw_peer_expect          (RawPeer      *self,
                                   const char   *expected);
int      raw_peer_find_close_code (RawPeer      *self);
guint    raw_peer_count_frames    (RawPeer      *self);
GBytes  *make_frame               (guint8        first_byte,
                                   const char   *payload,
                                   gsize         length);
GBytes  *make_flood               (const char   *again);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawPeer, raw_peer_free)

G_END_DECLS
