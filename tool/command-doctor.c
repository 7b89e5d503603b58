/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Says what is wrong. */

#include <glib/gi18n.h>
#include <string.h>

#include "commands.h"
#include "complain.h"
#include "doctor.h"

static char *private_channel;
static double limit_seconds = 10;
static gboolean as_json, wants_idle;
static guint idle_seconds;

static gboolean
idle_cb (const char *option,
         const char *value,
         gpointer    data,
         GError    **error)
{
  guint64 seconds = 0;

  wants_idle = TRUE;
  if (value != NULL && !g_ascii_string_to_unsigned (value, 10, 1, 24 * 60 * 60, &seconds, NULL))
    {
      tool_set_usage_error (error, _("“%s” is not a number of seconds."), value);
      return FALSE;
    }
  idle_seconds = seconds;

  return TRUE;
}

static const GOptionEntry options[] = {
  { "private", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &private_channel,
    N_("Try this private or presence channel"), N_("CHANNEL") },
  { "idle", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, idle_cb,
    N_("Try so long a silence (default: until the client pings)"),
    N_("SECONDS") },
  { "wait", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &limit_seconds,
    N_("Give up a check after as many seconds (default: 10)"), N_("SECONDS") },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_json,
    N_("Print one JSON document, for a bug report"), NULL },
  { NULL },
};

static gboolean
is_private (const char *channel)
{
  return g_str_has_prefix (channel, "private-") || g_str_has_prefix (channel, "presence-");
}

static gboolean
check_options (const char *channel,
               GError    **error)
{
  if (!(limit_seconds > 0))
    tool_set_usage_error (error, _("A check needs some time: --wait is more than 0."));
  else if (private_channel != NULL && !is_private (private_channel))
    tool_set_usage_error (error, _("The name of a private channel begins with “private-” or "
                                   "“presence-”, and “%s” does not."),
                          private_channel);
  else if (channel != NULL && is_private (channel) && private_channel != NULL)
    tool_set_usage_error (error, _("“%s” is no public channel."), channel);
  else
    return TRUE;

  return FALSE;
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;
  const char *channel = arguments[0];
  ToolDoctor doctor = { NULL };
  ToolStatus status;

  if (!check_options (channel, &error))
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  tool_doctor_init (&doctor, settings, as_json);
  if (channel != NULL && is_private (channel))
    doctor.private_channel = channel;
  else
    {
      doctor.public_channel = channel;
      doctor.private_channel = private_channel;
    }
  doctor.limit = limit_seconds;
  doctor.wants_idle = wants_idle;
  doctor.idle_seconds = idle_seconds;
  status = tool_doctor_run (&doctor);
  tool_doctor_clear (&doctor);

  return status;
}

const ToolCommand tool_doctor_command = {
  .name = "doctor",
  .arguments = N_("[CHANNEL]"),
  .summary = N_("Look step by step what is wrong with a connection"),
  .description = N_("Checks the settings, the network, TLS, the server, a public and a private "
                    "channel, the authorization endpoint and the clock, and says for each what "
                    "was found and what to do about it. Ends with status 0 if all is well, 1 if "
                    "something failed first, and 3 if something did not answer in time. The "
                    "document of --json has no secrets."),
  .examples = "doctor\n"
              "doctor --private presence-room --user-id ada\n"
              "doctor --idle=120 --json > report.json",
  .options = options,
  .needs = TOOL_NEEDS_SERVER,
  .max_arguments = 1,
  .run = run,
};
