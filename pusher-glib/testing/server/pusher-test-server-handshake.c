/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Clients that come: requests for a WebSocket, and what they are answered first. */

#include "config.h"

#include "pusher-test-server-types-private.h"

#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-message-private.h"
#include "pusher-test-properties-private.h"

#define PROTOCOL_VERSION 7

/* Close codes: see PusherServerError */
#define CODE_APP_NOT_FOUND 4001
#define CODE_APP_DISABLED 4003
#define CODE_OVER_QUOTA 4004
#define CODE_INVALID_VERSION 4006
#define CODE_UNSUPPORTED_PROTOCOL 4007
#define CODE_NO_PROTOCOL 4008
#define CODE_UNAUTHORIZED 4009
#define CODE_OVER_CAPACITY 4100

static GHashTable *
parse_query (GUri *uri)
{
  const char *query = g_uri_get_query (uri);
  GHashTable *params = NULL;

  if (query != NULL)
    params = g_uri_parse_params (query, -1, "&", G_URI_PARAMS_WWW_FORM, NULL);
  if (params == NULL)
    params = g_hash_table_new (g_str_hash, g_str_equal);

  return params;
}

/* Returns: a code to refuse the client with, or 0 */
static guint
check_protocol (GHashTable  *params,
                const char **message)
{
  const char *text = g_hash_table_lookup (params, "protocol");
  guint64 version;

  if (text == NULL)
    {
      *message = "No protocol version supplied";
      return CODE_NO_PROTOCOL;
    }

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &version, NULL))
    {
      *message = "Invalid version string format";
      return CODE_INVALID_VERSION;
    }

  if (version != PROTOCOL_VERSION)
    {
      *message = "Unsupported protocol version";
      return CODE_UNSUPPORTED_PROTOCOL;
    }

  return 0;
}

static void
check_client_version (PusherTestConnection *connection,
                      GHashTable           *params)
{
  static const char *const required[] = { "client", "version" };

  for (guint i = 0; i < G_N_ELEMENTS (required); i++)
    {
      const char *value = g_hash_table_lookup (params, required[i]);
      g_autofree char *what = NULL;

      if (value != NULL && *value != '\0')
        continue;

      what = g_strdup_printf ("The URL has no parameter “%s”", required[i]);
      pusher_test_connection_report (connection, PUSHER_TEST_REPORT_VIOLATION, what);
    }
}

static PusherTestConnection *
take_over (SoupServerMessage  *message,
           PusherTestSettings *settings)
{
  g_autoptr (GSocket) socket = g_object_ref (pusher_test_listener_get_socket (message));
  g_autoptr (GUri) uri = g_uri_ref (soup_server_message_get_uri (message));
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);
  g_autoptr (PusherTestPeer) peer = pusher_test_peer_new (stream, socket, uri);

  return pusher_test_connection_new (peer, settings);
}

/* Returns: (nullable): what follows @prefix in the path of the request */
const char *
pusher_test_server_get_route (PusherTestServer  *self,
                              SoupServerMessage *message,
                              const char        *prefix)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  if (!g_str_has_prefix (path, self->settings->path))
    return NULL;

  path += strlen (self->settings->path);

  return g_str_has_prefix (path, prefix) ? path + strlen (prefix) : NULL;
}

/* Returns: (transfer full): what the app key in the path means */
static char *
decode_key (const char *route)
{
  g_autofree char *key = g_uri_unescape_string (route, NULL);

  return key != NULL && g_utf8_validate (key, -1, NULL) ? g_steal_pointer (&key)
                                                        : g_strdup (route);
}

static char *
build_first_message (PusherTestSettings *settings,
                     const char         *socket_id)
{
  g_autoptr (GString) json = g_string_new (NULL);
  g_autofree char *data = NULL;

  if (settings->first_message != NULL)
    return g_strdup (settings->first_message);

  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "socket_id", socket_id);
  pusher_json_add_int (json, "activity_timeout", settings->activity_timeout);
  pusher_json_end_object (json);
  data = pusher_json_quote (json->str);

  return pusher_message_encode ("pusher:connection_established", NULL, data);
}

