/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "command.h"

G_BEGIN_DECLS

extern const ToolCommand tool_auth_command;
extern const ToolCommand tool_bench_command;
extern const ToolCommand tool_channel_command;
extern const ToolCommand tool_channels_command;
extern const ToolCommand tool_context_command;
extern const ToolCommand tool_decrypt_command;
extern const ToolCommand tool_doctor_command;
extern const ToolCommand tool_listen_command;
extern const ToolCommand tool_publish_command;
extern const ToolCommand tool_record_command;
extern const ToolCommand tool_replay_command;
extern const ToolCommand tool_rtt_command;
extern const ToolCommand tool_serve_command;
extern const ToolCommand tool_terminate_command;
extern const ToolCommand tool_trigger_command;
extern const ToolCommand tool_users_command;

/* Ends with NULL; in the order of the help. */
extern const ToolCommand *const tool_commands[];

const ToolCommand *tool_commands_find (const char *name);

G_END_DECLS
