/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Measures how long the server takes to answer. */

#include <glib/gi18n.h>
#include <stdio.h>

#include "client.h"
#include "commands.h"
#include "complain.h"
#include "distribution.h"
#include "job.h"

static int count = 20;
static int interval = 200;
static double wait_seconds = 30;
static gboolean as_json;

static const GOptionEntry options[] = {
  { "count", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &count,
    N_("How many pings (default: 20)"), N_("COUNT") },
  { "interval", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &interval,
    N_("Between an answer and the next ping (default: 200)"), N_("MILLISECONDS") },
  { "wait", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &wait_seconds,
    N_("Give up after so long without an answer (default: 30)"), N_("SECONDS") },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_json, N_("Print a JSON object"), NULL },
  { NULL },
};

typedef struct
{
  ToolJob *job;
  ToolDistribution *round_trips; /* in µs */
  GCancellable *cancellable;
  int n_sent;
  int n_lost;
  guint next_source;
  gboolean running; /* a ping */
} Measurement;

/* --- One after the other ------------------------------------------------- */

static void wait_for_next (Measurement *self);

static void
pinged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Measurement *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 round_trip = pusher_client_ping_finish (PUSHER_CLIENT (object), result, &error);

  self->running = FALSE;
  if (tool_job_has_ended (self->job))
    return;

  if (round_trip >= 0)
    {
      tool_distribution_add (self->round_trips, round_trip);
      tool_job_set_time_limit (self->job, wait_seconds, TOOL_STATUS_TIMED_OUT);
      if (tool_is_verbose ())
        tool_say (_("* %.3f ms"), round_trip / 1e3);
    }
  else
    {
      self->n_lost++;
    }
  wait_for_next (self);
}

/* Without a connection nothing is sent, and so nothing lost. */
static gboolean
next_cb (gpointer user_data)
{
  Measurement *self = user_data;
  PusherClient *client = tool_job_get_client (self->job);

  if (pusher_client_get_state (client) != PUSHER_CONNECTION_STATE_CONNECTED)
    return G_SOURCE_CONTINUE;

  self->next_source = 0;
  self->running = TRUE;
  self->n_sent++;
  pusher_client_ping_async (client, self->cancellable, pinged_cb, self);

  return G_SOURCE_REMOVE;
}

static void
wait_for_next (Measurement *self)
{
  if (self->n_sent == count)
    tool_job_end (self->job, self->n_lost > 0 ? TOOL_STATUS_LOST : TOOL_STATUS_DONE);
  else
    self->next_source = g_timeout_add (interval, next_cb, self);
}

static void
connected_cb (PusherClient *client,
              GParamSpec   *pspec,
              Measurement  *self)
{
  if (pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_CONNECTED &&
      self->n_sent == 0 && !tool_job_has_ended (self->job))
    next_cb (self);
}

/* --- The result ---------------------------------------------------------- */

/* What was sent last may have no answer yet. */
static void
print_result (Measurement *self)
{
  int n_answered = tool_distribution_get_count (self->round_trips);

  if (as_json)
    {
      g_autofree char *object =
        n_answered > 0 ? tool_distribution_to_json (self->round_trips) : g_strdup ("null");

      printf ("{\"sent\":%d,\"answered\":%d,\"lost\":%d,\"microseconds\":%s}\n", self->n_sent,
              n_answered, self->n_lost, object);
      return;
    }

  printf (_("pings: %d, answered: %d, lost: %d\n"), self->n_sent, n_answered, self->n_lost);
  if (n_answered > 0)
    {
      g_autofree char *text = tool_distribution_to_text (self->round_trips);

      printf ("%s\n", text);
    }
}

static gboolean
check_options (char   **arguments,
               GError **error)
{
  if (arguments[0] != NULL)
    tool_set_usage_error (error, _("“%s” takes no arguments."), "rtt");
  else if (count < 1 || interval < 0 || !(wait_seconds > 0))
    tool_set_usage_error (error, _("--count and --wait are more than 0, and --interval is not "
                                   "less."));
  else
    return TRUE;

  return FALSE;
}

static void
measurement_clear (Measurement  *self,
                   PusherClient *client)
{
  g_signal_handlers_disconnect_by_data (client, self);
  g_clear_handle_id (&self->next_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  while (self->running)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (self->cancellable);
  tool_distribution_free (self->round_trips);
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherClient) client = NULL;
  Measurement self = { NULL };
  ToolStatus status;

  if (!check_options (arguments, &error) || (client = tool_client_new (settings, &error)) == NULL)
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  self.round_trips = tool_distribution_new ();
  self.cancellable = g_cancellable_new ();
  self.job = tool_job_new (client);
  g_signal_connect (client, "notify::state", G_CALLBACK (connected_cb), &self);
  tool_job_set_time_limit (self.job, wait_seconds, TOOL_STATUS_TIMED_OUT);
  status = tool_job_run (self.job);
  if (self.n_sent > 0)
    print_result (&self);
  measurement_clear (&self, client);

  return status;
}

const ToolCommand tool_rtt_command = {
  .name = "rtt",
  .summary = N_("Measure the round trips of pings"),
  /* xgettext:no-c-format */
  .description = N_("Says the smallest, the median, the largest, and which ones 90 % and 99 % do "
                    "not exceed. A ping is lost if the connection is lost before the answer; the "
                    "status is 4 then. When it is interrupted it says what there is."),
  .examples = "rtt\n"
              "rtt -n 1000 --interval 10 --json",
  .options = options,
  .needs = TOOL_NEEDS_SERVER,
  .run = run,
};
