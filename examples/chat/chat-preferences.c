/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-preferences.h"

struct _ChatPreferences
{
  AdwPreferencesWindow parent_instance;

  ChatSettings *settings;
  gboolean changed;

  GtkWidget *name;
  GtkWidget *embedded;
  GtkWidget *key;
  GtkWidget *cluster;
  GtkWidget *host;
  GtkSpinButton *port;
  GtkWidget *use_tls;
  GtkWidget *endpoint;
  GtkWidget *secret;
  GtkWidget *history;
};

G_DEFINE_FINAL_TYPE (ChatPreferences, chat_preferences, ADW_TYPE_PREFERENCES_WINDOW)

static guint applied_signal;

static gboolean
chat_preferences_close_request (GtkWindow *window)
{
  ChatPreferences *self = CHAT_PREFERENCES (window);

  /* What was typed last it has not taken yet. */
  gtk_spin_button_update (self->port);
  if (self->changed)
    g_signal_emit (self, applied_signal, 0);
  self->changed = FALSE;

  return GTK_WINDOW_CLASS (chat_preferences_parent_class)->close_request (window);
}

static void
chat_preferences_dispose (GObject *object)
{
  g_clear_object (&CHAT_PREFERENCES (object)->settings);

  G_OBJECT_CLASS (chat_preferences_parent_class)->dispose (object);
}

static void
chat_preferences_class_init (ChatPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chat_preferences_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = chat_preferences_close_request;

  applied_signal = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                 NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/PusherChat/chat-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, name);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, embedded);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, key);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, cluster);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, host);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, port);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, use_tls);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, endpoint);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, secret);
  gtk_widget_class_bind_template_child (widget_class, ChatPreferences, history);
}

static void
chat_preferences_init (ChatPreferences *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
changed_cb (ChatPreferences *self)
{
  self->changed = TRUE;
}

static void
bind (ChatPreferences *self,
      const char      *setting,
      GtkWidget       *widget,
      const char      *property)
{
  g_object_bind_property (self->settings, setting, widget, property,
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

GtkWidget *
chat_preferences_new (ChatSettings *settings)
{
  ChatPreferences *self = g_object_new (CHAT_TYPE_PREFERENCES, NULL);

  self->settings = g_object_ref (settings);
  bind (self, "name", self->name, "text");
  bind (self, "embedded", self->embedded, "active");
  bind (self, "key", self->key, "text");
  bind (self, "cluster", self->cluster, "text");
  bind (self, "host", self->host, "text");
  bind (self, "port", GTK_WIDGET (self->port), "value");
  bind (self, "use-tls", self->use_tls, "active");
  bind (self, "endpoint", self->endpoint, "text");
  bind (self, "secret", self->secret, "text");
  bind (self, "history", self->history, "text");
  g_signal_connect_object (settings, "notify", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}
