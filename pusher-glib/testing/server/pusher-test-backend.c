/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-test-backend-private.h"

#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "pusher-test-properties-private.h"
#include "testing/backend/pusher-test-auth-request-private.h"
#include "testing/backend/pusher-test-delays-private.h"
#include "testing/backend/pusher-test-http-private.h"

#include <glib/gi18n-lib.h>

#define AUTH_PATH "/pusher/auth"
#define USER_AUTH_PATH "/pusher/user-auth"

#define FIELD(name) G_STRUCT_OFFSET (PusherTestBackend, name)

/**
 * PusherTestBackend:
 *
 * The server of the application that is tested, which a
 * [class@PusherTest.Server] plays too: see [property@PusherTest.Server:backend].
 *
 * It authorizes clients for channels and lets them sign in, at
 * [property@PusherTest.Backend:auth-endpoint] and
 * [property@PusherTest.Backend:user-auth-endpoint], with the credentials of the
 * default app. [method@PusherTest.Backend.set_user] sets the user that it takes
 * clients for, and [method@PusherTest.Backend.set_cross_origin] lets pages in a
 * browser ask.
 *
 * It fails on demand: [method@PusherTest.Backend.forbid],
 * [method@PusherTest.Backend.set_status], [method@PusherTest.Backend.set_delay_ms],
 * [method@PusherTest.Backend.set_body].
 *
 * A backend that is held longer than its server has no endpoints any more, and
 * is not asked.
 *
 * Since: 1.0
 */
struct _PusherTestBackend
{
  GObject parent_instance;

  char *auth_endpoint;        /* nullable, as the next */
  char *user_auth_endpoint;
  guint n_auth_requests;
  PusherTestIdentity user;
  GHashTable *forbidden;      /* names of channels */
  gboolean cross_origin;
  guint status;               /* 0 for the right one */
  guint delay;                /* ms; %G_MAXUINT for ever */
  char *body;                 /* nullable: NULL for the right one */
  PusherTestDelays *delays;
};

G_DEFINE_FINAL_TYPE (PusherTestBackend, pusher_test_backend, G_TYPE_OBJECT)

static const PusherTestProperty properties[] = {
  /**
   * PusherTestBackend:auth-endpoint: (getter get_auth_endpoint)
   *
   * The URL that authorizes clients for channels of the default app, one by one
   * or several at once; %NULL while [property@PusherTest.Server:port] is 0.
   *
   * It takes forms by POST.
   *
   * Since: 1.0
   */
  { "auth-endpoint", G_TYPE_STRING, .field = FIELD (auth_endpoint) },

  /**
   * PusherTestBackend:user-auth-endpoint: (getter get_user_auth_endpoint)
   *
   * The URL that lets clients sign in to the default app; %NULL while
   * [property@PusherTest.Server:port] is 0.
   *
   * Since: 1.0
   */
  { "user-auth-endpoint", G_TYPE_STRING, .field = FIELD (user_auth_endpoint) },

  /**
   * PusherTestBackend:n-auth-requests: (getter get_n_auth_requests)
   *
   * How many requests clients have sent to the endpoints, each for any number of
   * channels, since the server was made.
   *
   * Since: 1.0
   */
  { "n-auth-requests", G_TYPE_UINT, .field = FIELD (n_auth_requests) },
};

static guint auth_requested_signal;

static void
pusher_test_backend_dispose (GObject *object)
{
  pusher_test_backend_close (PUSHER_TEST_BACKEND (object));

  G_OBJECT_CLASS (pusher_test_backend_parent_class)->dispose (object);
}

static void
pusher_test_backend_finalize (GObject *object)
{
  PusherTestBackend *self = PUSHER_TEST_BACKEND (object);

  pusher_test_delays_free (self->delays);
  g_hash_table_unref (self->forbidden);
  pusher_test_identity_clear (&self->user);
  g_free (self->auth_endpoint);
  g_free (self->user_auth_endpoint);
  g_free (self->body);

  G_OBJECT_CLASS (pusher_test_backend_parent_class)->finalize (object);
}

