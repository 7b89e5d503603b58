/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For public functions that only the thread of the source's main context may call:
 * complains of another one, once for each function. source: NULL for no check */
#define PUSHER_CHECK_THREAD(source) \
  G_STMT_START \
    { \
      static int _pusher_told = FALSE; \
      pusher_thread_check ((source), G_STRFUNC, &_pusher_told); \
    } \
  G_STMT_END

void pusher_thread_check (GSource    *source,
                          const char *function,
                          int        *told);

G_END_DECLS
