/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of what somebody else has said, in an error or in a log */
#define PUSHER_PRINTABLE_MAX 512

char *pusher_printable (const char *text,
                        gsize       max);

G_END_DECLS
