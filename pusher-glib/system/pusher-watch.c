/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-watch-private.h"

#include "pusher-sleep-clock-private.h"

/* logind and the clock both tell of the same resume. */
#define SAME_RESUME ((gint64) G_USEC_PER_SEC)

/* All watchers of one main context. */
typedef struct
{
  GSource source;
  GMainContext *context;
  GList link;     /* in watches */
  guint pending;  /* a bit a hint; under the lock of watches */

  GQueue watchers;
  GList *next; /* watcher to be told, while they are told */

  PusherSleepClock clock;
  gpointer clock_tag; /* nullable */
  gint64 last_resumed;
} Watch;

/* Those of all contexts, because news arrive in threads of their own. */
G_LOCK_DEFINE_STATIC (watches);
static GQueue watches = G_QUEUE_INIT;

/* From any thread. A watch in the list has not been destroyed. */
static void
news_cb (PusherHint hint)
{
  G_LOCK (watches);
  for (GList *l = watches.head; l != NULL; l = l->next)
    {
      Watch *watch = l->data;

      watch->pending |= 1u << hint;
      g_source_set_ready_time (&watch->source, 0);
    }
  G_UNLOCK (watches);
}

static guint
watch_take_pending (Watch *self)
{
  guint pending;

  G_LOCK (watches);
  pending = self->pending;
  self->pending = 0;
  g_source_set_ready_time (&self->source, -1);
  G_UNLOCK (watches);

  return pending;
}

/* A watcher that joins meanwhile is put before the others, and so not told. */
static void
watch_tell (Watch     *self,
            PusherHint hint)
{
  self->next = self->watchers.head;
  while (self->next != NULL)
    {
      PusherWatcher *watcher = self->next->data;

      self->next = self->next->next;
      watcher->func (watcher->user_data, hint);
    }
}

static gboolean
watch_is_new_resume (Watch *self)
{
  gint64 now = pusher_sleep_clock_now ();

  if (self->last_resumed != 0 && now - self->last_resumed < SAME_RESUME)
    return FALSE;

  self->last_resumed = now;

  return TRUE;
}

static gboolean
watch_dispatch (GSource    *source,
                GSourceFunc callback,
                gpointer    user_data)
{
  Watch *self = (Watch *) source;
  guint hints = watch_take_pending (self);

  if (self->clock_tag != NULL && g_source_query_unix_fd (source, self->clock_tag) != 0 &&
      pusher_sleep_clock_has_slept (&self->clock))
    hints |= 1u << PUSHER_HINT_RESUMED;

  if ((hints & (1u << PUSHER_HINT_RESUMED)) != 0 && watch_is_new_resume (self))
    {
      g_debug ("The machine has resumed");
      watch_tell (self, PUSHER_HINT_RESUMED);
    }
  if ((hints & (1u << PUSHER_HINT_NETWORK_CHANGED)) != 0)
    {
      g_debug ("The network has changed");
      watch_tell (self, PUSHER_HINT_NETWORK_CHANGED);
    }

  return G_SOURCE_CONTINUE;
}

static GSourceFuncs watch_funcs = { .dispatch = watch_dispatch };

/* Takes over the reference to context. */
static Watch *
watch_new (GMainContext *context)
{
  GSource *source = g_source_new (&watch_funcs, sizeof (Watch));
  Watch *self = (Watch *) source;

  g_source_set_static_name (source, "pusher-glib watch");
  self->context = context;
  self->link.data = self;
  pusher_sleep_clock_init (&self->clock);
  if (self->clock.fd >= 0)
    self->clock_tag = g_source_add_unix_fd (source, self->clock.fd, G_IO_IN);
  g_source_attach (source, context);

  G_LOCK (watches);
  g_queue_push_tail_link (&watches, &self->link);
  G_UNLOCK (watches);
  pusher_system_news_start (news_cb);

  return self;
}

static void
watch_free (Watch *self)
{
  g_autoptr (GMainContext) context G_GNUC_UNUSED = self->context;

  pusher_system_news_stop ();
  G_LOCK (watches);
  g_queue_unlink (&watches, &self->link);
  G_UNLOCK (watches);

  g_source_destroy (&self->source);
  pusher_sleep_clock_clear (&self->clock);
  g_source_unref (&self->source);
}

static Watch *
find_watch (GMainContext *context)
{
  Watch *found = NULL;

  G_LOCK (watches);
  for (GList *l = watches.head; l != NULL && found == NULL; l = l->next)
    if (((Watch *) l->data)->context == context)
      found = l->data;
  G_UNLOCK (watches);

  return found;
}

void
pusher_watch_join (PusherWatcher  *self,
                   PusherWatchFunc func,
                   gpointer        user_data)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  Watch *watch = find_watch (context);

  g_return_if_fail (self->watch == NULL);

  if (watch == NULL)
    watch = watch_new (g_steal_pointer (&context));

  self->link = (GList) { .data = self };
  self->func = func;
  self->user_data = user_data;
  self->watch = watch;
  g_queue_push_head_link (&watch->watchers, &self->link);
}

void
pusher_watch_leave (PusherWatcher *self)
{
  Watch *watch = self->watch;

  if (watch == NULL)
    return;

  if (watch->next == &self->link)
    watch->next = self->link.next;
  g_queue_unlink (&watch->watchers, &self->link);
  self->watch = NULL;

  if (g_queue_is_empty (&watch->watchers))
    watch_free (watch);
}
