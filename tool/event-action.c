/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "event-action.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "job.h"
#include "output.h"

/* Events that wait for the command of an earlier one. */
#define MAX_WAITING 10000

#define BUS_NAME "org.freedesktop.Notifications"
#define BUS_PATH "/org/freedesktop/Notifications"

struct _ToolEventAction
{
  GStrv command;
  GQueue waiting; /* of PusherEvent */
  guint64 n_dropped;
  GCancellable *cancellable; /* set while a command runs */

  void (*finished) (gpointer user_data);
  gpointer user_data;

  GDBusConnection *bus;
};

static void run_next (ToolEventAction *self);

static void
ended_cb (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  ToolEventAction *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean succeeded = g_subprocess_wait_check_finish (G_SUBPROCESS (object), result, &error);

  /* Then the action is freed. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!succeeded)
    tool_say ("* %s: %s", self->command[0], error->message);
  g_clear_object (&self->cancellable);
  run_next (self);
}

static GStrv
make_command (ToolEventAction *self,
              PusherEvent     *event)
{
  const char *data = pusher_event_get_data (event);
  GStrv command = g_strdupv (self->command);

  for (guint i = 0; command[i] != NULL; i++)
    {
      g_autoptr (GString) argument = g_string_new (command[i]);

      g_string_replace (argument, "{}", data != NULL ? data : "", 0);
      g_free (command[i]);
      command[i] = g_string_free (g_steal_pointer (&argument), FALSE);
    }

  return command;
}

static void
run_command (ToolEventAction *self,
             PusherEvent     *event)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) command = make_command (self, event);
  const char *channel = pusher_event_get_channel_name (event);

  g_subprocess_launcher_setenv (launcher, "PUSHER_EVENT", pusher_event_get_name (event), TRUE);
  g_subprocess_launcher_setenv (launcher, "PUSHER_CHANNEL", channel != NULL ? channel : "", TRUE);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) command, &error);
  if (process == NULL)
    {
      tool_say ("* %s", error->message);
      return;
    }

  self->cancellable = g_cancellable_new ();
  g_subprocess_wait_check_async (process, self->cancellable, ended_cb, self);
}

/* One at a time, so that they have the order of the events. */
static void
run_next (ToolEventAction *self)
{
  while (self->cancellable == NULL && !g_queue_is_empty (&self->waiting))
    {
      g_autoptr (PusherEvent) event = g_queue_pop_head (&self->waiting);

      run_command (self, event);
    }

  if (self->cancellable == NULL && self->finished != NULL)
    self->finished (self->user_data);
}

static void
enqueue (ToolEventAction *self,
         PusherEvent     *event)
{
  if (g_queue_get_length (&self->waiting) == MAX_WAITING)
    {
      g_object_unref (g_queue_pop_head (&self->waiting));
      if (self->n_dropped++ == 0)
        tool_say (_("* “%s” is too slow: the oldest events are given up"), self->command[0]);
    }
  g_queue_push_tail (&self->waiting, g_object_ref (event));
  run_next (self);
}

/* --- Notifications ------------------------------------------------------- */

static void
notified_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply =
    g_dbus_connection_call_finish (G_DBUS_CONNECTION (object), result, &error);

  if (reply == NULL)
    tool_say ("* %s", error->message);
}

static void
notify (ToolEventAction *self,
        PusherEvent     *event)
{
  const char *data = pusher_event_get_data (event);
  g_autofree char *title = tool_output_printable (pusher_event_get_name (event));
  g_autofree char *plain = tool_output_printable (data != NULL ? data : "");
  /* Notifications have markup. */
  g_autofree char *body = g_markup_escape_text (plain, -1);
  GVariantBuilder actions = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("as"));
  GVariantBuilder hints = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{sv}"));

  g_dbus_connection_call (self->bus, BUS_NAME, BUS_PATH, BUS_NAME, "Notify",
                          g_variant_new ("(susssasa{sv}i)", "pusher-glib", 0, "", title, body,
                                         &actions, &hints, -1),
                          G_VARIANT_TYPE ("(u)"), G_DBUS_CALL_FLAGS_NONE, -1, NULL, notified_cb,
                          NULL);
}

/* --- Its life ------------------------------------------------------------ */

ToolEventAction *
tool_event_action_new (const char *command,
                       gboolean    with_notifications,
                       GError    **error)
{
  ToolEventAction *self = g_new0 (ToolEventAction, 1);

  g_queue_init (&self->waiting);
  if ((command != NULL && !g_shell_parse_argv (command, NULL, &self->command, error)) ||
      (with_notifications &&
       (self->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, error)) == NULL))
    {
      tool_event_action_free (self);
      return NULL;
    }

  return self;
}

void
tool_event_action_run (ToolEventAction *self,
                       PusherEvent     *event)
{
  if (self->command != NULL)
    enqueue (self, event);
  if (self->bus != NULL)
    notify (self, event);
}

void
tool_event_action_finish (ToolEventAction *self,
                          void           (*finished) (gpointer user_data),
                          gpointer         user_data)
{
  self->finished = finished;
  self->user_data = user_data;
  run_next (self);
}

void
tool_event_action_free (ToolEventAction *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_object (&self->bus);
  g_strfreev (self->command);
  g_free (self);
}
