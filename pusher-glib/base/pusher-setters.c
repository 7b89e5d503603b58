/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-setters-private.h"

gboolean
pusher_set_string (char      **setting,
                   const char *value)
{
  g_autofree char *previous = NULL;

  if (g_strcmp0 (*setting, value) == 0)
    return FALSE;

  /* The value may be a part of the previous one. */
  previous = *setting;
  *setting = g_strdup (value);

  return TRUE;
}

gboolean
pusher_set_boolean (gboolean *setting,
                    gboolean  value)
{
  gboolean changed = *setting != !!value;

  *setting = !!value;

  return changed;
}

gboolean
pusher_set_uint (guint *setting,
                 guint  value)
{
  gboolean changed = *setting != value;

  *setting = value;

  return changed;
}

gboolean
pusher_set_uint64 (guint64 *setting,
                   guint64  value)
{
  gboolean changed = *setting != value;

  *setting = value;

  return changed;
}

gboolean
pusher_set_value (gpointer      setting,
                  const GValue *value)
{
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_STRING:
      return pusher_set_string (setting, g_value_get_string (value));
    case G_TYPE_BOOLEAN:
      return pusher_set_boolean (setting, g_value_get_boolean (value));
    case G_TYPE_UINT:
      return pusher_set_uint (setting, g_value_get_uint (value));
    case G_TYPE_UINT64:
      return pusher_set_uint64 (setting, g_value_get_uint64 (value));
    case G_TYPE_OBJECT:
      return g_set_object ((GObject **) setting, g_value_get_object (value));
    default:
      g_return_val_if_reached (FALSE);
    }
}

void
pusher_get_value (gconstpointer setting,
                  GValue       *value)
{
  switch (G_TYPE_FUNDAMENTAL (G_VALUE_TYPE (value)))
    {
    case G_TYPE_STRING:
      g_value_set_string (value, *(const char *const *) setting);
      break;
    case G_TYPE_BOOLEAN:
      g_value_set_boolean (value, *(const gboolean *) setting);
      break;
    case G_TYPE_UINT:
      g_value_set_uint (value, *(const guint *) setting);
      break;
    case G_TYPE_UINT64:
      g_value_set_uint64 (value, *(const guint64 *) setting);
      break;
    case G_TYPE_OBJECT:
      g_value_set_object (value, *(GObject *const *) setting);
      break;
    default:
      g_return_if_reached ();
    }
}
