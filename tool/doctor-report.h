/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "command.h"

G_BEGIN_DECLS

/* What came of a check. */
typedef enum
{
  TOOL_OUTCOME_OK,
  TOOL_OUTCOME_WARNING,
  TOOL_OUTCOME_FAILED,
  TOOL_OUTCOME_TIMED_OUT,
  TOOL_OUTCOME_SKIPPED, /* there is nothing to check, or nobody asked for it */
  TOOL_OUTCOME_BLOCKED, /* an earlier one failed that it needs */
} ToolOutcome;

/* What the checks have found: lines for people as soon as one is over, or a JSON document in
 * the end. No secret gets into either. */
typedef struct _ToolReport ToolReport;

ToolReport *tool_report_new         (gboolean            as_json);
void        tool_report_free        (ToolReport         *self);

/* @text does not appear, whoever says it. */
void        tool_report_hide        (ToolReport         *self,
                                     const char         *text);

/* Between its begin and its end there is one check. */
void        tool_report_begin       (ToolReport         *self,
                                     const char         *check);
/* For programs, in the document alone. What is measured is in microseconds. */
void        tool_report_set_text    (ToolReport         *self,
                                     const char         *name,
                                     const char         *value);
void        tool_report_set_number  (ToolReport         *self,
                                     const char         *name,
                                     gint64              value);
/* One more of those that a list has. */
void        tool_report_add_text    (ToolReport         *self,
                                     const char         *name,
                                     const char         *value);
/* A line for people, below that of the check. */
void        tool_report_note        (ToolReport         *self,
                                     const char         *format,
                                     ...) G_GNUC_PRINTF (2, 3);
/* The check has taken no longer than until now. */
void        tool_report_stop_clock  (ToolReport         *self);
/* @fault is the name of what is wrong, for programs, and @advice what to do about it; both are
 * NULL if nothing is. */
void        tool_report_end         (ToolReport         *self,
                                     ToolOutcome         outcome,
                                     const char         *fault,
                                     const char         *message,
                                     const char         *advice);

/* Whether the check is over, and found nothing that makes others impossible. */
gboolean    tool_report_allows      (ToolReport         *self,
                                     const char         *check);
/* The last words. */
ToolStatus  tool_report_finish      (ToolReport         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ToolReport, tool_report_free)

G_END_DECLS
