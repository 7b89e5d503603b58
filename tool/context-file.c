/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "context-file.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

#include "complain.h"
#include "keyring.h"

#define GENERAL_GROUP "pusher-glib"
#define CURRENT_KEY "current"
#define CONTEXT_PREFIX "context "
#define KEYRING_KEY "keyring"

static char *
get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "pusher-glib", "contexts", NULL);
}

GKeyFile *
tool_context_file_open (GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = get_path ();
  g_autoptr (GError) own_error = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &own_error) &&
      !g_error_matches (own_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    {
      g_propagate_prefixed_error (error, g_steal_pointer (&own_error), "%s: ", path);
      return NULL;
    }

  return g_steal_pointer (&file);
}

/* There are secrets in it: nobody else may read it, not even while it is written. */
gboolean
tool_context_file_save (GKeyFile *file,
                        GError  **error)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = g_key_file_to_data (file, NULL, NULL);

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      int saved_errno = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno), "%s: %s", folder,
                   g_strerror (saved_errno));
      return FALSE;
    }

  return g_file_set_contents_full (path, text, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

char *
tool_context_file_get_current (GKeyFile *file)
{
  return g_key_file_get_string (file, GENERAL_GROUP, CURRENT_KEY, NULL);
}

void
tool_context_file_set_current (GKeyFile   *file,
                               const char *name)
{
  if (name != NULL)
    g_key_file_set_string (file, GENERAL_GROUP, CURRENT_KEY, name);
  else
    g_key_file_remove_group (file, GENERAL_GROUP, NULL);
}

static char *
get_group (const char *name)
{
  return g_strconcat (CONTEXT_PREFIX, name, NULL);
}

gboolean
tool_context_file_has (GKeyFile   *file,
                       const char *name)
{
  g_autofree char *group = get_group (name);

  return g_key_file_has_group (file, group);
}

GStrv
tool_context_file_list (GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; groups[i] != NULL; i++)
    {
      if (g_str_has_prefix (groups[i], CONTEXT_PREFIX))
        g_strv_builder_add (names, groups[i] + strlen (CONTEXT_PREFIX));
    }

  return g_strv_builder_end (names);
}

/* The names of the settings that are in the keyring. */
static GStrv
list_kept (GKeyFile   *file,
           const char *group)
{
  GStrv names = g_key_file_get_string_list (file, group, KEYRING_KEY, NULL, NULL);

  return names != NULL ? names : g_new0 (char *, 1);
}

static gboolean
clear_keyring (GKeyFile   *file,
               const char *name,
               GError    **error)
{
  g_autofree char *group = get_group (name);
  g_auto (GStrv) kept = list_kept (file, group);

  for (guint i = 0; kept[i] != NULL; i++)
    {
      if (!tool_keyring_clear (name, kept[i], error))
        return FALSE;
    }

  return TRUE;
}

gboolean
tool_context_file_remove (GKeyFile   *file,
                          const char *name,
                          GError    **error)
{
  g_autofree char *group = get_group (name);
  g_autofree char *current = tool_context_file_get_current (file);

  if (!tool_context_file_has (file, name))
    {
      tool_set_usage_error (error, _("There is no context “%s”."), name);
      return FALSE;
    }
  if (!clear_keyring (file, name, error))
    return FALSE;

  g_key_file_remove_group (file, group, NULL);
  if (g_strcmp0 (current, name) == 0)
    tool_context_file_set_current (file, NULL);

  return TRUE;
}

gboolean
tool_context_file_add (GKeyFile           *file,
                       const char         *name,
                       const ToolSettings *settings,
                       gboolean            in_keyring,
                       GError            **error)
{
  g_autofree char *group = get_group (name);
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();

  if (!clear_keyring (file, name, error))
    return FALSE;

  g_key_file_remove_group (file, group, NULL);
  for (const ToolSetting *setting = tool_known_settings; setting->name != NULL; setting++)
    {
      const char *value = *tool_settings_get_text (settings, setting);

      if (value == NULL)
        continue;
      if (!in_keyring || !setting->is_secret)
        g_key_file_set_string (file, group, setting->name, value);
      else if (tool_keyring_store (name, setting->name, value, error))
        g_ptr_array_add (kept, (gpointer) setting->name);
      else
        return FALSE;
    }
  if (kept->len > 0)
    g_key_file_set_string_list (file, group, KEYRING_KEY, (const char *const *) kept->pdata,
                                kept->len);

  return TRUE;
}

/* One that cannot be had is an error: a setting that is silently not there would be another
 * one's puzzle. */
static char *
load_kept (const char *context,
           const char *name,
           GError    **error)
{
  GError *own_error = NULL;
  char *secret = tool_keyring_lookup (context, name, &own_error);

  if (own_error != NULL)
    g_propagate_prefixed_error (error, own_error, _("Keyring: "));
  else if (secret == NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("Keyring: there is no “%s” of the context “%s”, or the keyring is closed."),
                 name, context);

  return secret;
}

ToolSettings *
tool_context_file_load (const char *name,
                        GError    **error)
{
  g_autoptr (ToolSettings) settings = g_new0 (ToolSettings, 1);
  g_autoptr (GKeyFile) file = tool_context_file_open (error);
  g_autofree char *current = NULL;
  g_autofree char *group = NULL;
  g_auto (GStrv) kept = NULL;

  if (file == NULL)
    return NULL;
  current = name != NULL ? g_strdup (name) : tool_context_file_get_current (file);
  if (current == NULL)
    return g_steal_pointer (&settings);
  if (!tool_context_file_has (file, current))
    {
      tool_set_usage_error (error, _("There is no context “%s”: “pusher-glib context list” says "
                                     "which there are."), current);
      return NULL;
    }

  group = get_group (current);
  kept = list_kept (file, group);
  for (const ToolSetting *setting = tool_known_settings; setting->name != NULL; setting++)
    {
      char **text = tool_settings_get_text (settings, setting);

      if (!g_strv_contains ((const char *const *) kept, setting->name))
        *text = g_key_file_get_string (file, group, setting->name, NULL);
      else if ((*text = load_kept (current, setting->name, error)) == NULL)
        return NULL;
    }

  return g_steal_pointer (&settings);
}
