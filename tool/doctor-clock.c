/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What time it is: signatures of the REST interface are good for ten minutes, and certificates
 * have their days. */

#include "doctor.h"

#include <glib/gi18n.h>
#include <string.h>

/* In seconds. The header has whole ones, and takes its way. */
#define HARMLESS 10
#define MAX_SKEW 600

static void
compare (ToolDoctor *self)
{
  double skew = (self->server_time_at - self->server_time) / 1e6;
  double size = ABS (skew);

  tool_report_set_number (self->report, "skew", self->server_time_at - self->server_time);
  if (size <= HARMLESS)
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, "%s", _("the same as that of the server"));
  else if (size < MAX_SKEW)
    tool_doctor_end (self, TOOL_OUTCOME_WARNING, "clock",
                     _("Set the clocks of both machines by the network."),
                     skew > 0 ? _("%.0f s ahead of that of the server")
                              : _("%.0f s behind that of the server"),
                     size);
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "clock",
                     _("Set the clocks of both machines by the network: requests to the REST "
                       "interface are refused with more than 600 s."),
                     skew > 0 ? _("%.0f s ahead of that of the server")
                              : _("%.0f s behind that of the server"),
                     size);
}

static void
answered_cb (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  ToolDoctor *self = user_data;
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (object), result);
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message),
                                                   "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;
  g_autoptr (GInputStream) stream G_GNUC_UNUSED =
    soup_session_send_finish (SOUP_SESSION (object), result, NULL);

  if (date == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_SKIPPED, NULL, NULL, "%s",
                       _("the server does not say what time it is"));
      return;
    }

  self->server_time = g_date_time_to_unix (date) * G_USEC_PER_SEC;
  self->server_time_at = g_get_real_time ();
  compare (self);
}

/* The answer to the handshake has a date with most servers. */
void
tool_doctor_check_clock (ToolDoctor *self)
{
  gboolean is_ipv6 = strchr (self->host, ':') != NULL;
  g_autofree char *uri = NULL;
  g_autoptr (SoupMessage) message = NULL;

  if (self->server_time != 0)
    {
      compare (self);
      return;
    }

  uri = g_strdup_printf (is_ipv6 ? "%s://[%s]:%u/" : "%s://%s:%u/",
                         self->settings->use_tls ? "https" : "http", self->host, self->port);
  message = soup_message_new (SOUP_METHOD_HEAD, uri);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_session_send_async (pusher_client_get_session (self->client), message, G_PRIORITY_DEFAULT,
                           self->cancellable, answered_cb, self);
}
