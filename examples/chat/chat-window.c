/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-window.h"

#include "chat-announce.h"
#include "chat-connection-bar.h"
#include "chat-message-row.h"
#include "chat-people-factory.h"

#include <glib/gi18n.h>

struct _ChatWindow
{
  AdwApplicationWindow parent_instance;

  ChatRoom *room;

  AdwToastOverlay *toasts;
  AdwWindowTitle *window_title;
  ChatConnectionBar *connection_bar;
  GtkListView *people;
  GtkListView *messages;
  GtkLabel *typing;
  GtkEntry *entry;
};

G_DEFINE_FINAL_TYPE (ChatWindow, chat_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- Messages ------------------------------------------------------------ */

static void
setup_message_cb (GtkSignalListItemFactory *factory,
                  GtkListItem              *item,
                  ChatWindow               *self)
{
  gtk_list_item_set_child (item, chat_message_row_new ());
}

static void
bind_message_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 ChatWindow               *self)
{
  GtkWidget *row = gtk_list_item_get_child (item);
  ChatMessage *message = gtk_list_item_get_item (item);
  g_autofree char *speech = chat_message_to_speech (message);

  chat_message_row_set_message (CHAT_MESSAGE_ROW (row), message);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (row)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, speech, -1);
}

static gboolean
is_at_end (GtkListView *list)
{
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (list));

  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) + 1 >
         gtk_adjustment_get_upper (adjustment);
}

static void
messages_changed_cb (GListModel *messages,
                     guint       position,
                     guint       n_removed,
                     guint       n_added,
                     ChatWindow *self)
{
  g_autoptr (ChatMessage) message = g_list_model_get_item (messages, position);
  g_autofree char *speech = chat_message_to_speech (message);

  ChatMessageKind kind = chat_message_get_kind (message);
  gboolean own = kind == CHAT_MESSAGE_OWN;
  PusherChannel *channel = PUSHER_CHANNEL (chat_room_get_channel (self->room));

  /* Who reads what was said before is left alone. */
  if (own || is_at_end (self->messages))
    gtk_widget_activate_action (GTK_WIDGET (self->messages), "list.scroll-to-item", "u", position);
  /* What was missed may be too much to be read out. */
  if (kind == CHAT_MESSAGE_NOTICE || (!own && !pusher_channel_get_catching_up (channel)))
    chat_announce (GTK_WIDGET (self), speech);
}

/* --- Writing ------------------------------------------------------------- */

static void
update_send (ChatWindow *self)
{
  GAction *send = g_action_map_lookup_action (G_ACTION_MAP (self), "send");
  PusherChannel *channel = PUSHER_CHANNEL (chat_room_get_channel (self->room));
  gboolean joined = pusher_channel_get_state (channel) == PUSHER_CHANNEL_STATE_SUBSCRIBED;
  gboolean empty = *gtk_editable_get_text (GTK_EDITABLE (self->entry)) == '\0';

  g_simple_action_set_enabled (G_SIMPLE_ACTION (send), joined && !empty);
}

static void
entry_changed_cb (GtkEditable *entry,
                  ChatWindow  *self)
{
  chat_room_set_typing (self->room, *gtk_editable_get_text (entry) != '\0');
  update_send (self);
}

static void
send_text (ChatWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (chat_room_send (self->room, gtk_editable_get_text (GTK_EDITABLE (self->entry)), &error))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  else
    chat_window_add_toast (self, error->message);
}

/* Also while it cannot be sent: then it says why. */
static void
entry_activated_cb (GtkEntry   *entry,
                    ChatWindow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    send_text (self);
}

static void
send_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  ChatWindow *self = user_data;

  send_text (self);
  gtk_entry_grab_focus_without_selecting (self->entry);
}

static void
discard_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  gtk_editable_set_text (GTK_EDITABLE (CHAT_WINDOW (user_data)->entry), "");
}

/* --- The window ---------------------------------------------------------- */

