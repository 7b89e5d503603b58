/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The table of one program, row by row. */
typedef struct _Report Report;

Report *report_new     (const char        *name,
                        const char *const *columns);
void    report_free    (Report            *self);
void    report_set     (Report            *self,
                        const char        *row,
                        guint              column,
                        const char        *text);
void    report_print   (Report            *self);

/* The same table in a page, between two comments that name it. */
void    report_compare (Report            *self,
                        const char        *page);
void    report_write   (Report            *self,
                        const char        *page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Report, report_free)

G_END_DECLS
