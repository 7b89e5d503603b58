/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Resume from suspend, as logind tells of it, and what becomes of the system bus. */

#include "config.h"

#include "hint-listener.h"
#include "mock-system.h"
#include "system/pusher-sleep-clock-private.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

static GDBusConnection *
get_shared_bus (void)
{
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_sync (G_BUS_TYPE_SYSTEM, NULL, &error);

  g_assert_no_error (error);

  return bus;
}

/* Until what the library sent has arrived, and so has what was sent to it. */
static void
sync_bus (void)
{
  g_autoptr (GDBusConnection) bus = get_shared_bus ();
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "GetId", NULL, NULL,
                                       G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  settle ();
}

static void
prepare_for_sleep (GDBusConnection *sender,
                   const char      *parameters)
{
  mock_bus_prepare_for_sleep (sender, g_variant_new_parsed (parameters));
  sync_bus ();
}

static void
bus_set_up (MockBus      *bus,
            gconstpointer user_data)
{
  pusher_sleep_clock_set_source (&virtual_clock);
  mock_bus_start (bus);
}

static gboolean
is_gone (GWeakRef *ref)
{
  g_autoptr (GObject) object = g_weak_ref_get (ref);

  return object == NULL;
}

/* Leaves nothing behind that would keep the connection. */
static void
bus_tear_down (MockBus      *bus,
               gconstpointer user_data)
{
  g_autoptr (GDBusConnection) shared = NULL;
  GWeakRef ref;

  wait_until_deaf ();
  if (bus->daemon != NULL)
    shared = get_shared_bus ();
  g_weak_ref_init (&ref, shared);
  if (shared != NULL)
    g_dbus_connection_set_exit_on_close (shared, FALSE);
  g_clear_object (&shared);
  poll_until (is_gone (&ref));
  g_weak_ref_clear (&ref);

  mock_bus_stop (bus);
  pusher_sleep_clock_set_source (NULL);
}

static void
test_logind (MockBus      *bus,
             gconstpointer user_data)
{
  Listener first = { 0 }, second = { 0 };

  listener_join_and_wait (&first);
  listener_join (&second);
  sync_bus ();

  g_test_message ("Before suspend, and after it");
  prepare_for_sleep (bus->logind, "(true,)");
  listener_assert (&first, 0, 0);
  prepare_for_sleep (bus->logind, "(false,)");
  listener_assert (&first, 0, 1);
  listener_assert (&second, 0, 1);

  g_test_message ("Told again of the same");
  awake += SECONDS (0.9);
  prepare_for_sleep (bus->logind, "(false,)");
  listener_assert (&first, 0, 1);

  g_test_message ("Another one");
  awake += SECONDS (0.1);
  prepare_for_sleep (bus->logind, "(false,)");
  listener_assert (&first, 0, 2);

  g_test_message ("Nonsense");
  awake += SECONDS (100);
  prepare_for_sleep (bus->logind, "('false',)");
  prepare_for_sleep (bus->logind, "()");
  prepare_for_sleep (bus->logind, "(0, false)");
  listener_assert (&first, 0, 2);

  g_test_message ("Not logind");
  prepare_for_sleep (bus->other, "(false,)");
  listener_assert (&first, 0, 2);

  listener_leave (&first);
  prepare_for_sleep (bus->logind, "(false,)");
  listener_assert (&first, 0, 2);
  listener_assert (&second, 0, 3);
  listener_leave (&second);
}

/* The clock and logind tell of the same resume. */
static void
test_logind_and_clock (MockBus      *bus,
                       gconstpointer user_data)
{
#ifdef HAVE_TIMERFD_CANCEL
  Listener listener = { 0 };

  listener_join_and_wait (&listener);
  sync_bus ();
  asleep += SECONDS (3600);
  wake_up ();
  listener_assert (&listener, 0, 1);
  prepare_for_sleep (bus->logind, "(false,)");
  listener_assert (&listener, 0, 1);
  listener_leave (&listener);
#endif
}

