/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Sends a client event, as an application does. */

#include <glib/gi18n.h>
#include <stdio.h>

#include "client.h"
#include "commands.h"
#include "complain.h"
#include "input.h"
#include "job.h"

static double wait_seconds = 30;

static const GOptionEntry options[] = {
  { "wait", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &wait_seconds,
    N_("Give up after as many seconds (default: 30)"), N_("SECONDS") },
  { NULL },
};

typedef struct
{
  ToolJob *job;
  const char *event;
  char *data;
} Trigger;

/* The server does not answer an event, but objects to it: what comes back to a ping says that
 * it has read what was sent before. */
static void
pinged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Trigger *self = user_data;
  g_autoptr (GError) error = NULL;

  if (pusher_client_ping_finish (PUSHER_CLIENT (object), result, &error) < 0)
    tool_job_fail (self->job, error, TOOL_STATUS_LOST);
  else
    tool_job_end (self->job, TOOL_STATUS_DONE);
}

static void
error_cb (PusherChannel *channel,
          const GError  *error,
          Trigger       *self)
{
  tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
}

static void
succeeded_cb (PusherChannel *channel,
              Trigger       *self)
{
  g_autoptr (GError) error = NULL;

  if (!pusher_channel_trigger (channel, self->event, self->data, &error))
    tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
  else
    pusher_client_ping_async (tool_job_get_client (self->job), NULL, pinged_cb, self);
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherClient) client = tool_client_new (settings, &error);
  g_autofree char *data = NULL;
  PusherChannel *channel;
  Trigger self;

  if (client != NULL)
    data = tool_input_get_data (arguments[1] != NULL ? arguments[2] : NULL, &error);
  if (data == NULL || (channel = pusher_client_subscribe (client, arguments[0], &error)) == NULL)
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  self = (Trigger){ tool_job_new (client), arguments[1], data };
  tool_job_set_interrupted (self.job, TOOL_STATUS_FAILED);
  tool_job_set_time_limit (self.job, wait_seconds, TOOL_STATUS_TIMED_OUT);
  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (succeeded_cb), &self);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (error_cb), &self);
  g_signal_connect (channel, "error", G_CALLBACK (error_cb), &self);

  return tool_job_run (self.job);
}

const ToolCommand tool_trigger_command = {
  .name = "trigger",
  .arguments = N_("CHANNEL EVENT [DATA|-]"),
  .summary = N_("Send a client event, and wait until the server has read it"),
  .description = N_("The data is JSON: an argument, or with “-” what is read from standard "
                    "input. The name of a client event begins with “client-”, and the channel is "
                    "a private or presence channel."),
  .examples = "trigger private-chat client-typing '{\"user\": \"ada\"}'\n"
              "trigger private-chat client-message - < message.json",
  .options = options,
  .needs = TOOL_NEEDS_SERVER,
  .min_arguments = 2,
  .max_arguments = 3,
  .run = run,
};
