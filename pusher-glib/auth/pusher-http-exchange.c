/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-exchange-private.h"

#include "protocol/pusher-backoff-private.h"
#include "pusher-error.h"

#define MAX_BODY_SIZE (1024 * 1024)
#define READ_SIZE (16 * 1024)
#define MAX_REDIRECTS 5
#define MAX_RETRY_AFTER G_GINT64_CONSTANT (3600) /* seconds */

typedef struct
{
  SoupSession *session;
  PusherHttpPrepare prepare;
  gpointer prepare_data;
  PusherHttpPolicy policy;

  guint n_attempts;
  guint n_redirects;
  GUri *redirected; /* where the endpoint sent us, nullable */
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;

  GCancellable *attempt; /* ends the attempt under way */
  gboolean timed_out;
  GSource *timer;     /* of the attempt, or of the wait for the next */
  GSource *cancelled; /* by whoever waits for the answer */
  gboolean ended;     /* what is under way will still report */
} Exchange;

static void start_attempt (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
end_attempt (Exchange *exchange)
{
  clear_source (&exchange->timer);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->attempt);
  g_clear_pointer (&exchange->body, g_byte_array_unref);
  exchange->timed_out = FALSE;
}

static void
exchange_free (gpointer data)
{
  Exchange *exchange = data;

  end_attempt (exchange);
  clear_source (&exchange->cancelled);
  g_clear_pointer (&exchange->redirected, g_uri_unref);
  g_object_unref (exchange->session);
  g_free (exchange);
}

static void
end (Exchange *exchange)
{
  exchange->ended = TRUE;
  end_attempt (exchange);
  clear_source (&exchange->cancelled);
}

/* These two end the exchange, and with it its reference to the task. */
static void
return_error (GTask  *task,
              GError *error)
{
  end (g_task_get_task_data (task));
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
return_body (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  GByteArray *body = g_steal_pointer (&exchange->body);

  g_byte_array_append (body, (const guint8 *) "", 1);
  end (exchange);
  g_task_return_pointer (task, g_byte_array_free (body, FALSE), g_free);
  g_object_unref (task);
}

/* --- Trying again -------------------------------------------------------- */

GSource *
pusher_http_timer_new (gint64 delay)
{
  GSource *timer = g_timeout_source_new (0);

  g_source_set_ready_time (timer, g_get_monotonic_time () + delay);

  return timer;
}

static gboolean
wait_over_cb (gpointer user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);

  clear_source (&exchange->timer);
  start_attempt (task);

  return G_SOURCE_REMOVE;
}

static void
set_timer (GTask      *task,
           gint64      delay,
           GSourceFunc callback)
{
  Exchange *exchange = g_task_get_task_data (task);

  clear_source (&exchange->timer);
  exchange->timer = exchange->policy.new_timer (delay);
  g_source_set_callback (exchange->timer, callback, task, NULL);
  g_source_attach (exchange->timer, g_task_get_context (task));
}

/* Seconds or a date (RFC 9110, section 10.2.3). In µs, 0 if it is not there. */
static gint64
get_retry_after (SoupMessage *message)
{
  const char *value =
    soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  g_autoptr (GDateTime) now = NULL;
  guint64 seconds;
  gint64 delay;

  if (value == NULL)
    return 0;
  if (g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT64, &seconds, NULL))
    return (gint64) MIN (seconds, (guint64) MAX_RETRY_AFTER) * G_USEC_PER_SEC;

  date = soup_date_time_new_from_http_string (value);
  if (date == NULL)
    return 0;

  now = g_date_time_new_now_utc ();
  delay = g_date_time_difference (date, now);

  return CLAMP (delay, 0, MAX_RETRY_AFTER * G_USEC_PER_SEC);
}

/* Takes over error, which is returned if this was the last attempt. The next one
 * begins at the endpoint itself again. */
