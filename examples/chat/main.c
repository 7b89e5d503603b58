/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A chat, to show how an application uses the library: see chat-room.c for what
 * it does with it. */

#include "chat-application.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr (ChatApplication) app = chat_application_new ();

  return g_application_run (G_APPLICATION (app), argc, argv);
}
