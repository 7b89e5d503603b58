/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the server knows of a channel. */

#include <glib/gi18n.h>

#include "commands.h"
#include "rest-call.h"
#include "rest-output.h"

static char *info;
static gboolean as_json;

static const GOptionEntry options[] = {
  { "info", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &info,
    N_("Also “subscription_count”, and “user_count” of a presence channel"), N_("ATTRIBUTES") },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_json,
    N_("One JSON object in a line (the default unless on a terminal)"), NULL },
  { NULL },
};

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GHashTable) query = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *name = g_uri_escape_string (arguments[0], NULL, FALSE);
  g_autofree char *path = g_strconcat ("channels/", name, NULL);
  g_autofree char *answer = NULL;
  ToolStatus status;

  if (info != NULL)
    g_hash_table_insert (query, (gpointer) "info", info);
  answer = tool_rest_call (settings, path, query, NULL, &status);

  return answer != NULL ? tool_rest_output_channel (arguments[0], answer, as_json) : status;
}

const ToolCommand tool_channel_command = {
  .name = "channel",
  .arguments = N_("CHANNEL"),
  .summary = N_("Say whether a channel has subscribers"),
  .description = N_("By the REST interface, as the server of an application does."),
  .examples = "channel prices --info subscription_count\n"
              "channel presence-room --info user_count,subscription_count",
  .options = options,
  .needs = TOOL_NEEDS_BACKEND,
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};
