/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the network does to a connection that is silent. */

#include "doctor.h"

#include <glib/gi18n.h>
#include <math.h>

#include "client.h"

/* More than any server wants. */
#define ACTIVITY_TIMEOUT (24 * 60 * 60)

typedef struct
{
  ToolDoctor *doctor;
  PusherClient *client; /* one that has no channel, and so hears nothing */
  GCancellable *cancellable;
  double seconds;
  gint64 silent_since; /* 0 before */
  guint timer;
  gboolean pinged;
} Silence;

static void
silence_free (Silence *self)
{
  g_signal_handlers_disconnect_by_data (self->client, self);
  g_signal_handlers_disconnect_by_data (self->cancellable, self);
  g_clear_handle_id (&self->timer, g_source_remove);
  pusher_client_close (self->client);
  g_object_unref (self->client);
  g_object_unref (self->cancellable);
  g_free (self);
}

static void
tell_cut (Silence      *self,
          const GError *error)
{
  gint64 duration = g_get_monotonic_time () - self->silent_since;

  tool_report_set_number (self->doctor->report, "cut-after", duration);
  tool_doctor_end (self->doctor, TOOL_OUTCOME_FAILED, "idle-cut",
                   _("Something on the way ends silent connections: have clients ping sooner, by "
                     "the activity timeout of the server or of the client; or raise the limit, "
                     "such as proxy_read_timeout of nginx."),
                   _("the connection was lost after %.1f s of silence: %s"),
                   duration / 1e6,
                   error->message);
  silence_free (self);
}

static void
error_cb (PusherClient *client,
          const GError *error,
          Silence      *self)
{
  if (self->pinged)
    return;

  if (self->silent_since != 0)
    {
      tell_cut (self, error);
      return;
    }

  tool_doctor_end (self->doctor, TOOL_OUTCOME_FAILED, "second-connection",
                   _("Look at how many connections the server allows."),
                   _("a second connection is refused: %s"), error->message);
  silence_free (self);
}

static void
pinged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Silence *self = user_data;
  g_autoptr (GError) error = NULL;

  if (pusher_client_ping_finish (PUSHER_CLIENT (object), result, &error) < 0)
    {
      tell_cut (self, error);
      return;
    }

  tool_doctor_end (self->doctor, TOOL_OUTCOME_OK, NULL, NULL,
                   _("the connection survives %g s of silence"), self->seconds);
  silence_free (self);
}

static gboolean
over_cb (gpointer user_data)
{
  Silence *self = user_data;

  self->timer = 0;
  self->pinged = TRUE;
  pusher_client_ping_async (self->client, self->cancellable, pinged_cb, self);

  return G_SOURCE_REMOVE;
}

/* A client is never silent for longer than its ping interval, so nothing longer matters. */
static void
begin (Silence *self)
{
  ToolDoctor *doctor = self->doctor;
  g_autoptr (PusherMetrics) metrics = pusher_client_get_metrics (self->client);
  double longest = metrics->ping_interval / 1e6;

  self->seconds = doctor->idle_seconds > 0 ? MIN (doctor->idle_seconds, longest) : longest;
  if (doctor->idle_seconds > longest)
    tool_report_note (doctor->report, _("the server wants a ping after %g s"), longest);
  tool_say (_("* silent for %g s"), self->seconds);
  tool_report_set_number (doctor->report, "silence", self->seconds * G_USEC_PER_SEC);
  tool_doctor_set_limit (doctor, self->seconds + doctor->limit);
  self->silent_since = g_get_monotonic_time ();
  self->timer = g_timeout_add (self->seconds * 1000, over_cb, self);
}

static void
state_changed_cb (PusherClient *client,
                  GParamSpec   *pspec,
                  Silence      *self)
{
  if (pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_CONNECTED &&
      self->silent_since == 0)
    begin (self);
}

/* A ping under way is cancelled, too, and tells of it. */
static void
cancelled_cb (GCancellable *cancellable,
              Silence      *self)
{
  if (self->pinged)
    return;

  tool_doctor_end (self->doctor, TOOL_OUTCOME_FAILED, "second-connection",
                   _("Look at how many connections the server allows."), "%s",
                   _("a second connection is not answered"));
  silence_free (self);
}

void
tool_doctor_check_idle (ToolDoctor *self)
{
  g_autoptr (GError) error = NULL;
  Silence *silence;
  PusherClient *client;

  if (!self->wants_idle)
    {
      tool_doctor_end (self, TOOL_OUTCOME_SKIPPED, NULL, NULL, "%s", _("only with --idle"));
      return;
    }
  client = tool_client_new (self->settings, &error);
  if (client == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "settings", _("Correct it where it comes from."),
                       "%s", error->message);
      return;
    }

  silence = g_new0 (Silence, 1);
  silence->doctor = self;
  silence->client = client;
  silence->cancellable = g_object_ref (self->cancellable);
  g_signal_connect (client, "error", G_CALLBACK (error_cb), silence);
  g_signal_connect (client, "notify::state", G_CALLBACK (state_changed_cb), silence);
  g_signal_connect (silence->cancellable, "cancelled", G_CALLBACK (cancelled_cb), silence);
  pusher_client_set_activity_timeout (client, ACTIVITY_TIMEOUT);
  pusher_client_set_connect_timeout (client, 2 * (guint) ceil (self->limit) + 1);
  pusher_client_open (client);
}
