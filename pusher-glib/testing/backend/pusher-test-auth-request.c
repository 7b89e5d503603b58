/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* A request to the auth endpoint, and the answer of the application's backend: see
 * "Authorization" in the protocol. */

#include "config.h"

#include "pusher-test-auth-request-private.h"

#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-signature-private.h"
#include "pusher-test-http-private.h"
#include "testing/app/pusher-test-names-private.h"

#define BATCH_FORMAT "channel_name[%u]"

void
pusher_test_identity_clear (PusherTestIdentity *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->info, g_free);
  g_clear_pointer (&self->watchlist, g_free);
}

void
pusher_test_auth_request_free (PusherTestAuthRequest *self)
{
  g_free (self->socket_id);
  g_ptr_array_unref (self->channels);
  pusher_test_identity_clear (&self->user);
  g_free (self);
}

static gboolean
read_channels (PusherTestAuthRequest *self,
               GHashTable            *form,
               GError               **error)
{
  const char *name = g_hash_table_lookup (form, "channel_name");

  if (name != NULL)
    {
      g_ptr_array_add (self->channels, g_strdup (name));
      return TRUE;
    }

  self->batch = TRUE;
  for (guint i = 0; i < g_hash_table_size (form); i++)
    {
      g_autofree char *key = g_strdup_printf (BATCH_FORMAT, i);

      name = g_hash_table_lookup (form, key);
      if (name == NULL)
        break;

      g_ptr_array_add (self->channels, g_strdup (name));
    }

  if (self->channels->len > 0)
    return TRUE;

  return pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST,
                                "There is no parameter “channel_name”");
}

static gboolean
read_json (GHashTable *form,
           const char *name,
           char      **json,
           GError    **error)
{
  const char *text = g_hash_table_lookup (form, name);

  if (text != NULL && !pusher_json_validate (text, -1, NULL))
    return pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST,
                                  "The parameter “%s” is not JSON", name);

  *json = g_strdup (text);
  return TRUE;
}

/* The client may name its user itself, as no real backend would let it. */
static gboolean
read_user (PusherTestAuthRequest    *self,
           GHashTable               *form,
           const PusherTestIdentity *fallback,
           GError                  **error)
{
  const char *id = g_hash_table_lookup (form, "user_id");

  self->user.id = g_strdup (id != NULL ? id : fallback->id);
  if (id != NULL)
    return read_json (form, "user_info", &self->user.info, error) &&
           read_json (form, "watchlist", &self->user.watchlist, error);

  self->user.info = g_strdup (fallback->info);
  self->user.watchlist = g_strdup (fallback->watchlist);
  return TRUE;
}

static gboolean
read_form (PusherTestAuthRequest    *self,
           GHashTable               *form,
           gboolean                  for_user,
           const PusherTestIdentity *fallback,
           GError                  **error)
{
  const char *socket_id = g_hash_table_lookup (form, "socket_id");

  if (socket_id == NULL || !pusher_test_http_is_socket_id (socket_id))
    return pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST,
                                  "The parameter “socket_id” is not one");

  self->socket_id = g_strdup (socket_id);

  return pusher_test_http_check_text (form, error) &&
         (for_user || read_channels (self, form, error)) &&
         read_user (self, form, fallback, error);
}

/*
 * pusher_test_auth_request_parse:
 * @for_user: whether it is to sign in
 * @fallback: the user that it is about if the client does not say
 * @error: with the HTTP status for the answer as its code
 */
PusherTestAuthRequest *
pusher_test_auth_request_parse (SoupServerMessage        *message,
                                gboolean                  for_user,
                                const PusherTestIdentity *fallback,
                                GError                  **error)
{
  const char *type =
    soup_message_headers_get_content_type (soup_server_message_get_request_headers (message), NULL);
  g_autoptr (PusherTestAuthRequest) self = g_new0 (PusherTestAuthRequest, 1);
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GHashTable) form = NULL;
  g_autofree char *text = NULL;

  self->channels = g_ptr_array_new_with_free_func (g_free);
  if (!pusher_test_http_check_method (message, "POST", "The endpoint", error))
    return NULL;

  if (g_strcmp0 (type, SOUP_FORM_MIME_TYPE_URLENCODED) != 0)
    {
      pusher_test_http_fail (error, SOUP_STATUS_UNSUPPORTED_MEDIA_TYPE,
                             "The body is not %s", SOUP_FORM_MIME_TYPE_URLENCODED);
      return NULL;
    }

  body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  form = soup_form_decode (text);

  return read_form (self, form, for_user, fallback, error) ? g_steal_pointer (&self) : NULL;
}

