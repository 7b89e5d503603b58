/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "testing/wire/pusher-test-listener-private.h"

G_BEGIN_DECLS

/* A server for one client at a time that says only what the test has it say,
 * after it has welcomed the client. */
typedef struct
{
  SoupServer *soup;
  PusherTestListener *listener;
  guint port;
  GSocket *socket;                    /* of the last client */
  SoupWebsocketConnection *websocket; /* to it; NULL once it has ended */
  GString *received;                  /* such as "subscribe:a ping" */
} ScriptedServer;

ScriptedServer *scripted_server_new   (void);
void            scripted_server_free  (ScriptedServer *self);
void            scripted_server_send  (ScriptedServer *self,
                                       const char     *text);
void            scripted_server_reset (ScriptedServer *self);
void            scripted_server_send_raw
                                      (ScriptedServer *self,
                                       const char     *bytes,
                                       gsize           length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScriptedServer, scripted_server_free)

G_END_DECLS
