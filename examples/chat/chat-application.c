/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-application.h"

#include "chat-options.h"
#include "chat-preferences.h"
#include "chat-window.h"

#include <pusher-glib/testing/pusher-test.h>

struct _ChatApplication
{
  AdwApplication parent_instance;

  ChatSettings *settings;
  PusherTestServer *server;      /* once it is needed */
  ChatSettings *server_settings; /* how to reach it */
  guint n_rooms;
};

G_DEFINE_FINAL_TYPE (ChatApplication, chat_application, ADW_TYPE_APPLICATION)

static void
tell (ChatApplication *self,
      const char      *text)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (CHAT_IS_WINDOW (l->data))
      chat_window_add_toast (l->data, text);
}

/* --- The built-in server ------------------------------------------------- */

static gboolean
start_server (ChatApplication *self,
              GError         **error)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "server-running");
  g_autoptr (PusherTestServer) server =
    self->server != NULL ? g_object_ref (self->server) : pusher_test_server_new ();
  PusherTestStore *store;
  g_autofree char *history = NULL;

  if (!pusher_test_server_start (server, error))
    return FALSE;

  /* As long as the server is there, it knows what was said. */
  store = pusher_test_server_get_store (server);
  pusher_test_store_keep (store, CHAT_ROOM_CHANNEL);
  history = g_strconcat (pusher_test_store_get_endpoint (store), "{?channel,after,last}", NULL);
  g_set_object (&self->server, server);
  g_object_set (self->server_settings,
                "host", "127.0.0.1",
                "port", pusher_test_server_get_port (self->server),
                "use-tls", FALSE,
                "key", pusher_test_server_get_key (self->server),
                "secret", pusher_test_server_get_secret (self->server),
                "history", history,
                NULL);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), TRUE);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (TRUE));

  return TRUE;
}

static void
change_server_running_cb (GSimpleAction *action,
                          GVariant      *state,
                          gpointer       user_data)
{
  ChatApplication *self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_variant_get_boolean (state))
    {
      pusher_test_server_stop (self->server);
      g_simple_action_set_state (action, state);
    }
  else if (!start_server (self, &error))
    {
      tell (self, error->message);
    }
}

/* --- Rooms and windows --------------------------------------------------- */

static void
enter (ChatApplication *self,
       ChatWindow      *window)
{
  g_autoptr (GError) error = NULL;
  gboolean embedded;

  g_object_get (self->settings, "embedded", &embedded, NULL);
  if ((embedded && self->server == NULL && !start_server (self, &error)) ||
      !chat_room_open (chat_window_get_room (window),
                       embedded ? self->server_settings : self->settings, &error))
    chat_window_add_toast (window, error->message);
}

static void
open_window (ChatApplication *self,
             const char      *user_name)
{
  g_autoptr (ChatRoom) room = chat_room_new (user_name);
  GtkWidget *window = chat_window_new (GTK_APPLICATION (self), room);

  self->n_rooms++;
  enter (self, CHAT_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_named_window (ChatApplication *self,
                   const char      *user_name)
{
  g_autofree char *own_name = NULL;
  g_autofree char *numbered = NULL;

  g_object_get (self->settings, "name", &own_name, NULL);
  if (self->n_rooms > 0)
    numbered = g_strdup_printf ("%s %u", own_name, self->n_rooms + 1);

  if (user_name == NULL)
    user_name = numbered != NULL ? numbered : own_name;
  open_window (self, user_name);
}

static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  open_named_window (user_data, NULL);
}

/* --- Preferences --------------------------------------------------------- */

static void
preferences_applied_cb (ChatPreferences *preferences,
                        ChatApplication *self)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  if (!chat_settings_save (self->settings, &error))
    tell (self, error->message);

  for (GList *l = windows; l != NULL; l = l->next)
    if (CHAT_IS_WINDOW (l->data))
      enter (self, l->data);
}

static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  ChatApplication *self = user_data;
  GtkWidget *preferences = chat_preferences_new (self->settings);

  gtk_window_set_transient_for (GTK_WINDOW (preferences),
                                gtk_application_get_active_window (GTK_APPLICATION (self)));
  g_signal_connect_object (preferences, "applied", G_CALLBACK (preferences_applied_cb), self, 0);
  gtk_window_present (GTK_WINDOW (preferences));
}

/* --- Starting ------------------------------------------------------------ */

/* Whoever names a server is not sent to a process that uses another one. */
static int
chat_application_handle_local_options (GApplication *app,
                                       GVariantDict *dict)
{
  if (g_variant_dict_contains (dict, "key"))
    g_application_set_flags (app, g_application_get_flags (app) | G_APPLICATION_NON_UNIQUE);

  return -1;
}

static int
chat_application_command_line (GApplication            *app,
                               GApplicationCommandLine *command_line)
{
  ChatApplication *self = CHAT_APPLICATION (app);
  GVariantDict *dict = g_application_command_line_get_options_dict (command_line);
  const char *name = NULL;

  if (self->n_rooms == 0)
    chat_options_apply (dict, self->settings);
  g_variant_dict_lookup (dict, "name", "&s", &name);
  open_named_window (self, name);

  return 0;
}

static void
chat_application_startup (GApplication *app)
{
  static const GActionEntry actions[] = {
    { .name = "new-window", .activate = new_window_cb },
    { .name = "server-running", .state = "false", .change_state = change_server_running_cb },
    { .name = "preferences", .activate = preferences_cb },
  };
  ChatApplication *self = CHAT_APPLICATION (app);
  GtkApplication *gtk_app = GTK_APPLICATION (app);
  GAction *server_running;

  G_APPLICATION_CLASS (chat_application_parent_class)->startup (app);

  g_action_map_add_action_entries (G_ACTION_MAP (app), actions, G_N_ELEMENTS (actions), app);
  server_running = g_action_map_lookup_action (G_ACTION_MAP (app), "server-running");
  g_simple_action_set_enabled (G_SIMPLE_ACTION (server_running), FALSE);
  gtk_application_set_accels_for_action (gtk_app, "app.new-window",
                                         (const char *[]){ "<Control>n", NULL });
  gtk_application_set_accels_for_action (gtk_app, "app.preferences",
                                         (const char *[]){ "<Control>comma", NULL });
  gtk_application_set_accels_for_action (gtk_app, "window.close",
                                         (const char *[]){ "<Control>w", NULL });

  chat_settings_load (self->settings);
}

static void
chat_application_finalize (GObject *object)
{
  ChatApplication *self = CHAT_APPLICATION (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->server_settings);
  g_clear_object (&self->server);

  G_OBJECT_CLASS (chat_application_parent_class)->finalize (object);
}

static void
chat_application_class_init (ChatApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = chat_application_finalize;
  app_class->handle_local_options = chat_application_handle_local_options;
  app_class->command_line = chat_application_command_line;
  app_class->startup = chat_application_startup;
}

static void
chat_application_init (ChatApplication *self)
{
  chat_options_add_to (G_APPLICATION (self));
  self->settings = chat_settings_new ();
  self->server_settings = chat_settings_new ();
}

ChatApplication *
chat_application_new (void)
{
  return g_object_new (CHAT_TYPE_APPLICATION,
                       "application-id", "org.example.PusherChat",
                       "flags", G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
