/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The WebSocket and the first message of the server, as the client itself comes to them. */

#include "doctor.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define N_PINGS 5

/* What a status of HTTP or an error of the server means. */
typedef struct
{
  int first, last;
  const char *fault;
  const char *advice;
} Meaning;

static const Meaning *
find_meaning (const Meaning *meanings,
              int            code)
{
  while (meanings->last != 0 && (code < meanings->first || code > meanings->last))
    meanings++;

  return meanings;
}

static void
end_by_meaning (ToolDoctor    *self,
                const Meaning *meaning,
                const GError  *error)
{
  tool_doctor_end (self, TOOL_OUTCOME_FAILED, meaning->fault, _(meaning->advice), "%s",
                   error->message);
}

static gboolean
is_running (ToolDoctor *self,
            void (*start) (ToolDoctor *))
{
  return self->cancellable != NULL && self->check != NULL && self->check->start == start;
}

/* --- The WebSocket ------------------------------------------------------- */

static const Meaning statuses[] = {
  { 200, 299, "no-websocket",
    N_("There is a web server, but none of WebSockets: look at --path and at the port.") },
  { 300, 399, "upgrade-redirect",
    N_("Set the host, the port and the path to where the redirect leads.") },
  { 401, 401, "upgrade-forbidden",
    N_("Something before the server wants a login, which WebSockets have not: look at what "
       "stands before it.") },
  { 403, 403, "upgrade-forbidden",
    N_("Something refuses the connection: look at --origin, and at what stands before the "
       "server.") },
  { 404, 405, "wrong-path",
    N_("Look at --path: it is what a reverse proxy, or REVERB_SERVER_PATH, puts before /app.") },
  { 407, 407, "proxy-login", N_("Correct the login in the address of the proxy.") },
  { 429, 429, "rate-limit", N_("Wait; and look at the limits of the server.") },
  { 400, 499, "no-websocket",
    N_("A reverse proxy has to pass the headers Upgrade and Connection on, with HTTP 1.1; look at "
       "the port, too.") },
  { 502, 504, "gateway",
    N_("A gateway answers, but the server behind it does not: look whether it runs.") },
  { 500, 599, "server-broken", N_("Look at the log of the server.") },
  { 0, 0, "upgrade-broken", N_("Look whether it is the port of the server, and at its log.") },
};

static void
tell_silent_upgrade (ToolDoctor *self)
{
  tool_doctor_end (self, TOOL_OUTCOME_FAILED, "upgrade-silent",
                   _("Look whether it is the port of the server, and whether the server is in "
                     "trouble."),
                   "%s", _("the server takes the connection, but does not answer"));
}

static void
probed_cb (ToolDoctor *self,
           gboolean    speaks_tls)
{
  if (speaks_tls)
    {
      self->timed_out = FALSE;
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "tls-needed", _("Try it with --tls."),
                       _("port %u of the server wants TLS"), self->port);
    }
  else if (self->timed_out)
    tell_silent_upgrade (self);
  else
    end_by_meaning (self, find_meaning (statuses, 0), self->cause);
}

/* An answer of HTTP says all; without one it may be another protocol. */
static void
explain_upgrade (ToolDoctor   *self,
                 const GError *error)
{
  guint status = self->handshake != NULL ? soup_message_get_status (self->handshake) : 0;

  tool_report_stop_clock (self->report);
  if (status != 0)
    tool_report_set_number (self->report, "status", status);
  if (g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "settings", _("Correct it where it comes from."),
                     "%s", error->message);
  else if (status != 0)
    end_by_meaning (self, find_meaning (statuses, status), error);
  else if (self->settings->use_tls)
    end_by_meaning (self, find_meaning (statuses, 0), error);
  else
    {
      self->cause = g_error_copy (error);
      tool_doctor_probe_tls (self, probed_cb);
    }
}

static void
read_date (ToolDoctor *self)
{
  const char *text = soup_message_headers_get_one (
    soup_message_get_response_headers (self->handshake), "Date");
  g_autoptr (GDateTime) date = text != NULL ? soup_date_time_new_from_http_string (text) : NULL;

  if (date == NULL)
    return;

  self->server_time = g_date_time_to_unix (date) * G_USEC_PER_SEC;
  self->server_time_at = g_get_real_time ();
}

