/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "mock-system.h"

#include <glib/gstdio.h>
#include <signal.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

/* --- The network monitor ------------------------------------------------- */

#define MOCK_TYPE_NETWORK_MONITOR (mock_network_monitor_get_type ())
G_DECLARE_FINAL_TYPE (MockNetworkMonitor, mock_network_monitor, MOCK, NETWORK_MONITOR, GObject)

struct _MockNetworkMonitor
{
  GObject parent;
};

enum
{
  PROP_NETWORK_AVAILABLE = 1,
  PROP_NETWORK_METERED,
  PROP_CONNECTIVITY,
};

static MockNetworkMonitor *monitor = NULL;
static GThread *creator = NULL;

static gboolean
mock_network_monitor_initable_init (GInitable    *initable,
                                    GCancellable *cancellable,
                                    GError      **error)
{
  g_assert_null (g_main_context_get_thread_default ());
  creator = g_thread_self ();
  g_atomic_pointer_set (&monitor, MOCK_NETWORK_MONITOR (initable));

  return TRUE;
}

static void
initable_iface_init (GInitableIface *iface)
{
  iface->init = mock_network_monitor_initable_init;
}

static void
network_monitor_iface_init (GNetworkMonitorInterface *iface)
{
}

G_DEFINE_TYPE_WITH_CODE (MockNetworkMonitor, mock_network_monitor, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, initable_iface_init)
                         G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR,
                                                network_monitor_iface_init))

static void
mock_network_monitor_get_property (GObject    *object,
                                   guint       property_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  if (property_id == PROP_CONNECTIVITY)
    g_value_set_enum (value, G_NETWORK_CONNECTIVITY_FULL);
  else
    g_value_set_boolean (value, property_id == PROP_NETWORK_AVAILABLE);
}

