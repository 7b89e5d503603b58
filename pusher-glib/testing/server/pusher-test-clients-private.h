/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "testing/connection/pusher-test-connection-private.h"

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_CLIENTS (pusher_test_clients_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestClients, pusher_test_clients, PUSHER_TEST, CLIENTS, GObject)

PusherTestClients *pusher_test_clients_new          (PusherTestSettings   *settings);
GPtrArray         *pusher_test_clients_get_open     (PusherTestClients    *self);
void               pusher_test_clients_welcome      (PusherTestClients    *self,
                                                     PusherTestConnection *connection,
                                                     PusherTestApp        *app,
                                                     const char           *first_message,
                                                     guint                 delay);
void               pusher_test_clients_refuse       (PusherTestClients    *self,
                                                     PusherTestConnection *connection,
                                                     guint                 code,
                                                     const char           *message);
void               pusher_test_clients_turn_away    (PusherTestClients    *self,
                                                     PusherTestConnection *connection,
                                                     guint                 code,
                                                     const char           *message);
void               pusher_test_clients_answer_held  (PusherTestClients    *self);
void               pusher_test_clients_apply_silent (PusherTestClients    *self);
void               pusher_test_clients_apply_idle_timeout
                                                    (PusherTestClients    *self);
void               pusher_test_clients_close        (PusherTestClients    *self,
                                                     guint                 code,
                                                     const char           *reason,
                                                     gboolean              tell);
void               pusher_test_clients_hang_up      (PusherTestClients    *self);
void               pusher_test_clients_cut          (PusherTestClients    *self,
                                                     gboolean              reset);

G_END_DECLS
