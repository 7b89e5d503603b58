/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* To the nearest µs: processors with longer doubles have 9.9 s a bit shorter than that. */
#define SECONDS(n) ((gint64) ((n) * (double) G_USEC_PER_SEC + 0.5))

/* Iterates the thread-default main context until something is true. */
#define wait_until(condition)                                         \
  G_STMT_START                                                        \
  {                                                                   \
    gint64 end_ = wait_get_end ();                                    \
    while (!(condition))                                              \
      wait_iterate (end_, #condition, __FILE__, __LINE__, G_STRFUNC); \
  }                                                                   \
  G_STMT_END

gint64 wait_get_end (void);
void   wait_iterate (gint64      end,
                     const char *condition,
                     const char *file,
                     int         line,
                     const char *function);

/* Let happen what is on its way, before the test looks at what did not. */
void settle    (void);
void settle_by (const char *uri);

/* A GAsyncReadyCallback; user_data is a GAsyncResult ** to NULL. */
void store_result_cb (GObject      *source,
                      GAsyncResult *result,
                      gpointer      user_data);

G_END_DECLS
