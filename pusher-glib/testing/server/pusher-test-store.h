/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/testing/app/pusher-test-macros.h>

#include <gio/gio.h>

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_STORE (pusher_test_store_get_type ())
PUSHER_TEST_AVAILABLE_IN_1_0
G_DECLARE_FINAL_TYPE (PusherTestStore, pusher_test_store, PUSHER_TEST, STORE, GObject)

PUSHER_TEST_AVAILABLE_IN_1_0
const char *pusher_test_store_get_endpoint   (PusherTestStore *self);
PUSHER_TEST_AVAILABLE_IN_1_0
guint       pusher_test_store_get_n_requests (PusherTestStore *self);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_store_keep           (PusherTestStore *self,
                                              const char      *channel);
PUSHER_TEST_AVAILABLE_IN_1_0
guint       pusher_test_store_get_n_events   (PusherTestStore *self,
                                              const char      *channel);

/* Faults */
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_store_skip_ids       (PusherTestStore *self,
                                              guint            n);
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean    pusher_test_store_lose           (PusherTestStore *self,
                                              const char      *channel,
                                              const char      *id);
PUSHER_TEST_AVAILABLE_IN_1_0
gboolean    pusher_test_store_forget         (PusherTestStore *self,
                                              const char      *channel,
                                              const char      *id);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_store_set_page_size  (PusherTestStore *self,
                                              guint            page_size);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_store_set_status     (PusherTestStore *self,
                                              guint            status);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_store_set_delay_ms   (PusherTestStore *self,
                                              guint            delay);
PUSHER_TEST_AVAILABLE_IN_1_0
void        pusher_test_store_set_body       (PusherTestStore *self,
                                              const char      *text);

G_END_DECLS
