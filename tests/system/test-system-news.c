/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The thread that asks for the system bus registers no types that others need, may be
 * late, and may be missing. */

#define _GNU_SOURCE

#include "system/pusher-system-news-private.h"
#include "system/pusher-watch-private.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Run only in a process of their own. */
#define START "/system-news/subprocess/start"
#define STOP_EARLY "/system-news/subprocess/stop-early"

typedef void (*AddInterface) (GType                 instance_type,
                              GType                 interface_type,
                              const GInterfaceInfo *info);

typedef GThread *(*NewThread) (const char *name,
                               GThreadFunc func,
                               gpointer    data,
                               GError    **error);

typedef GDBusConnection *(*GetBus) (GBusType      bus_type,
                                    GCancellable *cancellable,
                                    GError      **error);
typedef void (*Unsubscribe) (GDBusConnection *bus,
                             guint            id);

static gboolean no_threads;
static GThread *main_thread;
static GThread *news_thread; /* the last one */
static guint n_registered;   /* by other threads; atomic */

/* Atomic, as the next: */
static gboolean hold_bus;
static gboolean found_bus;
static gboolean asked_for_bus;
static guint n_unsubscribed;

/* GIO finds this one instead of GObject's. */
G_MODULE_EXPORT void
g_type_add_interface_static (GType                 instance_type,
                             GType                 interface_type,
                             const GInterfaceInfo *info)
{
  /* No other thread can ask for these two: they are GIO's own. */
  static const char *const private_types[] = { "GSocketInputStream", "GSocketOutputStream", NULL };
  const char *name = g_type_name (instance_type);
  gpointer next = dlsym (RTLD_NEXT, "g_type_add_interface_static");
  AddInterface add_interface;

  if (main_thread != NULL && g_thread_self () != main_thread &&
      !g_strv_contains (private_types, name))
    {
      g_printerr ("%s is registered in a thread\n", name);
      g_atomic_int_inc (&n_registered);
    }

  memcpy (&add_interface, &next, sizeof next);
  add_interface (instance_type, interface_type, info);
}

/* The library finds this one instead of GLib's. */
G_MODULE_EXPORT GThread *
g_thread_try_new (const char *name,
                  GThreadFunc func,
                  gpointer    data,
                  GError    **error)
{
  gpointer next = dlsym (RTLD_NEXT, "g_thread_try_new");
  NewThread new_thread;
  GThread *thread;

  if (no_threads)
    {
      g_set_error_literal (error, G_THREAD_ERROR, G_THREAD_ERROR_AGAIN, "No threads");
      return NULL;
    }

  memcpy (&new_thread, &next, sizeof new_thread);
  thread = new_thread (name, func, data, error);
  if (g_str_equal (name, "pusher-news"))
    news_thread = g_thread_ref (thread);

  return thread;
}

G_MODULE_EXPORT GDBusConnection *
g_bus_get_sync (GBusType      bus_type,
                GCancellable *cancellable,
                GError      **error)
{
  gpointer next = dlsym (RTLD_NEXT, "g_bus_get_sync");
  GDBusConnection *bus;
  GetBus get_bus;

  memcpy (&get_bus, &next, sizeof get_bus);
  bus = get_bus (bus_type, cancellable, error);
  g_atomic_int_set (&found_bus, bus != NULL);
  g_atomic_int_set (&asked_for_bus, TRUE);
  while (g_atomic_int_get (&hold_bus))
    g_thread_yield ();

  return bus;
}

G_MODULE_EXPORT void
g_dbus_connection_signal_unsubscribe (GDBusConnection *bus,
                                      guint            id)
{
  gpointer next = dlsym (RTLD_NEXT, "g_dbus_connection_signal_unsubscribe");
  Unsubscribe unsubscribe;

  g_atomic_int_inc (&n_unsubscribed);
  memcpy (&unsubscribe, &next, sizeof unsubscribe);
  unsubscribe (bus, id);
}

static void
news_cb (PusherHint hint)
{
}

static gboolean
stop_waiting_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Nothing else has asked for a type before. */
static void
start_news (void)
{
  gboolean waited = FALSE;

  main_thread = g_thread_self ();
  pusher_system_news_start (news_cb);
  /* The thread has the main loop make the monitor when it has done all else. */
  g_assert_true (g_main_context_iteration (NULL, TRUE));
  g_idle_add (stop_waiting_cb, &waited);
  while (!waited)
    g_main_context_iteration (NULL, TRUE);
  pusher_system_news_stop ();

  g_assert_cmpuint (g_atomic_int_get (&n_registered), ==, 0);
  g_thread_join (news_thread);
}

/* Nobody hears the news any more when the thread has got the bus. */
static void
stop_early (void)
{
  g_atomic_int_set (&hold_bus, TRUE);
  pusher_system_news_start (news_cb);
  while (!g_atomic_int_get (&asked_for_bus))
    g_thread_yield ();
  pusher_system_news_stop ();
  g_atomic_int_set (&hold_bus, FALSE);
  g_thread_join (news_thread);

  g_assert_false (g_main_context_pending (NULL));
  g_assert_cmpuint (g_atomic_int_get (&n_unsubscribed), ==, g_atomic_int_get (&found_bus));
}

static void
run_elsewhere (const char *test,
               const char *address)
{
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
  g_test_trap_subprocess (test, 0, G_TEST_SUBPROCESS_DEFAULT);
}

static void
test_no_bus (gconstpointer test)
{
  run_elsewhere (test, "unix:path=/nonexistent");
  g_test_trap_assert_passed ();
  run_elsewhere (test, "tcp:host=127.0.0.1,port=1");
  g_test_trap_assert_passed ();
}

static void
test_bus (gconstpointer test)
{
  const char *argv[] = { "dbus-daemon", "--session", "--nofork", "--print-address=1",
                         "--address=unix:tmpdir=/tmp", NULL };
  g_autoptr (GError) error = NULL;
  char address[256] = "";
  GPid pid;
  int output;

  if (!g_spawn_async_with_pipes (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &pid,
                                 NULL, &output, NULL, &error))
    {
      g_assert_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT);
      g_test_skip ("dbus-daemon is not installed");
      return;
    }
  g_assert_cmpint (read (output, address, sizeof address - 1), >, 0);
  g_strchomp (address);
  run_elsewhere (test, address);
  close (output);
  kill (pid, SIGTERM);
  g_test_trap_assert_passed ();
}

/* Without news, and without a leak. */
static void
test_no_thread (void)
{
  no_threads = TRUE;
  pusher_system_news_start (news_cb);
  pusher_system_news_stop ();
  no_threads = FALSE;
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func (START, start_news);
  g_test_add_func (STOP_EARLY, stop_early);
  g_test_add_data_func ("/system-news/no-bus", START, test_no_bus);
  g_test_add_data_func ("/system-news/bus", START, test_bus);
  g_test_add_data_func ("/system-news/stop-early/no-bus", STOP_EARLY, test_no_bus);
  g_test_add_data_func ("/system-news/stop-early/bus", STOP_EARLY, test_bus);
  g_test_add_func ("/system-news/no-thread", test_no_thread);

  return g_test_run ();
}
