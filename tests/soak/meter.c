/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "meter.h"

#include <malloc.h>
#include <time.h>

/* Such a program has another malloc(). */
#ifdef __SANITIZE_ADDRESS__
gsize __sanitizer_get_current_allocated_bytes (void);
#endif

gsize
meter_heap (void)
{
#ifdef __SANITIZE_ADDRESS__
  return __sanitizer_get_current_allocated_bytes ();
#else
  struct mallinfo2 info = mallinfo2 ();

  return info.uordblks + info.hblkhd;
#endif
}

/* Seconds that this process has worked */
double
meter_cpu (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);

  return time.tv_sec + time.tv_nsec / 1e9;
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;

  return n - 1; /* this one's */
}

/* Ids are given in order, and a source that is destroyed is not found any more. */
static guint
count_sources (void)
{
  GMainContext *context = g_main_context_get_thread_default ();
  GSource *probe = g_idle_source_new ();
  guint last = g_source_attach (probe, context);
  guint n = 0;

  g_source_destroy (probe);
  g_source_unref (probe);
  for (guint id = 1; id < last; id++)
    n += g_main_context_find_source_by_id (context, id) != NULL;

  return n;
}

/* Quarks are numbered in order. */
static guint
count_quarks (void)
{
  static guint n_probes;
  g_autofree char *name = g_strdup_printf ("quark of a meter %u", n_probes);

  return g_quark_from_string (name) - 1 - n_probes++;
}

void
meter_read (Meter *self)
{
  self->quarks = count_quarks ();
  self->sources = count_sources ();
  self->descriptors = count_descriptors ();
  self->heap = meter_heap ();
}
