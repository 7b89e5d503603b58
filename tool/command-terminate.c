/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Ends the connections of a user. */

#include <glib/gi18n.h>

#include "commands.h"
#include "rest-call.h"

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autofree char *id = g_uri_escape_string (arguments[0], NULL, FALSE);
  g_autofree char *path = g_strdup_printf ("users/%s/terminate_connections", id);
  g_autofree char *answer = NULL;
  ToolStatus status;

  answer = tool_rest_call (settings, path, NULL, "{}", &status);

  return status;
}

const ToolCommand tool_terminate_command = {
  .name = "terminate",
  .arguments = N_("USER"),
  .summary = N_("End all connections of a user who has signed in"),
  .description = N_("The user is one that clients have signed in as. Clients are told not to "
                    "connect again; what keeps them out is the endpoint."),
  .examples = "terminate ada",
  .needs = TOOL_NEEDS_BACKEND,
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};
