/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "client.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>

#include "complain.h"
#include "trust.h"

static gboolean
set_headers (PusherHttpAuthorizer *authorizer,
             const char           *headers,
             GError              **error)
{
  g_auto (GStrv) lines = g_strsplit (headers, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (lines[i], ":", 2);

      if (g_str_equal (g_strstrip (lines[i]), ""))
        continue;
      if (g_strv_length (parts) != 2)
        {
          tool_set_usage_error (error, _("A header for the endpoint has the form “Name: value”."));
          return FALSE;
        }
      pusher_http_authorizer_set_header (authorizer, g_strstrip (parts[0]),
                                         g_strstrip (parts[1]));
    }

  return TRUE;
}

static gboolean
set_secret (PusherClient       *client,
            const ToolSettings *settings,
            GError            **error)
{
  PusherSecretAuthorizer *authorizer;
  g_autoptr (JsonNode) info = NULL;

  if (!pusher_client_use_secret (client, settings->secret, NULL, error))
    return FALSE;
  authorizer = PUSHER_SECRET_AUTHORIZER (pusher_client_get_authorizer (client));

  if (settings->user_info != NULL)
    {
      info = json_from_string (settings->user_info, NULL);
      if (info == NULL)
        {
          tool_set_usage_error (error, _("“%s” is not JSON."), settings->user_info);
          return FALSE;
        }
    }
  if (settings->user_id != NULL)
    pusher_secret_authorizer_set_member (authorizer, settings->user_id, NULL, info);

  return settings->encryption_master_key == NULL ||
         pusher_secret_authorizer_set_encryption_master_key (
           authorizer, settings->encryption_master_key, error);
}

static gboolean
set_endpoint (PusherClient       *client,
              const ToolSettings *settings,
              gboolean            for_user,
              GError            **error)
{
  const char *url = for_user ? settings->user_auth_endpoint : settings->auth_endpoint;
  PusherHttpAuthorizer *authorizer;

  if (url == NULL)
    return TRUE;
  authorizer = for_user ? pusher_client_use_user_endpoint (client, url, error)
                        : pusher_client_use_endpoint (client, url, error);

  return authorizer != NULL &&
         (settings->auth_headers == NULL ||
          set_headers (authorizer, settings->auth_headers, error));
}

PusherClient *
tool_client_new (const ToolSettings *settings,
                 GError            **error)
{
  g_autoptr (PusherClient) client = pusher_client_new (settings->key, settings->cluster);

  if (settings->host != NULL)
    pusher_client_set_host (client, settings->host);
  pusher_client_set_port (client, settings->port);
  pusher_client_set_use_tls (client, settings->use_tls);
  if (settings->path != NULL)
    pusher_client_set_path (client, settings->path);
  pusher_client_set_origin (client, settings->origin);

  if ((settings->ca_file != NULL &&
       !tool_trust_file (pusher_client_get_session (client), settings->ca_file, error)) ||
      (settings->secret != NULL && !set_secret (client, settings, error)) ||
      !set_endpoint (client, settings, FALSE, error) ||
      !set_endpoint (client, settings, TRUE, error))
    return NULL;

  return g_steal_pointer (&client);
}
