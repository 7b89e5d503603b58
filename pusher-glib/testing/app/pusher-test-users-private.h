/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "testing/wire/pusher-test-peer-private.h"

G_BEGIN_DECLS

typedef struct _PusherTestUsers PusherTestUsers;

/* Ends the connection of a user. */
typedef void (*PusherTestTerminateFunc) (gpointer connection);

PusherTestUsers *pusher_test_users_new       (void);
void             pusher_test_users_free      (PusherTestUsers        *self);
void             pusher_test_users_sign_in   (PusherTestUsers        *self,
                                              PusherTestPeer         *peer,
                                              const char             *id,
                                              const char *const      *watchlist,
                                              PusherTestTerminateFunc terminate,
                                              GObject                *connection);
void             pusher_test_users_sign_out  (PusherTestUsers        *self,
                                              PusherTestPeer         *peer,
                                              gboolean                quiet);
guint            pusher_test_users_terminate (PusherTestUsers        *self,
                                              const char             *id);

G_END_DECLS
