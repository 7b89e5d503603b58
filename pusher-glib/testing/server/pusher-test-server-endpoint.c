/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The auth endpoint: the part of an application's backend that clients ask. */

#include "config.h"

#include "pusher-test-server-private.h"

#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "testing/backend/pusher-test-http-private.h"

#define AUTH_PATH "/pusher/auth"
#define USER_AUTH_PATH "/pusher/user-auth"

#define DELAY_DATA "pusher-test-delay"

typedef struct
{
  PusherTestServer *server;   /* unowned */
  SoupServerMessage *message; /* unowned */
} Delay;

static void
destroy_source (gpointer data)
{
  g_source_destroy (data);
  g_source_unref (data);
}

static void
forget_delayed (PusherTestServer  *self,
                SoupServerMessage *message)
{
  g_object_set_data (G_OBJECT (message), DELAY_DATA, NULL);
  g_ptr_array_remove (self->delayed_answers, message);
}

static gboolean
delay_over_cb (gpointer user_data)
{
  Delay *delay = user_data;
  g_autoptr (SoupServerMessage) message = g_object_ref (delay->message);

  forget_delayed (delay->server, message);
  soup_server_message_unpause (message);

  return G_SOURCE_REMOVE;
}

static void
disconnected_cb (SoupServerMessage *message,
                 PusherTestServer  *self)
{
  forget_delayed (self, message);
}

static void
delay_answer (PusherTestServer  *self,
              SoupServerMessage *message)
{
  soup_server_message_pause (message);
  g_ptr_array_add (self->delayed_answers, g_object_ref (message));
  g_signal_connect_object (message, "disconnected", G_CALLBACK (disconnected_cb), self, 0);

  if (self->endpoint_delay != G_MAXUINT)
    {
      GSource *source = g_timeout_source_new (self->endpoint_delay);
      Delay *delay = g_new (Delay, 1);

      *delay = (Delay) { self, message };
      g_source_set_static_name (source, "pusher-test endpoint");
      g_source_set_callback (source, delay_over_cb, delay, g_free);
      g_source_attach (source, g_main_context_get_thread_default ());
      g_object_set_data_full (G_OBJECT (message), DELAY_DATA, source, destroy_source);
    }
}

/* Answers that were not given yet never are. */
void
pusher_test_server_forget_delayed_answers (PusherTestServer *self)
{
  while (self->delayed_answers->len > 0)
    forget_delayed (self, g_ptr_array_index (self->delayed_answers, 0));
}

static void
report_request (PusherTestServer            *self,
                const PusherTestAuthRequest *request)
{
  self->n_auth_requests++;
  pusher_test_server_notify (self, PROP_N_AUTH_REQUESTS);

  if (request->channels->len == 0)
    g_signal_emit_by_name (self, "auth-requested", request->socket_id, NULL);

  for (guint i = 0; i < request->channels->len; i++)
    g_signal_emit_by_name (self, "auth-requested", request->socket_id,
                           g_ptr_array_index (request->channels, i));
}

static char *
build_answer (PusherTestServer  *self,
              SoupServerMessage *message,
              gboolean           for_user,
              GError           **error)
{
  g_autoptr (PusherTestAuthRequest) request =
    pusher_test_auth_request_parse (message, for_user, &self->endpoint_user, error);

  if (request == NULL)
    return NULL;

  report_request (self, request);

  if (self->endpoint_status == 0)
    return pusher_test_auth_request_answer (request, g_ptr_array_index (self->apps, 0),
                                            self->forbidden, error);

  pusher_test_http_fail (error, self->endpoint_status, "The test wants this status");
  return NULL;
}

/* Returns: whether the request is one to the endpoint */
gboolean
pusher_test_server_handle_auth (PusherTestServer  *self,
                                SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));
  gboolean for_user = g_str_equal (path, USER_AUTH_PATH);
  g_autoptr (GError) error = NULL;
  g_autofree char *answer = NULL;

  if (!for_user && !g_str_equal (path, AUTH_PATH))
    return FALSE;

  answer = build_answer (self, message, for_user, &error);
  if (self->endpoint_body != NULL)
    pusher_test_http_answer (message, error, self->endpoint_body);
  else
    pusher_test_http_answer (message, error, error != NULL ? error->message : answer);

  if (self->endpoint_delay != 0)
    delay_answer (self, message);

  return TRUE;
}

/* To be called when the port has changed. */
void
pusher_test_server_update_endpoints (PusherTestServer *self)
{
  g_free (self->auth_endpoint);
  g_free (self->user_auth_endpoint);
  self->auth_endpoint = NULL;
  self->user_auth_endpoint = NULL;

  if (self->port != 0)
    {
      self->auth_endpoint = g_strdup_printf ("http://127.0.0.1:%u" AUTH_PATH, self->port);
      self->user_auth_endpoint = g_strdup_printf ("http://127.0.0.1:%u" USER_AUTH_PATH,
                                                  self->port);
    }

  pusher_test_server_notify (self, PROP_AUTH_ENDPOINT);
  pusher_test_server_notify (self, PROP_USER_AUTH_ENDPOINT);
}

/**
 * pusher_test_server_get_auth_endpoint: (get-property auth-endpoint)
 * @self: a server
 *
 * Gets the URL that authorizes clients for channels.
 *
 * Returns: (transfer none) (nullable): the URL; %NULL while the port is not
 *   known
 *
 * Since: 0.1
 */
