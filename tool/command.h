/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

#include "settings.h"

G_BEGIN_DECLS

/* With which the program ends. */
typedef enum
{
  TOOL_STATUS_DONE = 0,
  TOOL_STATUS_FAILED = 1, /* or refused */
  TOOL_STATUS_USAGE = 2,
  TOOL_STATUS_TIMED_OUT = 3,
  TOOL_STATUS_LOST = 4, /* the connection, or events */
} ToolStatus;

typedef struct
{
  const char *name;
  const char *arguments;      /* as in “CHANNEL…”; NULL if it takes none */
  const char *summary;        /* one line, for the list of commands */
  const char *description;    /* what it does; NULL if the summary says all */
  const char *examples;       /* one in a line */
  const GOptionEntry *options; /* its own; NULL if it has none */
  ToolNeeds needs;
  guint min_arguments;
  guint max_arguments; /* 0 for any number */
  ToolStatus (*run) (const ToolSettings *settings,
                     char              **arguments);
} ToolCommand;

/* For every command, also of how it ended. */
int  tool_command_run      (const ToolCommand *self,
                            int                argc,
                            char             **argv);

G_END_DECLS
