/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "local-server.h"

#include <glib/gi18n.h>

#include "complain.h"
#include "job.h"
#include "output.h"
#include "sealing.h"

#define HOST "127.0.0.1"
#define DEFAULT_PORT 6001
#define DEFAULT_APP_ID "1"
#define DEFAULT_KEY "test-key"
#define DEFAULT_SECRET "test-secret"
/* Any 32 bytes, always the same ones, so that clients find it again. */
#define DEFAULT_MASTER_KEY "dGhlIG1hc3RlciBrZXkgb2YgcHVzaGVyLWdsaWIhISE="
#define DEFAULT_USER "guest"
/* How long, in milliseconds, clients have to take their leave. */
#define MAX_FAREWELL 2000

static gboolean
is_here (const ToolSettings *settings)
{
  const char *const names[] = { HOST, "localhost", "::1", NULL };

  return settings->cluster == NULL &&
         (settings->host == NULL || g_strv_contains (names, settings->host));
}

/* That of a server elsewhere says nothing of this one. */
static gboolean
set_port (PusherTestServer   *server,
          const ToolSettings *settings,
          GError            **error)
{
  g_autoptr (ToolSettings) given = tool_settings_new (TOOL_NEEDS_OPTIONS_ONLY, error);
  const ToolSettings *chosen;

  if (given == NULL)
    return FALSE;

  chosen = given->port_text != NULL || !is_here (settings) ? given : settings;
  pusher_test_server_set_port (server, chosen->port_text != NULL ? chosen->port : DEFAULT_PORT);

  return TRUE;
}

static gboolean
set_master_key (PusherTestServer *server,
                const char       *master_key,
                GError          **error)
{
  g_autofree char *key = NULL;

  if (master_key == NULL)
    master_key = DEFAULT_MASTER_KEY;
  key = tool_sealing_derive_key (master_key, "", error);
  if (key == NULL)
    return FALSE;
  pusher_test_server_set_encryption_master_key (server, master_key);

  return TRUE;
}

/* Browsers have pages of other ports. */
static gboolean
set_backend (PusherTestServer   *server,
             const ToolSettings *settings,
             gboolean            with_auth,
             GError            **error)
{
  PusherTestBackend *backend = pusher_test_server_get_backend (server);

  if (!with_auth)
    {
      pusher_test_backend_set_status (backend, 404);
      pusher_test_backend_set_body (backend, "There is no endpoint without --auth.");
      return TRUE;
    }

  pusher_test_backend_set_cross_origin (backend, TRUE);
  if (pusher_test_backend_set_user (backend,
                                    settings->user_id != NULL ? settings->user_id : DEFAULT_USER,
                                    settings->user_info, error))
    return TRUE;

  g_prefix_error (error, "--user-id, --user-info: ");

  return FALSE;
}

static const char *
or (const char *given,
    const char *otherwise)
{
  return given != NULL && given[0] != '\0' ? given : otherwise;
}

PusherTestServer *
tool_local_server_new (const ToolSettings *settings,
                       gboolean            with_auth,
                       GError            **error)
{
  g_autoptr (PusherTestServer) server = pusher_test_server_new ();

  pusher_test_server_set_default_app (server, or (settings->app_id, DEFAULT_APP_ID),
                                      or (settings->key, DEFAULT_KEY),
                                      or (settings->secret, DEFAULT_SECRET));
  pusher_test_server_set_path (server, settings->path);
  if (!set_port (server, settings, error) ||
      !set_master_key (server, settings->encryption_master_key, error) ||
      !set_backend (server, settings, with_auth, error))
    return NULL;

  return g_steal_pointer (&server);
}

gboolean
tool_local_server_start (PusherTestServer *server,
                         GError          **error)
{
  g_autoptr (GError) own_error = NULL;

  if (pusher_test_server_start (server, &own_error))
    return TRUE;

  if (g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                 _("Another program uses port %u: --port says which one to use, and with 0 it is "
                   "a free one."), pusher_test_server_get_port (server));
  else
    g_propagate_error (error, g_steal_pointer (&own_error));

  return FALSE;
}

/* --- The end -------------------------------------------------------------- */

static gboolean
stop_waiting_cb (gpointer user_data)
{
  guint *time_limit = user_data;

  *time_limit = 0;

  return G_SOURCE_REMOVE;
}

