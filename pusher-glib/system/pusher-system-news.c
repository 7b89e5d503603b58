/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-system-news-private.h"

/* The system bus is asked for in a thread of its own, because it may take its time;
 * the thread has no main context but the global default one, where the connection
 * then lives. It would die with any other.
 *
 * The network monitor is made in the global default context as well, but by the
 * thread that runs it: the first to ask for one of GIO's defaults loads its module,
 * which may ask for another, and two threads that do so at the same time can wait
 * for each other for ever. */
typedef struct
{
  PusherSystemNewsFunc func;
  GCancellable *cancellable;

  /* The thread's own until it has told that it is ready */
  GDBusConnection *bus; /* nullable */
  guint prepare_for_sleep;

  /* Under the lock */
  gboolean ready;
  gboolean stopped;
  GSource *network_source;  /* nullable: is going to make the monitor */
  GNetworkMonitor *monitor; /* nullable */
  gulong network_changed;
} News;

G_LOCK_DEFINE_STATIC (news);
static News *current = NULL;
static guint n_users = 0;

static void
news_clear (gpointer data)
{
  News *self = data;

  g_clear_object (&self->bus);
  g_clear_object (&self->monitor);
  g_clear_object (&self->cancellable);
}

static void
news_unref (News *self)
{
  g_atomic_rc_box_release_full (self, news_clear);
}

/* The callbacks may still be called once after this, in another thread. They use
 * nothing that is freed. */
static void
news_disconnect (News *self)
{
  if (self->bus != NULL)
    g_dbus_connection_signal_unsubscribe (self->bus, self->prepare_for_sleep);
}

static void
network_changed_cb (GNetworkMonitor *monitor,
                    gboolean         available,
                    gpointer         func)
{
  ((PusherSystemNewsFunc) func) (PUSHER_HINT_NETWORK_CHANGED);
}

static void
prepare_for_sleep_cb (GDBusConnection *bus,
                      const char      *sender,
                      const char      *path,
                      const char      *interface,
                      const char      *signal,
                      GVariant        *parameters,
                      gpointer         func)
{
  gboolean before = TRUE;

  if (g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(b)")))
    g_variant_get (parameters, "(b)", &before);
  if (!before)
    ((PusherSystemNewsFunc) func) (PUSHER_HINT_RESUMED);
}

static void
listen_to_logind (News *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, self->cancellable, &error);

  if (bus == NULL)
    {
      g_debug ("No system bus: %s", error->message);
      return;
    }

  /* It is not for this library to end the program. */
  g_dbus_connection_set_exit_on_close (bus, FALSE);

  /* GDBus has a critical warning for subscribing to a closed one. */
  if (g_dbus_connection_is_closed (bus))
    return;

  self->prepare_for_sleep =
    g_dbus_connection_signal_subscribe (bus,
                                        "org.freedesktop.login1",
                                        "org.freedesktop.login1.Manager",
                                        "PrepareForSleep",
                                        "/org/freedesktop/login1",
                                        NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE,
                                        prepare_for_sleep_cb, self->func, NULL);
  self->bus = g_steal_pointer (&bus);
}

/* The proxy resolver comes first, because its module may ask for the network
 * monitor, as that of libproxy does. */
static gboolean
listen_to_network_cb (gpointer data)
{
  News *self = data;
  GNetworkMonitor *monitor;

  g_proxy_resolver_get_default ();
  monitor = g_network_monitor_get_default ();

  G_LOCK (news);
  g_clear_pointer (&self->network_source, g_source_unref);
  if (!self->stopped)
    {
      self->monitor = g_object_ref (monitor);
      self->network_changed = g_signal_connect (monitor, "network-changed",
                                                G_CALLBACK (network_changed_cb), self->func);
    }
  G_UNLOCK (news);

  return G_SOURCE_REMOVE;
}

/* Under the lock */
static void
listen_to_network (News *self)
{
  self->network_source = g_idle_source_new ();
  g_source_set_priority (self->network_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (self->network_source, listen_to_network_cb,
                         g_atomic_rc_box_acquire (self), (GDestroyNotify) news_unref);
  g_source_attach (self->network_source, NULL);
}

static gpointer
listen_thread (gpointer data)
{
  News *self = data;
  gboolean stopped;

  listen_to_logind (self);

  G_LOCK (news);
  self->ready = TRUE;
  stopped = self->stopped;
  if (!stopped)
    listen_to_network (self);
  G_UNLOCK (news);

  if (stopped)
    news_disconnect (self);
  news_unref (self);

  return NULL;
}

/* A thread that registers a type with interfaces waits for all initialisations of
 * classes to be over, and an initialisation waits for the types that it asks for: in
 * two threads, one of them may wait for the other for ever (that of SoupSession for
 * GSocketAddress, say). So the types that the thread and others need are there
 * before the thread is. */
static void
register_types (void)
{
  g_type_ensure (G_TYPE_BUFFERED_INPUT_STREAM);
  g_type_ensure (G_TYPE_DATA_INPUT_STREAM);
  g_type_ensure (G_TYPE_DATA_OUTPUT_STREAM);
  g_type_ensure (G_TYPE_DBUS_CONNECTION);
  g_type_ensure (G_TYPE_DBUS_PROXY);
  g_type_ensure (G_TYPE_INET_SOCKET_ADDRESS);
  g_type_ensure (G_TYPE_MEMORY_INPUT_STREAM);
  g_type_ensure (G_TYPE_MEMORY_OUTPUT_STREAM);
  g_type_ensure (G_TYPE_NETWORK_ADDRESS);
  g_type_ensure (G_TYPE_NETWORK_SERVICE);
  g_type_ensure (G_TYPE_SIMPLE_ASYNC_RESULT);
  g_type_ensure (G_TYPE_SOCKET);
  g_type_ensure (G_TYPE_SOCKET_ADDRESS);
  g_type_ensure (G_TYPE_TASK);
  g_type_ensure (G_TYPE_UNIX_SOCKET_ADDRESS);
}

static News *
news_new (PusherSystemNewsFunc func)
{
  News *self = g_atomic_rc_box_new0 (News);
  g_autoptr (GError) error = NULL;
  GThread *thread;

  self->func = func;
  self->cancellable = g_cancellable_new ();

  register_types ();
  thread = g_thread_try_new ("pusher-news", listen_thread, g_atomic_rc_box_acquire (self),
                             &error);
  if (thread != NULL)
    {
      g_thread_unref (thread);
    }
  else
    {
      g_debug ("No news of the system: %s", error->message);
      news_unref (self);
    }

  return self;
}

static void
news_stop (News *self)
{
  g_autoptr (GSource) network_source = NULL;
  gboolean ready;

  G_LOCK (news);
  self->stopped = TRUE;
  ready = self->ready;
  network_source = g_steal_pointer (&self->network_source);
  G_UNLOCK (news);

  if (network_source != NULL)
    g_source_destroy (network_source);
  if (self->monitor != NULL)
    g_signal_handler_disconnect (self->monitor, self->network_changed);
  g_cancellable_cancel (self->cancellable);
  if (ready)
    news_disconnect (self);
  news_unref (self);
}

void
pusher_system_news_start (PusherSystemNewsFunc func)
{
  G_LOCK (news);
  if (n_users++ == 0)
    current = news_new (func);
  G_UNLOCK (news);
}

void
pusher_system_news_stop (void)
{
  News *stopped = NULL;

  G_LOCK (news);
  if (--n_users == 0)
    stopped = g_steal_pointer (&current);
  G_UNLOCK (news);

  if (stopped != NULL)
    news_stop (stopped);
}
