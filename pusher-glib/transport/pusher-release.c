/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Frees a WebSocket, also if the main context in which it was used does not run any
 * more: nothing of it keeps the context, and what waits in the context is freed with
 * the context at the latest. */

#include "config.h"

#include "pusher-release-private.h"

#include "pusher-io-stream-private.h"

/* GLib destroys the sources of a context that goes in the order of their priorities, the
 * lowest first. The end of one with this priority may destroy other sources: then they
 * are destroyed already. GLib would lose the memory of those that are not. */
#define PRIORITY G_MININT

/* libsoup closes a stream by an asynchronous call, which keeps the main context until
 * it has returned there. This gives it a context of its own. There is nothing to wait
 * for, because the stream has been closed before. */
static void
run_apart (void    (*func) (gpointer),
           gpointer data)
{
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  func (data);
  while (g_main_context_iteration (context, FALSE))
    ;
  g_main_context_pop_thread_default (context);
}

static void
end (gpointer websocket)
{
  GIOStream *stream = soup_websocket_connection_get_io_stream (websocket);
  GOutputStream *output = g_io_stream_get_output_stream (stream);

  pusher_io_stream_close_now (
    stream, !g_pollable_output_stream_is_writable (G_POLLABLE_OUTPUT_STREAM (output)));
  g_object_run_dispose (websocket);
}

/* Takes over the reference. */
void
pusher_release_now (SoupWebsocketConnection *websocket)
{
  run_apart (end, websocket);
  run_apart (g_object_unref, websocket);
}

typedef struct
{
  GSource source;
  SoupWebsocketConnection *websocket;
  gpointer user;
  const guint *n_calls;
} LaterSource;

/* The call may run a main loop itself. */
static gboolean
later_prepare (GSource *source,
               int     *timeout)
{
  *timeout = -1;

  return *((LaterSource *) source)->n_calls == 0;
}

static gboolean
dispatch (GSource    *source,
          GSourceFunc callback,
          gpointer    user_data)
{
  return callback (user_data);
}

/* What is to be done is done when the source is destroyed. */
static gboolean
over_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

static void
later_over (gpointer source)
{
  LaterSource *self = source;

  run_apart (g_object_unref, self->websocket);
  g_object_unref (self->user);
}

/*
 * pusher_release_later:
 * @websocket: (transfer full): is ended now, and freed later
 * @user: an object
 * @n_calls: how many calls to @user have not returned, in the thread-default main
 *   context; a part of @user
 *
 * For callers that go on using the WebSocket when a call returns.
 */
void
pusher_release_later (SoupWebsocketConnection *websocket,
                      gpointer                 user,
                      const guint             *n_calls)
{
  static GSourceFuncs funcs = { .prepare = later_prepare, .dispatch = dispatch };
  g_autoptr (GSource) source = g_source_new (&funcs, sizeof (LaterSource));
  LaterSource *self = (LaterSource *) source;

  run_apart (end, websocket);
  self->websocket = websocket;
  self->user = g_object_ref (user);
  self->n_calls = n_calls;
  g_source_set_static_name (source, "pusher-glib release");
  g_source_set_priority (source, PRIORITY);
  g_source_set_callback (source, over_cb, source, later_over);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/*
 * pusher_release_watch:
 * @gone: called when the source is destroyed: by the caller, or because nobody has
 *   the thread-default main context any more
 *
 * Returns: (transfer full): a source that does nothing else
 */
GSource *
pusher_release_watch (GDestroyNotify gone,
                      gpointer       user_data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_static_name (source, "pusher-glib watch of the context");
  g_source_set_priority (source, PRIORITY);
  g_source_set_callback (source, over_cb, user_data, gone);
  g_source_attach (source, g_main_context_get_thread_default ());

  return source;
}