static void
welcome (PusherTestServer     *self,
         PusherTestConnection *connection,
         PusherTestApp        *app)
{
  g_autofree char *first_message =
    build_first_message (self->settings, pusher_test_connection_get_socket_id (connection));

  pusher_test_clients_welcome (self->clients, connection, app, first_message,
                               self->settings->handshake_delay);
}

/* Returns: (nullable) (transfer full): the host of the page that the client is of */
static char *
get_origin_host (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *origin = soup_message_headers_get_one (headers, "Origin");
  g_autoptr (GUri) uri = origin != NULL ? g_uri_parse (origin, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL ? g_strdup (g_uri_get_host (uri)) : NULL;
}

static gboolean
is_origin_allowed (PusherTestSettings *settings,
                   SoupServerMessage  *message)
{
  g_autofree char *host = get_origin_host (message);

  if (settings->allowed_origins == NULL)
    return TRUE;

  for (guint i = 0; settings->allowed_origins[i] != NULL; i++)
    if (g_pattern_match_simple (settings->allowed_origins[i], host != NULL ? host : ""))
      return TRUE;

  return FALSE;
}

static gboolean
is_full (PusherTestServer *self)
{
  GPtrArray *open = pusher_test_clients_get_open (self->clients);
  guint n_connections = 0;

  for (guint i = 0; i < open->len; i++)
    {
      const PusherTestConnection *connection = g_ptr_array_index (open, i);

      if (self->settings->flavor != PUSHER_TEST_FLAVOR_REVERB ||
          g_hash_table_size (connection->channels) > 0)
        n_connections++;
    }

  return self->settings->max_connections != 0 && n_connections >= self->settings->max_connections;
}

/* Returns: a code to refuse the client with, or 0 */
static guint
check_limits (PusherTestServer  *self,
              SoupServerMessage *message,
              const char       **problem)
{
  if (is_full (self) && self->settings->flavor == PUSHER_TEST_FLAVOR_SOKETI)
    {
      *problem = "The current concurrent connections quota has been reached.";
      return CODE_OVER_CAPACITY;
    }

  if (is_full (self))
    {
      *problem = "Application is over connection quota";
      return CODE_OVER_QUOTA;
    }

  if (!is_origin_allowed (self->settings, message))
    {
      *problem = "Origin not allowed";
      return CODE_UNAUTHORIZED;
    }

  return 0;
}

/* Reverb tells such a client, and lets it stay. */
static void
refuse (PusherTestServer     *self,
        PusherTestConnection *connection,
        PusherTestApp        *app,
        guint                 code,
        const char           *problem)
{
  if (self->settings->flavor == PUSHER_TEST_FLAVOR_REVERB)
    {
      pusher_test_clients_welcome (self->clients, connection, app, NULL, 0);
      pusher_test_connection_send_error (connection, NULL, code, problem);
    }
  else
    {
      pusher_test_clients_refuse (self->clients, connection, code, problem);
    }
}

static void
refuse_unknown (PusherTestServer     *self,
                PusherTestConnection *connection,
                const char           *key)
{
  g_autofree char *problem = g_strdup_printf ("App key %s does not exist.", key);

  if (self->settings->flavor == PUSHER_TEST_FLAVOR_REVERB)
    pusher_test_clients_turn_away (self->clients, connection, CODE_APP_NOT_FOUND,
                                   "Application does not exist");
  else
    pusher_test_clients_refuse (self->clients, connection, CODE_APP_NOT_FOUND, problem);
}

/* @key: that of an app, or any */
static void
receive (PusherTestServer     *self,
         SoupServerMessage    *message,
         PusherTestConnection *connection,
         const char           *key)
{
  g_autoptr (GHashTable) params = parse_query (soup_server_message_get_uri (message));
  PusherTestApp *app = pusher_test_app_find (self->apps, NULL, key);
  const char *violation = NULL;
  const char *problem = NULL;
  guint protocol_code = check_protocol (params, &violation);
  guint limit_code;

  if (protocol_code != 0 && self->settings->flavor == PUSHER_TEST_FLAVOR_PUSHER)
    {
      pusher_test_clients_refuse (self->clients, connection, protocol_code, violation);
      pusher_test_connection_report (connection, PUSHER_TEST_REPORT_VIOLATION, violation);
      return;
    }

  limit_code = check_limits (self, message, &problem);
  if (limit_code != 0)
    refuse (self, connection, app, limit_code, problem);
  else
    welcome (self, connection, app);

  if (protocol_code != 0)
    pusher_test_connection_report (connection, PUSHER_TEST_REPORT_VIOLATION, violation);
  check_client_version (connection, params);
}

static void
upgraded_cb (SoupServerMessage *message,
             PusherTestServer  *self)
{
  G_GNUC_UNUSED g_autoptr (GObject) hold = g_object_ref (G_OBJECT (self));
  G_GNUC_UNUSED g_autoptr (SoupServerMessage) hold_message = g_object_ref (message);
  const char *route = pusher_test_server_get_route (self, message, "/app/");
  g_autofree char *key = decode_key (route != NULL ? route : "");
  PusherTestApp *app = pusher_test_app_find (self->apps, NULL, key);
  PusherTestClients *clients = self->clients;
  g_autoptr (PusherTestConnection) connection = take_over (message, self->settings);

  if (self->settings->refuse_code != 0)
    pusher_test_clients_refuse (clients, connection, self->settings->refuse_code,
                                self->settings->refuse_message);
  else if (app == NULL)
    refuse_unknown (self, connection, key);
  else if (!app->enabled)
    pusher_test_clients_refuse (clients, connection, CODE_APP_DISABLED,
                                "The app is not enabled.");
  else
    receive (self, message, connection, key);
}

static void
answer (PusherTestServer  *self,
        SoupServerMessage *message)
{
  if (self->settings->http_status != 0)
    {
      soup_server_message_set_status (message, self->settings->http_status, NULL);
      return;
    }

  /* Without extensions: what a test sends is what is on the wire. If this is no
   * handshake, libsoup sets the status that says so. */
  if (soup_websocket_server_process_handshake (message, NULL, NULL, NULL, NULL))
    g_signal_connect_object (message, "wrote-informational", G_CALLBACK (upgraded_cb), self, 0);
}

static void
request_disconnected_cb (SoupServerMessage *message,
                         PusherTestServer  *self)
{
  g_ptr_array_remove (self->held_requests, message);
}

void
pusher_test_server_handle_handshake (PusherTestServer  *self,
                                     SoupServerMessage *message)
{
  self->n_attempts++;

  if (self->settings->silent)
    {
      soup_server_message_pause (message);
      g_ptr_array_add (self->held_requests, g_object_ref (message));
      g_signal_connect_object (message, "disconnected", G_CALLBACK (request_disconnected_cb),
                               self, 0);
    }
  else
    {
      answer (self, message);
    }

  pusher_test_properties_notify (self, &self->n_attempts);
}

/* Answers the handshakes that came while the server was silent, unless it still is. */
void
pusher_test_server_answer_held (PusherTestServer *self)
{
  g_autoptr (GPtrArray) requests = NULL;

  if (self->settings->silent)
    return;

  requests = g_steal_pointer (&self->held_requests);
  self->held_requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < requests->len; i++)
    {
      SoupServerMessage *message = g_ptr_array_index (requests, i);

      g_signal_handlers_disconnect_by_func (message, request_disconnected_cb, self);
      answer (self, message);
      soup_server_message_unpause (message);
    }
}
