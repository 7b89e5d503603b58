/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The thread that asks for the system bus registers no types that others need. */

#define _GNU_SOURCE

#include "system/pusher-system-news-private.h"
#include "system/pusher-watch-private.h"

#include <dlfcn.h>
#include <gmodule.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Runs only in a process of its own. */
#define START "/system-news/subprocess/start"

typedef void (*AddInterface) (GType                 instance_type,
                              GType                 interface_type,
                              const GInterfaceInfo *info);

static GThread *main_thread;
static guint n_registered; /* by other threads; atomic */

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
}

static void
start_elsewhere (const char *address)
{
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
  g_test_trap_subprocess (START, 0, G_TEST_SUBPROCESS_DEFAULT);
}

static void
test_no_bus (void)
{
  start_elsewhere ("unix:path=/nonexistent");
  g_test_trap_assert_passed ();
  start_elsewhere ("tcp:host=127.0.0.1,port=1");
  g_test_trap_assert_passed ();
}

static void
test_bus (void)
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
  start_elsewhere (address);
  close (output);
  kill (pid, SIGTERM);
  g_test_trap_assert_passed ();
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func (START, start_news);
  g_test_add_func ("/system-news/no-bus", test_no_bus);
  g_test_add_func ("/system-news/bus", test_bus);

  return g_test_run ();
}
