/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes a source that becomes ready after so many µs. */
typedef GSource *(*PusherHttpTimer) (gint64 delay);

/* Who may ask an endpoint: so many at a time, and nobody for a while when the
 * endpoint is in trouble. It knows neither what is asked nor how. */
typedef struct _PusherHttpQueue PusherHttpQueue;

typedef enum
{
  PUSHER_HTTP_TURN_AWAY,
  PUSHER_HTTP_TURN_WAITING,
  PUSHER_HTTP_TURN_TAKEN,
} PusherHttpTurnState;

/* One who asks. It is part of something larger, which ends it before it is
 * freed. */
typedef struct
{
  void (*take) (gpointer user_data); /* it may ask now */
  gpointer user_data;
  GMainContext *context; /* unowned; where it lives */
  gboolean urgent;

  PusherHttpTurnState state; /* this and the following are the queue's */
  guint64 round;
  GList link;
} PusherHttpTurn;

PusherHttpQueue *pusher_http_queue_new               (guint            max_under_way);
PusherHttpQueue *pusher_http_queue_ref               (PusherHttpQueue *self);
void             pusher_http_queue_unref             (PusherHttpQueue *self);
guint            pusher_http_queue_get_max_under_way (PusherHttpQueue *self);
void             pusher_http_queue_set_max_under_way (PusherHttpQueue *self,
                                                      guint            max_under_way);
void             pusher_http_queue_forget_trouble    (PusherHttpQueue *self);

void pusher_http_turn_wait     (PusherHttpTurn  *turn,
                                PusherHttpQueue *queue);
void pusher_http_turn_answered (PusherHttpTurn  *turn,
                                PusherHttpQueue *queue);
void pusher_http_turn_trouble  (PusherHttpTurn  *turn,
                                PusherHttpQueue *queue,
                                PusherHttpTimer  new_timer,
                                double           random,
                                gint64           wanted,
                                gboolean         again);
void pusher_http_turn_end      (PusherHttpTurn  *turn,
                                PusherHttpQueue *queue);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherHttpQueue, pusher_http_queue_unref)

G_END_DECLS
