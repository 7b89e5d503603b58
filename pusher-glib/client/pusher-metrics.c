/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-metrics.h"

G_DEFINE_BOXED_TYPE (PusherMetrics, pusher_metrics, pusher_metrics_copy, pusher_metrics_free)

/**
 * pusher_metrics_copy:
 * @self: metrics
 *
 * Copies metrics.
 *
 * Returns: (transfer full): a copy
 *
 * Since: 1.0
 */
PusherMetrics *
pusher_metrics_copy (const PusherMetrics *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_memdup2 (self, sizeof *self);
}

/**
 * pusher_metrics_free:
 * @self: (transfer full): metrics
 *
 * Frees metrics.
 *
 * Since: 1.0
 */
void
pusher_metrics_free (PusherMetrics *self)
{
  g_free (self);
}

/**
 * pusher_metrics_to_string:
 * @self: metrics
 *
 * Describes metrics in some lines of English, for a log or a bug report. The text
 * is not meant for programs: it may change from one version to the next.
 *
 * Returns: (transfer full): the text
 *
 * Since: 1.0
 */
char *
pusher_metrics_to_string (const PusherMetrics *self)
{
  g_autofree char *round_trip = NULL;
  g_autofree char *ping_interval = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->last_round_trip >= 0)
    round_trip = g_strdup_printf ("%.1f ms", (double) self->last_round_trip / 1000);
  if (self->ping_interval >= 0)
    ping_interval = g_strdup_printf ("%.1f s", (double) self->ping_interval / G_USEC_PER_SEC);

  return g_strdup_printf (
    "connections: %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " attempts\n"
    "last round trip: %s; ping after silence of: %s\n"
    "received: %" G_GUINT64_FORMAT " messages, %" G_GUINT64_FORMAT " bytes; dropped: %" G_GUINT64_FORMAT "\n"
    "sent: %" G_GUINT64_FORMAT " messages, %" G_GUINT64_FORMAT " bytes\n"
    "channels: %u subscribed, %u pending, %u failed\n",
    self->connects, self->attempts, round_trip != NULL ? round_trip : "unknown",
    ping_interval != NULL ? ping_interval : "unknown",
    self->messages_received, self->bytes_received, self->messages_dropped,
    self->messages_sent, self->bytes_sent,
    self->channels_subscribed, self->channels_pending, self->channels_failed);
}
