/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Measures what comes on a channel. */

#include <glib/gi18n.h>
#include <stdio.h>
#include <unistd.h>

#include "client.h"
#include "commands.h"
#include "complain.h"
#include "distribution.h"
#include "job.h"

/* From here on it is ms: as seconds it would be the year 5138. */
#define FIRST_MILLISECONDS 1e11

static double wait_seconds = 10;
static int n_events;
static gboolean as_json;
static char *time_pointer;

static const GOptionEntry options[] = {
  { "wait", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &wait_seconds,
    N_("How long to measure (default: 10; 0 for no end)"), N_("SECONDS") },
  { "count", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &n_events,
    N_("End after as many events"), N_("COUNT") },
  { "time-pointer", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &time_pointer,
    N_("Where in the data the time is at which it was sent"), N_("POINTER") },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_json, N_("Print a JSON object"), NULL },
  { NULL },
};

typedef struct
{
  ToolJob *job;
  gint64 began_at; /* 0 before the subscription */
  gint64 ended_at;
  guint64 n_events;
  guint64 n_bytes;
  guint64 n_without_time;
  ToolDistribution *lateness; /* in µs */
  guint n_gaps;
  gint64 missed; /* µs in them */
  guint progress_source;
  guint64 n_told;
} Bench;

/* --- What comes ---------------------------------------------------------- */

static void
measure_lateness (Bench       *self,
                  PusherEvent *event)
{
  gint64 now = g_get_real_time ();
  double sent_at;

  if (!pusher_event_lookup_double (event, time_pointer, &sent_at))
    self->n_without_time++;
  else
    tool_distribution_add (self->lateness,
                           now - sent_at * (sent_at < FIRST_MILLISECONDS ? 1e6 : 1e3));
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Bench         *self)
{
  g_autoptr (GBytes) bytes = pusher_event_get_bytes (event);

  /* What comes of the protocol itself is not what is measured. */
  if (tool_job_has_ended (self->job) || self->began_at == 0 ||
      g_str_has_prefix (pusher_event_get_name (event), "pusher:"))
    return;

  self->ended_at = g_get_monotonic_time ();
  self->n_events++;
  self->n_bytes += bytes != NULL ? g_bytes_get_size (bytes) : 0;
  if (time_pointer != NULL)
    measure_lateness (self, event);
  if (n_events > 0 && self->n_events == (guint64) n_events)
    tool_job_end (self->job, TOOL_STATUS_DONE);
}

static gboolean
progress_cb (gpointer user_data)
{
  Bench *self = user_data;

  tool_say (_("* events: %.0f, in the last second: %.0f"), (double) self->n_events,
            (double) (self->n_events - self->n_told));
  self->n_told = self->n_events;

  return G_SOURCE_CONTINUE;
}

/* The time begins with the subscription, and not again with the next one. */
static void
subscribed_cb (PusherChannel *channel,
               Bench         *self)
{
  if (self->began_at != 0 || tool_job_has_ended (self->job))
    return;

  tool_say (_("* subscribed to %s"), pusher_channel_get_name (channel));
  self->began_at = self->ended_at = g_get_monotonic_time ();
  tool_job_set_time_limit (self->job, wait_seconds,
                           n_events > 0 ? TOOL_STATUS_TIMED_OUT : TOOL_STATUS_DONE);
  if (isatty (STDERR_FILENO) || tool_is_verbose ())
    self->progress_source = g_timeout_add_seconds (1, progress_cb, self);
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        Bench         *self)
{
  tool_say (_("* a gap of %.1f s: events may be missing"), duration / 1e6);
  self->n_gaps++;
  self->missed += duration;
}

static void
subscription_error_cb (PusherChannel *channel,
                       const GError  *error,
                       Bench         *self)
{
  tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
}

/* --- The result ---------------------------------------------------------- */

