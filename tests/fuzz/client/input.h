/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The bytes of the fuzzer, which decide what happens. Once they are over, the answer
 * to each question is no, or the first. */
void     input_start   (const guint8 *bytes,
                        gsize         length);
gboolean input_is_over (void);
guint    input_draw    (guint         n);
gboolean input_chance  (guint         n_of_256);
char    *input_text    (gsize        *length);

G_END_DECLS
