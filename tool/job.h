/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

#include "command.h"

G_BEGIN_DECLS

/* What a command does in the main loop: it runs until something ends it. SIGINT and SIGTERM
 * do, and nobody who reads the output any more. */
typedef struct _ToolJob ToolJob;

/* @client is opened by tool_job_run() and closed when the job has ended; NULL if there is
 * none. What the connection does is said on standard error; a refusal is the end. */
ToolJob      *tool_job_new                (PusherClient   *client);

PusherClient *tool_job_get_client         (ToolJob        *self);

/* Says when it is subscribed and when nothing was heard, and ends if it is refused.
 * The channel is the client's. */
PusherChannel *tool_job_subscribe         (ToolJob        *self,
                                           const char     *name,
                                           GError        **error);

/* Ends with @status after as many seconds; 0 takes it back. */
void          tool_job_set_time_limit     (ToolJob        *self,
                                           double          seconds,
                                           ToolStatus      status);

/* With which a job ends that is interrupted: TOOL_STATUS_DONE if this is not called. */
void          tool_job_set_interrupted    (ToolJob        *self,
                                           ToolStatus      status);

/* Only the first one counts. */
void          tool_job_end                (ToolJob        *self,
                                           ToolStatus      status);
void          tool_job_fail               (ToolJob        *self,
                                           const GError   *error,
                                           ToolStatus      status);
gboolean      tool_job_has_ended          (ToolJob        *self);

/* Frees it. */
ToolStatus    tool_job_run                (ToolJob        *self);

/* A line on standard error for people, unless they want quiet. */
void          tool_say                    (const char     *format,
                                           ...) G_GNUC_PRINTF (1, 2);

G_END_DECLS
