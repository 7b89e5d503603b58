/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Shows what comes on channels. */

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "client.h"
#include "commands.h"
#include "complain.h"
#include "event-action.h"
#include "job.h"
#include "output.h"

static char **only_events;
static int n_events;
static double wait_seconds;
static gboolean as_json, as_raw, with_members, with_notifications, fail_on_gap, sign_in;
static char *format, *action_command;

static const GOptionEntry options[] = {
  { "event", 'e', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING_ARRAY, &only_events,
    N_("Show events of this name only; may be given more than once"), N_("EVENT") },
  { "count", 'n', G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &n_events,
    N_("End after as many events"), N_("COUNT") },
  { "wait", 'w', G_OPTION_FLAG_NONE, G_OPTION_ARG_DOUBLE, &wait_seconds,
    N_("End after as many seconds"), N_("SECONDS") },
  { "json", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_json,
    N_("One JSON object in a line (the default unless on a terminal)"), NULL },
  { "raw", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &as_raw,
    N_("The data alone, as it came"), NULL },
  { "format", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &format,
    N_("A line of {time}, {channel}, {event}, {user}, {data} and fields like {/price}"),
    N_("FORMAT") },
  { "members", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &with_members,
    N_("Show who is on presence channels, who comes and who goes"), NULL },
  { "exec", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &action_command,
    N_("Run this for each event, with its data for {}"), N_("COMMAND") },
  { "notify", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &with_notifications,
    N_("Show each event as a notification of the desktop"), NULL },
  { "fail-on-gap", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &fail_on_gap,
    N_("End with status 4 when events may have been missed"), NULL },
  { "signin", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &sign_in,
    N_("Sign in as a user, and show what is sent to that user"), NULL },
  { NULL },
};

typedef struct
{
  ToolJob *job;
  ToolEventAction *action;
  ToolOutputMode mode;
  int n_shown;
} Listener;

/* --- What comes ---------------------------------------------------------- */

/* Those of the protocol itself are shown to whoever asks for them by their names. */
static gboolean
is_wanted (PusherEvent *event)
{
  const char *name = pusher_event_get_name (event);

  return only_events != NULL ? g_strv_contains ((const char *const *) only_events, name)
                             : !g_str_has_prefix (name, "pusher:");
}

static gboolean
has_enough (Listener *self)
{
  return n_events > 0 && self->n_shown >= n_events;
}

static void
finished_cb (gpointer user_data)
{
  Listener *self = user_data;

  tool_job_end (self->job, TOOL_STATUS_DONE);
}

static void
show_event (Listener    *self,
            PusherEvent *event)
{
  if (tool_job_has_ended (self->job) || has_enough (self) || !is_wanted (event))
    return;

  if (!tool_output_event (self->mode, format, event))
    {
      tool_job_end (self->job, TOOL_STATUS_DONE);
      return;
    }
  tool_event_action_run (self->action, event);
  self->n_shown++;
  if (has_enough (self))
    tool_event_action_finish (self->action, finished_cb, self);
}

static void
event_cb (PusherChannel *channel,
          PusherEvent   *event,
          Listener      *self)
{
  show_event (self, event);
}

static void
user_event_cb (PusherUser  *user,
               PusherEvent *event,
               Listener    *self)
{
  show_event (self, event);
}

static void
show_member (Listener      *self,
             PusherChannel *channel,
             const char    *what,
             PusherMember  *member)
{
  g_autofree char *id = tool_output_quote (pusher_member_get_id (member));
  const char *info = pusher_member_get_info (member);
  g_autofree char *data = g_strdup_printf ("{\"user_id\":%s%s%s}", id,
                                           info != NULL ? ",\"user_info\":" : "",
                                           info != NULL ? info : "");

  g_strdelimit (data, "\r\n", ' ');
  tool_output_note (self->mode, pusher_channel_get_name (channel), what, data);
}

static void
member_added_cb (PusherPresenceChannel *channel,
                 PusherMember          *member,
                 Listener              *self)
{
  show_member (self, PUSHER_CHANNEL (channel), "pusher:member_added", member);
}

static void
member_removed_cb (PusherPresenceChannel *channel,
                   PusherMember          *member,
                   Listener              *self)
{
  show_member (self, PUSHER_CHANNEL (channel), "pusher:member_removed", member);
}

/* --- What becomes of the channels ---------------------------------------- */

