/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The order of the checks, and how each of them comes to an end. */

#include "doctor.h"

#include <glib/gi18n.h>
#include <stdarg.h>

const ToolCheck tool_doctor_checks[] = {
  { "settings", NULL, tool_doctor_check_settings },
  { "proxy", "settings", tool_doctor_check_proxy },
  { "dns", "proxy", tool_doctor_check_dns },
  { "tcp", "dns", tool_doctor_check_tcp },
  { "tunnel", "tcp", tool_doctor_check_tunnel },
  { "tls", "tunnel", tool_doctor_check_tls },
  { "upgrade", "tls", tool_doctor_check_upgrade },
  { "hello", "upgrade", tool_doctor_check_hello },
  { "ping", "hello", tool_doctor_check_ping },
  { "public", "hello", tool_doctor_check_public },
  { "endpoint", "hello", tool_doctor_check_endpoint },
  { "private", "endpoint", tool_doctor_check_private },
  { "clock", "upgrade", tool_doctor_check_clock },
  { "idle", "hello", tool_doctor_check_idle },
  { NULL },
};

/* --- One after the other ------------------------------------------------- */

static void start_next (ToolDoctor *self);

static gboolean
next_cb (gpointer user_data)
{
  ToolDoctor *self = user_data;

  self->next_source = 0;
  self->check++;
  start_next (self);

  return G_SOURCE_REMOVE;
}

static gboolean
limit_cb (gpointer user_data)
{
  ToolDoctor *self = user_data;

  self->limit_source = 0;
  self->timed_out = TRUE;
  g_cancellable_cancel (self->cancellable);

  return G_SOURCE_REMOVE;
}

void
tool_doctor_set_limit (ToolDoctor *self,
                       double      seconds)
{
  g_clear_handle_id (&self->limit_source, g_source_remove);
  self->limit_source = g_timeout_add (MIN (seconds * 1000, G_MAXUINT), limit_cb, self);
}

void
tool_doctor_renew (ToolDoctor *self)
{
  if (self->stopped)
    return;

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  tool_doctor_set_limit (self, self->limit);
}

static gboolean
is_blocked (ToolDoctor *self)
{
  return self->stopped ||
         (self->check->needs != NULL && !tool_report_allows (self->report, self->check->needs));
}

static void
block (ToolDoctor *self)
{
  g_autofree char *message =
    self->stopped ? g_strdup (_("not tried: interrupted"))
                  /* Translators: %s is the name of another check, such as “tcp”. */
                  : g_strdup_printf (_("cannot be tried without “%s”"), self->check->needs);

  tool_report_begin (self->report, self->check->name);
  tool_report_end (self->report, TOOL_OUTCOME_BLOCKED, NULL, message, NULL);
}

static void
start_next (ToolDoctor *self)
{
  while (self->check->name != NULL && is_blocked (self))
    {
      block (self);
      self->check++;
    }
  if (self->check->name == NULL)
    {
      ToolStatus status = tool_report_finish (self->report);

      self->check = NULL;
      if (!self->stopped)
        tool_job_end (self->job, status);
      return;
    }

  self->cancellable = g_cancellable_new ();
  self->timed_out = FALSE;
  tool_doctor_set_limit (self, self->limit);
  tool_report_begin (self->report, self->check->name);
  self->check->start (self);
}

/* The next one begins in the main loop, so that no check runs within another one. */
void
tool_doctor_end (ToolDoctor *self,
                 ToolOutcome outcome,
                 const char *fault,
                 const char *advice,
                 const char *format,
                 ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  if (self->stopped)
    tool_report_end (self->report, TOOL_OUTCOME_BLOCKED, NULL, _("interrupted"), NULL);
  else if (self->timed_out && outcome == TOOL_OUTCOME_FAILED)
    tool_report_end (self->report, TOOL_OUTCOME_TIMED_OUT, fault, message, advice);
  else
    tool_report_end (self->report, outcome, fault, message, advice);

  g_clear_handle_id (&self->limit_source, g_source_remove);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->cause);
  self->next_source = g_idle_add (next_cb, self);
}

/* --- Its life ------------------------------------------------------------ */

void
tool_doctor_init (ToolDoctor         *self,
                  const ToolSettings *settings,
                  gboolean            as_json)
{
  self->settings = settings;
  self->report = tool_report_new (as_json);
  self->job = tool_job_new (NULL);
  self->addresses = g_ptr_array_new_with_free_func (g_object_unref);
  tool_job_set_interrupted (self->job, TOOL_STATUS_FAILED);
}

ToolStatus
tool_doctor_run (ToolDoctor *self)
{
  ToolStatus status;

  self->check = tool_doctor_checks;
  start_next (self);
  status = tool_job_run (self->job);

  /* Interrupted: what is asynchronous ends when it is cancelled, and the others say that they
   * were not tried. */
  self->stopped = TRUE;
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  while (self->check != NULL)
    g_main_context_iteration (NULL, TRUE);

  return status;
}

void
tool_doctor_clear (ToolDoctor *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->handshake_handlers); i++)
    g_clear_signal_handler (&self->handshake_handlers[i], self->handshake);
  g_clear_object (&self->handshake);
  g_clear_error (&self->connection_error);
  g_clear_pointer (&self->round_trips, tool_distribution_free);
  if (self->client != NULL)
    {
      g_signal_handlers_disconnect_by_data (pusher_client_get_session (self->client), self);
      g_signal_handlers_disconnect_by_data (self->client, self);
    }
  g_clear_object (&self->client);
  g_clear_object (&self->stream);
  g_clear_object (&self->address);
  g_ptr_array_unref (self->addresses);
  g_clear_pointer (&self->proxy, g_uri_unref);
  g_free (self->peer);
  g_free (self->host);
  tool_report_free (self->report);
}

char *
tool_doctor_clean_uri (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, SOUP_HTTP_URI_FLAGS, NULL);

  return uri == NULL ? g_strdup (_("(not an address)"))
                     : g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY |
                                                       G_URI_HIDE_FRAGMENT);
}
