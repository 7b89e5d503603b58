/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "job.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "complain.h"

struct _ToolJob
{
  PusherClient *client;
  GMainLoop *loop;
  guint signals[2];
  guint output_watch;
  guint time_limit;
  ToolStatus time_limit_status;
  ToolStatus interrupted_status;

  gboolean ended;
  ToolStatus status;
};

void
tool_say (const char *format,
          ...)
{
  va_list arguments;

  if (tool_is_quiet ())
    return;

  va_start (arguments, format);
  vfprintf (stderr, format, arguments);
  va_end (arguments);
  fputc ('\n', stderr);
}

/* --- The end ------------------------------------------------------------- */

static void
closed_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GMainLoop) loop = user_data;

  pusher_client_close_finish (PUSHER_CLIENT (object), result, NULL);
  g_main_loop_quit (loop);
}

void
tool_job_end (ToolJob   *self,
              ToolStatus status)
{
  if (self->ended)
    return;

  self->ended = TRUE;
  self->status = status;
  if (self->client != NULL)
    pusher_client_close_async (self->client, NULL, closed_cb, g_main_loop_ref (self->loop));
  else
    g_main_loop_quit (self->loop);
}

void
tool_job_fail (ToolJob      *self,
               const GError *error,
               ToolStatus    status)
{
  if (self->ended)
    return;

  tool_complain (error);
  tool_job_end (self, status);
}

gboolean
tool_job_has_ended (ToolJob *self)
{
  return self->ended;
}

/* Whoever sends a second one does not want to wait for the server. */
static gboolean
interrupted_cb (gpointer user_data)
{
  ToolJob *self = user_data;

  if (self->ended)
    g_main_loop_quit (self->loop);
  tool_job_end (self, self->interrupted_status);

  return G_SOURCE_CONTINUE;
}

/* The other end of the pipe is closed, and nothing has to be written to notice it. */
static gboolean
output_gone_cb (gint         fd,
                GIOCondition condition,
                gpointer     user_data)
{
  ToolJob *self = user_data;

  self->output_watch = 0;
  tool_job_end (self, self->interrupted_status);

  return G_SOURCE_REMOVE;
}

static gboolean
time_limit_cb (gpointer user_data)
{
  ToolJob *self = user_data;

  self->time_limit = 0;
  if (self->time_limit_status == TOOL_STATUS_TIMED_OUT && !self->ended)
    tool_say ("%s: %s", g_get_prgname (), _("The time is over."));
  tool_job_end (self, self->time_limit_status);

  return G_SOURCE_REMOVE;
}

void
tool_job_set_time_limit (ToolJob   *self,
                         double     seconds,
                         ToolStatus status)
{
  g_clear_handle_id (&self->time_limit, g_source_remove);
  self->time_limit_status = status;
  if (seconds > 0)
    self->time_limit = g_timeout_add (MIN (seconds * 1000, G_MAXUINT), time_limit_cb, self);
}

void
tool_job_set_interrupted (ToolJob   *self,
                          ToolStatus status)
{
  self->interrupted_status = status;
}

/* --- What the connection does -------------------------------------------- */

static void
state_changed_cb (PusherClient *client,
                  GParamSpec   *pspec,
                  gpointer      user_data)
{
  ToolJob *self = user_data;
  PusherConnectionState state = pusher_client_get_state (client);

  if (self->ended)
    return;

  if (state == PUSHER_CONNECTION_STATE_FAILED)
    tool_job_fail (self, pusher_client_get_last_error (client), TOOL_STATUS_FAILED);
  else if (state == PUSHER_CONNECTION_STATE_CONNECTED && tool_is_verbose ())
    tool_say (_("* connected as %s"), pusher_client_get_socket_id (client));
  else if (tool_is_verbose ())
    {
      g_autoptr (GEnumClass) states = g_type_class_ref (PUSHER_TYPE_CONNECTION_STATE);

      tool_say ("* %s", g_enum_get_value (states, state)->value_nick);
    }
}

static void
connecting_in_cb (PusherClient *client,
                  gint64        delay,
                  gpointer      user_data)
{
  if (delay > 0)
    tool_say (_("* next attempt in %.1f s"), delay / 1e6);
}

static void
error_cb (PusherClient *client,
          const GError *error,
          gpointer      user_data)
{
  ToolJob *self = user_data;

  /* The last one of all comes with the state. */
  if (!self->ended && pusher_client_get_state (client) != PUSHER_CONNECTION_STATE_FAILED)
    tool_say ("* %s", error->message);
}

static void
watch_client (ToolJob *self)
{
  g_signal_connect (self->client, "notify::state", G_CALLBACK (state_changed_cb), self);
  g_signal_connect (self->client, "connecting-in", G_CALLBACK (connecting_in_cb), self);
  g_signal_connect (self->client, "error", G_CALLBACK (error_cb), self);
}

/* --- What becomes of channels -------------------------------------------- */

static void
subscribed_cb (PusherChannel *channel,
               gpointer       user_data)
{
  tool_say (_("* subscribed to %s"), pusher_channel_get_name (channel));
}

static void
subscription_error_cb (PusherChannel *channel,
                       const GError  *error,
                       ToolJob       *self)
{
  tool_job_fail (self, error, TOOL_STATUS_FAILED);
}

static void
gap_cb (PusherChannel *channel,
        gint64         duration,
        gpointer       user_data)
{
  tool_say (_("* %s: nothing was heard for %.1f s"), pusher_channel_get_name (channel),
            duration / 1e6);
}

PusherChannel *
tool_job_subscribe (ToolJob    *self,
                    const char *name,
                    GError    **error)
{
  PusherChannel *channel = pusher_client_subscribe (self->client, name, error);

  if (channel == NULL)
    return NULL;

  g_signal_connect (channel, "subscription-succeeded", G_CALLBACK (subscribed_cb), NULL);
  g_signal_connect (channel, "subscription-error", G_CALLBACK (subscription_error_cb), self);
  g_signal_connect (channel, "gap", G_CALLBACK (gap_cb), NULL);

  return channel;
}

/* --- Its life ------------------------------------------------------------ */

ToolJob *
tool_job_new (PusherClient *client)
{
  ToolJob *self = g_new0 (ToolJob, 1);

  self->loop = g_main_loop_new (NULL, FALSE);
  self->signals[0] = g_unix_signal_add (SIGINT, interrupted_cb, self);
  self->signals[1] = g_unix_signal_add (SIGTERM, interrupted_cb, self);
  self->output_watch = g_unix_fd_add (STDOUT_FILENO, G_IO_ERR, output_gone_cb, self);
  if (client != NULL)
    {
      self->client = g_object_ref (client);
      watch_client (self);
    }

  return self;
}

PusherClient *
tool_job_get_client (ToolJob *self)
{
  return self->client;
}

static void
tool_job_free (ToolJob *self)
{
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->client);
  g_clear_handle_id (&self->time_limit, g_source_remove);
  g_clear_handle_id (&self->output_watch, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->signals); i++)
    g_source_remove (self->signals[i]);
  g_main_loop_unref (self->loop);
  g_free (self);
}

ToolStatus
tool_job_run (ToolJob *self)
{
  ToolStatus status;

  if (self->client != NULL && !self->ended)
    pusher_client_open (self->client);
  if (!self->ended || self->client != NULL)
    g_main_loop_run (self->loop);

  status = self->status;
  tool_job_free (self);

  return status;
}