const char *
pusher_test_server_get_auth_endpoint (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->auth_endpoint;
}

/**
 * pusher_test_server_get_user_auth_endpoint: (get-property user-auth-endpoint)
 * @self: a server
 *
 * Gets the URL that lets clients sign in.
 *
 * Returns: (transfer none) (nullable): the URL; %NULL while the port is not
 *   known
 *
 * Since: 0.1
 */
const char *
pusher_test_server_get_user_auth_endpoint (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), NULL);

  return self->user_auth_endpoint;
}

/**
 * pusher_test_server_get_n_auth_requests: (get-property n-auth-requests)
 * @self: a server
 *
 * Gets how often clients have asked the auth endpoint.
 *
 * Returns: the number of requests, each for any number of channels
 *
 * Since: 0.1
 */
guint
pusher_test_server_get_n_auth_requests (PusherTestServer *self)
{
  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), 0);

  return self->n_auth_requests;
}

/**
 * pusher_test_server_set_endpoint_user:
 * @self: a server
 * @id: (nullable): the id of the user; %NULL for nobody
 * @info_json: (nullable): its `user_info`: a JSON text
 * @error: return location for a #GError
 *
 * Sets who the auth endpoint takes clients for that do not say it themselves by
 * the parameters `user_id` and `user_info` of the form.
 *
 * While there is nobody, which is the default, nobody can sign in, and presence
 * channels are authorized without `channel_data`.
 *
 * Returns: %TRUE if it was set; %FALSE with @error set to
 *   %G_IO_ERROR_INVALID_ARGUMENT if @id is empty or @info_json is not JSON
 *
 * Since: 0.1
 */
gboolean
pusher_test_server_set_endpoint_user (PusherTestServer *self,
                                      const char       *id,
                                      const char       *info_json,
                                      GError          **error)
{
  g_autoptr (GError) problem = NULL;
  g_autofree char *watchlist = NULL;

  g_return_val_if_fail (PUSHER_TEST_IS_SERVER (self), FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (id != NULL && (*id == '\0' || !g_utf8_validate (id, -1, NULL)))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           "A user id is UTF-8 of at least one character");
      return FALSE;
    }

  if (info_json != NULL && !pusher_json_validate (info_json, -1, &problem))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, problem->message);
      return FALSE;
    }

  watchlist = g_steal_pointer (&self->endpoint_user.watchlist);
  pusher_test_identity_clear (&self->endpoint_user);
  self->endpoint_user.id = g_strdup (id);
  self->endpoint_user.info = g_strdup (info_json);
  self->endpoint_user.watchlist = g_steal_pointer (&watchlist);

  return TRUE;
}

/**
 * pusher_test_server_set_endpoint_watchlist:
 * @self: a server
 * @user_ids: (nullable) (array zero-terminated=1): ids of users; %NULL for no
 *   watchlist
 *
 * Sets whom the user of [method@PusherTest.Server.set_endpoint_user] watches.
 *
 * A client that says itself who it is gives it as the parameter `watchlist` of
 * the form, a JSON array.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_endpoint_watchlist (PusherTestServer  *self,
                                           const char *const *user_ids)
{
  g_autoptr (GString) json = NULL;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  g_clear_pointer (&self->endpoint_user.watchlist, g_free);
  if (user_ids == NULL)
    return;

  json = g_string_new (NULL);
  pusher_json_begin_array (json, NULL);
  for (guint i = 0; user_ids[i] != NULL; i++)
    pusher_json_add_string (json, NULL, user_ids[i]);
  pusher_json_end_array (json);

  self->endpoint_user.watchlist = g_string_free (g_steal_pointer (&json), FALSE);
}

/**
 * pusher_test_server_forbid:
 * @self: a server
 * @channel: the name of a channel
 *
 * Makes the auth endpoint refuse a channel to everybody, with the HTTP status
 * 403, from now on.
 *
 * Since: 0.1
 */
void
pusher_test_server_forbid (PusherTestServer *self,
                           const char       *channel)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (channel != NULL);

  g_hash_table_add (self->forbidden, g_strdup (channel));
}

/**
 * pusher_test_server_set_endpoint_status:
 * @self: a server
 * @status: an HTTP status from 200 to 599; 0 to work again
 *
 * Sets the HTTP status that the auth endpoint answers with instead of doing its
 * work.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_endpoint_status (PusherTestServer *self,
                                        guint             status)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));
  g_return_if_fail (status == 0 || (status >= 200 && status <= 599));

  self->endpoint_status = status;
}

/**
 * pusher_test_server_set_endpoint_delay:
 * @self: a server
 * @delay: the delay in milliseconds; %G_MAXUINT for ever
 *
 * Sets how long the auth endpoint waits before it answers requests to come.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_endpoint_delay (PusherTestServer *self,
                                       guint             delay)
{
  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  self->endpoint_delay = delay;
}

/**
 * pusher_test_server_set_endpoint_body:
 * @self: a server
 * @text: (nullable): any text; %NULL for the right answer
 *
 * Sets what the auth endpoint says instead of its answer.
 *
 * The HTTP status stays that of the answer.
 *
 * Since: 0.1
 */
void
pusher_test_server_set_endpoint_body (PusherTestServer *self,
                                      const char       *text)
{
  g_autofree char *previous = NULL;

  g_return_if_fail (PUSHER_TEST_IS_SERVER (self));

  previous = g_steal_pointer (&self->endpoint_body);
  self->endpoint_body = g_strdup (text);
}
