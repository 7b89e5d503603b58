/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "rest-answer.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "output.h"
#include "rest-error.h"

/* The list of the channels may be long. */
#define MAX_ANSWER_SIZE (64 * 1024 * 1024)
#define CHUNK_SIZE (64 * 1024)
/* Of what the server gives as the reason. */
#define MAX_REASON_SIZE 500

/* libsoup has no name for it. */
#define STATUS_TOO_MANY_REQUESTS 429

/* A clock may be as wrong, in seconds. */
#define MAX_SKEW 600

typedef struct
{
  SoupMessage *message;
  GByteArray *bytes;
} Answer;

static void
answer_free (gpointer data)
{
  Answer *self = data;

  g_object_unref (self->message);
  g_byte_array_unref (self->bytes);
  g_free (self);
}

/* --- No answer ------------------------------------------------------------ */

static ToolRestError
get_failure_code (SoupMessage  *message,
                  const GError *error)
{
  gboolean use_tls = g_str_equal (g_uri_get_scheme (soup_message_get_uri (message)), "https");

  /* Who does not speak TLS may wait for more of what it takes for a request. */
  if (use_tls && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return TOOL_REST_ERROR_NO_TLS;
  if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    return TOOL_REST_ERROR_CERTIFICATE;
  if (error->domain == G_TLS_ERROR)
    return TOOL_REST_ERROR_NO_TLS;
  if (error->domain == G_IO_ERROR || error->domain == G_RESOLVER_ERROR)
    return TOOL_REST_ERROR_UNREACHABLE;

  return TOOL_REST_ERROR_FAILED;
}

GError *
tool_rest_answer_explain_failure (SoupMessage  *message,
                                  const GError *error)
{
  GUri *uri = soup_message_get_uri (message);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  return g_error_new (TOOL_REST_ERROR, get_failure_code (message, error), "%s:%d: %s",
                      g_uri_get_host (uri), g_uri_get_port (uri), error->message);
}

/* --- A bad one ------------------------------------------------------------ */

/* What the answer is about; soketi says “200” and why not. */
typedef struct
{
  guint status;
  char *reason; /* nullable */
} Refusal;

static char *
clean_reason (const char *reason)
{
  g_autofree char *line = g_strndup (reason, strcspn (reason, "\r\n"));
  g_autofree char *start =
    g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), MAX_REASON_SIZE));

  g_strstrip (start);

  return start[0] != '\0' ? tool_output_printable (start) : NULL;
}

/* Servers say why as JSON or as text, and proxies have pages for it. Whether it is refused. */
static gboolean
read_refusal (SoupMessage *message,
              const char  *body,
              Refusal     *refusal)
{
  gboolean is_text = g_utf8_validate (body, -1, NULL);
  g_autoptr (JsonNode) node = is_text ? json_from_string (body, NULL) : NULL;
  JsonObject *object =
    node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *reason =
    object != NULL ? json_object_get_string_member_with_default (object, "error", NULL) : NULL;

  *refusal = (Refusal){ soup_message_get_status (message), NULL };
  if (SOUP_STATUS_IS_SUCCESSFUL (refusal->status))
    {
      if (reason == NULL)
        return FALSE;
      refusal->status =
        CLAMP (json_object_get_int_member_with_default (object, "code", 400), 400, 599);
    }

  if (reason != NULL)
    refusal->reason = clean_reason (reason);
  else if (object == NULL && is_text && body[0] != '<')
    refusal->reason = clean_reason (body);

  return TRUE;
}

static gboolean
is_clock_wrong (SoupMessage *message)
{
  const char *date =
    soup_message_headers_get_one (soup_message_get_response_headers (message), "Date");
  g_autoptr (GDateTime) there = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;
  g_autoptr (GDateTime) here = g_date_time_new_now_utc ();

  return there != NULL &&
         ABS (g_date_time_difference (there, here)) > MAX_SKEW * G_TIME_SPAN_SECOND;
}

