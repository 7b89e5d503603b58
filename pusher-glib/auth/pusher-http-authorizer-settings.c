/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The settings of a PusherHttpAuthorizer, for applications. */

#include "config.h"

#include "pusher-http-authorizer-private.h"

#include "base/pusher-setters-private.h"

/**
 * pusher_http_authorizer_get_endpoint:
 * @self: an authorizer
 *
 * Gets the URL to post to.
 *
 * Returns: (transfer none) (nullable): the URL
 *
 * Since: 1.0
 */
const char *
pusher_http_authorizer_get_endpoint (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), NULL);

  return pusher_http_authorizer_get_settings (self)->endpoint;
}

/**
 * pusher_http_authorizer_set_endpoint:
 * @self: an authorizer
 * @endpoint: an `http` or `https` URL
 *
 * Sets the URL to post to, from the next request on. A pause because of trouble
 * with another URL ends.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_endpoint (PusherHttpAuthorizer *self,
                                     const char           *endpoint)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  if (pusher_set_string (&pusher_http_authorizer_get_settings (self)->endpoint, endpoint))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_ENDPOINT);
}

/**
 * pusher_http_authorizer_get_session:
 * @self: an authorizer
 *
 * Gets the session that makes the requests. The authorizer makes one when it is
 * first needed, unless it was given one.
 *
 * Returns: (transfer none): the session
 *
 * Since: 1.0
 */
SoupSession *
pusher_http_authorizer_get_session (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), NULL);

  return pusher_http_settings_get_session (pusher_http_authorizer_get_settings (self));
}

/**
 * pusher_http_authorizer_set_session:
 * @self: an authorizer
 * @session: (nullable): a session, or %NULL for one of the authorizer's own
 *
 * Sets the session that makes the requests.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_session (PusherHttpAuthorizer *self,
                                    SoupSession          *session)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (session == NULL || SOUP_IS_SESSION (session));

  if (g_set_object (&pusher_http_authorizer_get_settings (self)->session, session))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_SESSION);
}

/**
 * pusher_http_authorizer_get_username:
 * @self: an authorizer
 *
 * Gets the name for HTTP Basic authentication.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL
 *
 * Since: 1.0
 */
const char *
pusher_http_authorizer_get_username (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), NULL);

  return pusher_http_authorizer_get_settings (self)->username;
}

/**
 * pusher_http_authorizer_set_username:
 * @self: an authorizer
 * @username: (nullable): the name, or %NULL for no authentication
 *
 * Sets the name for HTTP Basic authentication.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_username (PusherHttpAuthorizer *self,
                                     const char           *username)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  if (pusher_set_string (&pusher_http_authorizer_get_settings (self)->username, username))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_USERNAME);
}

/**
 * pusher_http_authorizer_set_password:
 * @self: an authorizer
 * @password: (nullable): the password, or %NULL for no authentication
 *
 * Sets the password for HTTP Basic authentication.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_password (PusherHttpAuthorizer *self,
                                     const char           *password)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  if (pusher_set_string (&pusher_http_authorizer_get_settings (self)->password, password))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_PASSWORD);
}

/**
 * pusher_http_authorizer_get_batch:
 * @self: an authorizer
 *
 * Gets whether several channels are posted together.
 *
 * Returns: %TRUE if they are
 *
 * Since: 1.0
 */
gboolean
pusher_http_authorizer_get_batch (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), FALSE);

  return pusher_http_authorizer_get_batcher (self)->batch;
}

/**
 * pusher_http_authorizer_set_batch:
 * @self: an authorizer
 * @batch: %TRUE to post them together
 *
 * Sets whether several channels are posted together: see
 * [property@Pusher.HttpAuthorizer:batch].
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_batch (PusherHttpAuthorizer *self,
                                  gboolean              batch)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  if (pusher_set_boolean (&pusher_http_authorizer_get_batcher (self)->batch, batch))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_BATCH);
}

/**
 * pusher_http_authorizer_get_max_batch_size:
 * @self: an authorizer
 *
 * Gets how many channels are posted together.
 *
 * Returns: the most channels
 *
 * Since: 1.0
 */
guint
pusher_http_authorizer_get_max_batch_size (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return pusher_http_authorizer_get_batcher (self)->max_batch_size;
}

/**
 * pusher_http_authorizer_set_max_batch_size:
 * @self: an authorizer
 * @max_batch_size: the most channels, at least 1
 *
 * Sets how many channels are posted together: see
 * [property@Pusher.HttpAuthorizer:max-batch-size]. Channels that wait already are
 * not distributed anew.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_max_batch_size (PusherHttpAuthorizer *self,
                                           guint                 max_batch_size)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (max_batch_size > 0);

  if (pusher_set_uint (&pusher_http_authorizer_get_batcher (self)->max_batch_size, max_batch_size))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_MAX_BATCH_SIZE);
}

/**
 * pusher_http_authorizer_get_max_concurrent:
 * @self: an authorizer
 *
 * Gets how many requests to the endpoint are under way at the same time.
 *
 * Returns: the most requests
 *
 * Since: 1.0
 */
guint
pusher_http_authorizer_get_max_concurrent (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return pusher_http_authorizer_get_settings (self)->max_concurrent;
}

