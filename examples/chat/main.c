/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A chat, to show how an application uses the library: see chat-room.c for what
 * it does with it. */

#include "chat-application.h"

#include <glib/gi18n.h>
#include <locale.h>

/* Like gettext(1), it can be told where the translations are if they are not installed. */
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
main (int   argc,
      char *argv[])
{
  g_autoptr (ChatApplication) app = NULL;

  bind_translations ();
  app = chat_application_new ();

  return g_application_run (G_APPLICATION (app), argc, argv);
}
