/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A class has a table of its properties, each with the field that it is. */

#include "config.h"

#include "pusher-test-properties-private.h"

#include "testing/app/pusher-test-settings-private.h"

/* What a class has installed */
typedef struct
{
  gsize settings; /* where objects point to theirs */
  const PusherTestProperty *properties;
  GParamSpec **pspecs;
  guint n_properties;
} Installed;

static G_DEFINE_QUARK (pusher-test-properties, installed)

static const Installed *
get_installed (gpointer object)
{
  return g_type_get_qdata (G_OBJECT_TYPE (object), installed_quark ());
}

static gpointer
get_field (gpointer object,
           guint    index)
{
  const Installed *installed = get_installed (object);
  const PusherTestProperty *property = &installed->properties[index];

  if (property->locate != NULL)
    return property->locate (object);
  if (property->setting != 0)
    return G_STRUCT_MEMBER_P (G_STRUCT_MEMBER (gpointer, object, installed->settings),
                              property->setting);

  return G_STRUCT_MEMBER_P (object, property->field);
}

/* What a GValue of it has */
static GType
get_value_type (const PusherTestProperty *property)
{
  return property->get_type != NULL ? property->get_type () : property->type;
}

static void
read_field (gconstpointer field,
            GValue       *value)
{
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_ENUM:
      g_value_set_enum (value, *(const int *) field);
      break;
    case G_TYPE_BOOLEAN:
      g_value_set_boolean (value, *(const gboolean *) field);
      break;
    case G_TYPE_UINT:
      g_value_set_uint (value, *(const guint *) field);
      break;
    case G_TYPE_STRING:
      g_value_set_string (value, *(const char *const *) field);
      break;
    default:
      g_value_set_object (value, *(const gpointer *) field);
    }
}

static void
write_field (gpointer      field,
             const GValue *value)
{
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_ENUM:
      *(int *) field = g_value_get_enum (value);
      break;
    case G_TYPE_BOOLEAN:
      *(gboolean *) field = g_value_get_boolean (value);
      break;
    case G_TYPE_UINT:
      *(guint *) field = g_value_get_uint (value);
      break;
    default:
      g_free (*(char **) field);
      *(char **) field = g_value_dup_string (value);
    }
}

static void
get_property (GObject    *object,
              guint       property_id,
              GValue     *value,
              GParamSpec *pspec)
{
  read_field (get_field (object, property_id - 1), value);
}

static void
set_property (GObject      *object,
              guint         property_id,
              const GValue *value,
              GParamSpec   *pspec)
{
  const PusherTestProperty *property = &get_installed (object)->properties[property_id - 1];
  gpointer field = get_field (object, property_id - 1);
  g_auto (GValue) before = G_VALUE_INIT;
  g_auto (GValue) after = G_VALUE_INIT;

  read_field (field, g_value_init (&before, get_value_type (property)));
  g_value_copy (value, g_value_init (&after, get_value_type (property)));

  if ((property->check != NULL && !property->check (object, &after)) ||
      g_param_values_cmp (pspec, &before, &after) == 0)
    return;

  write_field (field, &after);
  if (property->apply != NULL)
    property->apply (object);
  g_object_notify_by_pspec (object, pspec);
}

/* @settings: new ones, for what is set at first */
static GParamSpec *
build_pspec (const PusherTestProperty *property,
             PusherTestSettings       *settings)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  g_auto (GValue) value = G_VALUE_INIT;

  if (property->type == G_TYPE_OBJECT)
    return g_param_spec_object (property->name, NULL, NULL, property->get_type (), flags);

  g_value_init (&value, get_value_type (property));
  if (property->setting != 0)
    {
      flags |= G_PARAM_WRITABLE;
      read_field (G_STRUCT_MEMBER_P (settings, property->setting), &value);
    }

  switch (property->type)
    {
    case G_TYPE_ENUM:
      return g_param_spec_enum (property->name, NULL, NULL, property->get_type (),
                                g_value_get_enum (&value), flags);
    case G_TYPE_BOOLEAN:
      return g_param_spec_boolean (property->name, NULL, NULL, g_value_get_boolean (&value), flags);
    case G_TYPE_UINT:
      return g_param_spec_uint (property->name, NULL, NULL,
                                0, property->maximum != 0 ? property->maximum : G_MAXUINT,
                                g_value_get_uint (&value), flags);
    default:
      return g_param_spec_string (property->name, NULL, NULL, g_value_get_string (&value), flags);
    }
}

/*
 * pusher_test_properties_install:
 * @settings: where objects point to their PusherTestSettings
 * @properties: (array length=n_properties): static
 */
void
pusher_test_properties_install (GObjectClass             *klass,
                                gsize                     settings,
                                const PusherTestProperty *properties,
                                guint                     n_properties)
{
  PusherTestSettings *defaults = pusher_test_settings_new ();
  Installed *installed = g_new (Installed, 1);

  *installed = (Installed) { settings, properties, g_new (GParamSpec *, n_properties),
                             n_properties };
  g_type_set_qdata (G_TYPE_FROM_CLASS (klass), installed_quark (), installed);

  klass->get_property = get_property;
  klass->set_property = set_property;
  for (guint i = 0; i < n_properties; i++)
    {
      installed->pspecs[i] = build_pspec (&properties[i], defaults);
      g_object_class_install_property (klass, i + 1, installed->pspecs[i]);
    }

  pusher_test_settings_unref (defaults);
}

/* @field: the address of the field that has changed */
void
pusher_test_properties_notify (gpointer      object,
                               gconstpointer field)
{
  const Installed *installed = get_installed (object);

  for (guint i = 0; i < installed->n_properties; i++)
    if (get_field (object, i) == field)
      {
        g_object_notify_by_pspec (object, installed->pspecs[i]);
        return;
      }
}