static void
try_again (GTask  *task,
           gint64  min_delay,
           GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);

  end_attempt (exchange);
  g_clear_pointer (&exchange->redirected, g_uri_unref);
  exchange->n_redirects = 0;
  if (exchange->n_attempts >= exchange->policy.max_attempts)
    {
      return_error (task, error);
      return;
    }

  g_debug ("The authorization endpoint is asked again: %s", error->message);
  g_error_free (error);
  set_timer (task,
             pusher_backoff_delay (exchange->n_attempts - 1, g_random_double (), min_delay),
             wait_over_cb);
}

/* --- One attempt --------------------------------------------------------- */

static void
fail_attempt (GTask        *task,
              const GError *cause)
{
  Exchange *exchange = g_task_get_task_data (task);
  GError *error;

  if (exchange->timed_out)
    error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                         "The authorization endpoint did not answer within %u seconds",
                         exchange->policy.timeout);
  else
    error = g_error_new (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                         "Cannot ask the authorization endpoint: %s", cause->message);

  try_again (task, 0, error);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (exchange->ended)
    return;

  if (bytes == NULL)
    {
      fail_attempt (task, error);
    }
  else if (g_bytes_get_size (bytes) == 0)
    {
      return_body (task);
    }
  else if (exchange->body->len + g_bytes_get_size (bytes) > MAX_BODY_SIZE)
    {
      return_error (task, g_error_new (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                                       "The answer of the authorization endpoint is over 1 MB"));
    }
  else
    {
      g_byte_array_append (exchange->body, g_bytes_get_data (bytes, NULL),
                           (guint) g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (exchange->stream, READ_SIZE, G_PRIORITY_DEFAULT,
                                       exchange->attempt, read_cb, g_object_ref (task));
    }
}

static gboolean
same_origin (GUri *one,
             GUri *other)
{
  return g_str_equal (g_uri_get_scheme (one), g_uri_get_scheme (other)) &&
         g_ascii_strcasecmp (g_uri_get_host (one), g_uri_get_host (other)) == 0 &&
         g_uri_get_port (one) == g_uri_get_port (other);
}

/* Statuses with which the same form may be posted elsewhere; 303, for example,
 * means another thing. */
static gboolean
status_is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY ||
         status == SOUP_STATUS_FOUND ||
         status == SOUP_STATUS_TEMPORARY_REDIRECT ||
         status == SOUP_STATUS_PERMANENT_REDIRECT;
}

/* The request goes on to another place of the same origin only: it carries
 * credentials. */
