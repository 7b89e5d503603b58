/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-http-exchange-private.h"

#include "base/pusher-error.h"
#include "http/pusher-certificate-private.h"
#include "http/pusher-proxy-login-private.h"
#include "protocol/pusher-backoff-private.h"
#include "pusher-http-answer-private.h"

#define MAX_BODY_SIZE (1024 * 1024)
#define READ_SIZE (16 * 1024)
#define MAX_REDIRECTS 5

typedef struct
{
  PusherHttpQueue *queue;
  PusherHttpTurn turn;
  PusherHttpPrepare prepare;
  gpointer prepare_data;
  const PusherHttpPolicy *policy;

  guint n_attempts;
  guint n_redirects;
  GUri *redirected; /* where the endpoint sent us, nullable */
  SoupSession *session; /* this and the following: of the attempt under way */
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  PusherProxyLogin *proxy_login;
  GCancellable *attempt; /* ends it */
  guint timeout; /* of the attempt, in seconds */
  gboolean timed_out;
  GSource *timer;     /* of the attempt, or of the wait for the next */
  GSource *cancelled; /* by whoever waits for the answer; NULL before its first turn */
  gulong cancelled_id;
  gboolean ended; /* what is under way will still report */
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
  if (exchange->message != NULL)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange->turn.user_data);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->session);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->proxy_login);
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
  pusher_http_queue_unref (exchange->queue);
  g_free (exchange);
}

static void
end (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  exchange->ended = TRUE;
  end_attempt (exchange);
  clear_source (&exchange->cancelled);
  g_clear_signal_handler (&exchange->cancelled_id, g_task_get_cancellable (task));
}

/* The next one begins when this one has told its answer: handlers may have
 * something more urgent. */
static void
end_turn (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  pusher_http_turn_end (&exchange->turn, exchange->queue);
  g_object_unref (task);
}

/* These two end the exchange, and with it its reference to the task. */
static void
return_error (GTask  *task,
              GError *error)
{
  end (task);
  g_task_return_error (task, error);
  end_turn (task);
}

static void
return_body (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  GByteArray *body = g_steal_pointer (&exchange->body);

  g_byte_array_append (body, (const guint8 *) "", 1);
  end (task);
  g_task_return_pointer (task, g_byte_array_free (body, FALSE), g_free);
  end_turn (task);
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
  pusher_http_turn_wait (&exchange->turn, exchange->queue);

  return G_SOURCE_REMOVE;
}

static void
set_timer (GTask      *task,
           gint64      delay,
           GSourceFunc callback)
{
  Exchange *exchange = g_task_get_task_data (task);

  clear_source (&exchange->timer);
  exchange->timer = exchange->policy->new_timer (delay);
  g_source_set_callback (exchange->timer, callback, task, NULL);
  g_source_attach (exchange->timer, g_task_get_context (task));
}

/* Whatever comes next begins at the endpoint itself. */
static void
forget_attempt (Exchange *exchange)
{
  end_attempt (exchange);
  g_clear_pointer (&exchange->redirected, g_uri_unref);
  exchange->n_redirects = 0;
}

static gboolean
was_last_attempt (Exchange *exchange)
{
  return exchange->n_attempts >= exchange->policy->max_attempts;
}

/* Takes over error. The trouble is with this question, as far as is known: it
 * waits for itself, and lets others have their turn. */
static void
try_again (GTask  *task,
           gint64  min_delay,
           GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);

  forget_attempt (exchange);
  if (was_last_attempt (exchange))
    {
      return_error (task, error);
      return;
    }

  g_debug ("The authorization endpoint is asked again: %s", error->message);
  g_error_free (error);
  set_timer (task,
             pusher_backoff_delay (exchange->n_attempts - 1, exchange->policy->random (), min_delay),
             wait_over_cb);
  pusher_http_turn_end (&exchange->turn, exchange->queue);
}

/* Takes over error. The trouble is with the endpoint: everybody waits. */
static void
try_again_together (GTask  *task,
                    gint64  min_delay,
                    GError *error)
{
  Exchange *exchange = g_task_get_task_data (task);
  PusherHttpTimer new_timer = exchange->policy->new_timer;
  double random = exchange->policy->random ();

  forget_attempt (exchange);
  if (was_last_attempt (exchange))
    {
      pusher_http_turn_trouble (&exchange->turn, exchange->queue, new_timer, random, min_delay,
                                FALSE);
      return_error (task, error);
      return;
    }

  g_debug ("The authorization endpoint is asked again after a pause: %s", error->message);
  g_error_free (error);
  pusher_http_turn_trouble (&exchange->turn, exchange->queue, new_timer, random, min_delay, TRUE);
}

/* --- One attempt --------------------------------------------------------- */

static void
fail_attempt (GTask        *task,
              const GError *cause)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autofree char *reason = pusher_proxy_login_explain (exchange->proxy_login);

  if (exchange->timed_out)
    try_again (task, 0, g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                                     "The authorization endpoint did not answer within %u seconds",
                                     exchange->timeout));
  else
    try_again_together (task, 0, g_error_new (PUSHER_ERROR, PUSHER_ERROR_UNREACHABLE,
                                              "Cannot ask the authorization endpoint: %s",
                                              reason != NULL ? reason : cause->message));
}

