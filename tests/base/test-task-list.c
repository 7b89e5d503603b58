/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-task-list-private.h"
#include "wait.h"

typedef struct _Wait Wait;

/* A caller that waits. What it does when that ends is then. */
struct _Wait
{
  GTask *task; /* weak */
  GCancellable *cancellable;
  guint n_returned;
  gboolean result;
  GError *error;
  void (*then) (Wait    *wait,
                gpointer user_data);
  gpointer then_data;
};

static void
returned_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Wait *wait = user_data;

  g_assert_true (G_TASK (result) == wait->task);
  wait->n_returned++;
  wait->result = g_task_propagate_boolean (G_TASK (result), &wait->error);
  if (wait->then != NULL)
    wait->then (wait, wait->then_data);
}

static void
wait_init (Wait           *wait,
           PusherTaskList *list)
{
  if (wait->cancellable == NULL)
    wait->cancellable = g_cancellable_new ();
  g_set_weak_pointer (&wait->task, g_task_new (NULL, wait->cancellable, returned_cb, wait));
  pusher_task_list_add (list, wait->task);
}

static void
assert_waiting (Wait *wait)
{
  g_assert_cmpuint (wait->n_returned, ==, 0);
  g_assert_nonnull (wait->task);
}

/* Ended once, and its task is freed. */
static void
assert_succeeded (Wait *wait)
{
  g_assert_cmpuint (wait->n_returned, ==, 1);
  g_assert_no_error (wait->error);
  g_assert_true (wait->result);
  g_assert_null (wait->task);
  g_clear_object (&wait->cancellable);
}

static void
assert_failed (Wait       *wait,
               GIOErrorEnum code)
{
  g_assert_cmpuint (wait->n_returned, ==, 1);
  g_assert_error (wait->error, G_IO_ERROR, (int) code);
  g_assert_null (wait->task);
  g_clear_error (&wait->error);
  g_clear_object (&wait->cancellable);
}

static void
return_all (PusherTaskList *list)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();

  pusher_task_list_steal (list, tasks);
  pusher_tasks_return_boolean (tasks, TRUE);
}

static gboolean
return_all_cb (gpointer user_data)
{
  return_all (user_data);

  return G_SOURCE_REMOVE;
}

/* Within a dispatch of the main context callbacks run before the call that
 * returns their task ends, as they do in the library. */
static void
return_all_in_dispatch (PusherTaskList *list)
{
  settle ();
  g_idle_add (return_all_cb, list);
  settle ();
}

static void
test_return_boolean (void)
{
  PusherTaskList list = { 0 };
  Wait waits[3] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    wait_init (&waits[i], &list);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    assert_waiting (&waits[i]);

  return_all (&list);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    assert_succeeded (&waits[i]);
  g_assert_true (g_queue_is_empty (&list.entries));
}

static void
test_return_error (void)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  g_autoptr (GError) error = g_error_new (G_IO_ERROR, G_IO_ERROR_BUSY, "busy");
  PusherTaskList list = { 0 };
  Wait waits[3] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    wait_init (&waits[i], &list);
  pusher_task_list_steal (&list, tasks);
  pusher_tasks_return_error (tasks, error);
  g_ptr_array_set_size (tasks, 0);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_assert_cmpstr (waits[i].error->message, ==, "busy");
      assert_failed (&waits[i], G_IO_ERROR_BUSY);
    }
}

static void
int_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  *(gssize *) user_data = g_task_propagate_int (G_TASK (result), NULL);
}

static void
object_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(gpointer *) user_data = g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
test_return_int (void)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  gssize results[2] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    g_ptr_array_add (tasks, g_task_new (NULL, NULL, int_cb, &results[i]));
  pusher_tasks_return_int (tasks, G_MAXSSIZE);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    g_assert_cmpint (results[i], ==, G_MAXSSIZE);
}

/* Each gets a reference of its own. */
static void
test_return_object (void)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);
  GObject *results[2] = { NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    g_ptr_array_add (tasks, g_task_new (NULL, NULL, object_cb, &results[i]));
  pusher_tasks_return_object (tasks, object);
  g_ptr_array_set_size (tasks, 0);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_assert_true (results[i] == object);
      g_object_unref (results[i]);
    }
  g_assert_finalize_object (object);
}