static void
mock_network_monitor_class_init (MockNetworkMonitorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = mock_network_monitor_get_property;
  g_object_class_override_property (object_class, PROP_NETWORK_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_NETWORK_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
mock_network_monitor_init (MockNetworkMonitor *self)
{
}

gboolean
mock_network_exists (void)
{
  return g_atomic_pointer_get (&monitor) != NULL;
}

GThread *
mock_network_get_creator (void)
{
  return creator;
}

static gboolean
find_listener (gulong *id)
{
  if (!mock_network_exists ())
    return FALSE;

  *id = g_signal_handler_find (monitor, G_SIGNAL_MATCH_ID | G_SIGNAL_MATCH_UNBLOCKED,
                               g_signal_lookup ("network-changed", G_TYPE_NETWORK_MONITOR), 0,
                               NULL, NULL, NULL);

  return *id != 0;
}

gboolean
mock_network_has_listener (void)
{
  gulong id;

  return find_listener (&id);
}

guint
mock_network_count_listeners (void)
{
  g_autoptr (GArray) blocked = g_array_new (FALSE, FALSE, sizeof (gulong));
  gulong id;

  while (find_listener (&id))
    {
      g_signal_handler_block (monitor, id);
      g_array_append_val (blocked, id);
    }
  for (guint i = 0; i < blocked->len; i++)
    g_signal_handler_unblock (monitor, g_array_index (blocked, gulong, i));

  return blocked->len;
}

void
mock_network_change (void)
{
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
}

/* --- The system bus, with logind ----------------------------------------- */

static char *directory = NULL;
static char *socket_path = NULL;
static char *config_path = NULL;

static const char config_format[] =
  "<busconfig>\n"
  "  <type>custom</type>\n"
  "  <listen>unix:path=%s</listen>\n"
  "  <policy context='default'>\n"
  "    <allow send_destination='*'/>\n"
  "    <allow receive_sender='*'/>\n"
  "    <allow own='*'/>\n"
  "  </policy>\n"
  "</busconfig>\n";

gboolean
mock_bus_is_possible (void)
{
  g_autofree char *program = g_find_program_in_path ("dbus-daemon");

  return program != NULL;
}

const char *
mock_bus_get_path (void)
{
  return socket_path;
}

/* A test that fails leaves no daemon behind. */
static void
end_with_parent (gpointer user_data)
{
#ifdef __linux__
  prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static GDBusConnection *
connect_to_bus (void)
{
  g_autofree char *address = g_strconcat ("unix:path=", socket_path, NULL);
  g_autoptr (GError) error = NULL;
  GDBusConnection *connection =
    g_dbus_connection_new_for_address_sync (address,
                                            G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                              G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
                                            NULL, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static GVariant *
call_bus (GDBusConnection *connection,
          const char      *method,
          GVariant        *parameters,
          const char      *reply_type)
{
  g_autoptr (GError) error = NULL;
  GVariant *reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus",
                                                 "/org/freedesktop/DBus", "org.freedesktop.DBus",
                                                 method, parameters, G_VARIANT_TYPE (reply_type),
                                                 G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);

  return reply;
}

void
mock_bus_start (MockBus *self)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                               G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *config_option = g_strconcat ("--config-file=", config_path, NULL);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;
  char first;

  g_subprocess_launcher_set_child_setup (launcher, end_with_parent, NULL, NULL);
  self->daemon = g_subprocess_launcher_spawn (launcher, &error, "dbus-daemon", "--nofork",
                                              "--nopidfile", "--print-address", config_option,
                                              NULL);
  g_assert_no_error (error);

  /* It listens before it prints the address. */
  g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (self->daemon), &first, 1,
                                        NULL, &error), ==, 1);
  g_assert_no_error (error);

  self->logind = connect_to_bus ();
  self->other = connect_to_bus ();
  reply = call_bus (self->logind, "RequestName",
                    g_variant_new ("(su)", "org.freedesktop.login1", 0), "(u)");
}

void
mock_bus_kill (MockBus *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_force_exit (self->daemon);
  g_subprocess_wait (self->daemon, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->daemon);
  g_unlink (socket_path);
}

static void
clear_connection (GDBusConnection **connection)
{
  g_dbus_connection_close_sync (*connection, NULL, NULL);
  g_clear_object (connection);
}

void
mock_bus_stop (MockBus *self)
{
  clear_connection (&self->logind);
  clear_connection (&self->other);
  if (self->daemon != NULL)
    mock_bus_kill (self);
}

/* When it returns, the bus has passed the signal on. */
void
mock_bus_prepare_for_sleep (GDBusConnection *sender,
                            GVariant        *parameters)
{
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  g_dbus_connection_emit_signal (sender, NULL, "/org/freedesktop/login1",
                                 "org.freedesktop.login1.Manager", "PrepareForSleep", parameters,
                                 &error);
  g_assert_no_error (error);
  reply = call_bus (sender, "GetId", NULL, "(s)");
}

/* But for those of the mock. */
guint
mock_bus_count_connections (MockBus *self)
{
  g_autoptr (GVariant) reply = call_bus (self->other, "ListNames", NULL, "(as)");
  g_autofree const char **names = NULL;
  guint n_connections = 0;

  g_variant_get (reply, "(^a&s)", &names);
  for (gsize i = 0; names[i] != NULL; i++)
    n_connections += names[i][0] == ':';

  return n_connections - 2;
}

/* --- Both ---------------------------------------------------------------- */

void
mock_system_init (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *config = NULL;
  g_autofree char *address = NULL;

  g_setenv ("GIO_USE_NETWORK_MONITOR", "mock", TRUE);
  g_io_extension_point_register (G_NETWORK_MONITOR_EXTENSION_POINT_NAME);
  g_assert_nonnull (g_io_extension_point_implement (G_NETWORK_MONITOR_EXTENSION_POINT_NAME,
                                                    MOCK_TYPE_NETWORK_MONITOR, "mock", 0));

  directory = g_dir_make_tmp ("pusher-glib-XXXXXX", &error);
  g_assert_no_error (error);
  socket_path = g_build_filename (directory, "bus", NULL);
  config_path = g_build_filename (directory, "bus.conf", NULL);
  config = g_strdup_printf (config_format, socket_path);
  g_file_set_contents (config_path, config, -1, &error);
  g_assert_no_error (error);

  address = g_strconcat ("unix:path=", socket_path, NULL);
  g_setenv ("DBUS_SYSTEM_BUS_ADDRESS", address, TRUE);
}

void
mock_system_clear (void)
{
  g_unlink (socket_path);
  g_unlink (config_path);
  g_rmdir (directory);
  g_clear_pointer (&config_path, g_free);
  g_clear_pointer (&socket_path, g_free);
  g_clear_pointer (&directory, g_free);
}