static void
follow_redirect (GTask *task,
                 guint  status)
{
  Exchange *exchange = g_task_get_task_data (task);
  GUri *here = soup_message_get_uri (exchange->message);
  const char *location =
    soup_message_headers_get_one (soup_message_get_response_headers (exchange->message),
                                  "Location");
  g_autoptr (GUri) there =
    location != NULL ? g_uri_parse_relative (here, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (there == NULL || g_uri_get_host (there) == NULL || *g_uri_get_host (there) == '\0')
    {
      return_error (task, g_error_new (PUSHER_HTTP_ERROR, (int) status,
                                       "The authorization endpoint redirects to nowhere"));
    }
  else if (!same_origin (here, there))
    {
      return_error (task, g_error_new (PUSHER_HTTP_ERROR, (int) status,
                                       "The authorization endpoint redirects to another origin, "
                                       "%s://%s:%d: the request was not sent there",
                                       g_uri_get_scheme (there), g_uri_get_host (there),
                                       g_uri_get_port (there)));
    }
  else if (++exchange->n_redirects > MAX_REDIRECTS)
    {
      return_error (task, g_error_new (PUSHER_HTTP_ERROR, (int) status,
                                       "The authorization endpoint redirects more than %d times",
                                       MAX_REDIRECTS));
    }
  else
    {
      g_clear_pointer (&exchange->redirected, g_uri_unref);
      exchange->redirected = g_steal_pointer (&there);
      exchange->n_attempts--;
      end_attempt (exchange);
      start_attempt (task);
    }
}

static gboolean
status_may_pass (guint status)
{
  return status == PUSHER_HTTP_ERROR_REQUEST_TIMEOUT ||
         status == PUSHER_HTTP_ERROR_TOO_MANY_REQUESTS ||
         status >= PUSHER_HTTP_ERROR_INTERNAL_SERVER_ERROR;
}

static void
handle_response (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  guint status = soup_message_get_status (exchange->message);
  GError *error;

  if (status == SOUP_STATUS_OK)
    {
      exchange->body = g_byte_array_new ();
      g_input_stream_read_bytes_async (exchange->stream, READ_SIZE, G_PRIORITY_DEFAULT,
                                       exchange->attempt, read_cb, g_object_ref (task));
      return;
    }

  if (status_is_redirect (status))
    {
      follow_redirect (task, status);
      return;
    }

  error = g_error_new (PUSHER_HTTP_ERROR, (int) status,
                       "The authorization endpoint answered with HTTP status %u", status);
  if (status_may_pass (status))
    try_again (task, get_retry_after (exchange->message), error);
  else
    return_error (task, error);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
    soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (exchange->ended)
    return;

  if (stream == NULL)
    {
      fail_attempt (task, error);
      return;
    }

  exchange->stream = g_steal_pointer (&stream);
  handle_response (task);
}

static gboolean
attempt_timed_out_cb (gpointer user_data)
{
  Exchange *exchange = g_task_get_task_data (user_data);

  exchange->timed_out = TRUE;
  g_cancellable_cancel (exchange->attempt);

  return G_SOURCE_REMOVE;
}

/* Nothing is sent for whoever has cancelled, also while preparing it;
 * cancelled_cb() is on its way. */
static void
start_attempt (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  GError *error = NULL;

  if (g_cancellable_is_cancelled (cancellable))
    return;

  exchange->message = exchange->prepare (exchange->prepare_data, &error);
  if (exchange->message == NULL)
    {
      return_error (task, error);
      return;
    }
  if (g_cancellable_is_cancelled (cancellable))
    {
      end_attempt (exchange);
      return;
    }

  if (exchange->redirected != NULL)
    soup_message_set_uri (exchange->message, exchange->redirected);
  soup_message_add_flags (exchange->message, SOUP_MESSAGE_NO_REDIRECT);

  exchange->n_attempts++;
  exchange->attempt = g_cancellable_new ();
  set_timer (task, (gint64) exchange->policy.timeout * G_USEC_PER_SEC, attempt_timed_out_cb);
  soup_session_send_async (exchange->session, exchange->message, G_PRIORITY_DEFAULT,
                           exchange->attempt, sent_cb, g_object_ref (task));
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);
  GError *error = NULL;

  if (exchange->attempt != NULL)
    g_cancellable_cancel (exchange->attempt);
  g_cancellable_set_error_if_cancelled (cancellable, &error);
  return_error (task, error);

  return G_SOURCE_REMOVE;
}

/* prepare_data must live until the callback is called; prepare is not called any
 * more once the cancellable is cancelled. */
void
pusher_http_exchange_async (SoupSession            *session,
                            PusherHttpPrepare       prepare,
                            gpointer                prepare_data,
                            const PusherHttpPolicy *policy,
                            GCancellable           *cancellable,
                            GAsyncReadyCallback     callback,
                            gpointer                user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->session = g_object_ref (session);
  exchange->prepare = prepare;
  exchange->prepare_data = prepare_data;
  exchange->policy = *policy;
  g_task_set_source_tag (task, pusher_http_exchange_async);
  g_task_set_task_data (task, exchange, exchange_free);

  exchange->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (exchange->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
  g_source_attach (exchange->cancelled, g_task_get_context (task));

  start_attempt (task);
}

/* Returns: (transfer full): the body of the answer, which had status 200 */
char *
pusher_http_exchange_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
