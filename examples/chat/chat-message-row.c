/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-message-row.h"

struct _ChatMessageRow
{
  AdwBin parent_instance;

  GtkWidget *bubble;
  GtkWidget *header;
  GtkLabel *author;
  GtkLabel *time;
  GtkLabel *text;
};

G_DEFINE_FINAL_TYPE (ChatMessageRow, chat_message_row, ADW_TYPE_BIN)

static void
chat_message_row_class_init (ChatMessageRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/example/PusherChat/chat-message-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ChatMessageRow, bubble);
  gtk_widget_class_bind_template_child (widget_class, ChatMessageRow, header);
  gtk_widget_class_bind_template_child (widget_class, ChatMessageRow, author);
  gtk_widget_class_bind_template_child (widget_class, ChatMessageRow, time);
  gtk_widget_class_bind_template_child (widget_class, ChatMessageRow, text);
}

static void
chat_message_row_init (ChatMessageRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
chat_message_row_new (void)
{
  return g_object_new (CHAT_TYPE_MESSAGE_ROW, NULL);
}

void
chat_message_row_set_message (ChatMessageRow *self,
                              ChatMessage    *message)
{
  static const struct
  {
    const char *css_class;
    GtkAlign align;
  } looks[] = {
    [CHAT_MESSAGE_OTHERS] = { "others", GTK_ALIGN_START },
    [CHAT_MESSAGE_OWN] = { "own", GTK_ALIGN_END },
    [CHAT_MESSAGE_NOTICE] = { "notice", GTK_ALIGN_CENTER },
  };
  ChatMessageKind kind = chat_message_get_kind (message);
  g_autofree char *time = chat_message_dup_time (message);
  const char *css_classes[] = { looks[kind].css_class, NULL };

  gtk_widget_set_css_classes (self->bubble, css_classes);
  gtk_widget_set_halign (self->bubble, looks[kind].align);
  gtk_widget_set_visible (self->header, kind != CHAT_MESSAGE_NOTICE);
  gtk_label_set_label (self->author, chat_message_get_author (message));
  gtk_label_set_label (self->time, time);
  gtk_label_set_label (self->text, chat_message_get_text (message));
}
