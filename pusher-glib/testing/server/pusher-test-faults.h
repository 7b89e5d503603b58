/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/app/pusher-test-macros.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_FAULTS (pusher_test_faults_get_type ())
PUSHER_TEST_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherTestFaults, pusher_test_faults, PUSHER_TEST, FAULTS, GObject)

/* Of subscriptions */
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean pusher_test_faults_get_hold_answers       (PusherTestFaults *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_set_hold_answers       (PusherTestFaults *self,
                                                    gboolean          hold_answers);
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean pusher_test_faults_get_never_answer       (PusherTestFaults *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_set_never_answer       (PusherTestFaults *self,
                                                    gboolean          never_answer);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_fail_subscription      (PusherTestFaults *self,
                                                    const char       *channel,
                                                    const char       *type,
                                                    const char       *error,
                                                    guint             status);

/* Of messages */
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_send_text              (PusherTestFaults *self,
                                                    const char       *socket_id,
                                                    const char       *text);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_send_bytes             (PusherTestFaults *self,
                                                    const char       *socket_id,
                                                    GBytes           *bytes,
                                                    gboolean          binary);
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean pusher_test_faults_get_silent             (PusherTestFaults *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_set_silent             (PusherTestFaults *self,
                                                    gboolean          silent);

/* Of the handshake */
PUSHER_TEST_AVAILABLE_IN_1_0
guint    pusher_test_faults_get_activity_timeout   (PusherTestFaults *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_set_activity_timeout   (PusherTestFaults *self,
                                                    guint             activity_timeout);
PUSHER_TEST_AVAILABLE_IN_1_0
guint    pusher_test_faults_get_handshake_delay_ms (PusherTestFaults *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_set_handshake_delay_ms (PusherTestFaults *self,
                                                    guint             handshake_delay);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_set_first_message      (PusherTestFaults *self,
                                                    const char       *text);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_set_http_status        (PusherTestFaults *self,
                                                    guint             status);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_refuse                 (PusherTestFaults *self,
                                                    guint             code,
                                                    const char       *message);

/* Of connections */
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_close_connections      (PusherTestFaults *self,
                                                    guint             code,
                                                    const char       *reason);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_cut_connections        (PusherTestFaults *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_reset_connections      (PusherTestFaults *self);
PUSHER_TEST_AVAILABLE_IN_1_0
guint    pusher_test_faults_get_idle_timeout_ms    (PusherTestFaults *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void     pusher_test_faults_set_idle_timeout_ms    (PusherTestFaults *self,
                                                    guint             idle_timeout);

G_END_DECLS
