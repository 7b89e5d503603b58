/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/app/pusher-test-macros.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_BACKEND (pusher_test_backend_get_type ())
PUSHER_TEST_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherTestBackend, pusher_test_backend, PUSHER_TEST, BACKEND, GObject)

PUSHER_TEST_AVAILABLE_IN_1_0
const char *pusher_test_backend_get_auth_endpoint      (PusherTestBackend *self);
PUSHER_TEST_AVAILABLE_IN_1_0
const char *pusher_test_backend_get_user_auth_endpoint (PusherTestBackend *self);
PUSHER_TEST_AVAILABLE_IN_1_0
guint       pusher_test_backend_get_n_auth_requests    (PusherTestBackend *self);

/* The answers */
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean    pusher_test_backend_set_user               (PusherTestBackend *self,
                                                        const char        *id,
                                                        const char        *info_json,
                                                        GError           **error);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_backend_set_watchlist          (PusherTestBackend *self,
                                                        const char *const *user_ids);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_backend_forbid                 (PusherTestBackend *self,
                                                        const char        *channel);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_backend_set_cross_origin       (PusherTestBackend *self,
                                                        gboolean           cross_origin);

/* Faults */
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_backend_set_status             (PusherTestBackend *self,
                                                        guint              status);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_backend_set_delay_ms           (PusherTestBackend *self,
                                                        guint              delay);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_backend_set_body               (PusherTestBackend *self,
                                                        const char        *text);

G_END_DECLS
