/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "measure.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static double cpu_at_begin;
static double time_at_begin;
static gboolean printed;

static double
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);

  return time.tv_sec * 1e6 + time.tv_nsec / 1e3;
}

/* Bytes; ru_maxrss would count what the process was before exec. */
static double
read_status (const char *field)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;

  line = strstr (status, field);

  return g_ascii_strtod (line + strlen (field), NULL) * 1024;
}

/* One JSON object of numbers */
void
measure_print (const char *name,
               double      value)
{
  printf ("%s\"%s\":%.3f", printed ? "," : "{", name, value);
  printed = TRUE;
}

void
measure_done (void)
{
  printf ("}\n");
  fflush (stdout);
}

/* Bytes that were allocated and not freed */
double
measure_get_heap (void)
{
  struct mallinfo2 info = mallinfo2 ();

  return (double) info.uordblks + (double) info.hblkhd;
}

double
measure_get_rss (void)
{
  return read_status ("VmRSS:");
}

/* --- A timer ------------------------------------------------------------- */

#define INTERVAL 16 /* ms: a frame at 60 Hz */

static struct
{
  gint64 last; /* when it was on time, or too late; µs, 0 if nobody watches */
  gint64 latest;
  guint n_ticks;
} timer;

static void
note_lateness (void)
{
  gint64 now = g_get_monotonic_time ();

  timer.latest = MAX (timer.latest, now - timer.last - INTERVAL * 1000);
  timer.last = now;
}

static gboolean
tick_cb (gpointer user_data)
{
  note_lateness ();
  timer.n_ticks++;

  return G_SOURCE_CONTINUE;
}

void
measure_spend (guint64 microseconds)
{
  gint64 end = g_get_monotonic_time () + (gint64) microseconds;

  while (microseconds > 0 && g_get_monotonic_time () < end)
    ;
}

/* --- Between two points -------------------------------------------------- */

void
measure_begin (void)
{
  cpu_at_begin = read_clock (CLOCK_PROCESS_CPUTIME_ID);
  time_at_begin = read_clock (CLOCK_MONOTONIC);
}

void
measure_watch_timer (guint64 pause,
                     int     priority)
{
  g_usleep (pause * 1000);
  measure_begin ();
  timer.last = g_get_monotonic_time ();
  g_timeout_add_full (priority, INTERVAL, tick_cb, NULL, NULL);
}

void
measure_end (guint64 n_messages)
{
  double cpu = read_clock (CLOCK_PROCESS_CPUTIME_ID) - cpu_at_begin;

  measure_print ("messages", n_messages);
  measure_print ("cpu", cpu);
  measure_print ("wall", read_clock (CLOCK_MONOTONIC) - time_at_begin);
  measure_print ("peak", read_status ("VmHWM:"));
  if (timer.last != 0)
    {
      note_lateness ();
      measure_print ("late", timer.latest);
      measure_print ("ticks", timer.n_ticks);
    }
}
