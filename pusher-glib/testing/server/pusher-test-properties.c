/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Tables of properties: a class installs its own, and the files that set what a
 * property tells of notify by its id, wherever the table is. */

#include "config.h"

#include "pusher-test-properties-private.h"

/* What a class has installed */
typedef struct
{
  const PusherTestProperty *properties;
  GParamSpec **pspecs;
} Installed;

static G_DEFINE_QUARK (pusher-test-properties, installed)

static const Installed *
get_installed (gpointer object)
{
  return g_type_get_qdata (G_OBJECT_TYPE (object), installed_quark ());
}

static void
get_property (GObject    *object,
              guint       property_id,
              GValue     *value,
              GParamSpec *pspec)
{
  const PusherTestProperty *property = &get_installed (object)->properties[property_id];

  switch (property->type)
    {
    case G_TYPE_BOOLEAN:
      g_value_set_boolean (value, ((gboolean (*) (gpointer)) property->get) (object));
      break;
    case G_TYPE_UINT:
      g_value_set_uint (value, ((guint (*) (gpointer)) property->get) (object));
      break;
    case G_TYPE_STRING:
      (property->dup ? (void (*) (GValue *, const char *)) g_value_take_string
                     : g_value_set_string) (value,
                                            ((char *(*) (gpointer)) property->get) (object));
      break;
    default:
      g_value_set_object (value, ((gpointer (*) (gpointer)) property->get) (object));
    }
}

static void
set_property (GObject      *object,
              guint         property_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  const PusherTestProperty *property = &get_installed (object)->properties[property_id];

  switch (property->type)
    {
    case G_TYPE_BOOLEAN:
      ((void (*) (gpointer, gboolean)) property->set) (object, g_value_get_boolean (value));
      break;
    case G_TYPE_UINT:
      ((void (*) (gpointer, guint)) property->set) (object, g_value_get_uint (value));
      break;
    default:
      ((void (*) (gpointer, const char *)) property->set) (object, g_value_get_string (value));
    }
}

static GParamSpec *
build_pspec (const PusherTestProperty *property)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  if (property->set != NULL)
    flags |= G_PARAM_WRITABLE;

  switch (property->type)
    {
    case G_TYPE_BOOLEAN:
      return g_param_spec_boolean (property->name, NULL, NULL, property->number != 0, flags);
    case G_TYPE_UINT:
      return g_param_spec_uint (property->name, NULL, NULL,
                                0, property->maximum != 0 ? property->maximum : G_MAXUINT,
                                property->number, flags);
    case G_TYPE_STRING:
      return g_param_spec_string (property->name, NULL, NULL, property->text, flags);
    default:
      return g_param_spec_object (property->name, NULL, NULL, property->get_object_type (), flags);
    }
}

/*
 * pusher_test_properties_install:
 * @properties: (array length=n_properties): static; the first one is left out
 */
void
pusher_test_properties_install (GObjectClass             *klass,
                                const PusherTestProperty *properties,
                                guint                     n_properties)
{
  Installed *installed = g_new (Installed, 1);

  installed->properties = properties;
  installed->pspecs = g_new0 (GParamSpec *, n_properties);
  for (guint i = 1; i < n_properties; i++)
    installed->pspecs[i] = build_pspec (&properties[i]);
  g_type_set_qdata (G_TYPE_FROM_CLASS (klass), installed_quark (), installed);

  klass->get_property = get_property;
  klass->set_property = set_property;
  g_object_class_install_properties (klass, n_properties, installed->pspecs);
}

void
pusher_test_properties_notify (gpointer object,
                               guint    property_id)
{
  g_object_notify_by_pspec (object, get_installed (object)->pspecs[property_id]);
}
