/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-server.h"

#include "testing/backend/pusher-test-auth-request-private.h"
#include "testing/connection/pusher-test-connection-private.h"
#include "testing/wire/pusher-test-listener-private.h"

G_BEGIN_DECLS

/* The one type that has more than a few files: pusher-test-server.c has its
 * making and signals, -properties.c its properties, -run.c its life and what it
 * publishes, -admission.c answers requests, -clients.c looks after who came in,
 * -rules.c has what is set for channels, -users.c what is done to users,
 * -endpoint.c the auth endpoint, -faults.c is for tests of clients.
 */
struct _PusherTestServer
{
  GObject parent_instance;

  SoupServer *soup;
  PusherTestListener *listener; /* nullable */
  GPtrArray *apps; /* of PusherTestApp, the default one first */
  guint port;
  char *path; /* in front of the paths of the protocol: "" or "/some/thing" */
  PusherTestRules *rules;

  /* of PusherTestConnection: those that are open, and those that were closed
   * but did not end yet */
  GPtrArray *connections;
  GPtrArray *leaving;
  GPtrArray *held_requests; /* of SoupServerMessage, while the server is silent */
  guint n_attempts;
  guint n_violations;
  char *last_violation;

  /* Faults */
  gboolean silent;
  guint activity_timeout;
  guint handshake_delay;
  char *first_message;
  guint http_status;
  guint refuse_code;
  char *refuse_message;

  /* The auth endpoint */
  char *auth_endpoint;      /* nullable, as the next */
  char *user_auth_endpoint;
  guint n_auth_requests;
  PusherTestIdentity endpoint_user;
  GHashTable *forbidden;    /* names of channels */
  guint endpoint_status;
  guint endpoint_delay;
  char *endpoint_body;
  GPtrArray *delayed_answers; /* of SoupServerMessage */
};

typedef enum
{
  PROP_0,
  PROP_PORT,
  PROP_PATH,
  PROP_APP_ID,
  PROP_KEY,
  PROP_SECRET,
  PROP_MAX_EVENT_SIZE,
  PROP_N_CONNECTIONS,
  PROP_N_ATTEMPTS,
  PROP_N_VIOLATIONS,
  PROP_LAST_VIOLATION,
  PROP_SILENT,
  PROP_ACTIVITY_TIMEOUT,
  PROP_HANDSHAKE_DELAY,
  PROP_CLIENT_EVENTS,
  PROP_CLIENT_EVENT_RATE,
  PROP_SUBSCRIPTION_COUNTS,
  PROP_ENCRYPTION_MASTER_KEY,
  PROP_HOLD_ANSWERS,
  PROP_AUTH_ENDPOINT,
  PROP_USER_AUTH_ENDPOINT,
  PROP_N_AUTH_REQUESTS,
  N_PROPS
} PusherTestServerProperty;

/* What a new server is set to */
#define PUSHER_TEST_DEFAULT_APP_ID "1"
#define PUSHER_TEST_DEFAULT_KEY "test-key"
#define PUSHER_TEST_DEFAULT_SECRET "test-secret"
#define PUSHER_TEST_DEFAULT_ACTIVITY_TIMEOUT 120

/* pusher-test-server-properties.c */
void           pusher_test_server_install_properties (GObjectClass            *object_class);
void           pusher_test_server_notify             (PusherTestServer        *self,
                                                      PusherTestServerProperty property);

/* pusher-test-server-run.c */
gboolean       pusher_test_server_check_event_name   (const char              *event,
                                                      GError                 **error);
gboolean       pusher_test_server_check_text         (const char              *data,
                                                      GError                 **error);

/* pusher-test-server-endpoint.c */
gboolean       pusher_test_server_handle_auth        (PusherTestServer        *self,
                                                      SoupServerMessage       *message);
void           pusher_test_server_update_endpoints   (PusherTestServer        *self);
void           pusher_test_server_forget_delayed_answers
                                                     (PusherTestServer        *self);

/* pusher-test-server-admission.c */
void           pusher_test_server_handle_request     (PusherTestServer        *self,
                                                      SoupServerMessage       *message);
void           pusher_test_server_resume             (PusherTestServer        *self);

/* pusher-test-server-clients.c */
void           pusher_test_server_welcome            (PusherTestServer        *self,
                                                      PusherTestConnection    *connection,
                                                      PusherTestApp           *app);
void           pusher_test_server_turn_away          (PusherTestServer        *self,
                                                      PusherTestConnection    *connection,
                                                      guint                    code,
                                                      const char              *message);
void           pusher_test_server_dismiss            (PusherTestServer        *self);
void           pusher_test_server_cut                (PusherTestServer        *self,
                                                      gboolean                 reset);
void           pusher_test_server_tell_silence       (PusherTestServer        *self);
void           pusher_test_server_release_answers    (PusherTestServer        *self);
void           pusher_test_server_forget_connections (PusherTestServer        *self);

G_END_DECLS
