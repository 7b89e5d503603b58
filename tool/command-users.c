/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who is on a presence channel, as the server knows it. */

#include <glib/gi18n.h>

#include "commands.h"
#include "rest-call.h"
#include "rest-output.h"

static gboolean as_json;

static const GOptionEntry options[] = {
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_json,
    N_("One JSON object in a line (the default unless on a terminal)"), NULL },
  { NULL },
};

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autofree char *name = g_uri_escape_string (arguments[0], NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("channels/%s/users", name);
  g_autofree char *answer = NULL;
  ToolStatus status;

  answer = tool_rest_call (settings, path, NULL, NULL, &status);

  return answer != NULL ? tool_rest_output_users (answer, as_json) : status;
}

const ToolCommand tool_users_command = {
  .name = "users",
  .arguments = N_("CHANNEL"),
  .summary = N_("List the ids of the users of a presence channel"),
  .description = N_("By the REST interface, as the server of an application does."),
  .examples = "users presence-room",
  .options = options,
  .needs = TOOL_NEEDS_BACKEND,
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};
