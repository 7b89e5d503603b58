/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "testing/app/pusher-test-app-private.h"

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_CONNECTION (pusher_test_connection_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestConnection, pusher_test_connection, PUSHER_TEST, CONNECTION, GObject)

/* Has more than one file: pusher-test-connection.c has its life and takes
 * messages, -subscriptions.c, -client-events.c and -user.c act upon them.
 */
struct _PusherTestConnection
{
  GObject parent_instance;

  PusherTestPeer *peer;
  PusherTestApp *app;      /* none while it was not welcomed */
  GHashTable *channels;    /* names of those it is subscribed to */
  GQueue *held;            /* requests that wait: see -subscriptions.c */
  char *user_id;           /* nullable: none while nobody is signed in */
  JsonNode *user_info;     /* nullable */
  gint64 second;           /* when the second began that is counted in */
  guint n_client_events;   /* during it */
  char *first_message;     /* waits for welcome_source */
  GSource *welcome_source;
  gboolean greeted;
};

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

/* For the files of the connection */
void     pusher_test_connection_complain           (PusherTestConnection *self,
                                                    const char           *format,
                                                    ...) G_GNUC_PRINTF (2, 3);
gboolean pusher_test_connection_check_data         (PusherTestConnection *self,
                                                    const char           *event,
                                                    JsonObject           *data,
                                                    const char *const    *allowed);

/* pusher-test-connection-subscriptions.c */
void     pusher_test_connection_handle_subscribe   (PusherTestConnection *self,
                                                    const char           *event,
                                                    JsonObject           *data);
void     pusher_test_connection_handle_unsubscribe (PusherTestConnection *self,
                                                    const char           *event,
                                                    JsonObject           *data);
void     pusher_test_connection_resume             (PusherTestConnection *self);
void     pusher_test_connection_leave_everything   (PusherTestConnection *self);

/* pusher-test-connection-client-events.c */
void     pusher_test_connection_handle_client_event
                                                   (PusherTestConnection *self,
                                                    const char           *event,
                                                    JsonObject           *message);

/* pusher-test-connection-user.c */
void     pusher_test_connection_handle_signin      (PusherTestConnection *self,
                                                    const char           *event,
                                                    JsonObject           *data);
void     pusher_test_connection_sign_out           (PusherTestConnection *self);

G_END_DECLS
