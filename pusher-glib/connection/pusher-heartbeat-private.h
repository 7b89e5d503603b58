/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A silence that is shorter than this teaches nothing: a server may crash and come back at
 * any time. */
#define PUSHER_HEARTBEAT_MIN_SILENCE (10 * (gint64) G_USEC_PER_SEC)

/* So no connection pings more often than this, unless the client or the server asks for it. */
#define PUSHER_HEARTBEAT_MIN_INTERVAL (PUSHER_HEARTBEAT_MIN_SILENCE / 2)

/* No bytes came or went on a connection; all times are in µs. */
typedef struct
{
  gint64 duration;
  gboolean exact; /* it was cut then, and not some time before that was noticed */
} PusherSilence;

/* How often connections on the way to one host have to ping, because something on it cuts
 * those that are silent: a proxy, a balancer, a router that translates addresses. Knows
 * no clock and no connection. All zeroes is a way of which nothing is known. */
typedef struct
{
  gint64 interval;   /* between pings; 0 until a cut has taught one */
  gint64 trial;      /* a longer one, which one connection tries; or 0 */
  gint64 longer_at;  /* not before then */
  gint64 patience;   /* how long after a cut that is */
  guint n_held;      /* pings that were answered after a silence of the interval */
  gint64 held;       /* the longest silence that a connection has survived */
  gint64 doubt;      /* one that was survived before and then, once, was not; or 0 */
  gint64 doubted_at;
} PusherHeartbeat;

gint64   pusher_heartbeat_get_interval (PusherHeartbeat     *self,
                                        gint64               longest,
                                        gint64               now);
void     pusher_heartbeat_held         (PusherHeartbeat     *self,
                                        gint64               silence);
gboolean pusher_heartbeat_cut          (PusherHeartbeat     *self,
                                        const PusherSilence *silence,
                                        gint64               now);

G_END_DECLS
