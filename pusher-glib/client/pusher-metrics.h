/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/base/pusher-version-macros.h>

#include <glib-object.h>

G_BEGIN_DECLS

#define PUSHER_TYPE_METRICS (pusher_metrics_get_type ())

/**
 * PusherMetrics:
 * @attempts: how often the client tried to connect.
 * @connects: how often the server accepted it.
 * @reconnects: how often it did so after the first time.
 * @last_round_trip: microseconds between the last ping that was answered and its pong, or
 *   -1 if none was.
 * @ping_interval: microseconds of silence after which the present connection is pinged, or
 *   -1 without one: what the client and the server want, and what the network has taught.
 * @messages_received: messages of the server, also those of the protocol.
 * @bytes_received: bytes of these messages, without the framing of WebSocket and
 *   TLS.
 * @messages_dropped: messages received that no handler will see: those that could
 *   not be decoded or decrypted, and those still waiting to be delivered when the
 *   application closed the client or replaced its connection.
 * @messages_sent: messages to the server, also those of the protocol.
 * @bytes_sent: bytes of these messages, as above.
 * @channels_pending: channels in %PUSHER_CHANNEL_STATE_PENDING.
 * @channels_subscribed: channels in %PUSHER_CHANNEL_STATE_SUBSCRIBED.
 * @channels_failed: channels in %PUSHER_CHANNEL_STATE_FAILED.
 *
 * What a [class@Pusher.Client] has done since it was made, as it was when
 * [method@Pusher.Client.get_metrics] was called: for a bug report, or to watch a
 * service.
 *
 * Read the fields, but do not write them. Later versions may add some.
 *
 * Since: 1.0
 */
typedef struct
{
  guint64 attempts;
  guint64 connects;
  guint64 reconnects;
  gint64 last_round_trip;
  gint64 ping_interval;

  guint64 messages_received;
  guint64 bytes_received;
  guint64 messages_dropped;
  guint64 messages_sent;
  guint64 bytes_sent;

  guint channels_pending;
  guint channels_subscribed;
  guint channels_failed;
} PusherMetrics;

PUSHER_AVAILABLE_IN_1_0
GType          pusher_metrics_get_type  (void) G_GNUC_CONST;
PUSHER_AVAILABLE_IN_1_0
PusherMetrics *pusher_metrics_copy      (const PusherMetrics *self);
PUSHER_AVAILABLE_IN_1_0
void           pusher_metrics_free      (PusherMetrics       *self);
PUSHER_AVAILABLE_IN_1_0
char          *pusher_metrics_to_string (const PusherMetrics *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherMetrics, pusher_metrics_free)

G_END_DECLS