static void
disconnected_cb (PusherTestServer *server,
                 const char       *socket_id,
                 guint             code,
                 guint            *n_left)
{
  if (*n_left > 0)
    (*n_left)--;
}

void
tool_local_server_stop (PusherTestServer *server)
{
  guint n_left = pusher_test_server_get_n_connections (server);
  guint time_limit = g_timeout_add (MAX_FAREWELL, stop_waiting_cb, &time_limit);
  gulong handler =
    g_signal_connect (server, "client-disconnected", G_CALLBACK (disconnected_cb), &n_left);

  pusher_test_server_stop (server);
  while (n_left > 0 && time_limit != 0)
    g_main_context_iteration (NULL, TRUE);

  g_signal_handler_disconnect (server, handler);
  g_clear_handle_id (&time_limit, g_source_remove);
}

/* --- How to connect ------------------------------------------------------- */

static void
describe_environment (PusherTestServer *server)
{
  const char *secret = pusher_test_server_get_secret (server);
  g_autofree char *master_key = pusher_test_server_dup_encryption_master_key (server);

  tool_say ("  %s", _("in an .env file, or for this program:"));
  tool_say ("    PUSHER_APP_ID=%s", pusher_test_server_get_app_id (server));
  tool_say ("    PUSHER_APP_KEY=%s", pusher_test_server_get_key (server));
  if (g_str_equal (secret, DEFAULT_SECRET))
    tool_say ("    PUSHER_APP_SECRET=%s", secret);
  if (g_str_equal (master_key, DEFAULT_MASTER_KEY))
    tool_say ("    PUSHER_ENCRYPTION_MASTER_KEY=%s", master_key);
  tool_say ("    PUSHER_HOST=" HOST);
  tool_say ("    PUSHER_PORT=%u", pusher_test_server_get_port (server));
  tool_say ("    PUSHER_SCHEME=http");
  if (pusher_test_server_get_path (server)[0] != '\0')
    tool_say ("    PUSHER_PATH=%s", pusher_test_server_get_path (server));
}

static char *
get_options (PusherTestServer *server)
{
  GString *options = g_string_new (NULL);
  const char *path = pusher_test_server_get_path (server);

  g_string_append_printf (options,
                          "cluster: \"\", wsHost: \"" HOST "\", wsPort: %u, forceTLS: false, "
                          "enabledTransports: [\"ws\"], disableStats: true",
                          pusher_test_server_get_port (server));
  if (path[0] != '\0')
    {
      g_autofree char *quoted = tool_output_quote (path);

      g_string_append_printf (options, ", wsPath: %s", quoted);
    }

  return g_string_free (options, FALSE);
}

void
tool_local_server_describe (PusherTestServer *server,
                            gboolean          with_auth)
{
  PusherTestBackend *backend = pusher_test_server_get_backend (server);
  const char *endpoint = pusher_test_backend_get_auth_endpoint (backend);
  const char *user_endpoint = pusher_test_backend_get_user_auth_endpoint (backend);
  g_autofree char *key = tool_output_quote (pusher_test_server_get_key (server));
  g_autofree char *options = get_options (server);
  g_autofree char *auth =
    with_auth ? g_strdup_printf (", channelAuthorization: {endpoint: \"%s\"}, "
                                 "userAuthentication: {endpoint: \"%s\"}",
                                 endpoint, user_endpoint)
              : g_strdup ("");
  gboolean is_reverb =
    pusher_test_server_get_flavor (server) == PUSHER_TEST_FLAVOR_REVERB;

  tool_say (_("* serving at %s:%u"), HOST, pusher_test_server_get_port (server));
  describe_environment (server);
  if (with_auth)
    {
      tool_say ("    PUSHER_AUTH_ENDPOINT=%s", endpoint);
      tool_say ("    PUSHER_USER_AUTH_ENDPOINT=%s", user_endpoint);
    }
  tool_say ("  %s", _("with pusher-js:"));
  tool_say ("    new Pusher(%s, {%s%s})", key, options, auth);
  tool_say ("  %s", _("with Laravel Echo:"));
  tool_say ("    new Echo({broadcaster: \"%s\", key: %s, %s%s})", is_reverb ? "reverb" : "pusher",
            key, options, auth);
}
