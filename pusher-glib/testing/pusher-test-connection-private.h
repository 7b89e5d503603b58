/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-app-private.h"

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_CONNECTION (pusher_test_connection_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestConnection, pusher_test_connection,
                      PUSHER_TEST, CONNECTION, GObject)

PusherTestConnection *pusher_test_connection_new           (PusherTestPeer       *peer);
PusherTestPeer       *pusher_test_connection_get_peer      (PusherTestConnection *self);
const char           *pusher_test_connection_get_socket_id (PusherTestConnection *self);
gboolean              pusher_test_connection_was_welcome   (PusherTestConnection *self);
void                  pusher_test_connection_welcome       (PusherTestConnection *self,
                                                            PusherTestApp        *app,
                                                            const char           *first_message,
                                                            guint                 delay);
void                  pusher_test_connection_refuse        (PusherTestConnection *self,
                                                            guint                 code,
                                                            const char           *message);
void                  pusher_test_connection_close         (PusherTestConnection *self,
                                                            guint                 code,
                                                            const char           *reason);
void                  pusher_test_connection_violate       (PusherTestConnection *self,
                                                            const char           *what);

G_END_DECLS
