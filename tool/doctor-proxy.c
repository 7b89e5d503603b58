/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Whether there is a proxy on the way, and whether it lets one through. */

#include "doctor.h"

#include <glib/gi18n.h>
#include <string.h>

/* --- Which one ----------------------------------------------------------- */

static void
go_directly (ToolDoctor *self)
{
  self->peer = g_strdup (self->host);
  self->peer_port = self->port;
  tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, "%s", _("no proxy"));
}

static void
go_through (ToolDoctor *self,
            const char *text)
{
  g_autoptr (GSocketConnectable) address = g_network_address_parse_uri (text, 0, NULL);
  g_autofree char *clean = tool_doctor_clean_uri (text);

  self->proxy = g_uri_parse (text, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (address == NULL || self->proxy == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "proxy-address",
                       _("Correct the address of the proxy in the settings of the system or in "
                         "the environment."),
                       _("the address of the proxy is none: %s"), clean);
      return;
    }

  tool_report_hide (self->report, g_uri_get_password (self->proxy));
  tool_report_set_text (self->report, "proxy", clean);
  self->peer = g_strdup (g_network_address_get_hostname (G_NETWORK_ADDRESS (address)));
  self->peer_port = g_network_address_get_port (G_NETWORK_ADDRESS (address));
  tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("by %s"), clean);
}

static void
looked_up_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  ToolDoctor *self = user_data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) proxies =
    g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (object), result, &error);

  if (proxies == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "proxy-settings",
                       _("Look at the proxy in the settings of the system, and at the variables "
                         "https_proxy, http_proxy and no_proxy."),
                       "%s", error->message);
      return;
    }

  if (proxies[0] == NULL || g_str_has_prefix (proxies[0], "direct"))
    go_directly (self);
  else
    go_through (self, proxies[0]);
}

void
tool_doctor_check_proxy (ToolDoctor *self)
{
  GProxyResolver *resolver =
    soup_session_get_proxy_resolver (pusher_client_get_session (self->client));
  gboolean is_ipv6 = strchr (self->host, ':') != NULL;
  g_autofree char *uri =
    g_strdup_printf (is_ipv6 ? "%s://[%s]:%u" : "%s://%s:%u",
                     self->settings->use_tls ? "https" : "http", self->host, self->port);

  if (resolver == NULL)
    resolver = g_proxy_resolver_get_default ();
  g_proxy_resolver_lookup_async (resolver, uri, self->cancellable, looked_up_cb, self);
}

/* --- The way through it -------------------------------------------------- */

static void
explain_refusal (ToolDoctor   *self,
                 const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_AUTH_FAILED))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "proxy-login",
                     _("Correct the user name and the password in the address of the proxy; "
                       "they are percent-encoded there."),
                     "%s", _("the proxy does not accept the login of its address"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NEED_AUTH))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "proxy-login-missing",
                     _("Put the user name and the password into the address of the proxy, as in "
                       "http://NAME:PASSWORD@proxy.example:3128."),
                     "%s", _("the proxy wants a login, and its address has none"));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED))
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "proxy-refused",
                     _("Ask who runs the proxy to allow this host and port."), "%s",
                     error->message);
  else
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "proxy-broken",
                     _("Look whether this proxy lets connections through to this host and port, "
                       "or name the host in no_proxy."),
                     "%s", error->message);
}

static void
tunnelled_cb (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  ToolDoctor *self = user_data;
  g_autoptr (GError) error = NULL;
  GIOStream *stream = g_proxy_connect_finish (G_PROXY (object), result, &error);

  g_clear_object (&self->stream);
  self->stream = stream;
  if (stream == NULL)
    explain_refusal (self, error);
  else
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("through to %s, port %u"), self->host,
                     self->port);
}

/* Without TLS libsoup asks an HTTP proxy for the page, as it were, and has no tunnel. */
static gboolean
has_tunnel (ToolDoctor *self)
{
  return self->settings->use_tls || !g_str_equal (g_uri_get_scheme (self->proxy), "http");
}

void
tool_doctor_check_tunnel (ToolDoctor *self)
{
  GInetSocketAddress *address = G_INET_SOCKET_ADDRESS (self->address);
  g_autoptr (GSocketAddress) proxy_address = NULL;
  g_autoptr (GProxy) proxy = NULL;
  const char *protocol;

  if (self->proxy == NULL || !has_tunnel (self))
    {
      tool_doctor_end (self, TOOL_OUTCOME_SKIPPED, NULL, NULL, "%s",
                       self->proxy == NULL ? _("no proxy") : _("not without TLS"));
      return;
    }

  protocol = g_uri_get_scheme (self->proxy);
  proxy = g_proxy_get_default_for_protocol (protocol);
  if (proxy == NULL)
    {
      tool_doctor_end (self, TOOL_OUTCOME_FAILED, "proxy-protocol",
                       _("Use an HTTP proxy or a SOCKS proxy."),
                       _("proxies of the kind “%s” are not known here"), protocol);
      return;
    }

  proxy_address = g_proxy_address_new (
    g_inet_socket_address_get_address (address), g_inet_socket_address_get_port (address),
    protocol, self->host, self->port, g_uri_get_user (self->proxy),
    g_uri_get_password (self->proxy));
  g_proxy_connect_async (proxy, self->stream, G_PROXY_ADDRESS (proxy_address),
                         self->cancellable, tunnelled_cb, self);
}
