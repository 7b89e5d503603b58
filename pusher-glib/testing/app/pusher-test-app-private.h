/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-channel-private.h"
#include "pusher-test-rules-private.h"
#include "pusher-test-users-private.h"

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_APP (pusher_test_app_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestApp, pusher_test_app, PUSHER_TEST, APP, GObject)

PusherTestApp     *pusher_test_app_new          (const char       *id,
                                                 const char       *key,
                                                 const char       *secret,
                                                 PusherTestRules  *rules);
const char        *pusher_test_app_get_id       (PusherTestApp    *self);
const char        *pusher_test_app_get_key      (PusherTestApp    *self);
const char        *pusher_test_app_get_secret   (PusherTestApp    *self);
PusherTestRules   *pusher_test_app_get_rules    (PusherTestApp    *self);
PusherTestUsers   *pusher_test_app_get_users    (PusherTestApp    *self);
gboolean           pusher_test_app_get_enabled  (PusherTestApp    *self);
void               pusher_test_app_set_enabled  (PusherTestApp    *self,
                                                 gboolean          enabled);
gboolean           pusher_test_app_verify       (PusherTestApp    *self,
                                                 const char       *text,
                                                 const char       *signature);
PusherTestChannel *pusher_test_app_get_channel  (PusherTestApp    *self,
                                                 const char       *name);
void               pusher_test_app_join         (PusherTestApp    *self,
                                                 const char       *channel,
                                                 PusherTestPeer   *peer,
                                                 PusherTestMember *member);
void               pusher_test_app_leave        (PusherTestApp    *self,
                                                 const char       *channel,
                                                 PusherTestPeer   *peer);
guint              pusher_test_app_publish      (PusherTestApp    *self,
                                                 const char       *channel,
                                                 const char       *event,
                                                 const char       *data_json,
                                                 const char       *except_id);

G_END_DECLS
