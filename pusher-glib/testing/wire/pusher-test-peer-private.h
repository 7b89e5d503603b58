/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_PEER (pusher_test_peer_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestPeer, pusher_test_peer, PUSHER_TEST, PEER, GObject)

PusherTestPeer *pusher_test_peer_new        (GIOStream      *stream,
                                             GSocket        *socket,
                                             GUri           *uri);
const char     *pusher_test_peer_get_id     (PusherTestPeer *self);
gboolean        pusher_test_peer_is_open    (PusherTestPeer *self);
void            pusher_test_peer_set_silent (PusherTestPeer *self,
                                             gboolean        silent);
gboolean        pusher_test_peer_is_held    (PusherTestPeer *self);
void            pusher_test_peer_set_idle_timeout
                                            (PusherTestPeer *self,
                                             guint           idle_timeout);
void            pusher_test_peer_send_text  (PusherTestPeer *self,
                                             const char     *text);
void            pusher_test_peer_send_bytes (PusherTestPeer *self,
                                             GBytes         *bytes,
                                             gboolean        binary);
void            pusher_test_peer_send_event (PusherTestPeer *self,
                                             const char     *event,
                                             const char     *channel,
                                             const char     *data_json);
void            pusher_test_peer_send_error (PusherTestPeer *self,
                                             const char     *channel,
                                             guint           code,
                                             const char     *message);
void            pusher_test_peer_send_nested_error
                                            (PusherTestPeer *self,
                                             guint           code,
                                             const char     *message);
void            pusher_test_peer_close      (PusherTestPeer *self,
                                             guint           code,
                                             const char     *reason);
void            pusher_test_peer_cut        (PusherTestPeer *self,
                                             gboolean        reset);
void            pusher_test_peer_hang_up    (PusherTestPeer *self);

G_END_DECLS
