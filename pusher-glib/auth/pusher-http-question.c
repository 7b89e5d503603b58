/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* One question to an authorization endpoint, and what becomes of the answer. */

#include "config.h"

#include "pusher-http-question-private.h"

#include "base/pusher-error.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "pusher-authorization-request-private.h"
#include "pusher-http-answer-private.h"

/* One that waits for its answer. */
typedef struct
{
  PusherAuthorizationRequest *request;
  gulong cancelled_id;
} Asker;

/* For one request, or for several of the same connection. */
typedef struct
{
  PusherHttpAuthorizer *authorizer;
  GArray *askers; /* of Asker */
  guint n_gone;   /* of the first askers, as far as is known */
  GCancellable *cancellable;
} Question;

static PusherAuthorizationRequest *
get_request (Question *question,
             guint     index)
{
  return g_array_index (question->askers, Asker, index).request;
}

static void
asker_clear (gpointer data)
{
  Asker *asker = data;

  g_signal_handler_disconnect (pusher_authorization_request_get_cancellable (asker->request),
                               asker->cancelled_id);
  g_object_unref (asker->request);
}

static void
question_free (Question *question)
{
  g_array_unref (question->askers);
  g_object_unref (question->cancellable);
  g_object_unref (question->authorizer);
  g_free (question);
}

/* When nobody waits for any of the answers, there is no point in asking on. They
 * mostly go in the order in which they came: whom this has passed it need not
 * look at again. */
static void
request_cancelled_cb (GCancellable *cancellable,
                      gpointer      user_data)
{
  Question *question = user_data;

  while (question->n_gone < question->askers->len)
    {
      if (pusher_authorization_request_is_open (get_request (question, question->n_gone)))
        return;
      question->n_gone++;
    }

  g_cancellable_cancel (question->cancellable);
}

/* Leaves out those who do not wait for an answer any more. */
static void
remove_gone (Question *question)
{
  GArray *askers = question->askers;
  guint n_open = 0;

  for (guint i = 0; i < askers->len; i++)
    {
      Asker asker = g_array_index (askers, Asker, i);

      if (!pusher_authorization_request_is_open (asker.request))
        continue;

      g_array_index (askers, Asker, i) = g_array_index (askers, Asker, n_open);
      g_array_index (askers, Asker, n_open++) = asker;
    }

  g_array_set_size (askers, n_open);
  question->n_gone = 0;
}

static void
append_field (GString    *form,
              const char *name,
              const char *value)
{
  if (form->len > 0)
    g_string_append_c (form, '&');
  g_string_append_uri_escaped (form, name, NULL, FALSE);
  g_string_append_c (form, '=');
  g_string_append_uri_escaped (form, value, NULL, FALSE);
}

static GBytes *
build_form (Question *question)
{
  PusherHttpAuthorizer *self = question->authorizer;
  PusherAuthorizationRequest *first = get_request (question, 0);
  const char *channel_name = pusher_authorization_request_get_channel_name (first);
  g_autoptr (GString) form = g_string_new (NULL);

  append_field (form, "socket_id", pusher_authorization_request_get_socket_id (first));
  if (question->askers->len == 1)
    {
      if (channel_name != NULL)
        append_field (form, "channel_name", channel_name);
    }
  else
    {
      for (guint i = 0; i < question->askers->len; i++)
        {
          g_autofree char *name = g_strdup_printf ("channel_name[%u]", i);

          append_field (form, name,
                        pusher_authorization_request_get_channel_name (get_request (question, i)));
        }
    }

  for (guint i = 0; i < self->params->len; i++)
    {
      PusherHttpParam *param = self->params->pdata[i];

      append_field (form, param->name, param->value);
    }

  return g_string_free_to_bytes (g_steal_pointer (&form));
}

static void
append_basic_credentials (PusherHttpAuthorizer *self,
                          SoupMessageHeaders   *headers)
{
  g_autofree char *plain = NULL;
  g_autofree char *encoded = NULL;
  g_autofree char *value = NULL;

  if (self->username == NULL || self->password == NULL)
    return;

  plain = g_strconcat (self->username, ":", self->password, NULL);
  encoded = g_base64_encode ((const guchar *) plain, strlen (plain));
  value = g_strconcat ("Basic ", encoded, NULL);
  soup_message_headers_replace (headers, "Authorization", value);
}

static GUri *
parse_endpoint (PusherHttpAuthorizer *self,
                GError              **error)
{
  g_autoptr (GUri) uri =
    self->endpoint != NULL ? g_uri_parse (self->endpoint, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (!g_str_equal (g_uri_get_scheme (uri), "http") &&
       !g_str_equal (g_uri_get_scheme (uri), "https")))
    {
      g_set_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_SETTINGS,
                   "The authorization endpoint is not an HTTP URL");
      return NULL;
    }

  return g_steal_pointer (&uri);
}

static SoupMessage *
prepare_message (gpointer      user_data,
                 SoupSession **session,
                 GError      **error)
{
  Question *question = user_data;
  PusherHttpAuthorizer *self = question->authorizer;
  g_autoptr (GUri) uri = parse_endpoint (self, error);
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) form = NULL;
  SoupMessageHeaders *headers;

  if (uri == NULL)
    return NULL;

  remove_gone (question);
  if (question->askers->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                   "Nobody waits for the authorization any more");
      return NULL;
    }

  message = soup_message_new_from_uri (SOUP_METHOD_POST, uri);
  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept", "application/json");
  append_basic_credentials (self, headers);
  for (guint i = 0; i < self->headers->len; i++)
    {
      PusherHttpParam *header = self->headers->pdata[i];

      soup_message_headers_replace (headers, header->name, header->value);
    }

  for (guint i = 0; i < question->askers->len; i++)
    g_signal_emit_by_name (self, "prepare", get_request (question, i), message);

  form = build_form (question);
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", form);
  *session = pusher_http_authorizer_get_session (self);

  return g_steal_pointer (&message);
}

