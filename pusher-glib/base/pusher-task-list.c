/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-task-list-private.h"

typedef struct
{
  PusherTaskList *list;
  GTask *task;
  GSource *cancelled; /* nullable */
} Entry;

static GTask *
entry_free_steal_task (Entry *entry)
{
  GTask *task = entry->task;

  if (entry->cancelled != NULL)
    {
      g_source_destroy (entry->cancelled);
      g_source_unref (entry->cancelled);
    }
  g_free (entry);

  return task;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Entry *entry = user_data;
  g_autoptr (GTask) task = NULL;

  g_queue_remove (&entry->list->entries, entry);
  task = entry_free_steal_task (entry);
  g_task_return_error_if_cancelled (task);

  return G_SOURCE_REMOVE;
}

/* Takes over the reference to task. */
void
pusher_task_list_add (PusherTaskList *self,
                      GTask          *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  Entry *entry = g_new0 (Entry, 1);

  entry->list = self;
  entry->task = task;
  if (cancellable != NULL)
    {
      entry->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (entry->cancelled, G_SOURCE_FUNC (cancelled_cb), entry, NULL);
      g_source_attach (entry->cancelled, g_task_get_context (task));
    }
  g_queue_push_tail (&self->entries, entry);
}

/* Moves the tasks that wait to the end of tasks, an array that owns them. */
void
pusher_task_list_steal (PusherTaskList *self,
                        GPtrArray      *tasks)
{
  Entry *entry;

  while ((entry = g_queue_pop_head (&self->entries)) != NULL)
    g_ptr_array_add (tasks, entry_free_steal_task (entry));
}

GPtrArray *
pusher_tasks_new (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

void
pusher_tasks_return_boolean (GPtrArray *tasks,
                             gboolean   result)
{
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (tasks->pdata[i], result);
}

void
pusher_tasks_return_int (GPtrArray *tasks,
                         gssize     result)
{
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_int (tasks->pdata[i], result);
}

void
pusher_tasks_return_object (GPtrArray *tasks,
                            gpointer   object)
{
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_pointer (tasks->pdata[i], g_object_ref (object), g_object_unref);
}

void
pusher_tasks_return_error (GPtrArray    *tasks,
                           const GError *error)
{
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_error (tasks->pdata[i], g_error_copy (error));
}
