/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The output of a WebSocket. libsoup makes a system call, and TCP a packet, for each
 * frame; what is written while it gathers goes out together, in the next iteration of
 * the main loop at the latest.
 *
 * libsoup queues what does not fit into the socket, and does not tell how much that
 * is. Here it is known, because whoever makes a frame tells of it. */
#define PUSHER_TYPE_GATHERED_OUTPUT (pusher_gathered_output_get_type ())
G_DECLARE_FINAL_TYPE (PusherGatheredOutput, pusher_gathered_output, PUSHER, GATHERED_OUTPUT,
                      GFilterOutputStream)

PusherGatheredOutput *pusher_gathered_output_new           (GOutputStream        *base);
void                  pusher_gathered_output_gather        (PusherGatheredOutput *self,
                                                            gboolean              gather);

void                  pusher_gathered_output_expect        (PusherGatheredOutput *self,
                                                            gsize                 n_bytes,
                                                            gboolean              urgent);
gsize                 pusher_gathered_output_get_n_waiting (PusherGatheredOutput *self);
guint64               pusher_gathered_output_get_n_drains  (PusherGatheredOutput *self);
guint                 pusher_gathered_output_get_n_urgent  (PusherGatheredOutput *self);
gboolean              pusher_gathered_output_is_blocked    (PusherGatheredOutput *self);

G_END_DECLS
