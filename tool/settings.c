/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "settings.h"

#include <glib/gi18n.h>

#include "complain.h"
#include "context-file.h"
#include "secret-input.h"

#define SETTING(name, variable, field, is_address, is_secret) \
  { name, variable, G_STRUCT_OFFSET (ToolSettings, field), is_address, is_secret }

const ToolSetting tool_known_settings[] = {
  SETTING ("app-id", "PUSHER_APP_ID", app_id, FALSE, FALSE),
  SETTING ("key", "PUSHER_APP_KEY", key, FALSE, FALSE),
  SETTING ("secret", "PUSHER_APP_SECRET", secret, FALSE, TRUE),
  SETTING ("encryption-master-key", "PUSHER_ENCRYPTION_MASTER_KEY", encryption_master_key, FALSE,
           TRUE),
  SETTING ("cluster", "PUSHER_APP_CLUSTER", cluster, TRUE, FALSE),
  SETTING ("host", "PUSHER_HOST", host, TRUE, FALSE),
  SETTING ("port", "PUSHER_PORT", port_text, TRUE, FALSE),
  SETTING ("scheme", "PUSHER_SCHEME", scheme, TRUE, FALSE),
  SETTING ("path", "PUSHER_PATH", path, TRUE, FALSE),
  SETTING ("origin", "PUSHER_ORIGIN", origin, FALSE, FALSE),
  SETTING ("ca-file", "PUSHER_CA_FILE", ca_file, FALSE, FALSE),
  SETTING ("auth-endpoint", "PUSHER_AUTH_ENDPOINT", auth_endpoint, FALSE, FALSE),
  SETTING ("user-auth-endpoint", "PUSHER_USER_AUTH_ENDPOINT", user_auth_endpoint, FALSE, FALSE),
  SETTING ("auth-headers", "PUSHER_AUTH_HEADERS", auth_headers, FALSE, TRUE),
  SETTING ("user-id", "PUSHER_USER_ID", user_id, FALSE, FALSE),
  SETTING ("user-info", "PUSHER_USER_INFO", user_info, FALSE, FALSE),
  { NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (tool_known_settings) <= TOOL_MAX_SETTINGS);

static ToolSettings from_options;
static char *context_name;
static int secret_fd = -1;
static gboolean quiet, verbose;

static gboolean
tls_cb (const char *option,
        const char *value,
        gpointer    data,
        GError    **error)
{
  g_free (from_options.scheme);
  from_options.scheme = g_strdup (g_str_equal (option, "--tls") ? "https" : "http");

  return TRUE;
}

static const GOptionEntry server_options[] = {
  { "context", 'c', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &context_name,
    N_("Use the settings of this context"), N_("NAME") },
  { "key", 'k', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.key,
    N_("Key of the application"), N_("KEY") },
  { "app-id", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.app_id,
    N_("Id of the application, for the REST interface"), N_("ID") },
  { "secret-fd", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_INT, &secret_fd,
    N_("Read the secret of the application from a file descriptor"), N_("FD") },
  { "cluster", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.cluster,
    N_("Cluster of pusher.com"), N_("CLUSTER") },
  { "host", 'H', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.host,
    N_("Host of a server of one's own"), N_("HOST") },
  { "port", 'p', G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.port_text,
    N_("Its port"), N_("PORT") },
  { "tls", 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, tls_cb, N_("Use TLS (the default)"),
    NULL },
  { "no-tls", 0, G_OPTION_FLAG_NO_ARG, G_OPTION_ARG_CALLBACK, tls_cb, N_("Do not use TLS"),
    NULL },
  { "ca-file", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_FILENAME, &from_options.ca_file,
    N_("Trust the certificates of this file"), N_("FILE") },
  { "path", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.path,
    N_("Path before that of the protocol"), N_("PATH") },
  { "origin", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.origin,
    N_("Origin to be sent, for servers that ask for one"), N_("ORIGIN") },
  { "auth-endpoint", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.auth_endpoint,
    N_("Where private channels are authorized"), N_("URL") },
  { "user-auth-endpoint", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING,
    &from_options.user_auth_endpoint, N_("Where the user is authenticated"), N_("URL") },
  { "user-id", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.user_id,
    N_("Who one is, when the secret signs"), N_("ID") },
  { "user-info", 0, G_OPTION_FLAG_NONE, G_OPTION_ARG_STRING, &from_options.user_info,
    N_("What the others see of oneself, when the secret signs"), N_("JSON") },
  { "quiet", 'q', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &quiet,
    N_("Say nothing but results and errors"), NULL },
  { "verbose", 'v', G_OPTION_FLAG_NONE, G_OPTION_ARG_NONE, &verbose,
    N_("Say what goes on"), NULL },
  { NULL },
};

GOptionGroup *
tool_settings_get_options (void)
{
  GOptionGroup *group = g_option_group_new ("server", _("Options for the server:"),
                                            _("Show the options for the server"), NULL, NULL);

  g_option_group_add_entries (group, server_options);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);

  return group;
}

gboolean
tool_is_quiet (void)
{
  return quiet;
}

gboolean
tool_is_verbose (void)
{
  return verbose;
}