/**
 * pusher_http_authorizer_set_max_concurrent:
 * @self: an authorizer
 * @max_concurrent: the most requests, at least 1
 *
 * Sets how many requests to the endpoint are under way at the same time: see
 * [property@Pusher.HttpAuthorizer:max-concurrent]. If there are more at present,
 * they go on.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_max_concurrent (PusherHttpAuthorizer *self,
                                           guint                 max_concurrent)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (max_concurrent > 0);

  if (pusher_set_uint (&pusher_http_authorizer_get_settings (self)->max_concurrent, max_concurrent))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_MAX_CONCURRENT);
}

/**
 * pusher_http_authorizer_get_timeout:
 * @self: an authorizer
 *
 * Gets how long the endpoint has for one response.
 *
 * Returns: seconds
 *
 * Since: 1.0
 */
guint
pusher_http_authorizer_get_timeout (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return pusher_http_authorizer_get_settings (self)->policy.timeout;
}

/**
 * pusher_http_authorizer_set_timeout:
 * @self: an authorizer
 * @seconds: seconds, at least 1
 *
 * Sets how long the endpoint has for one response.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_timeout (PusherHttpAuthorizer *self,
                                    guint                 seconds)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (seconds > 0);

  if (pusher_set_uint (&pusher_http_authorizer_get_settings (self)->policy.timeout, seconds))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_TIMEOUT);
}

/**
 * pusher_http_authorizer_get_max_attempts:
 * @self: an authorizer
 *
 * Gets how often a request is sent before it fails.
 *
 * Returns: the number of attempts
 *
 * Since: 1.0
 */
guint
pusher_http_authorizer_get_max_attempts (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return pusher_http_authorizer_get_settings (self)->policy.max_attempts;
}

/**
 * pusher_http_authorizer_set_max_attempts:
 * @self: an authorizer
 * @max_attempts: the number of attempts, at least 1
 *
 * Sets how often a request is sent before it fails.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_max_attempts (PusherHttpAuthorizer *self,
                                         guint                 max_attempts)
{
  PusherHttpPolicy *policy;

  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (max_attempts > 0);

  policy = &pusher_http_authorizer_get_settings (self)->policy;
  if (pusher_set_uint (&policy->max_attempts, max_attempts))
    pusher_http_authorizer_changed (self, PUSHER_HTTP_PROP_MAX_ATTEMPTS);
}

/**
 * pusher_http_authorizer_set_header:
 * @self: an authorizer
 * @name: the name of a header
 * @value: (nullable): its value, or %NULL to leave the header out
 *
 * Sets a header of the requests, from the next one on.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_header (PusherHttpAuthorizer *self,
                                   const char           *name,
                                   const char           *value)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (name != NULL && *name != '\0' && strpbrk (name, " \t\r\n:") == NULL);
  g_return_if_fail (value == NULL || strpbrk (value, "\r\n") == NULL);

  pusher_http_settings_set_header (pusher_http_authorizer_get_settings (self), name, value);
}

/**
 * pusher_http_authorizer_set_param:
 * @self: an authorizer
 * @name: the name of a field of the form
 * @value: (nullable): its value, or %NULL to leave the field out
 *
 * Sets a field of the form that is posted, from the next request on.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_param (PusherHttpAuthorizer *self,
                                  const char           *name,
                                  const char           *value)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (name != NULL);

  pusher_http_settings_set_param (pusher_http_authorizer_get_settings (self), name, value);
}

/**
 * pusher_http_authorizer_get_expires_at:
 * @self: an authorizer
 *
 * Gets when the credentials expire.
 *
 * Returns: the time, in microseconds of [func@GLib.get_monotonic_time], or 0 if it is not
 *   known
 *
 * Since: 1.0
 */
gint64
pusher_http_authorizer_get_expires_at (PusherHttpAuthorizer *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self), 0);

  return pusher_http_authorizer_get_settings (self)->renewal.expires_at;
}

/**
 * pusher_http_authorizer_set_expires_at:
 * @self: an authorizer
 * @expires_at: the time, in microseconds of [func@GLib.get_monotonic_time], or 0 if it is not
 *   known
 *
 * Sets when the credentials expire. Whatever is to be sent later than five seconds
 * before that waits for [signal@Pusher.HttpAuthorizer::renew], which forgets the
 * time: set the new one, too.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_set_expires_at (PusherHttpAuthorizer *self,
                                       gint64                expires_at)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));
  g_return_if_fail (expires_at >= 0);

  pusher_http_authorizer_get_settings (self)->renewal.expires_at = expires_at;
}

/**
 * pusher_http_authorizer_renewed:
 * @self: an authorizer
 *
 * Ends what [signal@Pusher.HttpAuthorizer::renew] began: new credentials are set, or
 * there are none. What waited is sent, also what was refused.
 *
 * Does nothing if no credentials were asked for.
 *
 * Since: 1.0
 */
void
pusher_http_authorizer_renewed (PusherHttpAuthorizer *self)
{
  g_return_if_fail (PUSHER_IS_HTTP_AUTHORIZER (self));

  g_object_ref (self);
  pusher_http_renewal_end (&pusher_http_authorizer_get_settings (self)->renewal);
  g_object_unref (self);
}
