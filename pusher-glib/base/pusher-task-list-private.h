/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tasks that wait for the same thing. One that is cancelled returns at once and
 * leaves the list. The owner of the list steals the tasks before they return,
 * because what a task returns may run code of the application, which may add to
 * the list or free its owner. */
typedef struct
{
  GQueue entries;
} PusherTaskList;

void pusher_task_list_add   (PusherTaskList *self,
                             GTask          *task);
void pusher_task_list_steal (PusherTaskList *self,
                             GPtrArray      *tasks);

GPtrArray *pusher_tasks_new            (void);
void       pusher_tasks_return_boolean (GPtrArray    *tasks,
                                        gboolean      result);
void       pusher_tasks_return_int     (GPtrArray    *tasks,
                                        gssize        result);
void       pusher_tasks_return_object  (GPtrArray    *tasks,
                                        gpointer      object);
void       pusher_tasks_return_error   (GPtrArray    *tasks,
                                        const GError *error);

G_END_DECLS
