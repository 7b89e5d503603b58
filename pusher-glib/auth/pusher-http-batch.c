/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* One authorization request, or several, in one post, and what becomes of the
 * response. */

#include "config.h"

#include "pusher-http-batch-private.h"

#include "base/pusher-error.h"
#include "http/pusher-http-response-private.h"
#include "json/pusher-json-members-private.h"
#include "json/pusher-json-parser-private.h"
#include "pusher-authorization-request-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PusherHttpSettings *settings; /* the batch keeps their owner */
  GPtrArray *requests;
  guint n_closed; /* of the first requests, as far as is known */
  GCancellable *cancellable;
} Batch;

static void
forget_request (Batch                      *batch,
                PusherAuthorizationRequest *request)
{
  g_signal_handlers_disconnect_by_data (pusher_authorization_request_get_cancellable (request),
                                        batch);
}

static void
batch_free (Batch *batch)
{
  for (guint i = 0; i < batch->requests->len; i++)
    forget_request (batch, batch->requests->pdata[i]);
  g_ptr_array_unref (batch->requests);
  g_object_unref (batch->cancellable);
  g_object_unref (batch->settings->owner);
  g_free (batch);
}

/* Without an open request there is no point in going on. They are mostly cancelled
 * in the order in which they came: those that this has passed it need not look at
 * again. */
static void
request_cancelled_cb (GCancellable *cancellable,
                      gpointer      user_data)
{
  Batch *batch = user_data;

  for (; batch->n_closed < batch->requests->len; batch->n_closed++)
    if (pusher_authorization_request_is_open (batch->requests->pdata[batch->n_closed]))
      return;

  g_cancellable_cancel (batch->cancellable);
}

static void
remove_closed (Batch *batch)
{
  g_autoptr (GPtrArray) requests = g_steal_pointer (&batch->requests);

  batch->n_closed = 0;
  batch->requests = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < requests->len; i++)
    {
      if (pusher_authorization_request_is_open (requests->pdata[i]))
        g_ptr_array_add (batch->requests, g_object_ref (requests->pdata[i]));
      else
        forget_request (batch, requests->pdata[i]);
    }
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
build_form (Batch *batch)
{
  GPtrArray *requests = batch->requests;
  GPtrArray *params = batch->settings->params;
  g_autoptr (GString) form = g_string_new (NULL);

  append_field (form, "socket_id",
                pusher_authorization_request_get_socket_id (requests->pdata[0]));
  for (guint i = 0; i < requests->len; i++)
    {
      const char *channel_name =
        pusher_authorization_request_get_channel_name (requests->pdata[i]);
      g_autofree char *field =
        requests->len > 1 ? g_strdup_printf ("channel_name[%u]", i) : g_strdup ("channel_name");

      if (channel_name != NULL)
        append_field (form, field, channel_name);
    }

  for (guint i = 0; i < params->len; i++)
    {
      PusherHttpParam *param = params->pdata[i];

      append_field (form, param->name, param->value);
    }

  return g_string_free_to_bytes (g_steal_pointer (&form));
}

static SoupMessage *
prepare_message (gpointer      user_data,
                 SoupSession **session,
                 GError      **error)
{
  Batch *batch = user_data;
  PusherHttpSettings *settings = batch->settings;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (GBytes) form = NULL;

  remove_closed (batch);
  if (batch->requests->len == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                   "The authorization is not needed any more");
      return NULL;
    }

  message = pusher_http_settings_new_message (settings, SOUP_METHOD_POST, settings->endpoint, error);
  if (message == NULL)
    return NULL;

  for (guint i = 0; i < batch->requests->len; i++)
    {
      pusher_authorization_request_set_queued (batch->requests->pdata[i], FALSE);
      settings->prepare (settings->owner, batch->requests->pdata[i], message);
    }

  form = build_form (batch);
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", form);
  *session = pusher_http_settings_get_session (settings);

  return g_steal_pointer (&message);
}

/* --- The response -------------------------------------------------------- */

static void
fail (PusherAuthorizationRequest *request,
      const GError               *error)
{
  if (pusher_http_error_may_pass (error))
    pusher_authorization_request_fail_for_now (request, error);
  else
    pusher_authorization_request_fail (request, error);
}

/* why: (nullable): what the endpoint says of it */
static GError *
new_refusal (gint64      status,
             const char *why)
{
  int code = (int) CLAMP (status, 0, G_MAXINT);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, status);

  if (why == NULL)
    return g_error_new (PUSHER_HTTP_ERROR, code,
                        /* Translators: %s is a number, such as 403. */
                        _("The authorization endpoint refused the channel with status %s"),
                        number);

  return g_error_new (PUSHER_HTTP_ERROR, code,
                      /* Translators: a number, such as 403, and what the endpoint said */
                      _("The authorization endpoint refused the channel with status %s: %s"),
                      number, why);
}

