/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the backend of an application answers to a client that asks for
 * authorization: see "Authorization" in the protocol. */

#include "config.h"

#include "pusher-test-endpoint-private.h"

#include <libsoup/soup.h>

#include "json/pusher-json-validator-private.h"
#include "json/pusher-json-writer-private.h"
#include "protocol/pusher-channel-name-private.h"
#include "protocol/pusher-signature-private.h"
#include "pusher-test-signature-private.h"

#define BATCH_FORMAT "channel_name[%u]"

void
pusher_test_identity_clear (PusherTestIdentity *self)
{
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->info, g_free);
  g_clear_pointer (&self->watchlist, g_free);
}

void
pusher_test_question_free (PusherTestQuestion *self)
{
  g_free (self->socket_id);
  g_ptr_array_unref (self->channels);
  pusher_test_identity_clear (&self->user);
  g_free (self);
}

static gboolean
read_channels (PusherTestQuestion *self,
               GHashTable         *form)
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

  return self->channels->len > 0;
}

static gboolean
read_json (GHashTable *form,
           const char *name,
           char      **json,
           GError    **error)
{
  const char *text = g_hash_table_lookup (form, name);

  *json = NULL;
  if (text == NULL)
    return TRUE;

  if (!pusher_json_validate (text, -1, NULL))
    {
      g_set_error (error, PUSHER_TEST_HTTP_ERROR, SOUP_STATUS_BAD_REQUEST,
                   "The parameter “%s” is not JSON", name);
      return FALSE;
    }

  *json = g_strdup (text);
  return TRUE;
}

/* The client may say who it is, as no real backend would let it. */
static gboolean
read_user (PusherTestQuestion       *self,
           GHashTable               *form,
           const PusherTestIdentity *fallback,
           GError                  **error)
{
  const char *id = g_hash_table_lookup (form, "user_id");

  if (id == NULL)
    {
      self->user.id = g_strdup (fallback->id);
      self->user.info = g_strdup (fallback->info);
      self->user.watchlist = g_strdup (fallback->watchlist);
      return TRUE;
    }

  self->user.id = g_strdup (id);

  return read_json (form, "user_info", &self->user.info, error) &&
         read_json (form, "watchlist", &self->user.watchlist, error);
}

/*
 * pusher_test_question_parse:
 * @form: the body of the request
 * @for_user: whether it is to sign in
 * @fallback: who it is about if @form does not say
 * @error: with the HTTP status for the answer as its code
 */
PusherTestQuestion *
pusher_test_question_parse (const char               *form,
                            gboolean                  for_user,
                            const PusherTestIdentity *fallback,
                            GError                  **error)
{
  g_autoptr (GHashTable) params = soup_form_decode (form);
  g_autoptr (PusherTestQuestion) self = g_new0 (PusherTestQuestion, 1);
  const char *socket_id = g_hash_table_lookup (params, "socket_id");

  self->channels = g_ptr_array_new_with_free_func (g_free);
  if (socket_id == NULL || !g_regex_match_simple ("^[0-9]+\\.[0-9]+$", socket_id, 0, 0))
    {
      g_set_error_literal (error, PUSHER_TEST_HTTP_ERROR, SOUP_STATUS_BAD_REQUEST,
                           "The parameter “socket_id” is not one");
      return NULL;
    }
  self->socket_id = g_strdup (socket_id);

  if (!for_user && !read_channels (self, params))
    {
      g_set_error_literal (error, PUSHER_TEST_HTTP_ERROR, SOUP_STATUS_BAD_REQUEST,
                           "There is no parameter “channel_name”");
      return NULL;
    }

  if (!read_user (self, params, fallback, error))
    return NULL;

  return g_steal_pointer (&self);
}

static void
append_member (GString    *object,
               const char *name,
               const char *value)
{
  g_string_append_c (object, object->len > 0 ? ',' : '{');
  pusher_json_append_string (object, name);
  g_string_append_c (object, ':');
  pusher_json_append_string (object, value);
}

/* Returns: (transfer full): {"<id_name>": id, "user_info": …, "watchlist": …} */
static char *
describe_user (const PusherTestIdentity *user,
               const char               *id_name,
               gboolean                  with_watchlist)
{
  g_autoptr (GString) json = g_string_new (NULL);

  append_member (json, id_name, user->id);
  if (user->info != NULL)
    g_string_append_printf (json, ",\"user_info\":%s", user->info);
  if (with_watchlist && user->watchlist != NULL)
    g_string_append_printf (json, ",\"watchlist\":%s", user->watchlist);
  g_string_append_c (json, '}');

  return g_string_free (g_steal_pointer (&json), FALSE);
}

