/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The whole client, with a transport that is not one: what the application calls, also
 * from within its handlers, what the server says, what goes wrong and how time passes is
 * all in the bytes of the input. Then there is peace, and everything has to fit: see
 * client/peace.c for what is compared, client/model.c for what a client may send,
 * client/watch.c for what it tells, and client/world.c for what may be left.
 */

#include "client/application.h"
#include "client/messages.h"
#include "client/peace.h"
#include "client/world.h"

#include <string.h>

/* Text that only the application may see is marked. */
#define SECRET_MARKS { "psst", "hush:" }

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         length);

/* Of the address sanitizer; not there without. */
gsize __sanitizer_get_current_allocated_bytes (void) __attribute__ ((weak));

static void
log_cb (const char    *domain,
        GLogLevelFlags level,
        const char    *text,
        gpointer       user_data)
{
  static const char *const marks[] = SECRET_MARKS;

  world_tell ("%s: %s", domain, text);
  world_check (!(level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING)),
               "%s: %s", domain, text);
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    world_check (strstr (text, marks[i]) == NULL, "a secret is logged: %s", text);
}

static void
run (const guint8 *bytes,
     gsize         length)
{
  input_start (bytes, length);
  world_start ();
  application_start ();
  while (!input_is_over ())
    application_act ();
  peace_make ();
  application_end ();
  say_forget ();
  world_end ();
}

/* Only the sanitizer counts exactly: what malloc () has given away grows and shrinks with
 * what it keeps. */
static gsize
get_allocated (void)
{
  return __sanitizer_get_current_allocated_bytes != NULL
           ? __sanitizer_get_current_allocated_bytes () : 0;
}

/* GLib and others keep something the first time. What grows each time is lost. */
static void
check_memory (const guint8 *bytes,
              gsize         length,
              gsize         before)
{
  const guint n_runs = 4;

  for (guint i = 0; i < n_runs; i++)
    {
      gsize now = get_allocated ();

      if (now <= before)
        return;
      before = now;
      run (bytes, length);
    }

  world_check (get_allocated () <= before, "each run takes memory: %" G_GSIZE_FORMAT " bytes",
               get_allocated () - before);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         length)
{
  static gboolean initialized;
  gsize before = get_allocated ();

  if (!initialized)
    g_log_set_default_handler (log_cb, NULL);
  initialized = TRUE;

  run (bytes, length);
  check_memory (bytes, length, before);

  return 0;
}
