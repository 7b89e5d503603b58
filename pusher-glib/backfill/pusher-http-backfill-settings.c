/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* The settings of a PusherHttpBackfill, for applications. */

#include "config.h"

#include "pusher-http-backfill-private.h"

#include "base/pusher-setters-private.h"

#include <string.h>

/**
 * pusher_http_backfill_get_url:
 * @self: a backfill
 *
 * Gets the URL to ask.
 *
 * Returns: (transfer none) (nullable): the URL
 *
 * Since: 1.0
 */
const char *
pusher_http_backfill_get_url (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), NULL);

  return pusher_http_backfill_get_settings (self)->endpoint;
}

/**
 * pusher_http_backfill_set_url:
 * @self: a backfill
 * @url: an `http` or `https` URL, a template
 *
 * Sets the URL to ask, from the next request on. A pause because of trouble
 * with another URL ends.
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_url (PusherHttpBackfill *self,
                              const char         *url)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  if (pusher_set_string (&pusher_http_backfill_get_settings (self)->endpoint, url))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_URL);
}

/**
 * pusher_http_backfill_get_session:
 * @self: a backfill
 *
 * Gets the session that makes the requests. The backfill makes one when it is
 * first needed, unless it was given one.
 *
 * Returns: (transfer none): the session
 *
 * Since: 1.0
 */
SoupSession *
pusher_http_backfill_get_session (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), NULL);

  return pusher_http_settings_get_session (pusher_http_backfill_get_settings (self));
}

/**
 * pusher_http_backfill_set_session:
 * @self: a backfill
 * @session: (nullable): a session, or %NULL for one of the backfill's own
 *
 * Sets the session that makes the requests.
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_session (PusherHttpBackfill *self,
                                  SoupSession        *session)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));
  g_return_if_fail (session == NULL || SOUP_IS_SESSION (session));

  if (g_set_object (&pusher_http_backfill_get_settings (self)->session, session))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_SESSION);
}

/**
 * pusher_http_backfill_get_username:
 * @self: a backfill
 *
 * Gets the name for HTTP Basic authentication.
 *
 * Returns: (transfer none) (nullable): the name, or %NULL
 *
 * Since: 1.0
 */
const char *
pusher_http_backfill_get_username (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), NULL);

  return pusher_http_backfill_get_settings (self)->username;
}

/**
 * pusher_http_backfill_set_username:
 * @self: a backfill
 * @username: (nullable): the name, or %NULL for no authentication
 *
 * Sets the name for HTTP Basic authentication.
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_username (PusherHttpBackfill *self,
                                   const char         *username)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  if (pusher_set_string (&pusher_http_backfill_get_settings (self)->username, username))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_USERNAME);
}

/**
 * pusher_http_backfill_set_password:
 * @self: a backfill
 * @password: (nullable): the password, or %NULL for no authentication
 *
 * Sets the password for HTTP Basic authentication.
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_password (PusherHttpBackfill *self,
                                   const char         *password)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  if (pusher_set_string (&pusher_http_backfill_get_settings (self)->password, password))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_PASSWORD);
}

/**
 * pusher_http_backfill_set_header:
 * @self: a backfill
 * @name: the name of a header
 * @value: (nullable): its value, or %NULL to leave the header out
 *
 * Sets a header of the requests, from the next one on.
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_header (PusherHttpBackfill *self,
                                 const char         *name,
                                 const char         *value)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));
  g_return_if_fail (name != NULL && *name != '\0' && strpbrk (name, " \t\r\n:") == NULL);
  g_return_if_fail (value == NULL || strpbrk (value, "\r\n") == NULL);

  pusher_http_settings_set_header (pusher_http_backfill_get_settings (self), name, value);
}

/**
 * pusher_http_backfill_get_expires_at:
 * @self: a backfill
 *
 * Gets when the credentials expire.
 *
 * Returns: the time, in microseconds of [func@GLib.get_monotonic_time], or 0 if it is not
 *   known
 *
 * Since: 1.0
 */
gint64
pusher_http_backfill_get_expires_at (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), 0);

  return pusher_http_backfill_get_settings (self)->renewal.expires_at;
}

/**
 * pusher_http_backfill_set_expires_at:
 * @self: a backfill
 * @expires_at: the time, in microseconds of [func@GLib.get_monotonic_time], or 0 if it is not
 *   known
 *
 * Sets when the credentials expire. Whatever is to be sent later than five seconds
 * before that waits for [signal@Pusher.HttpBackfill::renew], which forgets the
 * time: set the new one, too.
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_expires_at (PusherHttpBackfill *self,
                                     gint64              expires_at)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));
  g_return_if_fail (expires_at >= 0);

  pusher_http_backfill_get_settings (self)->renewal.expires_at = expires_at;
}

/**
 * pusher_http_backfill_renewed:
 * @self: a backfill
 *
 * Ends what [signal@Pusher.HttpBackfill::renew] began: new credentials are set, or
 * there are none. What waited is sent, also what was refused.
 *
 * Does nothing if no credentials were asked for.
 *
 * Since: 1.0
 */
void
pusher_http_backfill_renewed (PusherHttpBackfill *self)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  g_object_ref (self);
  pusher_http_renewal_end (&pusher_http_backfill_get_settings (self)->renewal);
  g_object_unref (self);
}

