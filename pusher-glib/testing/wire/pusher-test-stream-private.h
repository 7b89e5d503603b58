/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define PUSHER_TEST_TYPE_STREAM (pusher_test_stream_get_type ())
G_DECLARE_FINAL_TYPE (PusherTestStream, pusher_test_stream, PUSHER_TEST, STREAM, GIOStream)

PusherTestStream *pusher_test_stream_new        (GIOStream        *base,
                                                 GSocket          *socket);
void              pusher_test_stream_set_silent (PusherTestStream *self,
                                                 gboolean          silent);
gboolean          pusher_test_stream_is_held    (PusherTestStream *self);
void              pusher_test_stream_cut        (PusherTestStream *self,
                                                 gboolean          reset);

G_END_DECLS
