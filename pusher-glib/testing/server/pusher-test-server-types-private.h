/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-backend-private.h"
#include "pusher-test-faults-private.h"
#include "pusher-test-store-private.h"
#include "testing/wire/pusher-test-listener-private.h"

G_BEGIN_DECLS

/* As in the public header, which declares what lies above the parts of a server */
typedef struct _PusherTestServer PusherTestServer;

struct _PusherTestServer
{
  GObject parent_instance;

  PusherTestBackend *backend;
  PusherTestFaults *faults;
  PusherTestStore *store;
  PusherTestSettings *settings; /* those of the faults, as the next */
  PusherTestClients *clients;
  SoupServer *soup;
  PusherTestListener *listener; /* nullable */
  GPtrArray *apps;              /* of PusherTestApp, the default one first */
  char *app_id;                 /* of the default app, as the next two */
  char *key;
  char *secret;
  GPtrArray *held_requests;     /* of SoupServerMessage, while the server is silent */
  guint n_attempts;
  guint n_violations;
  char *last_violation;
};

/* pusher-test-server-properties.c */
void        pusher_test_server_install_properties (GObjectClass      *klass);

/* pusher-test-server-handshake.c */
const char *pusher_test_server_get_route          (PusherTestServer  *self,
                                                   SoupServerMessage *message,
                                                   const char        *prefix);
void        pusher_test_server_handle_handshake   (PusherTestServer  *self,
                                                   SoupServerMessage *message);
void        pusher_test_server_answer_held        (PusherTestServer  *self);

G_END_DECLS