static void
pusher_test_backend_class_init (PusherTestBackendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pusher_test_backend_dispose;
  object_class->finalize = pusher_test_backend_finalize;
  pusher_test_properties_install (object_class, 0, properties, G_N_ELEMENTS (properties));

  /**
   * PusherTestBackend::auth-requested:
   * @self: the backend
   * @socket_id: the socket id that the client gave
   * @channel_name: (nullable): the name of the channel; %NULL to sign in
   *
   * Emitted when a client has asked an endpoint, for each channel that it asked
   * for, before it is answered.
   *
   * Since: 1.0
   */
  auth_requested_signal =
    g_signal_new ("auth-requested", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
pusher_test_backend_init (PusherTestBackend *self)
{
  self->forbidden = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->delays = pusher_test_delays_new ();
}

static void
report_request (PusherTestBackend           *self,
                const PusherTestAuthRequest *request)
{
  self->n_auth_requests++;
  pusher_test_properties_notify (self, &self->n_auth_requests);

  if (request->channels->len == 0)
    g_signal_emit (self, auth_requested_signal, 0, request->socket_id, NULL);

  for (guint i = 0; i < request->channels->len; i++)
    g_signal_emit (self, auth_requested_signal, 0, request->socket_id,
                   g_ptr_array_index (request->channels, i));
}

static char *
build_answer (PusherTestBackend *self,
              SoupServerMessage *message,
              PusherTestApp     *app,
              gboolean           for_user,
              GError           **error)
{
  g_autoptr (PusherTestAuthRequest) request =
    pusher_test_auth_request_parse (message, for_user, &self->user, error);

  if (request == NULL)
    return NULL;

  report_request (self, request);

  if (self->status == 0)
    return pusher_test_auth_request_answer (request, app, self->forbidden, error);

  pusher_test_http_fail (error, self->status, "The test wants this status");
  return NULL;
}

static void
copy_header (SoupServerMessage *message,
             const char        *from,
             const char        *to)
{
  const char *value =
    soup_message_headers_get_one (soup_server_message_get_request_headers (message), from);

  if (value != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), to, value);
}

/* Lets pages of any origin read the answer.
 *
 * Returns: whether a browser has only asked if it may ask */
static gboolean
allow_cross_origin (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  copy_header (message, "Origin", "Access-Control-Allow-Origin");
  soup_message_headers_replace (headers, "Access-Control-Allow-Credentials", "true");
  soup_message_headers_replace (headers, "Vary", "Origin");
  if (!g_str_equal (soup_server_message_get_method (message), "OPTIONS"))
    return FALSE;

  copy_header (message, "Access-Control-Request-Headers", "Access-Control-Allow-Headers");
  soup_message_headers_replace (headers, "Access-Control-Allow-Methods", "POST");
  soup_message_headers_replace (headers, "Connection", "close");
  soup_server_message_set_status (message, SOUP_STATUS_NO_CONTENT, NULL);

  return TRUE;
}

/* Returns: whether the request is one to an endpoint */
gboolean
pusher_test_backend_handle (PusherTestBackend *self,
                            SoupServerMessage *message,
                            PusherTestApp     *app)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  gboolean for_user = g_str_equal (path, USER_AUTH_PATH);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  if (!for_user && !g_str_equal (path, AUTH_PATH))
    return FALSE;
  if (self->cross_origin && allow_cross_origin (message))
    return TRUE;

  answer = build_answer (self, message, app, for_user, &error);
  if (self->body != NULL)
    pusher_test_http_answer (message, error, self->body);
  else
    pusher_test_http_answer (message, error, error != NULL ? error->message : answer);

  if (self->delay != 0)
    pusher_test_delays_add (self->delays, message, self->delay);

  return TRUE;
}

static char *
build_url (guint       port,
           const char *path)
{
  return port != 0 ? g_strdup_printf ("http://127.0.0.1:%u%s", port, path) : NULL;
}

/* @port: the port of the server; 0 if it has none */
void
pusher_test_backend_set_port (PusherTestBackend *self,
                              guint              port)
{
  g_free (self->auth_endpoint);
  g_free (self->user_auth_endpoint);
  self->auth_endpoint = build_url (port, AUTH_PATH);
  self->user_auth_endpoint = build_url (port, USER_AUTH_PATH);

  pusher_test_properties_notify (self, &self->auth_endpoint);
  pusher_test_properties_notify (self, &self->user_auth_endpoint);
}

/* The server has gone: answers that were not given yet never are. */
void
pusher_test_backend_close (PusherTestBackend *self)
{
  pusher_test_delays_end (self->delays);
  if (self->auth_endpoint != NULL)
    pusher_test_backend_set_port (self, 0);
}

/**
 * pusher_test_backend_get_auth_endpoint: (get-property auth-endpoint)
 * @self: the backend of a server
 *
 * Gets the URL that authorizes clients for channels.
 *
 * Returns: (transfer none) (nullable): the URL; %NULL while the port is not
 *   known
 *
 * Since: 1.0
 */
const char *
pusher_test_backend_get_auth_endpoint (PusherTestBackend *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_BACKEND (self), NULL);

  return self->auth_endpoint;
}

/**
 * pusher_test_backend_get_user_auth_endpoint: (get-property user-auth-endpoint)
 * @self: the backend of a server
 *
 * Gets the URL that lets clients sign in.
 *
 * Returns: (transfer none) (nullable): the URL; %NULL while the port is not
 *   known
 *
 * Since: 1.0
 */
const char *
pusher_test_backend_get_user_auth_endpoint (PusherTestBackend *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_BACKEND (self), NULL);

  return self->user_auth_endpoint;
}

/**
 * pusher_test_backend_get_n_auth_requests: (get-property n-auth-requests)
 * @self: the backend of a server
 *
 * Gets how often clients have asked the endpoints.
 *
 * Returns: the number of requests, each for any number of channels
 *
 * Since: 1.0
 */
guint
pusher_test_backend_get_n_auth_requests (PusherTestBackend *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_BACKEND (self), 0);

  return self->n_auth_requests;
}