static void
show_members_cb (PusherPresenceChannel *channel,
                 Listener              *self)
{
  GListModel *members = pusher_presence_channel_get_members (channel);

  for (guint i = 0; i < g_list_model_get_n_items (members); i++)
    {
      g_autoptr (PusherMember) member = g_list_model_get_item (members, i);

      show_member (self, PUSHER_CHANNEL (channel), "member", member);
    }
}

static void
cache_miss_cb (PusherChannel *channel,
               Listener      *self)
{
  tool_say (_("* nothing is cached of %s"), pusher_channel_get_name (channel));
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        Listener      *self)
{
  tool_job_end (self->job, TOOL_STATUS_LOST);
}

static void
signed_in_cb (PusherUser *user,
              GParamSpec *pspec,
              Listener   *self)
{
  if (pusher_user_get_signed_in (user))
    tool_say (_("* signed in as %s"), pusher_user_get_id (user));
}

static void
sign_in_error_cb (PusherUser   *user,
                  const GError *error,
                  Listener     *self)
{
  tool_job_fail (self->job, error, TOOL_STATUS_FAILED);
}

/* --- Begins -------------------------------------------------------------- */

static gboolean
subscribe (Listener    *self,
           const char  *name,
           GError     **error)
{
  PusherChannel *channel = tool_job_subscribe (self->job, name, error);

  if (channel == NULL)
    return FALSE;

  g_signal_connect (channel, "event", G_CALLBACK (event_cb), self);
  g_signal_connect (channel, "cache-miss", G_CALLBACK (cache_miss_cb), self);
  if (fail_on_gap)
    g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), self);
  if (with_members && PUSHER_IS_PRESENCE_CHANNEL (channel))
    {
      g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (show_members_cb), self);
      g_signal_connect (channel, "member-added", G_CALLBACK (member_added_cb), self);
      g_signal_connect (channel, "member-removed", G_CALLBACK (member_removed_cb), self);
    }

  return TRUE;
}

static void
start_sign_in (Listener *self)
{
  PusherUser *user = pusher_client_get_user (tool_job_get_client (self->job));

  g_signal_connect (user, "event", G_CALLBACK (user_event_cb), self);
  g_signal_connect (user, "notify::signed-in", G_CALLBACK (signed_in_cb), self);
  g_signal_connect (user, "sign-in-error", G_CALLBACK (sign_in_error_cb), self);
  pusher_user_sign_in (user);
}

static gboolean
read_options (Listener *self,
              GError  **error)
{
  if (as_json + as_raw + (format != NULL) > 1)
    {
      tool_set_usage_error (error, _("Only one of --json, --raw and --format can be."));
      return FALSE;
    }
  if (format != NULL && !tool_output_check_format (format, error))
    return FALSE;

  self->mode = as_json          ? TOOL_OUTPUT_JSON
               : as_raw         ? TOOL_OUTPUT_RAW
               : format != NULL ? TOOL_OUTPUT_FORMAT
                                : tool_output_get_default ();
  self->action = tool_event_action_new (action_command, with_notifications, error);

  return self->action != NULL;
}

static ToolStatus
run (const ToolSettings *settings,
     char              **arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherClient) client = tool_client_new (settings, &error);
  Listener self = { NULL };
  ToolStatus status;

  if (client == NULL || !read_options (&self, &error))
    {
      tool_complain (error);
      return TOOL_STATUS_USAGE;
    }

  self.job = tool_job_new (client);
  for (guint i = 0; arguments[i] != NULL; i++)
    {
      if (!subscribe (&self, arguments[i], &error))
        {
          tool_job_fail (self.job, error, TOOL_STATUS_USAGE);
          break;
        }
    }
  if (sign_in)
    start_sign_in (&self);
  tool_job_set_time_limit (self.job, wait_seconds,
                           n_events > 0 ? TOOL_STATUS_TIMED_OUT : TOOL_STATUS_DONE);
  status = tool_job_run (self.job);
  tool_event_action_free (self.action);

  return status;
}

const ToolCommand tool_listen_command = {
  .name = "listen",
  .arguments = N_("CHANNEL…"),
  .summary = N_("Show the events of channels as they come"),
  .description = N_("Stays connected until it is interrupted. Private and presence channels need "
                    "an endpoint or the secret. What becomes of the connection is said on "
                    "standard error."),
  .examples = "listen prices\n"
              "listen -n 1 -w 60 --raw -e deployed releases\n"
              "listen --format '{time} {/symbol} {/price}' prices\n"
              "listen --members --user-id ada presence-room",
  .options = options,
  .needs = TOOL_NEEDS_SERVER,
  .min_arguments = 1,
  .run = run,
};
