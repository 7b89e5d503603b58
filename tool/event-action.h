/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

G_BEGIN_DECLS

/* What is done for each event besides showing it. */
typedef struct _ToolEventAction ToolEventAction;

/* @command is split like a shell does, but runs without one; NULL for none. */
ToolEventAction *tool_event_action_new  (const char      *command,
                                         gboolean         notify,
                                         GError         **error);
void             tool_event_action_run  (ToolEventAction *self,
                                         PusherEvent     *event);

/* Calls back once no command runs and none waits; perhaps at once. */
void             tool_event_action_finish (ToolEventAction *self,
                                           void           (*finished) (gpointer user_data),
                                           gpointer         user_data);

/* Lets the commands that run go on, and starts no more. */
void             tool_event_action_free (ToolEventAction *self);

G_END_DECLS