static void
test_steal_appends (void)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  PusherTaskList first = { 0 };
  PusherTaskList second = { 0 };
  Wait waits[4] = { 0 };

  wait_init (&waits[0], &first);
  wait_init (&waits[1], &first);
  wait_init (&waits[2], &second);
  wait_init (&waits[3], &second);
  pusher_task_list_steal (&first, tasks);
  pusher_task_list_steal (&first, tasks);
  pusher_task_list_steal (&second, tasks);

  g_assert_cmpuint (tasks->len, ==, G_N_ELEMENTS (waits));
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    g_assert_true (tasks->pdata[i] == waits[i].task);

  pusher_tasks_return_boolean (tasks, TRUE);
  g_ptr_array_set_size (tasks, 0);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    assert_succeeded (&waits[i]);
}

static void
test_cancel (void)
{
  PusherTaskList list = { 0 };
  Wait waits[3] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    wait_init (&waits[i], &list);

  g_cancellable_cancel (waits[1].cancellable);
  g_assert_cmpuint (waits[1].n_returned, ==, 0);
  settle ();
  assert_waiting (&waits[0]);
  assert_failed (&waits[1], G_IO_ERROR_CANCELLED);
  assert_waiting (&waits[2]);
  g_assert_cmpuint (g_queue_get_length (&list.entries), ==, 2);

  return_all (&list);
  settle ();
  assert_succeeded (&waits[0]);
  g_assert_cmpuint (waits[1].n_returned, ==, 1);
  assert_succeeded (&waits[2]);
}

static void
test_cancelled_before (void)
{
  PusherTaskList list = { 0 };
  Wait wait = { .cancellable = g_cancellable_new () };

  g_cancellable_cancel (wait.cancellable);
  wait_init (&wait, &list);
  assert_waiting (&wait);
  settle ();
  assert_failed (&wait, G_IO_ERROR_CANCELLED);
  g_assert_true (g_queue_is_empty (&list.entries));
}

/* Cancelled, but what it waited for comes before the main context turns. */
static void
test_cancelled_and_returned (void)
{
  PusherTaskList list = { 0 };
  Wait wait = { 0 };

  wait_init (&wait, &list);
  g_cancellable_cancel (wait.cancellable);
  return_all (&list);
  settle ();
  assert_failed (&wait, G_IO_ERROR_CANCELLED);
}

/* Once stolen, a task has no more to do with the list, which may be gone. */
static void
test_cancel_after_steal (void)
{
  g_autoptr (GPtrArray) tasks = pusher_tasks_new ();
  PusherTaskList *list = g_new0 (PusherTaskList, 1);
  Wait wait = { 0 };

  wait_init (&wait, list);
  pusher_task_list_steal (list, tasks);
  g_free (list);
  g_cancellable_cancel (wait.cancellable);
  settle ();
  assert_waiting (&wait);

  pusher_tasks_return_boolean (tasks, TRUE);
  g_ptr_array_set_size (tasks, 0);
  settle ();
  assert_failed (&wait, G_IO_ERROR_CANCELLED);
}

static void
test_shared_cancellable (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  PusherTaskList list = { 0 };
  Wait waits[5] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      waits[i].cancellable = g_object_ref (cancellable);
      wait_init (&waits[i], &list);
    }
  g_cancellable_cancel (cancellable);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    assert_failed (&waits[i], G_IO_ERROR_CANCELLED);
  g_assert_true (g_queue_is_empty (&list.entries));
}

static void
test_without_cancellable (void)
{
  PusherTaskList list = { 0 };
  Wait wait = { 0 };

  g_set_weak_pointer (&wait.task, g_task_new (NULL, NULL, returned_cb, &wait));
  pusher_task_list_add (&list, wait.task);
  settle ();
  assert_waiting (&wait);
  return_all (&list);
  settle ();
  assert_succeeded (&wait);
}

static void
cancel_other (Wait    *wait,
              gpointer user_data)
{
  Wait *other = user_data;

  g_cancellable_cancel (other->cancellable);
}

static void
test_cancelled_one_cancels_another (void)
{
  PusherTaskList list = { 0 };
  Wait waits[3] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      wait_init (&waits[i], &list);
      waits[i].then = cancel_other;
      waits[i].then_data = &waits[(i + 2) % G_N_ELEMENTS (waits)];
    }
  g_cancellable_cancel (waits[1].cancellable);
  settle ();
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    assert_failed (&waits[i], G_IO_ERROR_CANCELLED);
  g_assert_true (g_queue_is_empty (&list.entries));
}

