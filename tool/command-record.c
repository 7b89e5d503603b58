/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Keeps what comes on channels in a file. */

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client.h"
#include "commands.h"
#include "complain.h"
#include "job.h"
#include "recording.h"

static int n_events;
static double wait_seconds;
static gboolean force;

static const GOptionEntry options[] = {
  { "count", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &n_events,
    N_("End after as many events"), N_("COUNT") },
  { "wait", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &wait_seconds,
    N_("End after as many seconds"), N_("SECONDS") },
  { "force", 'f', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &force,
    N_("Overwrite a file that is there"), NULL },
  { NULL },
};

typedef struct
{
  ToolJob *job;
  FILE *file;
  const char *path;
  gint64 start;
  int n_recorded;
} Recorder;

static void
write_line (Recorder   *self,
            const char *line)
{
  g_autoptr (GError) error = NULL;
  int saved_errno;

  if (fputs (line, self->file) != EOF && fputc ('\n', self->file) != EOF &&
      fflush (self->file) == 0)
    return;

  saved_errno = errno;
  error = g_error_new (G_FILE_ERROR, g_file_error_from_errno (saved_errno), "%s: %s", self->path,
                       g_strerror (saved_errno));
  tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
}

static gint64
get_offset (Recorder *self)
{
  return g_get_monotonic_time () - self->start;
}

/* --- What comes ----------------------------------------------------------- */

/* What the protocol says itself nobody could publish again. */
static gboolean
is_published (PusherEvent *event)
{
  const char *name = pusher_event_get_name (event);

  return !g_str_has_prefix (name, "pusher:") && !g_str_has_prefix (name, "pusher_internal:");
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Recorder      *self)
{
  g_autofree char *line = NULL;

  if (tool_job_has_ended (self->job) || !is_published (event))
    return;

  line = tool_recording_format_event (get_offset (self), event);
  write_line (self, line);
  self->n_recorded++;
  if (n_events > 0 && self->n_recorded == n_events)
    tool_job_end (self->job, TOOL_STATUS_DONE);
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        Recorder      *self)
{
  g_autofree char *line =
    tool_recording_format_gap (get_offset (self), pusher_channel_get_name (channel), duration);

  write_line (self, line);
}

/* --- Begins --------------------------------------------------------------- */

static gboolean
subscribe (Recorder   *self,
           const char *name,
           GError    **error)
{
  PusherChannel *channel = tool_job_subscribe (self->job, name, error);

  if (channel == NULL)
    return FALSE;

  g_signal_connect (channel, "event", G_CALLBACK (event_cb), self);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), self);

  return TRUE;
}

static gboolean
open_file (Recorder *self,
           GError  **error)
{
  int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (force ? O_TRUNC : O_EXCL);
  int fd;

  if (g_str_equal (self->path, "-"))
    {
      self->file = stdout;
      return TRUE;
    }

  fd = open (self->path, flags, 0666);
  if (fd < 0)
    {
      int saved_errno = errno;

      if (saved_errno == EEXIST)
        tool_set_usage_error (error, _("%s is there already: --force overwrites it."), self->path);
      else
        g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (saved_errno), "%s: %s",
                     self->path, g_strerror (saved_errno));
      return FALSE;
    }
  self->file = fdopen (fd, "w");

  return TRUE;
}

static ToolStatus
record (Recorder     *self,
        PusherClient *client,
        char        **channels)
{
  g_autoptr (GError) error = NULL;
  ToolStatus status;

  self->job = tool_job_new (client);
  for (guint i = 0; channels[i] != NULL; i++)
    {
      if (!subscribe (self, channels[i], &error))
        {
          tool_job_fail (self->job, error, TOOL_STATUS_USAGE);
          break;
        }
    }
  tool_job_set_time_limit (self->job, wait_seconds,
                           n_events > 0 ? TOOL_STATUS_TIMED_OUT : TOOL_STATUS_DONE);
  status = tool_job_run (self->job);
  tool_say (ngettext ("* %d event recorded, in %.1f s", "* %d events recorded, in %.1f s",
                      self->n_recorded),
            self->n_recorded, get_offset (self) / 1e6);

  return status;
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherClient) client = tool_client_new (settings, &error);
  Recorder self = { .path = arguments[0], .start = g_get_monotonic_time () };
  ToolStatus status;

  if (client == NULL || !open_file (&self, &error))
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  status = record (&self, client, arguments + 1);
  if (self.file != stdout)
    fclose (self.file);

  return status;
}

const ToolCommand tool_record_command = {
  .name = "record",
  .arguments = N_("FILE CHANNEL…"),
  .summary = N_("Keep the events of channels in a file, for “replay”"),
  .description = N_("The file has one JSON object in a line, with the time since the beginning in "
                    "seconds and the data exactly as it came; “-” is standard output. It goes on "
                    "until it is interrupted."),
  .examples = "record prices.jsonl prices\n"
              "record -w 60 - presence-room > room.jsonl",
  .options = options,
  .needs = TOOL_NEEDS_SERVER,
  .min_arguments = 2,
  .run = run,
};
