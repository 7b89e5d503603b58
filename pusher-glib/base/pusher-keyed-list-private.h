/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A GListModel of objects in the order in which they were added, which also
 * finds each by a key. Adding and finding take constant time, removing and
 * getting by position logarithmic time. */
#define PUSHER_TYPE_KEYED_LIST (pusher_keyed_list_get_type ())
G_DECLARE_FINAL_TYPE (PusherKeyedList, pusher_keyed_list, PUSHER, KEYED_LIST, GObject)

typedef const char *(*PusherKeyedListGetKey) (gpointer item);

PusherKeyedList *pusher_keyed_list_new     (GType                 item_type);
void             pusher_keyed_list_add     (PusherKeyedList      *self,
                                            const char           *key,
                                            gpointer              item);
void             pusher_keyed_list_add_all (PusherKeyedList      *self,
                                            GPtrArray            *items,
                                            PusherKeyedListGetKey get_key);
gpointer         pusher_keyed_list_lookup  (PusherKeyedList      *self,
                                            const char           *key);
gboolean         pusher_keyed_list_remove  (PusherKeyedList      *self,
                                            const char           *key);
void             pusher_keyed_list_clear   (PusherKeyedList      *self);
GPtrArray       *pusher_keyed_list_copy    (PusherKeyedList      *self);

G_END_DECLS
