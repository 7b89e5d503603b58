/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What a connection learns from its end, and how often the next ones ping for it. */

#include "config.h"

#include "pusher-connection-heartbeat-private.h"

#include "protocol/pusher-url-private.h"
#include "pusher-heartbeat-table-private.h"

static double
to_seconds (gint64 time)
{
  return (double) time / G_USEC_PER_SEC;
}

/* That of the attempt which begins. */
void
pusher_connection_take_host (PusherConnection *self,
                             GUri             *uri)
{
  g_autofree char *host = pusher_uri_get_origin (uri);

  if (g_strcmp0 (host, self->host) == 0)
    return;

  pusher_connection_forget_silence (self);
  g_free (self->host);
  self->host = g_steal_pointer (&host);
}

/* The connection has ended without a close frame, maybe because it was silent for too
 * long. If so, the next attempt succeeds: a server that was started anew is seldom there
 * at once, and a network that failed is not either. */
void
pusher_connection_note_silence (PusherConnection *self)
{
  self->silence = pusher_liveness_get_silence (&self->liveness, pusher_clock_now (&self->clock));
}

/* It was for another reason. */
void
pusher_connection_forget_silence (PusherConnection *self)
{
  self->silence = (PusherSilence) { 0 };
}

static void
learn (PusherConnection *self)
{
  gint64 now = pusher_clock_now (&self->clock);
  gboolean taught;

  if (self->silence.duration == 0)
    return;

  taught = pusher_heartbeat_table_cut (self->host, &self->silence, now);
  g_debug ("The connection was lost after %.1f s of silence, which %s",
           to_seconds (self->silence.duration),
           taught ? "was too much" : "need not be the reason");
  pusher_connection_forget_silence (self);
}

static void
take_interval (PusherConnection *self)
{
  PusherLiveness *liveness = &self->liveness;
  gint64 interval =
    pusher_heartbeat_table_get_interval (self->host, liveness->activity_timeout,
                                         pusher_clock_now (&self->clock));

  if (interval != liveness->interval)
    g_debug ("A ping after %.1f s of silence from now on", to_seconds (interval));
  liveness->interval = interval;
}

/* The server has established the connection. */
void
pusher_connection_begin_heartbeat (PusherConnection *self,
                                   gint64            activity_timeout)
{
  learn (self);
  pusher_liveness_start (&self->liveness, activity_timeout,
                         self->settings.pong_timeout * (gint64) G_USEC_PER_SEC,
                         pusher_clock_now (&self->clock));
  take_interval (self);
}

/* A pong has come, which the liveness is to be told of yet. */
void
pusher_connection_keep_heartbeat (PusherConnection *self)
{
  gint64 held = pusher_liveness_get_held (&self->liveness);

  /* Too short to tell anything */
  if (held < PUSHER_HEARTBEAT_MIN_INTERVAL)
    return;

  pusher_heartbeat_table_held (self->host, held);
  take_interval (self);
}
