/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "admission/pusher-host-private.h"
#include "base/pusher-keyed-list-private.h"
#include "connection/pusher-connection-private.h"
#include "user/pusher-user.h"

G_BEGIN_DECLS

/* As in the public header, which declares what lies above the parts of a client */
typedef struct _PusherClient PusherClient;

struct _PusherClient
{
  GObject parent_instance;

  PusherConnection *connection;
  PusherSettings *settings; /* of the connection */
  PusherHost *host;         /* ourselves, for the channels and the user */
  PusherKeyedList *channels;
  PusherUser *user;
  PusherAuthorizer *authorizer;
  PusherAuthorizer *user_authenticator;
};

/* For public functions, which it names. */
#define pusher_client_check_thread(self) \
  PUSHER_CHECK_THREAD (pusher_connection_get_timer ((self)->connection))

/* For tests. */
static inline PusherConnection *
pusher_client_get_connection (PusherClient *self)
{
  return self->connection;
}

G_END_DECLS
