/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is set and who set it, and whether a client can be made of it. */

#include "doctor.h"

#include <glib/gi18n.h>
#include <string.h>

#include "client.h"
#include "complain.h"

#define HTTPS_PORT 443
#define HTTP_PORT 80

static const char *
describe_source (ToolSource source)
{
  switch (source)
    {
    case TOOL_SOURCE_OPTION:
      return _("by an option");
    case TOOL_SOURCE_ENVIRONMENT:
      return _("by the environment");
    case TOOL_SOURCE_CONTEXT:
      return _("by the context");
    case TOOL_SOURCE_NONE:
    default:
      return _("by default");
    }
}

static gboolean
is_uri (const ToolSetting *setting)
{
  return g_str_has_suffix (setting->name, "-endpoint");
}

static void
tell_setting (ToolDoctor        *self,
              const ToolSetting *setting,
              const char        *value)
{
  const char *source = describe_source (tool_settings_get_source (self->settings, setting));
  g_autofree char *clean = is_uri (setting) ? tool_doctor_clean_uri (value) : NULL;
  const char *shown = setting->is_secret ? _("(not shown)") : clean != NULL ? clean : value;

  tool_report_set_text (self->report, setting->name, shown);
  /* Translators: a setting, its value, and where it comes from. */
  tool_report_note (self->report, _("%s: %s, %s"), setting->name, shown, source);
}

/* Of the headers only the names are harmless. */
static void
hide_headers (ToolDoctor *self)
{
  g_auto (GStrv) lines = g_strsplit (self->settings->auth_headers, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = strchr (lines[i], ':');
      g_autofree char *value = colon != NULL ? g_strstrip (g_strdup (colon + 1)) : NULL;
      g_auto (GStrv) words = value != NULL ? g_strsplit (value, " ", -1) : NULL;

      tool_report_hide (self->report, value);
      for (guint j = 1; words != NULL && words[0] != NULL && words[j] != NULL; j++)
        tool_report_hide (self->report, words[j]);
    }
}

static void
tell_settings (ToolDoctor *self)
{
  for (const ToolSetting *setting = tool_known_settings; setting->name != NULL; setting++)
    {
      const char *value = *tool_settings_get_text ((ToolSettings *) self->settings, setting);

      if (value == NULL)
        continue;
      if (g_str_equal (setting->name, "auth-headers"))
        hide_headers (self);
      else if (setting->is_secret)
        tool_report_hide (self->report, value);
      tell_setting (self, setting, value);
    }
}

/* An IPv6 address may have brackets, as it has in an address of the web. */
static char *
make_host (const ToolSettings *settings)
{
  if (settings->host == NULL)
    return g_strdup_printf ("ws-%s.pusher.com", settings->cluster);
  if (settings->host[0] == '[' && g_str_has_suffix (settings->host, "]"))
    return g_strndup (settings->host + 1, strlen (settings->host) - 2);

  return g_strdup (settings->host);
}

void
tool_doctor_check_settings (ToolDoctor *self)
{
  const ToolSettings *settings = self->settings;
  g_autoptr (GError) error = NULL;

  tell_settings (self);
  self->host = make_host (settings);
  self->port = settings->port != 0 ? settings->port : settings->use_tls ? HTTPS_PORT : HTTP_PORT;
  self->client = tool_client_new (settings, &error);
  tool_report_set_text (self->report, "server", self->host);
  tool_report_set_number (self->report, "server-port", self->port);

  if (self->client == NULL)
    tool_doctor_end (self, TOOL_OUTCOME_FAILED, "settings",
                     _("Correct it where it comes from: an option, the environment or the "
                       "context."),
                     "%s", error->message);
  else if (settings->use_tls)
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("%s, port %u, with TLS"), self->host,
                     self->port);
  else
    tool_doctor_end (self, TOOL_OUTCOME_OK, NULL, NULL, _("%s, port %u, without TLS"), self->host,
                     self->port);
}
