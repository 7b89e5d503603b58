/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-channel-private.h"
#include "pusher-test-event-store-private.h"
#include "pusher-test-settings-private.h"

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_APP (pusher_test_app_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestApp, pusher_test_app, PUSHER_TEST, APP, GObject)

struct _PusherTestApp
{
  GObject parent_instance;

  char *id;
  char *key;
  char *secret;
  gboolean enabled;
  GHashTable *channels; /* name → PusherTestChannel, while it has subscribers */
  GHashTable *cache;    /* name of a cache channel → the message with its last event */
  GPtrArray *signed_in; /* of the connections that are, unowned */
  PusherTestEventStore *store;
  PusherTestSettings *settings;
};

PusherTestApp     *pusher_test_app_new         (const char         *id,
                                                const char         *key,
                                                const char         *secret,
                                                PusherTestSettings *settings);
PusherTestApp     *pusher_test_app_find        (GPtrArray          *apps,
                                                const char         *id,
                                                const char         *key);
PusherTestChannel *pusher_test_app_get_channel (PusherTestApp      *self,
                                                const char         *name);
gboolean           pusher_test_app_join        (PusherTestApp      *self,
                                                const char         *channel,
                                                PusherTestPeer     *peer,
                                                PusherTestMember   *member);
void               pusher_test_app_leave       (PusherTestApp      *self,
                                                const char         *channel,
                                                PusherTestPeer     *peer);
void               pusher_test_app_remember    (PusherTestApp      *self,
                                                const char         *channel,
                                                const char         *text);
guint              pusher_test_app_publish     (PusherTestApp      *self,
                                                const char         *channel,
                                                const char         *event,
                                                const char         *data_json,
                                                const char         *except_id);

G_END_DECLS