static void
answered_cb (SoupMessage *message,
             gpointer     user_data)
{
  ToolDoctor *self = user_data;

  read_date (self);
  if (soup_message_get_status (message) != SOUP_STATUS_SWITCHING_PROTOCOLS ||
      !is_running (self, tool_doctor_check_upgrade))
    return;

  tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("%s is a WebSocket"),
                   g_uri_get_path (soup_message_get_uri (message)));
}

/* The first one is the handshake. */
static void
request_queued_cb (SoupSession *session,
                   SoupMessage *message,
                   gpointer     user_data)
{
  ToolDoctor *self = user_data;

  if (self->handshake != NULL || soup_message_get_method (message) != SOUP_METHOD_GET)
    return;

  self->handshake = g_object_ref (message);
  self->handshake_handlers[0] =
    g_signal_connect (message, "got-informational", G_CALLBACK (answered_cb), self);
  self->handshake_handlers[1] =
    g_signal_connect (message, "got-headers", G_CALLBACK (answered_cb), self);
}

/* --- The first message --------------------------------------------------- */

static const Meaning server_errors[] = {
  { PUSHER_SERVER_ERROR_TLS_REQUIRED, PUSHER_SERVER_ERROR_TLS_REQUIRED, "tls-needed",
    N_("Try it with --tls.") },
  { PUSHER_SERVER_ERROR_APP_NOT_FOUND, PUSHER_SERVER_ERROR_APP_NOT_FOUND, "wrong-key",
    N_("Look at the key, and at the cluster or host: a key is good for one of them.") },
  { PUSHER_SERVER_ERROR_APP_DISABLED, PUSHER_SERVER_ERROR_APP_DISABLED, "app-disabled",
    N_("Enable the application where it is administered.") },
  { PUSHER_SERVER_ERROR_OVER_QUOTA, PUSHER_SERVER_ERROR_OVER_QUOTA, "over-quota",
    N_("The application has as many connections as it may have: close some, or raise the "
       "limit.") },
  { PUSHER_SERVER_ERROR_PATH_NOT_FOUND, PUSHER_SERVER_ERROR_PATH_NOT_FOUND, "wrong-path",
    N_("Look at --path.") },
  { PUSHER_SERVER_ERROR_UNAUTHORIZED, PUSHER_SERVER_ERROR_UNAUTHORIZED, "origin",
    N_("The server allows some origins only: give one of them with --origin, or allow this one "
       "there.") },
  { 4100, 4199, "over-capacity", N_("The server has no room at the moment: wait, or give it "
                                    "more.") },
  { 4300, 4399, "rate-limit", N_("Wait; and look at the limits of the server.") },
  { 0, 0, "refused", N_("Look at the log of the server.") },
};

static void
tell_silent_hello (ToolDoctor *self)
{
  tool_doctor_end (self, TOOL_OUTCOME_FAILED, "hello-silent",
                   _("Look whether the server is in trouble, or whether something on the way holds "
                     "messages back."),
                   "%s", _("there is a WebSocket, but the server says nothing on it"));
}

static void
explain_hello (ToolDoctor   *self,
               const GError *error)
{
  if (error->domain == PUSHER_SERVER_ERROR)
    {
      tool_report_set_number (self->report, "code", error->code);
      end_by_meaning (self, find_meaning (server_errors, error->code), error);
    }
  else if (g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_TIMEOUT))
    tell_silent_hello (self);
  else if (g_error_matches (error, PUSHER_ERROR, PUSHER_ERROR_PROTOCOL))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "not-the-protocol",
                     _("There is a WebSocket of something else: look at the port and at --path."),
                     "%s", error->message);
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "hello-lost",
                     _("Look at the log of the server."), "%s", error->message);
}

static void
welcome (ToolDoctor *self)
{
  g_autoptr (PusherMetrics) metrics = pusher_client_get_metrics (self->client);
  double seconds = metrics->ping_interval / 1e6;

  tool_report_set_text (self->report, "socket-id", pusher_client_get_socket_id (self->client));
  tool_report_set_number (self->report, "ping-interval", metrics->ping_interval);
  tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL,
                   /* Translators: %s is an id. */
                   _("the key is good; connected as %s, with a ping after %g s of silence"),
                   pusher_client_get_socket_id (self->client), seconds);
}

