/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-connection-bar.h"

#include "chat-announce.h"

#include <glib/gi18n.h>

struct _ChatConnectionBar
{
  AdwBin parent_instance;

  PusherClient *client;
  guint countdown_source;

  GtkWidget *content;
  GtkLabel *title;
  GtkLabel *reason;
  GtkLabel *countdown;
};

G_DEFINE_FINAL_TYPE (ChatConnectionBar, chat_connection_bar, ADW_TYPE_BIN)

/* --- The countdown ------------------------------------------------------- */

static gboolean countdown_cb (gpointer user_data);

static void
update_countdown (ChatConnectionBar *self)
{
  gint64 retry_at = pusher_client_get_retry_at (self->client);
  gint64 left = MAX (retry_at - g_get_monotonic_time (), 0);
  gint64 seconds = (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->countdown_source, g_source_remove);
  gtk_widget_set_visible (GTK_WIDGET (self->countdown), retry_at != 0);
  if (retry_at == 0)
    return;

  text = g_strdup_printf (_("Next attempt in %d s"), (int) seconds);
  gtk_label_set_label (self->countdown, text);

  /* When the number of seconds that are left changes. */
  if (seconds > 0)
    self->countdown_source =
      g_timeout_add ((left - (seconds - 1) * G_USEC_PER_SEC) / 1000 + 1, countdown_cb, self);
}

static gboolean
countdown_cb (gpointer user_data)
{
  ChatConnectionBar *self = user_data;

  self->countdown_source = 0;
  update_countdown (self);

  return G_SOURCE_REMOVE;
}

/* --- The rest ------------------------------------------------------------ */

static const char *
get_title (PusherConnectionState state)
{
  switch (state)
    {
    case PUSHER_CONNECTION_STATE_UNAVAILABLE:
      return _("The server cannot be reached");
    case PUSHER_CONNECTION_STATE_FAILED:
      return _("The server refuses the connection");
    case PUSHER_CONNECTION_STATE_INITIALIZED:
    case PUSHER_CONNECTION_STATE_CONNECTING:
    case PUSHER_CONNECTION_STATE_CONNECTED:
    case PUSHER_CONNECTION_STATE_DISCONNECTED:
    default:
      return _("Not connected");
    }
}

/* Read out when it changes, which the countdown would do too often. */
static void
set_title (ChatConnectionBar *self,
           const char        *title)
{
  if (g_strcmp0 (title, gtk_label_get_label (self->title)) == 0)
    return;

  gtk_label_set_label (self->title, title);
  if (*title != '\0')
    chat_announce (GTK_WIDGET (self), title);
}

static void
update (ChatConnectionBar *self)
{
  PusherConnectionState state = pusher_client_get_state (self->client);
  const GError *error = pusher_client_get_last_error (self->client);
  /* The first attempt is nothing to talk about until it has failed. */
  gboolean in_trouble = state != PUSHER_CONNECTION_STATE_CONNECTED && error != NULL;

  if (in_trouble)
    {
      set_title (self, get_title (state));
      gtk_label_set_label (self->reason, error->message);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->reason), error->message);
    }
  else
    {
      set_title (self, "");
    }

  gtk_widget_set_visible (self->content, in_trouble);
  update_countdown (self);
}

static void
retry_cb (GtkButton         *button,
          ChatConnectionBar *self)
{
  /* The one goes on where the client is trying, the other where it gave up. */
  pusher_client_reconnect_now (self->client);
  pusher_client_open (self->client);
}

static void
chat_connection_bar_dispose (GObject *object)
{
  ChatConnectionBar *self = CHAT_CONNECTION_BAR (object);

  g_clear_handle_id (&self->countdown_source, g_source_remove);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);

  G_OBJECT_CLASS (chat_connection_bar_parent_class)->dispose (object);
}

static void
chat_connection_bar_class_init (ChatConnectionBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chat_connection_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/PusherChat/chat-connection-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ChatConnectionBar, content);
  gtk_widget_class_bind_template_child (widget_class, ChatConnectionBar, title);
  gtk_widget_class_bind_template_child (widget_class, ChatConnectionBar, reason);
  gtk_widget_class_bind_template_child (widget_class, ChatConnectionBar, countdown);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
}

static void
chat_connection_bar_init (ChatConnectionBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Once. */
void
chat_connection_bar_set_client (ChatConnectionBar *self,
                                PusherClient      *client)
{
  self->client = g_object_ref (client);
  g_signal_connect_swapped (client, "notify::state", G_CALLBACK (update), self);
  g_signal_connect_swapped (client, "notify::last-error", G_CALLBACK (update), self);
  g_signal_connect_swapped (client, "notify::retry-at", G_CALLBACK (update), self);
  update (self);
}
