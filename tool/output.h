/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <pusher-glib/pusher.h>

G_BEGIN_DECLS

typedef enum
{
  TOOL_OUTPUT_PEOPLE, /* folded, with colours on a terminal */
  TOOL_OUTPUT_JSON,   /* an object in a line */
  TOOL_OUTPUT_RAW,    /* the data as it came */
  TOOL_OUTPUT_FORMAT, /* see tool_output_check_format() */
} ToolOutputMode;

/* For people on a terminal, as JSON otherwise. */
ToolOutputMode tool_output_get_default  (void);

/* Texts in which “{time}”, “{channel}”, “{event}”, “{user}” and “{data}” stand for those of
 * an event, and “{/pointer}” for a field of the data. */
gboolean       tool_output_check_format (const char     *format,
                                         GError        **error);

/* A line for an event. The result is whether somebody still reads. */
gboolean       tool_output_event        (ToolOutputMode  mode,
                                         const char     *format,
                                         PusherEvent    *event);

/* A line that is not about an event of the server, such as a member that came; in JSON with
 * the name @event, and @data if that is not NULL. */
gboolean       tool_output_note         (ToolOutputMode  mode,
                                         const char     *channel,
                                         const char     *event,
                                         const char     *data);

/* Fit for a terminal: whatever a server said cannot move its cursor. */
char          *tool_output_printable    (const char     *text);

/* A JSON text for @text. */
char          *tool_output_quote        (const char     *text);

gboolean       tool_output_has_colors   (int             fd);

G_END_DECLS