char **
tool_settings_get_text (const ToolSettings *self,
                        const ToolSetting  *setting)
{
  return G_STRUCT_MEMBER_P (self, setting->offset);
}

ToolSource
tool_settings_get_source (const ToolSettings *self,
                          const ToolSetting  *setting)
{
  return self->sources[setting - tool_known_settings];
}

/* --- Layers -------------------------------------------------------------- */

static ToolSettings *
read_environment (void)
{
  ToolSettings *self = g_new0 (ToolSettings, 1);

  for (const ToolSetting *setting = tool_known_settings; setting->name != NULL; setting++)
    {
      const char *value = g_getenv (setting->variable);

      if (value != NULL && value[0] != '\0')
        *tool_settings_get_text (self, setting) = g_strdup (value);
    }

  return self;
}

/* Fills what is open. Where @self has a server already, nothing of another one is mixed in. */
static void
fill_from (ToolSettings *self,
           ToolSettings *layer,
           ToolSource    source)
{
  gboolean has_server = self->host != NULL || self->cluster != NULL;

  for (const ToolSetting *setting = tool_known_settings; setting->name != NULL; setting++)
    {
      char **text = tool_settings_get_text (self, setting);

      if (*text != NULL || (has_server && setting->is_address))
        continue;
      *text = g_strdup (*tool_settings_get_text (layer, setting));
      if (*text != NULL)
        self->sources[setting - tool_known_settings] = source;
    }
}

static gboolean
fill_from_options (ToolSettings *self,
                   GError      **error)
{
  if (secret_fd >= 0)
    {
      from_options.secret = tool_secret_read_fd (secret_fd, error);
      if (from_options.secret == NULL)
        return FALSE;
      secret_fd = -1; /* a pipe can be read once */
    }
  fill_from (self, &from_options, TOOL_SOURCE_OPTION);

  return TRUE;
}

static gboolean
fill_from_layers (ToolSettings *self,
                  GError      **error)
{
  g_autoptr (ToolSettings) environment = read_environment ();
  g_autoptr (ToolSettings) context = tool_context_file_load (context_name, error);

  if (context == NULL || !fill_from_options (self, error))
    return FALSE;

  if (context_name != NULL)
    fill_from (self, context, TOOL_SOURCE_CONTEXT);
  fill_from (self, environment, TOOL_SOURCE_ENVIRONMENT);
  fill_from (self, context, TOOL_SOURCE_CONTEXT);

  return TRUE;
}

/* --- What the texts mean ------------------------------------------------- */

static gboolean
read_port (ToolSettings *self,
           GError      **error)
{
  guint64 port;

  if (self->port_text == NULL)
    return TRUE;
  if (!g_ascii_string_to_unsigned (self->port_text, 10, 0, G_MAXUINT16, &port, NULL))
    {
      tool_set_usage_error (error, _("“%s” is not a port."), self->port_text);
      return FALSE;
    }
  self->port = port;

  return TRUE;
}

static gboolean
read_scheme (ToolSettings *self,
             GError      **error)
{
  self->use_tls = self->scheme == NULL || g_str_equal (self->scheme, "https");
  if (self->use_tls || g_str_equal (self->scheme, "http"))
    return TRUE;

  tool_set_usage_error (error, _("The scheme is “https” or “http”, and not “%s”."), self->scheme);

  return FALSE;
}

gboolean
tool_settings_check (const ToolSettings *self,
                     ToolNeeds           needs,
                     GError            **error)
{
  if ((needs & (TOOL_NEEDS_SERVER | TOOL_NEEDS_KEY)) && self->key == NULL)
    tool_set_usage_error (error, _("There is no key: --key, PUSHER_APP_KEY or a context has it."));
  else if ((needs & TOOL_NEEDS_SERVER) && self->host == NULL && self->cluster == NULL)
    tool_set_usage_error (error, _("There is no server: --cluster or --host says which one, or a "
                                   "context."));
  else if ((needs & TOOL_NEEDS_SECRET) && self->secret == NULL)
    tool_set_usage_error (error, _("There is no secret: PUSHER_APP_SECRET, --secret-fd or a "
                                   "context has it."));
  else if ((needs & TOOL_NEEDS_APP_ID) && self->app_id == NULL)
    tool_set_usage_error (error, _("There is no id of the application: --app-id, PUSHER_APP_ID or "
                                   "a context has it."));
  else
    return TRUE;

  return FALSE;
}

ToolSettings *
tool_settings_new (ToolNeeds needs,
                   GError  **error)
{
  g_autoptr (ToolSettings) self = g_new0 (ToolSettings, 1);
  gboolean filled = needs & TOOL_NEEDS_OPTIONS_ONLY ? fill_from_options (self, error)
                                                    : fill_from_layers (self, error);

  if (!filled || !read_port (self, error) || !read_scheme (self, error) ||
      !tool_settings_check (self, needs, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
tool_settings_free (ToolSettings *self)
{
  for (const ToolSetting *setting = tool_known_settings; setting->name != NULL; setting++)
    g_free (*tool_settings_get_text (self, setting));
  g_free (self);
}
