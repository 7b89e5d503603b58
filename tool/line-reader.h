/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The lines of a text that may be a pipe, one after the other. */
typedef struct _ToolLineReader ToolLineReader;

/* @path is a file, or “-” for standard input. */
ToolLineReader *tool_line_reader_new         (const char         *path,
                                              GError            **error);

/* Nothing may be read then. */
void            tool_line_reader_free        (ToolLineReader     *self);

void            tool_line_reader_read_async  (ToolLineReader     *self,
                                              GCancellable       *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);

/* NULL without an error at the end. */
char           *tool_line_reader_read_finish (GAsyncResult       *result,
                                              GError            **error);

/* Of the line that was read last; the first one is 1. */
gsize         tool_line_reader_get_number  (ToolLineReader     *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolLineReader, tool_line_reader_free)

G_END_DECLS
