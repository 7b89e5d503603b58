/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/server/pusher-test-backend.h>
#include <pusher-glib/testing/server/pusher-test-faults.h>
#include <pusher-glib/testing/server/pusher-test-store.h>
#include <pusher-glib/testing/app/pusher-test-flavor.h>
#include <pusher-glib/testing/app/pusher-test-macros.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_SERVER (pusher_test_server_get_type ())
PUSHER_TEST_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherTestServer, pusher_test_server, PUSHER_TEST, SERVER, GObject)

PUSHER_TEST_AVAILABLE_IN_1_0
PusherTestServer  *pusher_test_server_new                 (void);
PUSHER_TEST_AVAILABLE_IN_1_0
PusherTestBackend *pusher_test_server_get_backend         (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
PusherTestFaults  *pusher_test_server_get_faults          (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
PusherTestStore   *pusher_test_server_get_store           (PusherTestServer *self);

/* Apps */
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_add_app             (PusherTestServer *self,
                                                           const char       *id,
                                                           const char       *key,
                                                           const char       *secret);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_default_app     (PusherTestServer *self,
                                                           const char       *id,
                                                           const char       *key,
                                                           const char       *secret);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_app_enabled     (PusherTestServer *self,
                                                           const char       *key,
                                                           gboolean          enabled);
PUSHER_TEST_AVAILABLE_IN_1_0
const char        *pusher_test_server_get_app_id          (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
const char        *pusher_test_server_get_key             (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
const char        *pusher_test_server_get_secret          (PusherTestServer *self);

/* Running */
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean           pusher_test_server_start               (PusherTestServer *self,
                                                           GError          **error);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_stop                (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_kill                (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_port            (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_port            (PusherTestServer *self,
                                                           guint             port);
PUSHER_TEST_AVAILABLE_IN_1_0
const char        *pusher_test_server_get_path            (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_path            (PusherTestServer *self,
                                                           const char       *path);

PUSHER_TEST_AVAILABLE_IN_1_0
PusherTestFlavor   pusher_test_server_get_flavor          (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_flavor          (PusherTestServer *self,
                                                           PusherTestFlavor  flavor);

/* Limits */
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_rate_limit      (PusherTestServer *self,
                                                           guint             n_messages,
                                                           guint             milliseconds,
                                                           gboolean          ends_connection);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_max_message_size
                                                          (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_max_message_size
                                                          (PusherTestServer *self,
                                                           guint             max_message_size);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_max_connections (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_max_connections (PusherTestServer *self,
                                                           guint             max_connections);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_allowed_origins (PusherTestServer *self,
                                                           const char *const *patterns);

/* Events */
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_publish             (PusherTestServer *self,
                                                           const char       *channel,
                                                           const char       *event,
                                                           const char       *data,
                                                           GError          **error);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_publish_json        (PusherTestServer *self,
                                                           const char       *channel,
                                                           const char       *event,
                                                           const char       *data_json,
                                                           GError          **error);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_max_event_size  (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_max_event_size  (PusherTestServer *self,
                                                           guint             max_event_size);

/* Clients */
PUSHER_TEST_AVAILABLE_IN_1_0
char             **pusher_test_server_list_socket_ids     (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean           pusher_test_server_has_subscriber      (PusherTestServer *self,
                                                           const char       *channel);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_n_subscribers   (PusherTestServer *self,
                                                           const char       *channel);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_n_connections   (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_n_attempts      (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_n_violations    (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
const char        *pusher_test_server_get_last_violation  (PusherTestServer *self);

/* Channels */
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean           pusher_test_server_get_client_events   (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_client_events   (PusherTestServer *self,
                                                           gboolean          client_events);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_get_client_event_rate
                                                          (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_client_event_rate
                                                          (PusherTestServer *self,
                                                           guint             client_event_rate);
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean           pusher_test_server_get_subscription_counts
                                                          (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_subscription_counts
                                                          (PusherTestServer *self,
                                                           gboolean          subscription_counts);
PUSHER_TEST_AVAILABLE_IN_1_0
char              *pusher_test_server_dup_encryption_master_key
                                                          (PusherTestServer *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void               pusher_test_server_set_encryption_master_key
                                                          (PusherTestServer *self,
                                                           const char       *encryption_master_key);
PUSHER_TEST_AVAILABLE_IN_1_0
char             **pusher_test_server_list_members        (PusherTestServer *self,
                                                           const char       *channel);

/* Users */
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_send_to_user        (PusherTestServer *self,
                                                           const char       *user_id,
                                                           const char       *event,
                                                           const char       *data,
                                                           GError          **error);
PUSHER_TEST_AVAILABLE_IN_1_0
guint              pusher_test_server_terminate_user_connections
                                                          (PusherTestServer *self,
                                                           const char       *user_id);

G_END_DECLS
