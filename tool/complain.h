/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TOOL_USAGE_ERROR (tool_usage_error_quark ())

/* What is wrong with how the program was called; its code does not matter. */
GQuark      tool_usage_error_quark (void);
void        tool_set_usage_error   (GError      **error,
                                    const char   *format,
                                    ...) G_GNUC_PRINTF (2, 3);

/* On standard error, with what may help. */
void        tool_complain          (const GError *error);

/* What to try after it; NULL if there is nothing to say. */
const char *tool_get_hint          (const GError *error);

G_END_DECLS
