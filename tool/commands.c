/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "commands.h"

const ToolCommand *const tool_commands[] = {
  &tool_listen_command,
  &tool_trigger_command,
  &tool_doctor_command,
  &tool_rtt_command,
  &tool_bench_command,
  &tool_publish_command,
  &tool_channels_command,
  &tool_channel_command,
  &tool_users_command,
  &tool_terminate_command,
  &tool_auth_command,
  &tool_decrypt_command,
  &tool_serve_command,
  &tool_record_command,
  &tool_replay_command,
  &tool_context_command,
  NULL,
};

const ToolCommand *
tool_commands_find (const char *name)
{
  for (guint i = 0; tool_commands[i] != NULL; i++)
    {
      if (g_str_equal (tool_commands[i]->name, name))
        return tool_commands[i];
    }

  return NULL;
}
