/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-heartbeat-private.h"

#define HOUR (3600 * (gint64) G_USEC_PER_SEC)

/* Each longer interval that is tried may cost a connection: the first one is tried an hour
 * after a cut, and one that failed is not tried again for twice as long. */
#define MIN_PATIENCE HOUR
#define MAX_PATIENCE (24 * HOUR)

/* So many pings have to have been answered before. */
#define N_HELD_TO_GROW 10

/* By so much a main loop may send one ping later than another. */
#define LATENESS (1 * (gint64) G_USEC_PER_SEC)

/* --- What has been learned ----------------------------------------------- */

/* longest: what the client and the server agreed upon
 *
 * Returns: how long a connection may be silent before it pings. One that is given a longer
 * time than others tries it for them. */
gint64
pusher_heartbeat_get_interval (PusherHeartbeat *self,
                               gint64           longest,
                               gint64           now)
{
  if (self->interval == 0 || self->interval >= longest)
    return longest;
  if (self->n_held < N_HELD_TO_GROW || now < self->longer_at)
    return self->interval;

  self->n_held = 0;
  self->trial = MIN (self->interval / 4 * 5, longest);

  return self->trial;
}

/* --- What there is to learn from ----------------------------------------- */

/* A connection has survived the silence: a ping after it was answered. */
void
pusher_heartbeat_held (PusherHeartbeat *self,
                       gint64           silence)
{
  self->held = MAX (self->held, silence);
  if (silence >= self->doubt - LATENESS)
    self->doubt = 0;

  if (self->trial != 0 && silence >= self->trial)
    {
      self->interval = self->trial;
      self->trial = 0;
      self->n_held = 0;
    }
  else if (silence >= self->interval)
    {
      self->n_held++;
    }
}

/* Such a silence was survived before, so that something else has cut the connection: a
 * server that was started anew, say. If it is not survived the next time either, the way
 * is not what it was. Connections that were cut together are one time: what comes after
 * them cannot have been silent for long enough. */
static gboolean
is_doubtful (PusherHeartbeat     *self,
             const PusherSilence *silence,
             gint64               now)
{
  gint64 held = silence->exact ? self->held : self->held + LATENESS;
  gboolean again = self->doubt != 0 &&
                   now - self->doubted_at >= PUSHER_HEARTBEAT_MIN_SILENCE;

  if (silence->duration > held || again)
    return FALSE;

  if (self->doubt == 0)
    self->doubted_at = now;
  self->doubt = MAX (self->doubt, silence->duration);

  return TRUE;
}

/* A connection was cut after the silence, and the server was there as soon as it was asked
 * for another one.
 *
 * Returns: whether that taught anything */
gboolean
pusher_heartbeat_cut (PusherHeartbeat     *self,
                      const PusherSilence *silence,
                      gint64               now)
{
  gint64 duration = silence->duration;
  gint64 interval;

  if (duration < PUSHER_HEARTBEAT_MIN_SILENCE || is_doubtful (self, silence, now))
    return FALSE;

  if (self->doubt != 0)
    self->held = 0;
  self->doubt = 0;

  /* Where the limit lies is only known if the cut itself was seen. */
  interval = duration / 4 * 3;
  if (!silence->exact)
    interval = MAX (duration / 2, MIN (self->held, interval));
  if (self->interval == 0 || interval < self->interval)
    self->interval = interval;

  /* Those that were cut together learn the same. */
  if (self->patience == 0)
    self->patience = MIN_PATIENCE;
  else if (now >= self->longer_at)
    self->patience = MIN (2 * self->patience, MAX_PATIENCE);
  self->longer_at = now + self->patience;
  self->trial = 0;
  self->n_held = 0;

  return TRUE;
}
