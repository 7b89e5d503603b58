/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Who vouches for the listener. */

#include "authorizers.h"

#include "tell.h"

#include <stdlib.h>
#include <string.h>

static char *option_secret;
static char *option_channel_data;
static char *option_user_data;
static char *option_master_key;
static char *option_endpoint;
static char *option_user_endpoint;
static char **option_params;
static char **option_headers;
static char *option_username;
static char *option_password;
static gboolean option_ask;

const GOptionEntry authorizer_option_entries[] = {
  { "secret", 0, 0, G_OPTION_ARG_STRING, &option_secret,
    "Authorize with the secret of the application", "SECRET" },
  { "channel-data", 0, 0, G_OPTION_ARG_STRING, &option_channel_data,
    "With the secret: who this is on presence channels", "JSON" },
  { "user-data", 0, 0, G_OPTION_ARG_STRING, &option_user_data,
    "With the secret: who signs in", "JSON" },
  { "master-key", 0, 0, G_OPTION_ARG_STRING, &option_master_key,
    "With the secret: the key of encrypted channels", "BASE64" },
  { "endpoint", 0, 0, G_OPTION_ARG_STRING, &option_endpoint,
    "Authorize by asking a server", "URL" },
  { "user-endpoint", 0, 0, G_OPTION_ARG_STRING, &option_user_endpoint,
    "Sign in by asking a server", "URL" },
  { "param", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_params,
    "A field of the form for both", "NAME=VALUE" },
  { "header", 0, 0, G_OPTION_ARG_STRING_ARRAY, &option_headers,
    "A header for both", "NAME=VALUE" },
  { "username", 0, 0, G_OPTION_ARG_STRING, &option_username,
    "Name for HTTP Basic authentication", "NAME" },
  { "password", 0, 0, G_OPTION_ARG_STRING, &option_password,
    "Password for HTTP Basic authentication", "PASSWORD" },
  { "ask", 0, 0, G_OPTION_ARG_NONE, &option_ask,
    "Authorize by the command “answer”", NULL },
  { NULL }
};

static GPtrArray *asked; /* of PusherAuthorizationRequest, by their numbers */

static void
set_up_secret (PusherClient *client)
{
  g_autoptr (GError) error = NULL;
  PusherSecretAuthorizer *authorizer;

  pusher_client_use_secret (client, option_secret, option_channel_data, &error);
  g_assert_no_error (error);

  authorizer = PUSHER_SECRET_AUTHORIZER (pusher_client_get_authorizer (client));
  pusher_secret_authorizer_set_user_data (authorizer, option_user_data, &error);
  g_assert_no_error (error);
  pusher_secret_authorizer_set_encryption_master_key (authorizer, option_master_key, &error);
  g_assert_no_error (error);
}

static void
set_each (PusherHttpAuthorizer *authorizer,
          char                **pairs,
          void (*set) (PusherHttpAuthorizer *authorizer,
                       const char           *name,
                       const char           *value))
{
  for (char **pair = pairs; pair != NULL && *pair != NULL; pair++)
    {
      g_auto (GStrv) halves = g_strsplit (*pair, "=", 2);

      set (authorizer, halves[0], halves[1]);
    }
}

static void
set_up_endpoint (PusherHttpAuthorizer *authorizer)
{
  set_each (authorizer, option_params, pusher_http_authorizer_set_param);
  set_each (authorizer, option_headers, pusher_http_authorizer_set_header);
  pusher_http_authorizer_set_username (authorizer, option_username);
  pusher_http_authorizer_set_password (authorizer, option_password);
}

static gboolean
authorize_cb (PusherAuthorizer           *authorizer,
              PusherAuthorizationRequest *request)
{
  JsonBuilder *builder = begin ("authorize");

  add_int (builder, "number", asked->len);
  add_enum (builder, "kind", PUSHER_TYPE_AUTHORIZATION_KIND,
            pusher_authorization_request_get_kind (request));
  add_string (builder, "socket_id", pusher_authorization_request_get_socket_id (request));
  add_string (builder, "channel", pusher_authorization_request_get_channel_name (request));
  g_ptr_array_add (asked, g_object_ref (request));
  tell (builder);

  return TRUE;
}

static void
set_up_asking (PusherClient *client)
{
  g_autoptr (PusherAuthorizer) authorizer = pusher_authorizer_new ();

  asked = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (authorizer, "authorize", G_CALLBACK (authorize_cb), NULL);
  pusher_client_set_authorizer (client, authorizer);
  pusher_client_set_user_authenticator (client, authorizer);
}

void
set_up_authorizers (PusherClient *client)
{
  if (option_secret != NULL)
    set_up_secret (client);
  if (option_endpoint != NULL)
    set_up_endpoint (pusher_client_use_endpoint (client, option_endpoint, NULL));
  if (option_user_endpoint != NULL)
    set_up_endpoint (pusher_client_use_user_endpoint (client, option_user_endpoint, NULL));
  if (option_ask)
    set_up_asking (client);
}

/* A body as an endpoint would send it, or none for a refusal. */
void
answer_authorization (const char *number,
                      const char *body)
{
  PusherAuthorizationRequest *request = asked->pdata[atoi (number)];
  g_autoptr (GError) error = NULL;

  if (body == NULL)
    {
      error = g_error_new (G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED, "Refused by the application");
      pusher_authorization_request_fail (request, error);
    }
  else if (!pusher_authorization_request_complete_json (request, body, &error))
    {
      tell_call_failed ("answer", error);
    }
}

void
forget_authorizations (void)
{
  g_clear_pointer (&asked, g_ptr_array_unref);
}