static void
update_subtitle (ChatWindow *self)
{
  PusherClient *client = chat_room_get_client (self->room);
  const char *host = pusher_client_get_host (client);
  const char *cluster = pusher_client_get_cluster (client);
  g_autofree char *subtitle = NULL;

  if (host != NULL && pusher_client_get_port (client) != 0)
    /* Translators: the host of a server, and its port */
    subtitle = g_strdup_printf (_("%s, port %u"), host, pusher_client_get_port (client));
  else
    subtitle = g_strdup (host != NULL ? host : cluster);

  adw_window_title_set_subtitle (self->window_title, subtitle != NULL ? subtitle : "");
}

static gboolean
chat_window_close_request (GtkWindow *window)
{
  chat_room_leave (CHAT_WINDOW (window)->room);

  return GTK_WINDOW_CLASS (chat_window_parent_class)->close_request (window);
}

static void
chat_window_dispose (GObject *object)
{
  g_clear_object (&CHAT_WINDOW (object)->room);

  G_OBJECT_CLASS (chat_window_parent_class)->dispose (object);
}

static void
chat_window_class_init (ChatWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = chat_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = chat_window_close_request;

  g_type_ensure (CHAT_TYPE_CONNECTION_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/PusherChat/chat-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ChatWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ChatWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, ChatWindow, connection_bar);
  gtk_widget_class_bind_template_child (widget_class, ChatWindow, people);
  gtk_widget_class_bind_template_child (widget_class, ChatWindow, messages);
  gtk_widget_class_bind_template_child (widget_class, ChatWindow, typing);
  gtk_widget_class_bind_template_child (widget_class, ChatWindow, entry);
  gtk_widget_class_bind_template_callback (widget_class, setup_message_cb);
  gtk_widget_class_bind_template_callback (widget_class, bind_message_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
}

static void
chat_window_init (ChatWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "send", .activate = send_cb },
    { .name = "discard", .activate = discard_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_room (ChatWindow *self)
{
  PusherClient *client = chat_room_get_client (self->room);
  PusherPresenceChannel *channel = chat_room_get_channel (self->room);
  GListModel *people = g_object_ref (pusher_presence_channel_get_members (channel));
  GListModel *messages = g_object_ref (chat_room_get_messages (self->room));
  g_autoptr (GtkListItemFactory) people_factory = chat_people_factory_new ();
  g_autoptr (GtkSelectionModel) people_model = GTK_SELECTION_MODEL (gtk_no_selection_new (people));
  g_autoptr (GtkSelectionModel) messages_model =
    GTK_SELECTION_MODEL (gtk_no_selection_new (messages));

  gtk_list_view_set_factory (self->people, people_factory);
  gtk_list_view_set_model (self->people, people_model);
  gtk_list_view_set_model (self->messages, messages_model);
  g_signal_connect_object (messages, "items-changed", G_CALLBACK (messages_changed_cb), self,
                           G_CONNECT_AFTER);
  g_object_bind_property (chat_room_get_typists (self->room), "text", self->typing, "label",
                          G_BINDING_SYNC_CREATE);

  g_signal_connect_object (channel, "notify::state", G_CALLBACK (update_send), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (client, "notify", G_CALLBACK (update_subtitle), self, G_CONNECT_SWAPPED);
  chat_connection_bar_set_client (self->connection_bar, client);
  update_send (self);
  update_subtitle (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

GtkWidget *
chat_window_new (GtkApplication *application,
                 ChatRoom       *room)
{
  ChatWindow *self = g_object_new (CHAT_TYPE_WINDOW, "application", application, NULL);

  self->room = g_object_ref (room);
  gtk_window_set_title (GTK_WINDOW (self), chat_room_get_user_name (room));
  show_room (self);

  return GTK_WIDGET (self);
}

ChatRoom *
chat_window_get_room (ChatWindow *self)
{
  return self->room;
}

void
chat_window_add_toast (ChatWindow *self,
                       const char *text)
{
  g_autofree char *markup = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_overlay_add_toast (self->toasts, toast);
  chat_announce (GTK_WIDGET (self), text);
}
