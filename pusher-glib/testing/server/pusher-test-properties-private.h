/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* A property whose value is what public functions of its object give and take. */
typedef struct
{
  const char *name;
  GType type;                   /* %G_TYPE_BOOLEAN, _UINT, _STRING or _OBJECT */
  GCallback get;
  GCallback set;                /* nullable: NULL if it can only be read */
  gboolean dup;                 /* whether the string that get gives is the caller's */
  guint number;                 /* what a number or a boolean is at first */
  guint maximum;                /* of a number; 0 for any */
  const char *text;             /* what a string is at first */
  GType (*get_object_type) (void);
} PusherTestProperty;

void pusher_test_properties_install (GObjectClass             *klass,
                                     const PusherTestProperty *properties,
                                     guint                     n_properties);
void pusher_test_properties_notify  (gpointer                  object,
                                     guint                     property_id);

G_END_DECLS