/* --- What the client tells ----------------------------------------------- */

static void
explain_error (ToolDoctor *self)
{
  if (is_running (self, tool_doctor_check_upgrade))
    explain_upgrade (self, self->connection_error);
  else if (is_running (self, tool_doctor_check_hello))
    explain_hello (self, self->connection_error);
}

static void
error_cb (PusherClient *client,
          const GError *error,
          gpointer      user_data)
{
  ToolDoctor *self = user_data;

  if (self->connection_error != NULL ||
      pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_CONNECTED)
    return;

  self->connection_error = g_error_copy (error);
  pusher_client_close (client);
  explain_error (self);
}

static void
state_changed_cb (PusherClient *client,
                  GParamSpec   *pspec,
                  gpointer      user_data)
{
  ToolDoctor *self = user_data;

  if (pusher_client_get_state (client) == PUSHER_CONNECTION_STATE_CONNECTED &&
      is_running (self, tool_doctor_check_hello))
    welcome (self);
}

static void
upgrade_cancelled_cb (GCancellable *cancellable,
                      ToolDoctor   *self)
{
  pusher_client_close (self->client);
  tool_report_stop_clock (self->report);
  if (self->settings->use_tls || self->stopped)
    tell_silent_upgrade (self);
  else
    tool_doctor_probe_tls (self, probed_cb);
}

void
tool_doctor_check_upgrade (ToolDoctor *self)
{
  g_signal_connect (pusher_client_get_session (self->client), "request-queued",
                    G_CALLBACK (request_queued_cb), self);
  g_signal_connect (self->client, "error", G_CALLBACK (error_cb), self);
  g_signal_connect (self->client, "notify::state", G_CALLBACK (state_changed_cb), self);
  g_signal_connect (self->cancellable, "cancelled", G_CALLBACK (upgrade_cancelled_cb), self);

  /* The limit of the check is the one that counts. */
  pusher_client_set_connect_timeout (self->client, 2 * (guint) ceil (self->limit) + 1);
  pusher_client_open (self->client);
}

static void
hello_cancelled_cb (GCancellable *cancellable,
                    ToolDoctor   *self)
{
  pusher_client_close (self->client);
  tell_silent_hello (self);
}

void
tool_doctor_check_hello (ToolDoctor *self)
{
  if (self->connection_error != NULL)
    explain_hello (self, self->connection_error);
  else if (pusher_client_get_state (self->client) == PUSHER_CONNECTION_STATE_CONNECTED)
    welcome (self);
  else
    g_signal_connect (self->cancellable, "cancelled", G_CALLBACK (hello_cancelled_cb), self);
}

/* --- Round trips --------------------------------------------------------- */

static void ping (ToolDoctor *self);

static void
pinged_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  ToolDoctor *self = user_data;
  g_autoptr (GError) error = NULL;
  gint64 round_trip = pusher_client_ping_finish (PUSHER_CLIENT (object), result, &error);
  double min, median, max;

  if (round_trip < 0)
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "ping",
                       _("Look whether something on the way holds messages back, and at the log of "
                         "the server."),
                       _("a ping was not answered: %s"), error->message);
      return;
    }

  tool_distribution_add (self->round_trips, round_trip);
  if (tool_distribution_get_count (self->round_trips) < N_PINGS)
    {
      ping (self);
      return;
    }

  min = tool_distribution_get (self->round_trips, 0);
  median = tool_distribution_get (self->round_trips, 0.5);
  max = tool_distribution_get (self->round_trips, 1);
  tool_report_set_number (self->report, "min", min);
  tool_report_set_number (self->report, "median", median);
  tool_report_set_number (self->report, "max", max);
  tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL,
                   _("of %u the fastest %.1f ms, the median %.1f ms, the slowest %.1f ms"),
                   N_PINGS, min / 1e3, median / 1e3, max / 1e3);
}

static void
ping (ToolDoctor *self)
{
  pusher_client_ping_async (self->client, self->cancellable, pinged_cb, self);
}

void
tool_doctor_check_ping (ToolDoctor *self)
{
  self->round_trips = tool_distribution_new ();
  ping (self);
}