/* The first has succeeded when it cancels the others, whose tasks are about to
 * return: they were cancelled. */
static void
test_returned_one_cancels_another (void)
{
  PusherTaskList list = { 0 };
  Wait waits[3] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    wait_init (&waits[i], &list);
  waits[0].then = cancel_other;
  waits[0].then_data = &waits[2];

  return_all_in_dispatch (&list);
  assert_succeeded (&waits[0]);
  assert_succeeded (&waits[1]);
  assert_failed (&waits[2], G_IO_ERROR_CANCELLED);
}

typedef struct
{
  PusherTaskList list;
  Wait later;
} Addition;

static void
add_another (Wait    *wait,
             gpointer user_data)
{
  Addition *addition = user_data;

  wait_init (&addition->later, &addition->list);
}

/* A wait that begins because another has ended is for the next time. */
static void
test_returned_one_adds (void)
{
  Addition addition = { 0 };
  Wait waits[2] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    wait_init (&waits[i], &addition.list);
  waits[0].then = add_another;
  waits[0].then_data = &addition;

  return_all_in_dispatch (&addition.list);
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    assert_succeeded (&waits[i]);
  assert_waiting (&addition.later);
  g_assert_cmpuint (g_queue_get_length (&addition.list.entries), ==, 1);

  return_all_in_dispatch (&addition.list);
  assert_succeeded (&addition.later);
}

static void
test_cancelled_one_adds (void)
{
  Addition addition = { 0 };
  Wait wait = { .then = add_another, .then_data = &addition };

  wait_init (&wait, &addition.list);
  g_cancellable_cancel (wait.cancellable);
  settle ();
  assert_failed (&wait, G_IO_ERROR_CANCELLED);
  assert_waiting (&addition.later);

  g_cancellable_cancel (addition.later.cancellable);
  settle ();
  assert_failed (&addition.later, G_IO_ERROR_CANCELLED);
}

static void
free_list (Wait    *wait,
           gpointer user_data)
{
  PusherTaskList **list = user_data;

  g_clear_pointer (list, g_free);
}

/* The application drops the last reference to the owner of the list. */
static void
test_returned_one_frees_the_list (void)
{
  PusherTaskList *list = g_new0 (PusherTaskList, 1);
  Wait waits[2] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    wait_init (&waits[i], list);
  waits[0].then = free_list;
  waits[0].then_data = &list;

  return_all_in_dispatch (list);
  g_assert_null (list);
  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    assert_succeeded (&waits[i]);
}

static void
test_cancelled_one_frees_the_list (void)
{
  PusherTaskList *list = g_new0 (PusherTaskList, 1);
  Wait wait = { .then = free_list, .then_data = &list };

  wait_init (&wait, list);
  g_cancellable_cancel (wait.cancellable);
  settle ();
  g_assert_null (list);
  assert_failed (&wait, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/task-list/return/boolean", test_return_boolean);
  g_test_add_func ("/task-list/return/error", test_return_error);
  g_test_add_func ("/task-list/return/int", test_return_int);
  g_test_add_func ("/task-list/return/object", test_return_object);
  g_test_add_func ("/task-list/steal-appends", test_steal_appends);
  g_test_add_func ("/task-list/cancel", test_cancel);
  g_test_add_func ("/task-list/cancelled-before", test_cancelled_before);
  g_test_add_func ("/task-list/cancelled-and-returned", test_cancelled_and_returned);
  g_test_add_func ("/task-list/cancel-after-steal", test_cancel_after_steal);
  g_test_add_func ("/task-list/shared-cancellable", test_shared_cancellable);
  g_test_add_func ("/task-list/without-cancellable", test_without_cancellable);
  g_test_add_func ("/task-list/reentrancy/cancelled-one-cancels-another",
                   test_cancelled_one_cancels_another);
  g_test_add_func ("/task-list/reentrancy/returned-one-cancels-another",
                   test_returned_one_cancels_another);
  g_test_add_func ("/task-list/reentrancy/returned-one-adds", test_returned_one_adds);
  g_test_add_func ("/task-list/reentrancy/cancelled-one-adds", test_cancelled_one_adds);
  g_test_add_func ("/task-list/reentrancy/returned-one-frees-the-list",
                   test_returned_one_frees_the_list);
  g_test_add_func ("/task-list/reentrancy/cancelled-one-frees-the-list",
                   test_cancelled_one_frees_the_list);

  return g_test_run ();
}
