/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The named settings of the file of contexts. */

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "complain.h"
#include "context-file.h"

static gboolean in_keyring;

static const GOptionEntry options[] = {
  { "keyring", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &in_keyring,
    N_("Keep the secrets in the keyring, and the rest in the file"), NULL },
  { NULL },
};

static ToolStatus
complain (GError    *error,
          ToolStatus status)
{
  tool_complain (error);
  g_error_free (error);

  return status;
}

static ToolStatus
save (GKeyFile *file)
{
  GError *error = NULL;

  return tool_context_file_save (file, &error) ? TOOL_STATUS_DONE
                                               : complain (error, TOOL_STATUS_FAILED);
}

static gboolean
is_name (const char *name)
{
  return name[0] != '\0' && strpbrk (name, "[]\n\r") == NULL && g_utf8_validate (name, -1, NULL);
}

/* The first one is in use at once. */
static ToolStatus
add (GKeyFile           *file,
     const char         *name,
     const ToolSettings *given)
{
  GError *error = NULL;
  g_autofree char *current = tool_context_file_get_current (file);

  if (!is_name (name))
    {
      tool_set_usage_error (&error, _("“%s” cannot be the name of a context."), name);
      return complain (error, TOOL_STATUS_USAGE);
    }

  if (!tool_context_file_add (file, name, given, in_keyring, &error))
    return complain (error, TOOL_STATUS_FAILED);
  if (current == NULL)
    tool_context_file_set_current (file, name);

  return save (file);
}

static ToolStatus
use (GKeyFile           *file,
     const char         *name,
     const ToolSettings *given)
{
  GError *error = NULL;

  if (!tool_context_file_has (file, name))
    {
      tool_set_usage_error (&error, _("There is no context “%s”."), name);
      return complain (error, TOOL_STATUS_USAGE);
    }
  tool_context_file_set_current (file, name);

  return save (file);
}

static ToolStatus
list (GKeyFile           *file,
      const char         *name,
      const ToolSettings *given)
{
  g_autofree char *current = tool_context_file_get_current (file);
  g_auto (GStrv) names = tool_context_file_list (file);

  for (guint i = 0; names[i] != NULL; i++)
    printf ("%s %s\n", g_strcmp0 (names[i], current) == 0 ? "*" : " ", names[i]);

  return TOOL_STATUS_DONE;
}

static ToolStatus
show (GKeyFile           *file,
      const char         *name,
      const ToolSettings *given)
{
  GError *error = NULL;
  g_autoptr (ToolSettings) settings = tool_context_file_load (name, &error);

  if (settings == NULL)
    return complain (error, TOOL_STATUS_USAGE);

  for (const ToolSetting *setting = tool_known_settings; setting->name != NULL; setting++)
    {
      const char *value = *tool_settings_get_text (settings, setting);

      if (value != NULL)
        printf ("%s=%s\n", setting->name, setting->is_secret ? _("(not shown)") : value);
    }

  return TOOL_STATUS_DONE;
}

static ToolStatus
drop (GKeyFile           *file,
      const char         *name,
      const ToolSettings *given)
{
  GError *error = NULL;

  if (!tool_context_file_remove (file, name, &error))
    return complain (error, error->domain == TOOL_USAGE_ERROR ? TOOL_STATUS_USAGE
                                                              : TOOL_STATUS_FAILED);

  return save (file);
}

typedef struct
{
  const char *name;
  gboolean needs_name;
  ToolStatus (*run) (GKeyFile           *file,
                     const char         *name,
                     const ToolSettings *given);
} Action;

static const Action actions[] = {
  { "add", TRUE, add },    { "use", TRUE, use },      { "list", FALSE, list },
  { "show", FALSE, show }, { "remove", TRUE, drop },
};

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  GError *error = NULL;
  g_autoptr (GKeyFile) file = tool_context_file_open (&error);

  if (file == NULL)
    return complain (error, TOOL_STATUS_FAILED);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (g_str_equal (arguments[0], actions[i].name) &&
          (arguments[1] != NULL || !actions[i].needs_name))
        return actions[i].run (file, arguments[1], settings);
    }

  tool_set_usage_error (&error, _("“context” needs: %s"),
                        _(tool_context_command.arguments));

  return complain (error, TOOL_STATUS_USAGE);
}

const ToolCommand tool_context_command = {
  .name = "context",
  .arguments = N_("add|use|list|show|remove [NAME]"),
  .summary = N_("Keep the settings of servers under names"),
  .description = N_("“add” keeps what the options for the server say; the secret is read with "
                    "--secret-fd. “use” says which one is meant without --context. The file can "
                    "be read by its owner only."),
  .examples = "context add shop --cluster eu --key 4f0b --app-id 12 --secret-fd 0 < secret.txt\n"
              "context use shop\n"
              "context show",
  .options = options,
  .needs = TOOL_NEEDS_OPTIONS_ONLY,
  .min_arguments = 1,
  .max_arguments = 2,
  .run = run,
};
