/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "wait.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* A WebSocket of libsoup that knows nothing of the protocol: it says what the
 * test wants and keeps what it hears. */
typedef struct
{
  SoupMessage *request;
  SoupWebsocketConnection *websocket; /* once the handshake is done */
  GError *refusal;                    /* why it was not */
  GQueue *texts;                      /* of char *, not yet taken */
  GBytes *bytes;                      /* the last binary frame */
  char *socket_id;
  GError *error;
  gboolean closed;
  guint n_pongs;
  SoupSession *session;
} RawClient;

RawClient *raw_client_new       (guint         port,
                                 const char   *path_and_query);
RawClient *raw_client_new_from  (guint         port,
                                 const char   *path_and_query,
                                 const char   *origin);
RawClient *raw_client_connect   (guint         port);
void       raw_client_free      (RawClient    *self);
void       raw_client_send      (RawClient    *self,
                                 const char   *text);
char      *raw_client_take      (RawClient    *self);
void       raw_client_expect    (RawClient    *self,
                                 const char   *text);
void       raw_client_subscribe (RawClient    *self,
                                 const char   *channel);
void       raw_client_sync      (RawClient    *self);
void       raw_client_expect_close
                                (RawClient    *self,
                                 guint         code,
                                 const char   *reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawClient, raw_client_free)

guint raw_post      (const char *uri,
                     const char *body,
                     char      **reply);
guint raw_post_form (const char *uri,
                     const char *form,
                     char      **reply);

G_END_DECLS
