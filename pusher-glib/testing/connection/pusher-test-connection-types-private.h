/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "testing/app/pusher-test-app-private.h"

G_BEGIN_DECLS

/* As in the header of the type, which declares what lies above these */
typedef struct _PusherTestConnection PusherTestConnection;

struct _PusherTestConnection
{
  GObject parent_instance;

  PusherTestPeer *peer;
  PusherTestSettings *settings;
  PusherTestApp *app;      /* NULL unless it was welcome */
  GHashTable *channels;    /* names of those it is subscribed to */
  GHashTable *unanswered;  /* names of those that nothing came of */
  GQueue *held;            /* of requests that wait for their answers */
  char *user_id;           /* nullable: NULL unless it has signed in, as the next */
  char **watchlist;        /* ids of users */
  JsonNode *user_info;     /* nullable */
  gint64 second;           /* when the second began that is counted in */
  guint n_client_events;   /* during it */
  gint64 window;           /* when the time began of the rate limit */
  guint n_messages;        /* during it */
  char *first_message;     /* waits for welcome_source */
  GSource *welcome_source;
  gboolean greeted;
};

/* pusher-test-connection-watchlist.c */
void pusher_test_connection_go_online  (PusherTestConnection *self);
void pusher_test_connection_go_offline (PusherTestConnection *self);

G_END_DECLS