/* Nobody mends it within some seconds, so that there is no other attempt. */
static void
reject_certificate (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  g_autofree char *why = pusher_certificate_describe_flaws (
    soup_message_get_tls_peer_certificate_errors (exchange->message));

  return_error (task, g_error_new (PUSHER_ERROR, PUSHER_ERROR_CERTIFICATE,
                                   "Cannot ask the authorization endpoint: %s", why));
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
      /* Nothing is left to wait for; and whoever is next can have the connection. */
      g_input_stream_close (exchange->stream, NULL, NULL);
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
  else if (!pusher_http_same_origin (here, there))
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

static void
handle_response (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  guint status = soup_message_get_status (exchange->message);
  GError *error;

  if (!pusher_http_status_is_of_endpoint (status))
    pusher_http_turn_answered (&exchange->turn, exchange->queue);

  if (status == SOUP_STATUS_OK)
    {
      exchange->body = g_byte_array_new ();
      g_input_stream_read_bytes_async (exchange->stream, READ_SIZE, G_PRIORITY_DEFAULT,
                                       exchange->attempt, read_cb, g_object_ref (task));
      return;
    }

  if (pusher_http_status_is_redirect (status))
    {
      follow_redirect (task, status);
      return;
    }

  error = g_error_new (PUSHER_HTTP_ERROR, (int) status,
                       "The authorization endpoint answered with HTTP status %u", status);
  if (pusher_http_status_is_of_endpoint (status))
    try_again_together (task, pusher_http_get_retry_after (exchange->message), error);
  else if (pusher_http_status_may_pass (status))
    try_again (task, pusher_http_get_retry_after (exchange->message), error);
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
      if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
        reject_certificate (task);
      else
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

/* The session may let the message wait for a connection to be free: that is not
 * the fault of the endpoint, whose time begins when the session sets to work. */
static void
set_to_work (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (exchange->message, task);
  set_timer (task, (gint64) exchange->timeout * G_USEC_PER_SEC, attempt_timed_out_cb);
}

static void
connecting_cb (SoupMessage       *message,
               GSocketClientEvent event,
               GIOStream         *connection,
               GTask             *task)
{
  set_to_work (task);
}

static void
starting_cb (SoupMessage *message,
             GTask       *task)
{
  set_to_work (task);
}

static void
send_message (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->redirected != NULL)
    soup_message_set_uri (exchange->message, exchange->redirected);

  /* To ask twice does no harm: without this flag libsoup would make a connection
   * for each question. */
  soup_message_add_flags (exchange->message,
                          SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  g_signal_connect (exchange->message, "network-event", G_CALLBACK (connecting_cb), task);
  g_signal_connect (exchange->message, "starting", G_CALLBACK (starting_cb), task);

  exchange->n_attempts++;
  exchange->timeout = exchange->policy->timeout;
  exchange->attempt = g_cancellable_new ();
  exchange->proxy_login =
    pusher_proxy_login_new (exchange->session, exchange->message, exchange->attempt);
  soup_session_send_async (exchange->session, exchange->message, G_PRIORITY_DEFAULT,
                           exchange->attempt, sent_cb, g_object_ref (task));
}

/* Nothing is sent for whoever has cancelled, also while preparing it;
 * cancelled_cb() is on its way. */
static void
start_attempt (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  SoupSession *session = NULL;
  GError *error = NULL;

  if (g_cancellable_is_cancelled (cancellable))
    return;

  exchange->message = exchange->prepare (exchange->prepare_data, &session, &error);
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

  exchange->session = g_object_ref (session);
  send_message (task);
}

static void
return_cancelled (GTask *task)
{
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error);
  return_error (task, error);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;
  Exchange *exchange = g_task_get_task_data (task);

  if (exchange->attempt != NULL)
    g_cancellable_cancel (exchange->attempt);
  return_cancelled (task);

  return G_SOURCE_REMOVE;
}

/* Only those who have begun have a source: a main context with thousands of them
 * is slow. */
static void
watch_cancellable (GTask *task)
{
  Exchange *exchange = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_clear_signal_handler (&exchange->cancelled_id, cancellable);
  if (exchange->cancelled != NULL)
    return;

  exchange->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (exchange->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
  g_source_attach (exchange->cancelled, g_task_get_context (task));
}

static void
cancelled_before_cb (GCancellable *cancellable,
                     GTask        *task)
{
  return_cancelled (task);
}

static void
turn_taken (gpointer user_data)
{
  watch_cancellable (user_data);
  start_attempt (user_data);
}

/* prepare_data and policy must live until the callback is called; prepare is not
 * called any more once the cancellable is cancelled. */
void
pusher_http_exchange_async (PusherHttpQueue        *queue,
                            gboolean                urgent,
                            PusherHttpPrepare       prepare,
                            gpointer                prepare_data,
                            const PusherHttpPolicy *policy,
                            GCancellable           *cancellable,
                            GAsyncReadyCallback     callback,
                            gpointer                user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Exchange *exchange = g_new0 (Exchange, 1);

  exchange->queue = pusher_http_queue_ref (queue);
  exchange->turn = (PusherHttpTurn) {
    .take = turn_taken,
    .user_data = task,
    .context = g_task_get_context (task),
    .urgent = urgent,
  };
  exchange->prepare = prepare;
  exchange->prepare_data = prepare_data;
  exchange->policy = policy;
  g_task_set_source_tag (task, pusher_http_exchange_async);
  g_task_set_task_data (task, exchange, exchange_free);

  if (g_cancellable_is_cancelled (cancellable))
    {
      watch_cancellable (task);
      return;
    }

  exchange->cancelled_id =
    g_signal_connect (cancellable, "cancelled", G_CALLBACK (cancelled_before_cb), task);
  pusher_http_turn_wait (&exchange->turn, exchange->queue);
}

/* Returns: (transfer full): the body of the answer, which had status 200 */
char *
pusher_http_exchange_finish (GAsyncResult *result,
                             GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
