/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "event/pusher-event.h"

G_BEGIN_DECLS

typedef struct _PusherCatchUp PusherCatchUp;

/* What a channel does for its catching up. The first tells the application nothing; in the
 * others its handlers may do anything. */
typedef struct
{
  /* Has pusher_catch_up_wake() called at that time, if the connection lasts until then; 0
   * for not at all. */
  void (*wake_at) (gpointer owner,
                   gint64   time);

  void (*deliver) (gpointer     owner,
                   PusherEvent *event);

  /* The position has moved. */
  void (*moved) (gpointer owner);

  /* Here events are missing. */
  void (*lost) (gpointer      owner,
                const GError *error);

  /* All that was missed, and so many events of the store, has been delivered. */
  void (*caught_up) (gpointer owner,
                     guint64  n_events);
} PusherCatchUpFuncs;

G_END_DECLS
