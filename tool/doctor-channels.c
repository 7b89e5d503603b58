/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A subscription of each kind, as the client makes them. */

#include "doctor.h"

#include <glib/gi18n.h>
#include <string.h>

#define PUBLIC_CHANNEL "pusher-glib-doctor"
#define PRIVATE_CHANNEL "private-pusher-glib-doctor"

static gboolean
is_timeout (ToolDoctor   *self,
            const GError *error)
{
  return self->timed_out || g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_TIMED_OUT);
}

static void
tell_silence (ToolDoctor *self,
              const char *channel)
{
  tool_doctor_end (self, TOOL_OUTCOME_FAILED, "subscription-silent",
                   _("Look at the log of the server, and at its limits."),
                   _("the subscription to %s was not answered"), channel);
}

/* --- Public -------------------------------------------------------------- */

static void
public_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  ToolDoctor *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherChannel) channel =
    pusher_client_subscribe_finish (PUSHER_CLIENT (object), result, &error);

  if (channel != NULL)
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("subscribed to %s"),
                     pusher_channel_get_name (channel));
  else if (is_timeout (self, error))
    tell_silence (self, self->public_channel != NULL ? self->public_channel : PUBLIC_CHANNEL);
  else if (g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "channel-name",
                     _("Look at the name of the channel."), "%s", error->message);
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "subscription-refused",
                     _("Look at the name of the channel, and at the log of the server."), "%s",
                     error->message);
}

void
tool_doctor_check_public (ToolDoctor *self)
{
  const char *channel = self->public_channel != NULL ? self->public_channel : PUBLIC_CHANNEL;

  tool_report_set_text (self->report, "channel", channel);
  pusher_client_subscribe_async (self->client, channel, self->cancellable, public_cb, self);
}

/* --- Private ------------------------------------------------------------- */

const char *
tool_doctor_get_private_channel (ToolDoctor *self)
{
  return self->private_channel != NULL ? self->private_channel : PRIVATE_CHANNEL;
}

static gboolean
is_refusal (const GError *error)
{
  return error->domain == PUSHER_SERVER_ERROR ||
         g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_SUBSCRIPTION);
}

/* Only a presence channel has channel data: if the same signs well for a channel without, they
 * are what does not fit. */
static void
control_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  ToolDoctor *self = user_data;
  g_autoptr (PusherChannel) channel =
    pusher_client_subscribe_finish (PUSHER_CLIENT (object), result, NULL);

  if (channel != NULL)
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "wrong-channel-data",
                     _("The signature has to be made over the channel_data exactly as they are "
                       "sent, with a user_id in them."),
                     _("the server refuses the channel_data: %s"), self->cause->message);
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "wrong-signature",
                     _("Look at the secret of whoever signs."),
                     _("the server refuses the signature: %s"), self->cause->message);
}

static void
explain_refusal (ToolDoctor   *self,
                 const GError *error)
{
  gboolean has_data = g_str_has_prefix (tool_doctor_get_private_channel (self), "presence-");

  tool_report_stop_clock (self->report);
  if (self->settings->auth_endpoint == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "wrong-secret",
                       _("Look at the secret: it belongs to the key."),
                       _("the server refuses the signature: %s"), error->message);
    }
  else if (has_data)
    {
      self->cause = g_error_copy (error);
      pusher_client_subscribe_async (self->client, PRIVATE_CHANNEL, self->cancellable, control_cb,
                                     self);
    }
  else
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "wrong-signature",
                       _("Look at the secret that the endpoint signs with: it belongs to the "
                         "key."),
                       _("the server refuses the signature of the endpoint: %s"), error->message);
    }
}

static void
private_cb (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  ToolDoctor *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PusherChannel) channel =
    pusher_client_subscribe_finish (PUSHER_CLIENT (object), result, &error);

  if (channel != NULL)
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("subscribed to %s"),
                     pusher_channel_get_name (channel));
  else if (is_timeout (self, error))
    tell_silence (self, tool_doctor_get_private_channel (self));
  else if (is_refusal (error))
    explain_refusal (self, error);
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "authorization",
                     _("Look at what the endpoint answers."), "%s", error->message);
}

void
tool_doctor_check_private (ToolDoctor *self)
{
  const char *channel = tool_doctor_get_private_channel (self);

  if (pusher_client_get_authorizer (self->client) == NULL)
    {
      if (self->private_channel == NULL)
        tool_doctor_end (self, TOOL_OUTCOME_SKIPPED, NULL, NULL, "%s",
                         _("there is neither an endpoint nor a secret"));
      else
        tool_doctor_end (self, TOOL_OUTCOME_FAILED, "no-authorization",
                         _("Set --auth-endpoint, or the secret."),
                         _("there is neither an endpoint nor a secret for %s"), channel);
      return;
    }

  tool_report_set_text (self->report, "channel", channel);
  pusher_client_subscribe_async (self->client, channel, self->cancellable, private_cb, self);
}
