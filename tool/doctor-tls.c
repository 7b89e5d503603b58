/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The certificate of the server, and whatever else is wrong with TLS. */

#include "doctor.h"

#include <glib/gi18n.h>

/* A chain that is longer says no more. */
#define MAX_CHAIN 8

/* Certificates of the web are renewed 30 days before they expire. */
#define MIN_DAYS 7

/* --- The certificate ----------------------------------------------------- */

static char *
list_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (certificate);
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      gsize size;
      const char *name = g_bytes_get_data (names->pdata[i], &size);

      g_string_append_printf (list, "%s%.*s", list->len > 0 ? ", " : "", (int) size, name);
    }
  for (guint i = 0; addresses != NULL && i < addresses->len; i++)
    {
      g_autofree char *address = g_inet_address_to_string (addresses->pdata[i]);

      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", address);
    }

  return g_utf8_make_valid (list->str, list->len);
}

static char *
format_day (GDateTime *time)
{
  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("?");
}

static void
tell_chain (ToolDoctor      *self,
            GTlsCertificate *certificate)
{
  guint depth = 0;

  for (GTlsCertificate *link = certificate; link != NULL && depth < MAX_CHAIN; depth++)
    {
      g_autofree char *subject = g_tls_certificate_get_subject_name (link);
      g_autofree char *issuer = g_tls_certificate_get_issuer_name (link);

      /* Translators: of a certificate: whose it is, and who signed it. */
      tool_report_note (self->report, _("%s, signed by %s"), subject != NULL ? subject : "?",
                        issuer != NULL ? issuer : "?");
      tool_report_add_text (self->report, "chain", subject != NULL ? subject : "?");
      link = g_tls_certificate_get_issuer (link);
    }
}

static void
tell_certificate (ToolDoctor      *self,
                  GTlsCertificate *certificate)
{
  g_autofree char *names = list_names (certificate);
  g_autoptr (GDateTime) begin = g_tls_certificate_get_not_valid_before (certificate);
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);
  g_autofree char *first = format_day (begin);
  g_autofree char *last = format_day (end);

  tell_chain (self, certificate);
  tool_report_note (self->report, _("for %s, from %s to %s"), names, first, last);
  tool_report_set_text (self->report, "names", names);
  tool_report_set_text (self->report, "valid-from", first);
  tool_report_set_text (self->report, "valid-to", last);
}

typedef struct
{
  GTlsCertificateFlags flaw;
  const char *fault;
  const char *message;
  const char *advice;
} Flaw;

/* The worst one first; what has expired may have every other flaw by then. */
static const Flaw flaws[] = {
  { G_TLS_CERTIFICATE_EXPIRED, "certificate-expired", N_("the certificate has expired"),
    N_("Have it renewed, and the server started again; or set the clock of this machine.") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, "certificate-early",
    N_("the certificate is not valid yet"), N_("Look at the clock of this machine.") },
  { G_TLS_CERTIFICATE_REVOKED, "certificate-revoked", N_("the certificate was revoked"),
    N_("The server needs another one.") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, "certificate-name",
    N_("the certificate is for another host"),
    N_("Look at the host: it has to be one of the names below the certificate; or the server "
       "needs a certificate for this name.") },
  { G_TLS_CERTIFICATE_UNKNOWN_CA, "certificate-authority",
    N_("the certificate is signed by an unknown authority"),
    N_("Trust a certificate of one's own with --ca-file; a public one needs its whole chain on "
       "the server. Something on the way may also read along.") },
  { 0, "certificate", N_("the certificate could not be verified"),
    N_("Look at the certificate of the server.") },
};

static void
explain_flaws (ToolDoctor          *self,
               GTlsCertificateFlags found)
{
  const Flaw *flaw = flaws;

  while (flaw->flaw != 0 && (found & flaw->flaw) == 0)
    flaw++;
  tool_doctor_end (self, TOOL_OUTCOME_FAILED, flaw->fault, _(flaw->advice), "%s",
                   _(flaw->message));
}

