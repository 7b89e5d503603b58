/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The data of an event from the command line: @argument itself, standard input for “-”, and
 * “{}” for NULL. */
char *tool_input_get_data (const char *argument,
                           GError    **error);

G_END_DECLS