static void
fail (PusherAuthorizationRequest *request,
      const GError               *error)
{
  if (pusher_http_error_may_pass (error))
    pusher_authorization_request_fail_for_now (request, error);
  else
    pusher_authorization_request_fail (request, error);
}

static void
fail_all (Question     *question,
          const GError *error)
{
  for (guint i = 0; i < question->askers->len; i++)
    fail (get_request (question, i), error);
}

void
pusher_http_question_ask_alone (PusherHttpAuthorizer       *self,
                                PusherAuthorizationRequest *request)
{
  g_autoptr (GPtrArray) alone = g_ptr_array_new_with_free_func (g_object_unref);

  if (!pusher_authorization_request_is_open (request))
    return;

  g_ptr_array_add (alone, g_object_ref (request));
  pusher_http_question_ask (self, alone);
}

/* One channel's part of the answer to a batch: {"status": 200, "data": {…}}. */
static gboolean
answer_from_batch (PusherAuthorizationRequest *request,
                   JsonObject                 *channels)
{
  const char *name = pusher_authorization_request_get_channel_name (request);
  JsonObject *part =
    pusher_json_node_get_object (json_object_get_member (channels, name));
  g_autofree char *body = NULL;
  gint64 status;

  if (part == NULL || !pusher_json_object_get_int (part, "status", &status))
    return FALSE;

  if (status != SOUP_STATUS_OK)
    {
      g_autoptr (GError) error =
        g_error_new (PUSHER_HTTP_ERROR, (int) CLAMP (status, 0, G_MAXINT),
                     "The authorization endpoint refused the channel with status %"
                     G_GINT64_FORMAT, status);

      fail (request, error);
      return TRUE;
    }

  if (!json_object_has_member (part, "data"))
    return FALSE;

  body = json_to_string (json_object_get_member (part, "data"), FALSE);
  pusher_authorization_request_complete_json (request, body, NULL);

  return TRUE;
}

/* What the endpoint does not know as a batch, it is asked one by one. */
static void
handle_batch (Question   *question,
              const char *body)
{
  g_autoptr (JsonNode) json = pusher_json_parse (body, -1, NULL);
  JsonObject *channels = pusher_json_node_get_object (json);

  for (guint i = 0; i < question->askers->len; i++)
    if (channels == NULL || !answer_from_batch (get_request (question, i), channels))
      pusher_http_question_ask_alone (question->authorizer, get_request (question, i));
}

/* Endpoints that do not know batches complain of one in many ways; of others it
 * is known that it would not help to ask for each channel, on the contrary. */
static gboolean
may_be_for_the_batch (const GError *error)
{
  if (error->domain != PUSHER_HTTP_ERROR)
    return FALSE;

  switch (error->code)
    {
    case PUSHER_HTTP_ERROR_UNAUTHORIZED:
    case PUSHER_HTTP_ERROR_REQUEST_TIMEOUT:
    case PUSHER_HTTP_ERROR_TOO_MANY_REQUESTS:
      return FALSE;
    default:
      return error->code >= PUSHER_HTTP_ERROR_BAD_REQUEST &&
             error->code <= PUSHER_HTTP_ERROR_INTERNAL_SERVER_ERROR;
    }
}

static void
handle_batch_error (Question     *question,
                    const GError *error)
{
  if (!may_be_for_the_batch (error))
    {
      fail_all (question, error);
      return;
    }

  for (guint i = 0; i < question->askers->len; i++)
    pusher_http_question_ask_alone (question->authorizer, get_request (question, i));
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Question *question = user_data;
  gboolean batch = question->askers->len > 1;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = pusher_http_exchange_finish (result, &error);

  if (body == NULL && batch)
    handle_batch_error (question, error);
  else if (body == NULL)
    fail_all (question, error);
  else if (batch)
    handle_batch (question, body);
  else
    pusher_authorization_request_complete_json (get_request (question, 0), body, NULL);

  question_free (question);
}

void
pusher_http_question_ask (PusherHttpAuthorizer *self,
                          GPtrArray            *requests)
{
  Question *question = g_new0 (Question, 1);
  gboolean for_user = pusher_authorization_request_get_kind (requests->pdata[0]) ==
                      PUSHER_AUTHORIZATION_KIND_USER;

  question->authorizer = g_object_ref (self);
  question->cancellable = g_cancellable_new ();
  question->askers = g_array_sized_new (FALSE, FALSE, sizeof (Asker), requests->len);
  g_array_set_clear_func (question->askers, asker_clear);
  for (guint i = 0; i < requests->len; i++)
    {
      Asker asker = { .request = g_object_ref (requests->pdata[i]) };

      asker.cancelled_id =
        g_signal_connect (pusher_authorization_request_get_cancellable (asker.request),
                          "cancelled", G_CALLBACK (request_cancelled_cb), question);
      g_array_append_val (question->askers, asker);
    }

  pusher_http_exchange_async (self->queue, for_user, prepare_message, question, &self->policy,
                              question->cancellable, answered_cb, question);
}