static gboolean
rejected_cb (GTlsConnection      *connection,
             GTlsCertificate     *certificate,
             GTlsCertificateFlags found,
             gpointer             user_data)
{
  ToolDoctor *self = user_data;

  tell_certificate (self, certificate);
  self->flaws = found;

  return FALSE;
}

/* --- The handshake ------------------------------------------------------- */

static const char *
get_protocol_name (GTlsConnection *connection)
{
  switch (g_tls_connection_get_protocol_version (connection))
    {
    case G_TLS_PROTOCOL_VERSION_TLS_1_3:
      return "TLS 1.3";
    case G_TLS_PROTOCOL_VERSION_TLS_1_2:
      return "TLS 1.2";
    default:
      return "TLS";
    }
}

static void
accept (ToolDoctor     *self,
        GTlsConnection *connection)
{
  GTlsCertificate *certificate = g_tls_connection_get_peer_certificate (connection);
  g_autoptr (GDateTime) end = g_tls_certificate_get_not_valid_after (certificate);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  const char *protocol = get_protocol_name (connection);
  gint64 days = end != NULL ? g_date_time_difference (end, now) / G_TIME_SPAN_DAY : G_MAXINT64;
  g_autofree char *last = format_day (end);

  tell_certificate (self, certificate);
  tool_report_set_text (self->report, "protocol", protocol);
  if (days < MIN_DAYS)
    tool_doctor_end (self, TOOL_OUTCOME_WARNING, "certificate-expires-soon",
                     _("Look why it was not renewed yet."), _("the certificate expires on %s"),
                     last);
  else
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("%s, valid until %s"), protocol, last);
}

static void
probed_cb (ToolDoctor *self,
           gboolean    speaks_http)
{
  if (speaks_http)
    {
      self->timed_out = FALSE;
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "no-tls",
                       _("Try it with --no-tls, or with the port that has TLS."),
                       _("port %u of the server has no TLS, but speaks HTTP"), self->port);
    }
  else if (self->timed_out)
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "tls-silent",
                     _("Look whether the server is in trouble, and at the port; try --no-tls."),
                     "%s", _("the server does not answer"));
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "tls",
                     _("Look at the TLS of the server, and at the port."), "%s",
                     self->cause->message);
}

static void
shaken_cb (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  ToolDoctor *self = user_data;
  GTlsConnection *connection = G_TLS_CONNECTION (object);
  gboolean succeeded = g_tls_connection_handshake_finish (connection, result, &self->cause);

  tool_report_stop_clock (self->report);
  g_clear_object (&self->stream);
  g_signal_handlers_disconnect_by_data (connection, self);
  if (succeeded)
    accept (self, connection);
  else if (self->flaws != 0)
    explain_flaws (self, self->flaws);
  else
    tool_doctor_probe_http (self, probed_cb);
}

void
tool_doctor_check_tls (ToolDoctor *self)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new (self->host, self->port);
  SoupSession *session = pusher_client_get_session (self->client);
  g_autoptr (GIOStream) connection = NULL;
  g_autoptr (GError) error = NULL;

  if (!self->settings->use_tls)
    {
      g_clear_object (&self->stream);
      tool_doctor_end (self, TOOL_OUTCOME_SKIPPED, NULL, NULL, "%s", _("not wanted"));
      return;
    }

  connection = g_tls_client_connection_new (self->stream, identity, &error);
  if (connection == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "tls-missing",
                       _("Install the TLS of GLib: the package glib-networking."), "%s",
                       error->message);
      return;
    }

  if (soup_session_get_tls_database (session) != NULL)
    g_tls_connection_set_database (G_TLS_CONNECTION (connection),
                                   soup_session_get_tls_database (session));
  g_signal_connect (connection, "accept-certificate", G_CALLBACK (rejected_cb), self);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (connection), G_PRIORITY_DEFAULT,
                                    self->cancellable, shaken_cb, self);
}
