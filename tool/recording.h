/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

G_BEGIN_DECLS

/* A line of a recording: an event, or a gap in what was heard of a channel. Times are in
 * microseconds since the recording began. */

char *tool_recording_format_event (gint64       offset,
                                   PusherEvent *event);
char *tool_recording_format_gap   (gint64       offset,
                                   const char  *channel,
                                   gint64       duration);

typedef struct
{
  gint64 offset;
  char *channel;
  char *event;     /* NULL for a gap */
  char *data_json; /* a JSON string, as it was */
  gboolean has_user;
} ToolRecorded;

ToolRecorded *tool_recording_parse (const char    *line,
                                    GError       **error);
void          tool_recorded_free   (ToolRecorded  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolRecorded, tool_recorded_free)

G_END_DECLS
