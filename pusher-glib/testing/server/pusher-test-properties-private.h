/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A property is a field: of the object if it can only be read, of its settings if it
 * can be set too. */
typedef struct
{
  const char *name;
  GType type;                                         /* %G_TYPE_BOOLEAN, _UINT, _STRING, _ENUM,
                                                       * _OBJECT */
  gsize field;                                        /* where it is in the object … */
  gsize setting;                                      /* … or else in the settings */
  gpointer (*locate) (gpointer object);               /* … or else anywhere */
  GType (*get_type) (void);                           /* of an enum or an object */
  guint maximum;                                      /* of a number; 0 for any */
  gboolean (*check) (gpointer object, GValue *value); /* nullable: whether it can be set to this */
  void (*apply) (gpointer object);                    /* nullable: called when it was set */
} PusherTestProperty;

void pusher_test_properties_install (GObjectClass             *klass,
                                     gsize                     settings,
                                     const PusherTestProperty *properties,
                                     guint                     n_properties);
void pusher_test_properties_notify  (gpointer                  object,
                                     gconstpointer             field);

G_END_DECLS
