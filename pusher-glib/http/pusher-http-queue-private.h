/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Makes a source that becomes ready after so many µs. */
typedef GSource *(*PusherHttpTimer) (gint64 delay);

/* Lets so many jobs run at a time, and none for a while when the endpoint is in
 * trouble. It knows nothing of what a job does. */
typedef struct _PusherHttpQueue PusherHttpQueue;

typedef enum
{
  PUSHER_HTTP_JOB_IDLE,
  PUSHER_HTTP_JOB_WAITING,
  PUSHER_HTTP_JOB_RUNNING,
} PusherHttpJobState;

/* A job is part of something larger, which removes it from the queue before it
 * is freed. */
typedef struct
{
  void (*start) (gpointer user_data);
  gpointer user_data;
  GMainContext *context; /* unowned; where it lives */
  gboolean urgent;       /* starts before those that are not */

  PusherHttpJobState state; /* this and the following are the queue's */
  guint64 round;
  GList link;
} PusherHttpJob;

PusherHttpQueue *pusher_http_queue_new                (guint            max_concurrent);
PusherHttpQueue *pusher_http_queue_ref                (PusherHttpQueue *self);
void             pusher_http_queue_unref              (PusherHttpQueue *self);
void             pusher_http_queue_set_max_concurrent (PusherHttpQueue *self,
                                                       guint            max_concurrent);
void             pusher_http_queue_reset              (PusherHttpQueue *self);
void             pusher_http_queue_add                (PusherHttpQueue *self,
                                                       PusherHttpJob   *job);
void             pusher_http_queue_remove             (PusherHttpQueue *self,
                                                       PusherHttpJob   *job);
void             pusher_http_queue_hold               (PusherHttpQueue *self,
                                                       gboolean         hold);
void             pusher_http_queue_put_back           (PusherHttpQueue *self,
                                                       PusherHttpJob   *job);
void             pusher_http_queue_responded          (PusherHttpQueue *self,
                                                       PusherHttpJob   *job);
void             pusher_http_queue_pause              (PusherHttpQueue *self,
                                                       PusherHttpJob   *job,
                                                       PusherHttpTimer  new_timer,
                                                       double           random,
                                                       gint64           retry_after,
                                                       gboolean         again);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PusherHttpQueue, pusher_http_queue_unref)

G_END_DECLS
