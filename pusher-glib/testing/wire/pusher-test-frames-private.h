/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_FRAMES (pusher_test_frames_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestFrames, pusher_test_frames, PUSHER_TEST, FRAMES, SoupWebsocketExtension)

PusherTestFrames *pusher_test_frames_new        (void);
void              pusher_test_frames_send_text  (PusherTestFrames        *self,
                                                 SoupWebsocketConnection *websocket,
                                                 GBytes                  *bytes);
void              pusher_test_frames_send_close (PusherTestFrames        *self,
                                                 SoupWebsocketConnection *websocket,
                                                 GBytes                  *payload);

G_END_DECLS
