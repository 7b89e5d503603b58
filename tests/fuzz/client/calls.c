/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The asynchronous calls of the application. Each has to call back once. */

#include "application.h"

#include "watch.h"
#include "world.h"

typedef struct
{
  const char *what;
  guint n_called_back;
  GCancellable *cancellable;
} Call;

static GPtrArray *calls;

static void
call_free (gpointer data)
{
  Call *call = data;

  g_clear_object (&call->cancellable);
  g_free (call);
}

/* One that is never cancelled. Returns: what the callback is given */
gpointer
calls_begin_plain (const char *what)
{
  Call *call = g_new0 (Call, 1);

  call->what = what;
  g_ptr_array_add (calls, call);

  return call;
}

/* call: (out): what the callback is given.
 * Returns: (transfer none) (nullable) */
GCancellable *
calls_begin (const char *what,
             gpointer   *call)
{
  Call *new = calls_begin_plain (what);

  if (input_chance (96))
    new->cancellable = g_cancellable_new ();
  if (new->cancellable != NULL && input_chance (32))
    g_cancellable_cancel (new->cancellable);
  *call = new;

  return new->cancellable;
}

static void
finish (GObject      *source,
        GAsyncResult *result)
{
  gpointer tag = g_task_get_source_tag (G_TASK (result));
  g_autoptr (PusherChannel) channel = NULL;
  g_autoptr (GError) error = NULL;
  gboolean success;

  if (tag == pusher_client_open_async)
    success = pusher_client_open_finish (PUSHER_CLIENT (source), result, &error);
  else if (tag == pusher_client_close_async)
    success = pusher_client_close_finish (PUSHER_CLIENT (source), result, &error);
  else if (tag == pusher_client_ping_async)
    success = pusher_client_ping_finish (PUSHER_CLIENT (source), result, &error) >= 0;
  else if (tag == pusher_client_subscribe_async)
    success = (channel = pusher_client_subscribe_finish (PUSHER_CLIENT (source), result,
                                                         &error)) != NULL;
  else
    success = pusher_user_sign_in_finish (PUSHER_USER (source), result, &error);

  world_check (success == (error == NULL), "a call both succeeds and fails");
  if (channel != NULL && input_chance (64))
    application_keep (channel);
}

void
calls_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Call *call = user_data;

  call->n_called_back++;
  world_check (call->n_called_back == 1, "%s calls back twice", call->what);
  finish (source, result);
  application_hear (0, NULL);
}

/* One of those that are under way, or over */
void
calls_cancel (void)
{
  Call *call = calls->len > 0 ? calls->pdata[input_draw (calls->len)] : NULL;

  if (call != NULL && call->cancellable != NULL)
    g_cancellable_cancel (call->cancellable);
}

void
calls_start (void)
{
  calls = g_ptr_array_new_with_free_func (call_free);
}

void
calls_end (void)
{
  for (guint i = 0; i < calls->len; i++)
    {
      Call *call = calls->pdata[i];

      world_check (call->n_called_back == 1, "%s does not call back", call->what);
    }
  g_ptr_array_unref (calls);
}
