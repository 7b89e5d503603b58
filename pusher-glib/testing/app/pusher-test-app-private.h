/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-channel-private.h"
#include "pusher-test-rules-private.h"

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_APP (pusher_test_app_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestApp, pusher_test_app, PUSHER_TEST, APP, GObject)

PusherTestApp     *pusher_test_app_new           (const char       *id,
                                                  const char       *key,
                                                  const char       *secret,
                                                  PusherTestRules  *rules);
PusherTestApp     *pusher_test_app_find          (GPtrArray        *apps,
                                                  const char       *(*get) (PusherTestApp *app),
                                                  const char       *value);
const char        *pusher_test_app_get_id        (PusherTestApp    *self);
const char        *pusher_test_app_get_key       (PusherTestApp    *self);
const char        *pusher_test_app_get_secret    (PusherTestApp    *self);
PusherTestRules   *pusher_test_app_get_rules     (PusherTestApp    *self);
GPtrArray         *pusher_test_app_get_signed_in (PusherTestApp    *self);
gboolean           pusher_test_app_get_enabled   (PusherTestApp    *self);
void               pusher_test_app_set_enabled   (PusherTestApp    *self,
                                                  gboolean          enabled);
PusherTestChannel *pusher_test_app_get_channel   (PusherTestApp    *self,
                                                  const char       *name);
void               pusher_test_app_join          (PusherTestApp    *self,
                                                  const char       *channel,
                                                  PusherTestPeer   *peer,
                                                  PusherTestMember *member);
void               pusher_test_app_leave         (PusherTestApp    *self,
                                                  const char       *channel,
                                                  PusherTestPeer   *peer);
guint              pusher_test_app_publish       (PusherTestApp    *self,
                                                  const char       *channel,
                                                  const char       *event,
                                                  const char       *data_json,
                                                  const char       *except_id);

G_END_DECLS