/* FALSE if the response has no part for this channel:
 * {"NAME": {"status": 200, "data": {…}}}. */
static gboolean
answer_from_part (PusherAuthorizationRequest *request,
                  JsonObject                 *channels)
{
  const char *name = pusher_authorization_request_get_channel_name (request);
  JsonObject *part =
    pusher_json_node_get_object (json_object_get_member (channels, name));
  gint64 status;

  if (part == NULL || !pusher_json_object_get_int (part, "status", &status))
    return FALSE;

  if (status != SOUP_STATUS_OK)
    {
      JsonNode *data = pusher_json_object_get_member (part, "data");
      g_autofree char *why = pusher_http_explain_refusal (data);
      g_autoptr (GError) error = new_refusal (status, why);

      fail (request, error);
      return TRUE;
    }

  if (!json_object_has_member (part, "data"))
    return FALSE;

  pusher_authorization_request_complete_node (request, json_object_get_member (part, "data"),
                                              NULL);

  return TRUE;
}

/* What the response leaves out is posted alone; so is everything if there is no
 * response, from an endpoint that does not know batches. */
static void
answer_each (Batch      *batch,
             const char *body)
{
  g_autoptr (JsonNode) json = body != NULL ? pusher_json_parse (body, -1, NULL) : NULL;
  JsonObject *channels = pusher_json_node_get_object (json);

  for (guint i = 0; i < batch->requests->len; i++)
    if (channels == NULL || !answer_from_part (batch->requests->pdata[i], channels))
      pusher_http_batch_send_one (batch->settings, batch->requests->pdata[i]);
}

/* Endpoints that do not know batches complain of one in many ways; of other errors
 * it is known that it would not help to post each channel, on the contrary. */
static gboolean
may_be_for_the_batch (const GError *error)
{
  if (error->domain != PUSHER_HTTP_ERROR)
    return FALSE;

  switch (error->code)
    {
    case PUSHER_HTTP_ERROR_UNAUTHORIZED:
    case PUSHER_HTTP_STATUS_PAGE_EXPIRED:
    case PUSHER_HTTP_ERROR_REQUEST_TIMEOUT:
    case PUSHER_HTTP_ERROR_TOO_MANY_REQUESTS:
      return FALSE;
    default:
      return error->code >= PUSHER_HTTP_ERROR_BAD_REQUEST &&
             error->code <= PUSHER_HTTP_ERROR_INTERNAL_SERVER_ERROR;
    }
}

static void
posted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Batch *batch = user_data;
  GPtrArray *requests = batch->requests;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = pusher_http_post_finish (result, &error);

  if (requests->len > 1 && (body != NULL || may_be_for_the_batch (error)))
    answer_each (batch, body);
  else if (body != NULL)
    pusher_authorization_request_complete_json (requests->pdata[0], body, NULL);
  else
    for (guint i = 0; i < requests->len; i++)
      fail (requests->pdata[i], error);

  batch_free (batch);
}

/* --- The batch ----------------------------------------------------------- */

void
pusher_http_batch_send (PusherHttpSettings *settings,
                        GPtrArray          *requests)
{
  Batch *batch = g_new0 (Batch, 1);
  gboolean for_user = pusher_authorization_request_get_kind (requests->pdata[0]) ==
                      PUSHER_AUTHORIZATION_KIND_USER;

  g_object_ref (settings->owner);
  batch->settings = settings;
  batch->requests = g_ptr_array_ref (requests);
  batch->cancellable = g_cancellable_new ();
  for (guint i = 0; i < requests->len; i++)
    {
      pusher_authorization_request_set_queued (requests->pdata[i], TRUE);
      g_signal_connect (pusher_authorization_request_get_cancellable (requests->pdata[i]),
                        "cancelled", G_CALLBACK (request_cancelled_cb), batch);
    }

  pusher_http_post_async (settings->queue, for_user, prepare_message, batch, &settings->policy,
                          batch->cancellable, posted_cb, batch);
}

void
pusher_http_batch_send_one (PusherHttpSettings         *settings,
                            PusherAuthorizationRequest *request)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  if (!pusher_authorization_request_is_open (request))
    return;

  g_ptr_array_add (requests, g_object_ref (request));
  pusher_http_batch_send (settings, requests);
}
