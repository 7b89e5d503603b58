/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-server.h"

#include "pusher-test-backend-private.h"
#include "pusher-test-faults-private.h"
#include "testing/wire/pusher-test-listener-private.h"

G_BEGIN_DECLS

/* pusher-test-server.c makes and ends it, and calls the other files: -handshake.c
 * answers clients that come, -events.c has what is published and which clients hear
 * it, -run.c where it listens, -settings.c what else can be set and read.
 */
struct _PusherTestServer
{
  GObject parent_instance;

  PusherTestBackend *backend;
  PusherTestFaults *faults;     /* and with them the rules and the clients */
  SoupServer *soup;
  PusherTestListener *listener; /* nullable */
  GPtrArray *apps;              /* of PusherTestApp, the default one first */
  guint port;
  char *path;                   /* before the paths of the protocol: "" or "/some/thing" */
  GPtrArray *held_requests;     /* of SoupServerMessage, while the server is silent */
  guint n_attempts;
  guint n_violations;
  char *last_violation;
};

enum
{
  PROP_0,
  PROP_BACKEND,
  PROP_FAULTS,
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
  PROP_CLIENT_EVENTS,
  PROP_CLIENT_EVENT_RATE,
  PROP_SUBSCRIPTION_COUNTS,
  PROP_ENCRYPTION_MASTER_KEY,
  N_PROPS
};

/* pusher-test-server-handshake.c */
const char *pusher_test_server_get_route        (PusherTestServer  *self,
                                                 SoupServerMessage *message,
                                                 const char        *prefix);
void        pusher_test_server_handle_handshake (PusherTestServer  *self,
                                                 SoupServerMessage *message);
void        pusher_test_server_answer_held      (PusherTestServer  *self);

G_END_DECLS
