/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "command.h"

#include <glib/gi18n.h>

#include "complain.h"

static GOptionContext *
make_context (const ToolCommand *self)
{
  g_autoptr (GString) description = g_string_new (NULL);
  g_autofree char *parameters = g_strconcat (self->name, " ", self->arguments, NULL);
  GOptionContext *context = g_option_context_new (parameters);
  g_autofree char *summary =
    self->description == NULL ? g_strdup (_(self->summary))
                              : g_strconcat (_(self->summary), "\n\n", _(self->description), NULL);

  g_option_context_set_summary (context, summary);

  if (self->examples != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (self->examples, "\n", -1);

      g_string_append_printf (description, "%s\n", _("Examples:"));
      for (guint i = 0; lines[i] != NULL; i++)
        g_string_append_printf (description, "  pusher-glib %s\n", lines[i]);
      g_option_context_set_description (context, description->str);
    }

  if (self->options != NULL)
    g_option_context_add_main_entries (context, self->options, GETTEXT_PACKAGE);
  g_option_context_add_group (context, tool_settings_get_options ());

  return context;
}

static gboolean
check_arguments (const ToolCommand *self,
                 guint              n_arguments,
                 GError           **error)
{
  if (n_arguments < self->min_arguments)
    {
      tool_set_usage_error (error, _("“%s” needs: %s"), self->name, self->arguments);
      return FALSE;
    }
  if (self->max_arguments > 0 && n_arguments > self->max_arguments)
    {
      tool_set_usage_error (error, _("“%s” takes nothing more than: %s"), self->name,
                            self->arguments);
      return FALSE;
    }

  return TRUE;
}

int
tool_command_run (const ToolCommand *self,
                  int                argc,
                  char             **argv)
{
  g_autoptr (GOptionContext) context = make_context (self);
  g_autoptr (ToolSettings) settings = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_option_context_parse (context, &argc, &argv, &error) ||
      !check_arguments (self, argc - 1, &error) ||
      (settings = tool_settings_new (self->needs, &error)) == NULL)
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  return self->run (settings, argv + 1);
}
