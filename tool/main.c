/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include <glib/gi18n.h>
#include <locale.h>
#include <pusher-glib/pusher.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "commands.h"
#include "complain.h"

static void
show_help (void)
{
  printf (_("Usage:\n  %s COMMAND [OPTION…] [ARGUMENT…]\n\n"), "pusher-glib");
  printf ("%s\n\n", _("Talks to servers of the Pusher Channels protocol."));
  printf ("%s\n", _("Commands:"));
  for (guint i = 0; tool_commands[i] != NULL; i++)
    printf ("  %-10s  %s\n", tool_commands[i]->name, _(tool_commands[i]->summary));
  printf ("\n%s\n", _("“pusher-glib COMMAND --help” says more about one of them."));
}

static int
complain_of_command (const char *name)
{
  g_autoptr (GError) error = NULL;

  if (name == NULL)
    tool_set_usage_error (&error, "%s", _("There is no command."));
  else
    tool_set_usage_error (&error, _("There is no command “%s”."), name);
  tool_complain (error);

  return TOOL_STATUS_USAGE;
}

static void
bind_translations (void)
{
  const char *directory = g_getenv ("TEXTDOMAINDIR");

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, directory != NULL ? directory : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

int
main (int    argc,
      char **argv)
{
  const char *name = argc > 1 ? argv[1] : NULL;
  const ToolCommand *command;

  bind_translations ();
  g_set_prgname ("pusher-glib");

  /* Whoever reads may go first: writing says so, and the command ends as it does. */
  signal (SIGPIPE, SIG_IGN);
  setvbuf (stdout, NULL, _IOLBF, 0);

  if (name == NULL)
    return complain_of_command (NULL);
  if (strcmp (name, "--help") == 0 || strcmp (name, "-h") == 0 || strcmp (name, "help") == 0)
    {
      show_help ();
      return TOOL_STATUS_DONE;
    }
  if (strcmp (name, "--version") == 0)
    {
      printf ("pusher-glib %u.%u.%u\n", pusher_get_major_version (), pusher_get_minor_version (),
              pusher_get_micro_version ());
      return TOOL_STATUS_DONE;
    }

  command = tool_commands_find (name);

  return command != NULL ? tool_command_run (command, argc - 1, argv + 1)
                         : complain_of_command (name);
}
