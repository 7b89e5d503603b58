/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-server.h"

#include "pusher-test-connection-private.h"
#include "pusher-test-listener-private.h"

G_BEGIN_DECLS

/* The one type that has more than one file: pusher-test-server.c has its
 * properties and signals, -run.c its life and what it publishes, -admission.c
 * answers requests, -clients.c looks after who came in, -faults.c is for tests
 * of clients.
 */
struct _PusherTestServer
{
  GObject parent_instance;

  SoupServer *soup;
  PusherTestListener *listener; /* nullable */
  GPtrArray *apps; /* of PusherTestApp, the default one first */
  guint port;
  char *path; /* in front of the paths of the protocol: "" or "/some/thing" */
  guint max_event_size;

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
  N_PROPS
} PusherTestServerProperty;

/* pusher-test-server.c */
void           pusher_test_server_notify             (PusherTestServer        *self,
                                                      PusherTestServerProperty property);

/* pusher-test-server-run.c */
PusherTestApp *pusher_test_server_find_app           (PusherTestServer        *self,
                                                      const char              *key);

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
void           pusher_test_server_forget_connections (PusherTestServer        *self);

G_END_DECLS