/* Returns: (transfer full): {"<id_name>": id, "user_info": …, "watchlist": …} */
static char *
describe_user (const PusherTestIdentity *user,
               const char               *id_name,
               gboolean                  with_watchlist)
{
  GString *json = g_string_new (NULL);

  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, id_name, user->id);
  pusher_json_add_raw (json, "user_info", user->info);
  pusher_json_add_raw (json, "watchlist", with_watchlist ? user->watchlist : NULL);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

static gboolean
check_channel (const char *channel,
               GHashTable *forbidden,
               GError    **error)
{
  g_autoptr (GError) problem = NULL;

  if (g_hash_table_contains (forbidden, channel) ||
      pusher_channel_name_get_kind (channel) == PUSHER_CHANNEL_KIND_PUBLIC)
    return pusher_test_http_fail (error, SOUP_STATUS_FORBIDDEN, "Forbidden");

  if (pusher_test_channel_name_check (channel, &problem))
    return TRUE;

  return pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST, "%s", problem->message);
}

static char *
build_shared_secret (PusherTestApp *app,
                     const char    *channel)
{
  PusherSecretboxKey key;

  pusher_secretbox_key_derive (&key, channel, &app->settings->master_key);

  return pusher_secretbox_key_encode (&key);
}

static char *
answer_channel (const PusherTestAuthRequest *self,
                const char                  *channel,
                PusherTestApp               *app,
                GHashTable                  *forbidden,
                GError                     **error)
{
  PusherChannelKind kind = pusher_channel_name_get_kind (channel);
  g_autofree char *channel_data = NULL;
  g_autofree char *shared_secret = NULL;
  g_autofree char *auth = NULL;
  GString *json;

  if (!check_channel (channel, forbidden, error))
    return NULL;

  if (kind == PUSHER_CHANNEL_KIND_PRESENCE && self->user.id != NULL)
    channel_data = describe_user (&self->user, "user_id", FALSE);
  if (kind == PUSHER_CHANNEL_KIND_ENCRYPTED)
    shared_secret = build_shared_secret (app, channel);
  auth = pusher_signature_for_channel (app->key, app->secret,
                                       self->socket_id, channel, channel_data);

  json = g_string_new (NULL);
  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "auth", auth);
  pusher_json_add_string (json, "channel_data", channel_data);
  pusher_json_add_string (json, "shared_secret", shared_secret);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

static char *
answer_batch (const PusherTestAuthRequest *self,
              PusherTestApp               *app,
              GHashTable                  *forbidden)
{
  GString *json = g_string_new (NULL);

  pusher_json_begin_object (json, NULL);
  for (guint i = 0; i < self->channels->len; i++)
    {
      const char *channel = g_ptr_array_index (self->channels, i);
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = answer_channel (self, channel, app, forbidden, &error);

      pusher_json_begin_object (json, channel);
      pusher_json_add_int (json, "status", error != NULL ? error->code : SOUP_STATUS_OK);
      pusher_json_add_raw (json, "data", answer);
      pusher_json_end_object (json);
    }
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

static char *
answer_user (const PusherTestAuthRequest *self,
             PusherTestApp               *app,
             GError                     **error)
{
  g_autofree char *user_data = NULL;
  g_autofree char *auth = NULL;
  GString *json;

  if (self->user.id == NULL)
    {
      pusher_test_http_fail (error, SOUP_STATUS_FORBIDDEN, "Forbidden");
      return NULL;
    }

  user_data = describe_user (&self->user, "id", TRUE);
  auth = pusher_signature_for_user (app->key, app->secret,
                                    self->socket_id, user_data);

  json = g_string_new (NULL);
  pusher_json_begin_object (json, NULL);
  pusher_json_add_string (json, "auth", auth);
  pusher_json_add_string (json, "user_data", user_data);
  pusher_json_end_object (json);

  return g_string_free (json, FALSE);
}

/*
 * pusher_test_auth_request_answer:
 * @forbidden: (element-type utf8): channels that no client may subscribe to
 *
 * Returns: (transfer full): JSON text
 */
char *
pusher_test_auth_request_answer (const PusherTestAuthRequest *self,
                                 PusherTestApp               *app,
                                 GHashTable                  *forbidden,
                                 GError                     **error)
{
  if (self->channels->len == 0)
    return answer_user (self, app, error);

  if (self->batch)
    return answer_batch (self, app, forbidden);

  return answer_channel (self, g_ptr_array_index (self->channels, 0), app, forbidden, error);
}
