/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void     pusher_io_stream_close_now          (GIOStream *stream,
                                              gboolean   blocked);
void     pusher_io_stream_forget_interaction (GIOStream *stream);

G_END_DECLS
