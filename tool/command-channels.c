/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the server knows of all channels. */

#include <glib/gi18n.h>

#include "commands.h"
#include "rest-call.h"
#include "rest-output.h"

static char *prefix, *info;
static gboolean as_json;

static const GOptionEntry options[] = {
  { "prefix", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &prefix,
    N_("Only channels whose names begin so"), N_("PREFIX") },
  { "info", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &info,
    N_("Also “user_count” or “subscription_count”, as the server knows it"),
    N_("ATTRIBUTES") },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_json,
    N_("One JSON object in a line (the default unless on a terminal)"), NULL },
  { NULL },
};

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GHashTable) query = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *answer = NULL;
  ToolStatus status;

  if (prefix != NULL)
    g_hash_table_insert (query, (gpointer) "filter_by_prefix", prefix);
  if (info != NULL)
    g_hash_table_insert (query, (gpointer) "info", info);

  answer = tool_rest_call (settings, "channels", query, NULL, &status);

  return answer != NULL ? tool_rest_output_channels (answer, as_json) : status;
}

const ToolCommand tool_channels_command = {
  .name = "channels",
  .summary = N_("List the channels that have subscribers"),
  .description = N_("By the REST interface, as the server of an application does."),
  .examples = "channels\n"
              "channels --prefix presence- --info user_count",
  .options = options,
  .needs = TOOL_NEEDS_BACKEND,
  .run = run,
};
