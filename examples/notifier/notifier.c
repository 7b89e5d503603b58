/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A daemon: shows the events of a channel as notifications on the desktop. It has no
 * window, reads its settings from a file, and runs until it gets SIGTERM. */

#include <pusher-glib/pusher.h>

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>

#define APPLICATION_ID "org.example.PusherNotifier"

/* As in sysexits.h: another try would not help, and the unit asks for none. */
#define EXIT_CONFIG 78

typedef struct
{
  GApplication *application;
  PusherClient *client;
  int status; /* with which the program ends */
} Notifier;

/* --- What it shows ------------------------------------------------------- */

/* A notification with the id of an earlier one takes its place. */
static void
show (Notifier   *self,
      const char *id,
      const char *title,
      const char *body)
{
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_application_send_notification (self->application, id, notification);
}

/* The data is {"title":"…","body":"…"}, with an “id” if one event follows up another. */
static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Notifier      *self)
{
  g_autofree char *id = pusher_event_lookup_string (event, "/id");
  g_autofree char *title = pusher_event_lookup_string (event, "/title");
  g_autofree char *body = pusher_event_lookup_string (event, "/body");

  show (self, id, title != NULL ? title : pusher_event_get_name (event), body);
}

/* After the connection was lost, and is there again. */
static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        Notifier      *self)
{
  g_autofree char *body =
    g_strdup_printf (_("There was no connection for %.0f s."), duration / 1e6);

  show (self, "gap", _("Messages may be missing"), body);
}

/* --- Ends ---------------------------------------------------------------- */

static void
closed_cb (GObject      *client,
           GAsyncResult *result,
           gpointer      user_data)
{
  Notifier *self = user_data;

  pusher_client_close_finish (PUSHER_CLIENT (client), result, NULL);
  g_application_quit (self->application);
}

/* The server hears that the client goes. Another signal does not wait for that. */
static gboolean
signal_cb (gpointer user_data)
{
  Notifier *self = user_data;

  pusher_client_close_async (self->client, NULL, closed_cb, self);

  return G_SOURCE_REMOVE;
}

/* The client connects again by itself after all that may pass. This does not: a wrong key,
 * for example. */
static void
state_changed_cb (PusherClient *client,
                  GParamSpec   *pspec,
                  Notifier     *self)
{
  if (pusher_client_get_state (client) != PUSHER_CONNECTION_STATE_FAILED)
    return;

  self->status = EXIT_CONFIG;
  g_application_quit (self->application);
}

/* Into the journal, if systemd has started it */
static void
error_cb (PusherClient *client,
          const GError *error,
          Notifier     *self)
{
  g_printerr ("%s\n", error->message);
}

/* --- The application ----------------------------------------------------- */

/* In the first instance only: this one has the name on the bus. */
static void
startup_cb (GApplication *application,
            Notifier     *self)
{
  g_application_hold (application);
  g_unix_signal_add (SIGTERM, signal_cb, self);
  g_unix_signal_add (SIGINT, signal_cb, self);
  pusher_client_open (self->client);
}

/* Somebody started it once more: it runs already. */
static void
activate_cb (GApplication *application,
             Notifier     *self)
{
}

static gboolean
set_server (PusherClient *client,
            GKeyFile     *settings,
            GError      **error)
{
  g_autofree char *host = g_key_file_get_string (settings, "server", "host", NULL);
  g_autofree char *endpoint = g_key_file_get_string (settings, "server", "endpoint", NULL);

  pusher_client_set_host (client, host);
  pusher_client_set_port (client, g_key_file_get_integer (settings, "server", "port", NULL));
  if (g_key_file_has_key (settings, "server", "tls", NULL))
    pusher_client_set_use_tls (client, g_key_file_get_boolean (settings, "server", "tls", NULL));

  return endpoint == NULL || pusher_client_use_endpoint (client, endpoint, error);
}

static gboolean
subscribe (Notifier *self,
           GKeyFile *settings,
           GError  **error)
{
  g_autofree char *name = g_key_file_get_string (settings, "notifications", "channel", error);
  g_autofree char *event = NULL;
  g_autofree char *signal = NULL;
  PusherChannel *channel;

  if (name == NULL)
    return FALSE;
  event = g_key_file_get_string (settings, "notifications", "event", error);
  if (event == NULL)
    return FALSE;
  channel = pusher_client_subscribe (self->client, name, error);
  if (channel == NULL)
    return FALSE;

  signal = g_strconcat ("event::", event, NULL);
  g_signal_connect (channel, signal, G_CALLBACK (event_cb), self);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), self);

  return TRUE;
}

static gboolean
load (Notifier   *self,
      const char *path,
      GError    **error)
{
  g_autoptr (GKeyFile) settings = g_key_file_new ();
  g_autofree char *key = NULL;
  g_autofree char *cluster = NULL;

  if (!g_key_file_load_from_file (settings, path, G_KEY_FILE_NONE, error))
    return FALSE;
  key = g_key_file_get_string (settings, "server", "key", error);
  if (key == NULL)
    return FALSE;

  cluster = g_key_file_get_string (settings, "server", "cluster", NULL);
  self->client = pusher_client_new (key, cluster);
  g_signal_connect (self->client, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (self->client, "notify::state", G_CALLBACK (state_changed_cb), self);

  return set_server (self->client, settings, error) && subscribe (self, settings, error);
}

static int
run (Notifier *self,
     char     *name)
{
  int status;

  self->application = g_application_new (APPLICATION_ID, G_APPLICATION_DEFAULT_FLAGS);
  g_signal_connect (self->application, "startup", G_CALLBACK (startup_cb), self);
  g_signal_connect (self->application, "activate", G_CALLBACK (activate_cb), self);
  status = g_application_run (self->application, 1, &name);
  g_object_unref (self->application);

  return status != 0 ? status : self->status;
}

/* Like gettext(1), it can be told where the translations are if they are not installed. */
static void
bind_translations (void)
{
  const char *directory = g_getenv ("TEXTDOMAINDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *path =
    g_build_filename (g_get_user_config_dir (), "pusher-notifier.conf", NULL);
  const GOptionEntry options[] = {
    { "config", 0, 0, G_OPTION_ARG_FILENAME, &path, N_("Settings"), N_("FILE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  Notifier notifier = { NULL };
  int status = EXIT_CONFIG;

  bind_translations ();
  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _("Shows events on the desktop"));
  g_option_context_add_main_entries (context, options, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_printerr ("%s\n", error->message);
  else if (!load (&notifier, path, &error))
    g_printerr ("%s: %s\n", path, error->message);
  else
    status = run (&notifier, argv[0]);
  g_clear_object (&notifier.client);

  return status;
}
