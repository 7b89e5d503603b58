/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "command.h"

#include <glib/gi18n.h>

#include "complain.h"

#define LINE_LENGTH 78

/* As GOption has long texts: it does not fold any. */
static char *
fold (const char *text)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  glong column = 0;

  for (guint i = 0; words[i] != NULL; i++)
    {
      glong length = g_utf8_strlen (words[i], -1);

      if (column > 0 && column + 1 + length > LINE_LENGTH)
        {
          g_string_append_c (folded, '\n');
          column = 0;
        }
      else if (column > 0)
        {
          g_string_append_c (folded, ' ');
          column++;
        }
      g_string_append (folded, words[i]);
      column += length;
    }

  return g_string_free (g_steal_pointer (&folded), FALSE);
}

static GOptionContext *
make_context (const ToolCommand *self)
{
  g_autoptr (GString) description = g_string_new (NULL);
  g_autofree char *parameters =
    g_strconcat (self->name, self->arguments != NULL ? " " : NULL,
                 self->arguments != NULL ? _(self->arguments) : NULL, NULL);
  GOptionContext *context = g_option_context_new (parameters);
  g_autofree char *details = fold (self->description != NULL ? _(self->description) : "");
  g_autofree char *summary = g_strconcat (_(self->summary), "\n\n", details, NULL);

  g_option_context_set_summary (context, g_strchomp (summary));

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
  if (self->arguments == NULL && n_arguments > 0)
    {
      tool_set_usage_error (error, _("“%s” takes no arguments."), self->name);
      return FALSE;
    }
  if (n_arguments < self->min_arguments)
    {
      tool_set_usage_error (error, _("“%s” needs: %s"), self->name, _(self->arguments));
      return FALSE;
    }
  if (self->max_arguments > 0 && n_arguments > self->max_arguments)
    {
      tool_set_usage_error (error, _("“%s” takes nothing more than: %s"), self->name,
                            _(self->arguments));
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