static void
print_as_json (Bench *self,
               double seconds)
{
  g_autofree char *lateness = tool_distribution_get_count (self->lateness) > 0
                                ? tool_distribution_to_json (self->lateness)
                                : g_strdup ("null");
  char per_second[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (per_second, sizeof per_second, "%.1f",
                   seconds > 0 ? self->n_events / seconds : 0);
  printf ("{\"microseconds\":%" G_GINT64_FORMAT ",\"events\":%" G_GUINT64_FORMAT
          ",\"events_per_second\":%s,\"bytes\":%" G_GUINT64_FORMAT
          ",\"lateness\":%s,\"without_time\":%" G_GUINT64_FORMAT
          ",\"gaps\":%u,\"missed_microseconds\":%" G_GINT64_FORMAT "}\n",
          (gint64) (seconds * 1e6), self->n_events, per_second, self->n_bytes, lateness,
          self->n_without_time, self->n_gaps, self->missed);
}

static void
print_for_people (Bench *self,
                  double seconds)
{
  double divisor = seconds > 0 ? seconds : 1;

  printf (_("events: %.0f in %.1f s, %.1f a second; data: %.1f kB a second\n"),
          (double) self->n_events, seconds, self->n_events / divisor,
          self->n_bytes / divisor / 1000);
  if (tool_distribution_get_count (self->lateness) > 0)
    {
      g_autofree char *text = tool_distribution_to_text (self->lateness);

      printf (_("late by: %s\n"), text);
    }
  if (self->n_without_time > 0)
    printf (_("without a time: %.0f\n"), (double) self->n_without_time);
  if (self->n_gaps > 0)
    printf (_("gaps: %u, %.1f s together: events may be missing\n"), self->n_gaps,
            self->missed / 1e6);
}

static void
print_result (Bench *self)
{
  double seconds =
    ((n_events > 0 ? self->ended_at : g_get_monotonic_time ()) - self->began_at) / 1e6;

  if (as_json)
    print_as_json (self, seconds);
  else
    print_for_people (self, seconds);
}

/* --- Begins -------------------------------------------------------------- */

static gboolean
check_options (GError **error)
{
  if (wait_seconds < 0 || n_events < 0)
    tool_set_usage_error (error, _("--wait and --count are not less than 0."));
  else if (time_pointer != NULL && time_pointer[0] != '/')
    tool_set_usage_error (error, _("“%s” is no JSON Pointer, such as /sent/at."), time_pointer);
  else
    return TRUE;

  return FALSE;
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherClient) client = NULL;
  PusherChannel *channel = NULL;
  Bench self = { NULL };
  ToolStatus status;

  if (check_options (&error) && (client = tool_client_new (settings, &error)) != NULL)
    channel = pusher_client_subscribe (client, arguments[0], &error);
  if (channel == NULL)
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  self.lateness = tool_distribution_new ();
  self.job = tool_job_new (client);
  g_signal_connect (channel, "event", G_CALLBACK (event_cb), &self);
  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), &self);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (subscription_error_cb), &self);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), &self);
  status = tool_job_run (self.job);
  g_signal_handlers_disconnect_by_data (channel, &self);
  g_clear_handle_id (&self.progress_source, g_source_remove);
  if (self.began_at != 0)
    print_result (&self);
  tool_distribution_free (self.lateness);

  return status;
}

const ToolCommand tool_bench_command = {
  .name = "bench",
  .arguments = N_("CHANNEL"),
  .summary = N_("Measure how much comes on a channel, and how late"),
  .description = N_("Says how many events and bytes a second came since the subscription, and "
                    "the gaps in between. If the data has the time at which it was sent, in "
                    "seconds or milliseconds since 1970, it also says how late the events were, "
                    "as the clock of this machine sees it."),
  .examples = "bench prices\n"
              "bench -w 60 --time-pointer /sent_at --json prices",
  .options = options,
  .needs = TOOL_NEEDS_SERVER,
  .min_arguments = 1,
  .max_arguments = 1,
  .run = run,
};
