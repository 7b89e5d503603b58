/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Publishes what was recorded. */

#include <glib/gi18n.h>

#include "commands.h"
#include "complain.h"
#include "local-server.h"
#include "replay.h"

static double speed = 1;
static gboolean with_server;

static const GOptionEntry options[] = {
  { "speed", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &speed,
    N_("So many times as fast (default: 1); 0 for without pauses"), N_("FACTOR") },
  { "serve", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &with_server,
    N_("Be the server too, as “serve --auth” is, and begin with the first subscriber"), NULL },
  { NULL },
};

static ToolStatus
complain (const GError *error,
          ToolStatus    status)
{
  tool_complain (error);

  return status;
}

static ToolStatus
replay_at_server (const ToolSettings *settings,
                  const char         *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherTestServer) server = tool_local_server_new (settings, TRUE, &error);
  ToolStatus status;

  if (server == NULL)
    return complain (error, TOOL_STATUS_USAGE);
  if (!tool_local_server_start (server, &error))
    return complain (error, TOOL_STATUS_FAILED);

  tool_local_server_describe (server, TRUE);
  status = tool_replay_run (settings, server, path, speed);
  tool_local_server_stop (server);

  return status;
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;

  if (!(speed >= 0) || !(speed <= 1e6))
    {
      tool_set_usage_error (&error, _("The speed is a factor from 0 on."));
      return complain (error, TOOL_STATUS_USAGE);
    }
  if (with_server)
    return replay_at_server (settings, arguments[0]);
  if (!tool_settings_check (settings, TOOL_NEEDS_BACKEND, &error))
    return complain (error, TOOL_STATUS_USAGE);

  return tool_replay_run (settings, NULL, arguments[0], speed);
}

const ToolCommand tool_replay_command = {
  .name = "replay",
  .arguments = N_("FILE"),
  .summary = N_("Publish what was recorded, in the same order and with the same pauses"),
  .description = N_("By the REST interface, or with --serve to whoever connects. The file is one "
                    "that “record” made; “-” is standard input. What is due at the same time is "
                    "sent together, at most ten events in a request. Data of encrypted channels "
                    "is encrypted again, with the master key."),
  .examples = "replay prices.jsonl\n"
              "replay --speed 10 --serve prices.jsonl",
  .options = options,
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};
