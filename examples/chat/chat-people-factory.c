/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "chat-people-factory.h"

#include "chat-room.h"

#include <adwaita.h>

static GtkExpression *
make_name_expression (void)
{
  GtkExpression *member = gtk_property_expression_new (GTK_TYPE_LIST_ITEM, NULL, "item");

  return gtk_property_expression_new (PUSHER_TYPE_MEMBER, member, "name");
}

static void
setup_person_cb (GtkSignalListItemFactory *factory,
                 GtkListItem              *item,
                 gpointer                  user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *avatar = adw_avatar_new (24, NULL, TRUE);
  GtkWidget *label = gtk_label_new (NULL);
  GtkExpression *name = make_name_expression ();

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (item, box);

  gtk_expression_bind (gtk_expression_ref (name), avatar, "text", item);
  gtk_expression_bind (name, label, "label", item);
}

static void
bind_person_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                gpointer                  user_data)
{
  GtkWidget *box = gtk_list_item_get_child (item);

  gtk_accessible_update_relation (GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  gtk_widget_get_last_child (box), NULL,
                                  -1);
}

/* For a list view of the members of a presence channel. */
GtkListItemFactory *
chat_people_factory_new (void)
{
  GtkListItemFactory *self = gtk_signal_list_item_factory_new ();

  g_signal_connect (self, "setup", G_CALLBACK (setup_person_cb), NULL);
  g_signal_connect (self, "bind", G_CALLBACK (bind_person_cb), NULL);

  return self;
}