/**
 * pusher_test_backend_set_user:
 * @self: the backend of a server
 * @id: (nullable): the id of the user; %NULL for none
 * @info_json: (nullable): its `user_info`: a JSON text
 * @error: return location for a #GError
 *
 * Sets the user that a client is taken for, unless it names one itself by the
 * parameters `user_id` and `user_info` of the form.
 *
 * While there is none, which is the default, no client can sign in, and presence
 * channels are authorized without `channel_data`.
 *
 * Returns: %TRUE if it was set; %FALSE with @error set to
 *   %G_IO_ERROR_INVALID_ARGUMENT if @id is empty or @info_json is not JSON
 *
 * Since: 1.0
 */
gboolean
pusher_test_backend_set_user (PusherTestBackend *self,
                              const char        *id,
                              const char        *info_json,
                              GError           **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *watchlist = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_BACKEND (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (id != NULL && (*id == '\0' || !g_utf8_validate (id, -1, NULL)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _("A user id is UTF-8 of at least one character"));
      return FALSE;
    }

  if (info_json != NULL && !pusher_json_validate (info_json, -1, &problem))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem->message);
      return FALSE;
    }

  watchlist = g_steal_pointer (&self->user.watchlist);
  pusher_test_identity_clear (&self->user);
  self->user.id = g_strdup (id);
  self->user.info = g_strdup (info_json);
  self->user.watchlist = g_steal_pointer (&watchlist);

  return TRUE;
}

/**
 * pusher_test_backend_set_watchlist:
 * @self: the backend of a server
 * @user_ids: (nullable) (array zero-terminated=1): ids of users; %NULL for no
 *   watchlist
 *
 * Sets the users that the one of [method@PusherTest.Backend.set_user] watches.
 *
 * A client that names its user itself gives them as the parameter `watchlist` of
 * the form, a JSON array.
 *
 * Since: 1.0
 */
void
pusher_test_backend_set_watchlist (PusherTestBackend *self,
                                   const char *const *user_ids)
{
  GString *json;

  g_return_if_fail (PUSHER_TEST_IS_BACKEND (self));

  g_clear_pointer (&self->user.watchlist, g_free);
  if (user_ids == NULL)
    return;

  json = g_string_new (NULL);
  pusher_json_begin_array (json, NULL);
  for (guint i = 0; user_ids[i] != NULL; i++)
    pusher_json_add_string (json, NULL, user_ids[i]);
  pusher_json_end_array (json);

  self->user.watchlist = g_string_free (json, FALSE);
}

/**
 * pusher_test_backend_forbid:
 * @self: the backend of a server
 * @channel: the name of a channel
 *
 * Refuses a channel to every client, with the HTTP status 403, from now on.
 *
 * Since: 1.0
 */
void
pusher_test_backend_forbid (PusherTestBackend *self,
                            const char        *channel)
{
  g_return_if_fail (PUSHER_TEST_IS_BACKEND (self));
  g_return_if_fail (channel != NULL);

  g_hash_table_add (self->forbidden, g_strdup (channel));
}

/**
 * pusher_test_backend_set_cross_origin:
 * @self: the backend of a server
 * @cross_origin: whether they may
 *
 * Sets whether pages of other origins may ask the endpoints, as those do that a
 * browser has from another port: %FALSE by default.
 *
 * Since: 1.0
 */
void
pusher_test_backend_set_cross_origin (PusherTestBackend *self,
                                      gboolean           cross_origin)
{
  g_return_if_fail (PUSHER_TEST_IS_BACKEND (self));

  self->cross_origin = cross_origin;
}

/**
 * pusher_test_backend_set_status:
 * @self: the backend of a server
 * @status: an HTTP status from 200 to 599; 0 to work again
 *
 * Sets the HTTP status that the endpoints answer with instead of doing their
 * work.
 *
 * Since: 1.0
 */
void
pusher_test_backend_set_status (PusherTestBackend *self,
                                guint              status)
{
  g_return_if_fail (PUSHER_TEST_IS_BACKEND (self));
  g_return_if_fail (status == 0 || (status >= 200 && status <= 599));

  self->status = status;
}

/**
 * pusher_test_backend_set_delay_ms:
 * @self: the backend of a server
 * @delay: the delay in milliseconds; %G_MAXUINT for ever
 *
 * Sets how long the endpoints wait before they answer requests to come.
 *
 * Since: 1.0
 */
void
pusher_test_backend_set_delay_ms (PusherTestBackend *self,
                                  guint              delay)
{
  g_return_if_fail (PUSHER_TEST_IS_BACKEND (self));

  self->delay = delay;
}

/**
 * pusher_test_backend_set_body:
 * @self: the backend of a server
 * @text: (nullable): any text; %NULL for the right answer
 *
 * Sets what the endpoints say instead of the answer.
 *
 * The HTTP status stays that of the answer.
 *
 * Since: 1.0
 */
void
pusher_test_backend_set_body (PusherTestBackend *self,
                              const char        *text)
{
  g_autofree char *previous = NULL;

  g_return_if_fail (PUSHER_TEST_IS_BACKEND (self));

  previous = g_steal_pointer (&self->body);
  self->body = g_strdup (text);
}