/* All contexts together have one connection. */
static void
test_logind_in_threads (MockBus      *bus,
                        gconstpointer user_data)
{
  Listener listeners[10] = { 0 };
  GThread *threads[2];

  listen_in_threads (threads, PUSHER_HINT_RESUMED);
  for (guint i = 0; i < 10; i++)
    listener_join_and_wait (&listeners[i]);
  sync_bus ();
  g_assert_cmpuint (mock_bus_count_connections (bus), ==, 1);

  prepare_for_sleep (bus->logind, "(false,)");
  for (guint i = 0; i < 2; i++)
    g_thread_join (threads[i]);
  for (guint i = 0; i < 10; i++)
    {
      listener_assert (&listeners[i], 0, 1);
      listener_leave (&listeners[i]);
    }
}

static void
closed_cb (GDBusConnection *bus,
           gboolean         vanished,
           const GError    *error,
           gpointer         closed)
{
  g_assert_true (vanished);
  *(gboolean *) closed = TRUE;
}

/* The program goes on, and so do the other hints. */
static void
test_bus_closes (MockBus      *bus,
                 gconstpointer user_data)
{
  g_autoptr (GDBusConnection) shared = NULL;
  Listener listener = { 0 };
  gboolean closed = FALSE;
  GWeakRef ref;

  listener_join_and_wait (&listener);
  shared = get_shared_bus ();
  g_assert_false (g_dbus_connection_get_exit_on_close (shared));
  g_signal_connect (shared, "closed", G_CALLBACK (closed_cb), &closed);
  mock_bus_kill (bus);
  wait_until (closed);
  settle ();

  change_network ();
  listener_assert (&listener, 1, 0);

  /* Also for what joins now. */
  listener_leave (&listener);
  wait_until_deaf ();
  g_assert_true (g_dbus_connection_is_closed (shared));
  listener_join_and_wait (&listener);
  change_network ();
  listener_assert (&listener, 2, 0);
  listener_leave (&listener);
  wait_until_deaf ();

  g_weak_ref_init (&ref, shared);
  g_clear_object (&shared);
  poll_until (is_gone (&ref));
  g_weak_ref_clear (&ref);
}

static void
test_bus_comes_back (MockBus      *bus,
                     gconstpointer user_data)
{
  MockBus next = { 0 };
  Listener listener = { 0 };

  test_bus_closes (bus, user_data);
  mock_bus_start (&next);
  listener_join_and_wait (&listener);
  sync_bus ();
  prepare_for_sleep (next.logind, "(false,)");
  listener_assert (&listener, 0, 1);
  listener_leave (&listener);
  bus_tear_down (&next, user_data);
}

static void
store_connection_cb (GObject      *source,
                     GAsyncResult *result,
                     gpointer      user_data)
{
  GSocketConnection **connection = user_data;
  g_autoptr (GError) error = NULL;

  *connection = g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);
  g_assert_no_error (error);
}

static gboolean
has_ended (GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  char buffer[256];

  g_socket_set_blocking (socket, FALSE);

  return g_socket_receive (socket, buffer, sizeof buffer, NULL, NULL) == 0;
}

/* It accepts connections and says nothing. */
static void
test_bus_hangs (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (mock_bus_get_path ());
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GError) error = NULL;
  Listener watcher = { 0 };

  g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, &error);
  g_assert_no_error (error);
  g_socket_listener_accept_async (listener, NULL, store_connection_cb, &connection);

  listener_join (&watcher);
  wait_until (connection != NULL);
  g_assert_false (has_ended (connection));
  listener_leave (&watcher);
  poll_until (has_ended (connection));

  g_socket_listener_close (listener);
  g_unlink (mock_bus_get_path ());
}

static void
test_no_daemon (void)
{
  g_test_skip ("There is no dbus-daemon");
}

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  mock_system_init ();

#define add(path, test) \
  g_test_add ("/logind/" path, MockBus, NULL, bus_set_up, test, bus_tear_down)
  if (mock_bus_is_possible ())
    {
      add ("resume", test_logind);
      add ("clock", test_logind_and_clock);
      add ("threads", test_logind_in_threads);
      add ("bus/closes", test_bus_closes);
      add ("bus/comes-back", test_bus_comes_back);
    }
  else
    {
      g_test_add_func ("/logind/resume", test_no_daemon);
    }
  g_test_add_func ("/logind/bus/hangs", test_bus_hangs);

  status = g_test_run ();
  mock_system_clear ();

  return status;
}
