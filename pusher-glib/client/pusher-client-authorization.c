/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The authorizers of a PusherClient. */

#include "config.h"

#include "pusher-client.h"

#include "http/pusher-http-settings-private.h"
#include "auth/pusher-secret-authorizer.h"
#include "pusher-client-properties-private.h"

/**
 * pusher_client_get_authorizer:
 * @self: a client
 *
 * Gets who authorizes subscriptions.
 *
 * Returns: (transfer none) (nullable): the authorizer, or %NULL
 *
 * Since: 1.0
 */
PusherAuthorizer *
pusher_client_get_authorizer (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return self->authorizer;
}

/**
 * pusher_client_set_authorizer:
 * @self: a client
 * @authorizer: (nullable): an authorizer, or %NULL
 *
 * Sets who authorizes subscriptions to private, presence and encrypted channels.
 *
 * Since: 1.0
 */
void
pusher_client_set_authorizer (PusherClient     *self,
                              PusherAuthorizer *authorizer)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (authorizer == NULL || PUSHER_IS_AUTHORIZER (authorizer));
  pusher_client_check_thread (self);

  if (g_set_object (&self->authorizer, authorizer))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_AUTHORIZER);
}

/**
 * pusher_client_get_user_authenticator:
 * @self: a client
 *
 * Gets who authenticates the user that signs in.
 *
 * Returns: (transfer none) (nullable): the authenticator, or %NULL
 *
 * Since: 1.0
 */
PusherAuthorizer *
pusher_client_get_user_authenticator (PusherClient *self)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  pusher_client_check_thread (self);

  return self->user_authenticator;
}

/**
 * pusher_client_set_user_authenticator:
 * @self: a client
 * @authenticator: (nullable): an authenticator, or %NULL
 *
 * Sets who authenticates the user that signs in.
 *
 * Since: 1.0
 */
void
pusher_client_set_user_authenticator (PusherClient     *self,
                                      PusherAuthorizer *authenticator)
{
  g_return_if_fail (PUSHER_IS_CLIENT (self));
  g_return_if_fail (authenticator == NULL || PUSHER_IS_AUTHORIZER (authenticator));
  pusher_client_check_thread (self);

  if (g_set_object (&self->user_authenticator, authenticator))
    pusher_client_notify (self, PUSHER_CLIENT_PROP_USER_AUTHENTICATOR);
}

/**
 * pusher_client_use_secret:
 * @self: a client
 * @secret: the secret of the application
 * @channel_data: (nullable): who the client is on presence channels: JSON text
 *   like `{"user_id": "42"}`, or %NULL
 * @error: return location for an error
 *
 * Authorizes with the secret of the application: sets a new
 * [class@Pusher.SecretAuthorizer] as [property@Pusher.Client:authorizer], and as
 * [property@Pusher.Client:user-authenticator] unless there is one of its own. Only for
 * programs that stay where the secret may be known.
 *
 * Who the client is may also be set without JSON, by
 * [method@Pusher.SecretAuthorizer.set_member] of the authorizer. The same user signs in.
 *
 * The error is %PUSHER_ERROR_INVALID_DATA if the channel data is not JSON; then nothing
 * has changed.
 *
 * Returns: whether it is set
 *
 * Since: 1.0
 */
gboolean
pusher_client_use_secret (PusherClient *self,
                          const char   *secret,
                          const char   *channel_data,
                          GError      **error)
{
  g_autoptr (PusherSecretAuthorizer) authorizer = NULL;
  g_autoptr (GObject) held_self = NULL;
  gboolean for_users;

  g_return_val_if_fail (PUSHER_IS_CLIENT (self), FALSE);
  g_return_val_if_fail (secret != NULL, FALSE);
  pusher_client_check_thread (self);

  authorizer = pusher_secret_authorizer_new (secret);
  if (!pusher_secret_authorizer_set_channel_data (authorizer, channel_data, error))
    return FALSE;

  held_self = g_object_ref (G_OBJECT (self));
  for_users = self->user_authenticator == NULL || self->user_authenticator == self->authorizer;
  g_object_freeze_notify (held_self);
  pusher_client_set_authorizer (self, PUSHER_AUTHORIZER (authorizer));
  if (for_users)
    pusher_client_set_user_authenticator (self, PUSHER_AUTHORIZER (authorizer));
  g_object_thaw_notify (held_self);

  return TRUE;
}

/* Has a new authorizer set, which uses the client's session. Returns: (transfer none)
 * (nullable): it */
static PusherHttpAuthorizer *
use_endpoint (PusherClient *self,
              const char   *endpoint,
              void        (*set) (PusherClient     *self,
                                  PusherAuthorizer *authorizer),
              GError      **error)
{
  g_autoptr (PusherHttpAuthorizer) authorizer = NULL;

  if (!pusher_http_endpoint_check (endpoint, PUSHER_HTTP_FOR_AUTHORIZATION, error))
    return NULL;

  authorizer = pusher_http_authorizer_new (endpoint);
  pusher_http_authorizer_set_session (authorizer, pusher_client_get_session (self));
  set (self, PUSHER_AUTHORIZER (authorizer));

  return authorizer;
}

/**
 * pusher_client_use_endpoint:
 * @self: a client
 * @endpoint: an `http` or `https` URL of the application's server
 * @error: return location for an error
 *
 * Authorizes by asking a server: sets a new [class@Pusher.HttpAuthorizer], which
 * uses the client's session, as [property@Pusher.Client:authorizer].
 *
 * The error is %PUSHER_ERROR_INVALID_SETTINGS if this is not such a URL; then nothing has
 * changed.
 *
 * Returns: (transfer none): the authorizer, to which headers and parameters may
 *   be added, or %NULL with an error
 *
 * Since: 1.0
 */
PusherHttpAuthorizer *
pusher_client_use_endpoint (PusherClient *self,
                            const char   *endpoint,
                            GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);
  pusher_client_check_thread (self);

  return use_endpoint (self, endpoint, pusher_client_set_authorizer, error);
}

/**
 * pusher_client_use_user_endpoint:
 * @self: a client
 * @endpoint: an `http` or `https` URL of the application's server
 * @error: return location for an error
 *
 * Signs the user in by asking a server: sets a new [class@Pusher.HttpAuthorizer], which
 * uses the client's session, as [property@Pusher.Client:user-authenticator].
 *
 * The error is %PUSHER_ERROR_INVALID_SETTINGS if this is not such a URL; then nothing has
 * changed.
 *
 * Returns: (transfer none): the authorizer, to which headers and parameters may
 *   be added, or %NULL with an error
 *
 * Since: 1.0
 */
PusherHttpAuthorizer *
pusher_client_use_user_endpoint (PusherClient *self,
                                 const char   *endpoint,
                                 GError      **error)
{
  g_return_val_if_fail (PUSHER_IS_CLIENT (self), NULL);
  g_return_val_if_fail (endpoint != NULL, NULL);
  pusher_client_check_thread (self);

  return use_endpoint (self, endpoint, pusher_client_set_user_authenticator, error);
}
