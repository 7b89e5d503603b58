/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-time-limits-private.h"

/* The list has the owners; a limit finds itself by its link. */
static PusherTimeLimit *
get_limit (GList *link)
{
  return (gpointer) ((char *) link - G_STRUCT_OFFSET (PusherTimeLimit, link));
}

/* Mostly what begins last ends last. ends_at is not 0. A limit that runs begins anew. */
void
pusher_time_limits_start (PusherTimeLimits *self,
                          PusherTimeLimit  *limit,
                          gpointer          owner,
                          gint64            ends_at)
{
  GList *before;

  pusher_time_limits_stop (self, limit);
  limit->ends_at = ends_at;
  limit->link.data = owner;

  before = self->running.tail;
  while (before != NULL && get_limit (before)->ends_at > ends_at)
    before = before->prev;
  if (before != NULL)
    g_queue_insert_after_link (&self->running, before, &limit->link);
  else
    g_queue_push_head_link (&self->running, &limit->link);
}

/* Does nothing if it does not run. */
void
pusher_time_limits_stop (PusherTimeLimits *self,
                         PusherTimeLimit  *limit)
{
  if (limit->ends_at == 0)
    return;

  g_queue_unlink (&self->running, &limit->link);
  limit->ends_at = 0;
}

/* When the first one ends; 0 if none runs. */
gint64
pusher_time_limits_get_first (PusherTimeLimits *self)
{
  return self->running.head != NULL ? get_limit (self->running.head)->ends_at : 0;
}

/* Returns: (nullable): the owner of one that is over, and does not run any more */
gpointer
pusher_time_limits_take_over (PusherTimeLimits *self,
                              gint64            now)
{
  PusherTimeLimit *limit;

  if (self->running.head == NULL)
    return NULL;

  limit = get_limit (self->running.head);
  if (limit->ends_at > now)
    return NULL;

  pusher_time_limits_stop (self, limit);

  return limit->link.data;
}