static char *
finish_object (GString *object)
{
  g_string_append_c (object, '}');

  return g_string_free (object, FALSE);
}

static gboolean
check_channel (const PusherTestJudge *self,
               const char            *channel,
               GError               **error)
{
  g_autoptr (GError) problem = NULL;

  if (g_hash_table_contains (self->forbidden, channel) ||
      pusher_channel_name_get_kind (channel) == PUSHER_CHANNEL_KIND_PUBLIC)
    {
      g_set_error (error, PUSHER_TEST_HTTP_ERROR, SOUP_STATUS_FORBIDDEN, "Forbidden");
      return FALSE;
    }

  if (pusher_channel_name_check (channel, &problem))
    return TRUE;

  g_set_error (error, PUSHER_TEST_HTTP_ERROR, SOUP_STATUS_BAD_REQUEST, "%s", problem->message);
  return FALSE;
}

static char *
answer_channel (const PusherTestJudge    *self,
                const PusherTestQuestion *question,
                const char               *channel,
                GError                  **error)
{
  PusherChannelKind kind = pusher_channel_name_get_kind (channel);
  GString *object = NULL;
  g_autofree char *channel_data = NULL;
  g_autofree char *auth = NULL;

  if (!check_channel (self, channel, error))
    return NULL;

  if (kind == PUSHER_CHANNEL_KIND_PRESENCE && question->user.id != NULL)
    channel_data = describe_user (&question->user, "user_id", FALSE);
  auth = pusher_signature_for_channel (pusher_test_app_get_key (self->app),
                                       pusher_test_app_get_secret (self->app),
                                       question->socket_id, channel, channel_data);

  object = g_string_new (NULL);
  append_member (object, "auth", auth);
  if (channel_data != NULL)
    append_member (object, "channel_data", channel_data);
  if (kind == PUSHER_CHANNEL_KIND_ENCRYPTED)
    {
      g_autofree char *shared_secret = NULL;
      PusherSecretboxKey key;

      pusher_secretbox_key_derive (&key, channel, self->master_key);
      shared_secret = pusher_secretbox_key_encode (&key);
      append_member (object, "shared_secret", shared_secret);
    }

  return finish_object (object);
}

static char *
answer_batch (const PusherTestJudge    *self,
              const PusherTestQuestion *question)
{
  GString *object = g_string_new ("{");

  for (guint i = 0; i < question->channels->len; i++)
    {
      const char *channel = g_ptr_array_index (question->channels, i);
      g_autoptr (GError) error = NULL;
      g_autofree char *answer = answer_channel (self, question, channel, &error);

      if (i > 0)
        g_string_append_c (object, ',');
      pusher_json_append_string (object, channel);
      if (answer != NULL)
        g_string_append_printf (object, ":{\"status\":200,\"data\":%s}", answer);
      else
        g_string_append_printf (object, ":{\"status\":%d}", error->code);
    }

  return finish_object (object);
}

/* Returns: (transfer full): JSON text */
char *
pusher_test_judge_answer_channels (const PusherTestJudge    *self,
                                   const PusherTestQuestion *question,
                                   GError                  **error)
{
  if (question->batch)
    return answer_batch (self, question);

  return answer_channel (self, question, g_ptr_array_index (question->channels, 0), error);
}

/* Returns: (transfer full): JSON text */
char *
pusher_test_judge_answer_user (const PusherTestJudge    *self,
                               const PusherTestQuestion *question,
                               GError                  **error)
{
  g_autofree char *user_data = NULL;
  g_autofree char *auth = NULL;
  GString *object;

  if (question->user.id == NULL)
    {
      g_set_error_literal (error, PUSHER_TEST_HTTP_ERROR, SOUP_STATUS_FORBIDDEN, "Forbidden");
      return NULL;
    }

  user_data = describe_user (&question->user, "id", TRUE);
  auth = pusher_signature_for_user (pusher_test_app_get_key (self->app),
                                    pusher_test_app_get_secret (self->app),
                                    question->socket_id, user_data);

  object = g_string_new (NULL);
  append_member (object, "auth", auth);
  append_member (object, "user_data", user_data);

  return finish_object (object);
}