static ToolRestError
get_unauthorized_code (SoupMessage *message,
                       const char  *reason)
{
  g_autofree char *lower = g_utf8_strdown (reason != NULL ? reason : "", -1);

  if (is_clock_wrong (message) || strstr (lower, "timestamp") != NULL)
    return TOOL_REST_ERROR_CLOCK;
  if (strstr (lower, "invalid signature") != NULL)
    return TOOL_REST_ERROR_SECRET;
  if (strstr (lower, "auth_key") != NULL || strstr (lower, "app key") != NULL)
    return TOOL_REST_ERROR_KEY;

  return TOOL_REST_ERROR_SIGNATURE;
}

static ToolRestError
get_code (SoupMessage   *message,
          const Refusal *refusal)
{
  switch (refusal->status)
    {
    case SOUP_STATUS_UNAUTHORIZED:
      return get_unauthorized_code (message, refusal->reason);
    case SOUP_STATUS_FORBIDDEN:
      return TOOL_REST_ERROR_FORBIDDEN;
    case SOUP_STATUS_NOT_FOUND:
      return TOOL_REST_ERROR_NOT_FOUND;
    case SOUP_STATUS_REQUEST_ENTITY_TOO_LARGE:
      return TOOL_REST_ERROR_TOO_LARGE;
    case STATUS_TOO_MANY_REQUESTS:
      return TOOL_REST_ERROR_TOO_MANY;
    default:
      return TOOL_REST_ERROR_FAILED;
    }
}

static GError *
explain_refusal (SoupMessage   *message,
                 const Refusal *refusal)
{
  ToolRestError code = get_code (message, refusal);

  if (refusal->reason != NULL)
    return g_error_new (TOOL_REST_ERROR, code, _("The server answers %u: %s"), refusal->status,
                        refusal->reason);

  return g_error_new (TOOL_REST_ERROR, code, _("The server answers %u."), refusal->status);
}

/* --- All of it ------------------------------------------------------------ */

static void
complete (GTask *task)
{
  Answer *self = g_task_get_task_data (task);
  g_autofree char *body = NULL;
  Refusal refusal;

  g_byte_array_append (self->bytes, (const guint8 *) "", 1);
  body = g_strdup ((const char *) self->bytes->data);
  if (read_refusal (self->message, body, &refusal))
    g_task_return_error (task, explain_refusal (self->message, &refusal));
  else if (!g_utf8_validate (body, -1, NULL))
    g_task_return_new_error (task, TOOL_REST_ERROR, TOOL_REST_ERROR_FAILED,
                             _("The answer of the server is not UTF-8 text."));
  else
    g_task_return_pointer (task, g_steal_pointer (&body), g_free);
  g_free (refusal.reason);
}

static void
read_cb (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  GInputStream *stream = G_INPUT_STREAM (object);
  g_autoptr (GTask) task = user_data;
  Answer *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (stream, result, &error);
  gsize size;
  const guchar *data;

  if (bytes == NULL)
    {
      g_task_return_error (task, tool_rest_answer_explain_failure (self->message, error));
      return;
    }

  data = g_bytes_get_data (bytes, &size);
  if (size == 0)
    {
      complete (task);
      return;
    }
  if (self->bytes->len + size > MAX_ANSWER_SIZE)
    {
      g_task_return_new_error (task, TOOL_REST_ERROR, TOOL_REST_ERROR_FAILED,
                               _("The answer of the server is too large."));
      return;
    }

  g_byte_array_append (self->bytes, data, size);
  g_input_stream_read_bytes_async (stream, CHUNK_SIZE, G_PRIORITY_DEFAULT,
                                   g_task_get_cancellable (task), read_cb, g_object_ref (task));
}

void
tool_rest_answer_read_async (SoupMessage        *message,
                             GInputStream       *stream,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask *task = g_task_new (stream, cancellable, callback, user_data);
  Answer *self = g_new (Answer, 1);

  *self = (Answer){ g_object_ref (message), g_byte_array_new () };
  g_task_set_source_tag (task, tool_rest_answer_read_async);
  g_task_set_task_data (task, self, answer_free);
  g_input_stream_read_bytes_async (stream, CHUNK_SIZE, G_PRIORITY_DEFAULT, cancellable, read_cb,
                                   task);
}

char *
tool_rest_answer_read_finish (GAsyncResult *result,
                              GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