/**
 * pusher_http_backfill_get_events_pointer:
 * @self: a backfill
 *
 * Gets the JSON Pointer to the array of items in an answer.
 *
 * Returns: (transfer none) (nullable): the pointer, or %NULL if there is none
 *
 * Since: 1.0
 */
const char *
pusher_http_backfill_get_events_pointer (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), NULL);

  return pusher_http_backfill_get_format (self)->events;
}

/**
 * pusher_http_backfill_set_events_pointer:
 * @self: a backfill
 * @pointer: (nullable): a JSON Pointer (RFC 6901), or %NULL
 *
 * Sets the JSON Pointer to the array of items in an answer: see
 * [property@Pusher.HttpBackfill:events-pointer].
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_events_pointer (PusherHttpBackfill *self,
                                         const char         *pointer)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  if (pusher_set_string (&pusher_http_backfill_get_format (self)->events, pointer))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_EVENTS_POINTER);
}

/**
 * pusher_http_backfill_get_more_pointer:
 * @self: a backfill
 *
 * Gets the JSON Pointer to what says that there is more.
 *
 * Returns: (transfer none) (nullable): the pointer, or %NULL if there is none
 *
 * Since: 1.0
 */
const char *
pusher_http_backfill_get_more_pointer (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), NULL);

  return pusher_http_backfill_get_format (self)->more;
}

/**
 * pusher_http_backfill_set_more_pointer:
 * @self: a backfill
 * @pointer: (nullable): a JSON Pointer (RFC 6901), or %NULL
 *
 * Sets the JSON Pointer to what says that there is more: see
 * [property@Pusher.HttpBackfill:more-pointer].
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_more_pointer (PusherHttpBackfill *self,
                                       const char         *pointer)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  if (pusher_set_string (&pusher_http_backfill_get_format (self)->more, pointer))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_MORE_POINTER);
}

/**
 * pusher_http_backfill_get_item_id_pointer:
 * @self: a backfill
 *
 * Gets the JSON Pointer to the id in an item.
 *
 * Returns: (transfer none) (nullable): the pointer, or %NULL if there is none
 *
 * Since: 1.0
 */
const char *
pusher_http_backfill_get_item_id_pointer (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), NULL);

  return pusher_http_backfill_get_format (self)->item_id;
}

/**
 * pusher_http_backfill_set_item_id_pointer:
 * @self: a backfill
 * @pointer: (nullable): a JSON Pointer (RFC 6901), or %NULL
 *
 * Sets the JSON Pointer to the id in an item: see
 * [property@Pusher.HttpBackfill:item-id-pointer].
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_item_id_pointer (PusherHttpBackfill *self,
                                          const char         *pointer)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  if (pusher_set_string (&pusher_http_backfill_get_format (self)->item_id, pointer))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_ITEM_ID_POINTER);
}

/**
 * pusher_http_backfill_get_item_name_pointer:
 * @self: a backfill
 *
 * Gets the JSON Pointer to the name of the event in an item.
 *
 * Returns: (transfer none) (nullable): the pointer, or %NULL if there is none
 *
 * Since: 1.0
 */
const char *
pusher_http_backfill_get_item_name_pointer (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), NULL);

  return pusher_http_backfill_get_format (self)->item_name;
}

/**
 * pusher_http_backfill_set_item_name_pointer:
 * @self: a backfill
 * @pointer: (nullable): a JSON Pointer (RFC 6901), or %NULL
 *
 * Sets the JSON Pointer to the name of the event in an item: see
 * [property@Pusher.HttpBackfill:item-name-pointer].
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_item_name_pointer (PusherHttpBackfill *self,
                                            const char         *pointer)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  if (pusher_set_string (&pusher_http_backfill_get_format (self)->item_name, pointer))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_ITEM_NAME_POINTER);
}

/**
 * pusher_http_backfill_get_item_data_pointer:
 * @self: a backfill
 *
 * Gets the JSON Pointer to the data of the event in an item.
 *
 * Returns: (transfer none) (nullable): the pointer, or %NULL if there is none
 *
 * Since: 1.0
 */
const char *
pusher_http_backfill_get_item_data_pointer (PusherHttpBackfill *self)
{
  g_return_val_if_fail (PUSHER_IS_HTTP_BACKFILL (self), NULL);

  return pusher_http_backfill_get_format (self)->item_data;
}

/**
 * pusher_http_backfill_set_item_data_pointer:
 * @self: a backfill
 * @pointer: (nullable): a JSON Pointer (RFC 6901), or %NULL
 *
 * Sets the JSON Pointer to the data of the event in an item: see
 * [property@Pusher.HttpBackfill:item-data-pointer].
 *
 * Since: 1.0
 */
void
pusher_http_backfill_set_item_data_pointer (PusherHttpBackfill *self,
                                            const char         *pointer)
{
  g_return_if_fail (PUSHER_IS_HTTP_BACKFILL (self));

  if (pusher_set_string (&pusher_http_backfill_get_format (self)->item_data, pointer))
    pusher_http_backfill_changed (self, PUSHER_HTTP_BACKFILL_PROP_ITEM_DATA_POINTER);
}
