/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What is posted to an endpoint: its attempts, redirects and time-outs. */

#include "config.h"

#include "pusher-http-post-private.h"

#include "base/pusher-error.h"
#include "base/pusher-loggable-private.h"
#include "base/pusher-printable-private.h"
#include "json/pusher-json-parser-private.h"
#include "protocol/pusher-backoff-private.h"
#include "pusher-answer-limit-private.h"
#include "pusher-certificate-private.h"
#include "pusher-proxy-login-private.h"

#include <glib/gi18n-lib.h>

#define MAX_REFUSAL_SIZE (16 * 1024) /* what is larger is not read for its reason */
#define READ_SIZE (16 * 1024)

typedef struct
{
  PusherHttpQueue *queue;
  PusherHttpJob job;
  PusherHttpPrepare prepare;
  gpointer prepare_data;
  const PusherHttpPolicy *policy;

  PusherHttpCredentials credentials;
  guint n_attempts;
  guint n_redirects;
  GUri *redirected; /* where the endpoint redirects to, nullable */
  SoupMessage *message; /* this and the following: of the attempt under way */
  GInputStream *stream;
  GByteArray *body;
  PusherProxyLogin *proxy_login;
  GCancellable *attempt; /* ends it */
  guint timeout; /* of the attempt, in seconds */
  gboolean timed_out;
  GSource *timer;     /* of the attempt, or of the wait for the next */
  GSource *cancelled; /* by the caller; NULL until the first attempt */
  gulong cancelled_id;
  gboolean ended; /* what is under way will still report */
} Post;

static void start_attempt (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
end_attempt (Post *post)
{
  clear_source (&post->timer);
  if (post->message != NULL)
    g_signal_handlers_disconnect_by_data (post->message, post->job.user_data);
  g_clear_object (&post->message);
  g_clear_object (&post->stream);
  g_clear_object (&post->proxy_login);
  g_clear_object (&post->attempt);
  g_clear_pointer (&post->body, g_byte_array_unref);
  post->timed_out = FALSE;
}

/* The next attempt begins there, and not where it had redirected to. */
static void
return_to_endpoint (Post *post)
{
  end_attempt (post);
  g_clear_pointer (&post->redirected, g_uri_unref);
  post->n_redirects = 0;
}

static void
post_free (gpointer data)
{
  Post *post = data;

  return_to_endpoint (post);
  clear_source (&post->cancelled);
  pusher_http_queue_unref (post->queue);
  g_free (post);
}

/* Takes over body or error, one of which is NULL. This ends the post, and with it
 * its reference to the task. */
static void
end (GTask  *task,
     char   *body,
     GError *error)
{
  Post *post = g_task_get_task_data (task);

  post->ended = TRUE;
  end_attempt (post);
  clear_source (&post->cancelled);
  g_clear_signal_handler (&post->cancelled_id, g_task_get_cancellable (task));
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, body, g_free);

  /* The next job starts when this one has told its result: handlers may have
   * something more urgent. */
  pusher_http_queue_remove (post->queue, &post->job);
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
  Post *post = g_task_get_task_data (user_data);

  clear_source (&post->timer);
  pusher_http_queue_add (post->queue, &post->job);

  return G_SOURCE_REMOVE;
}

static void
set_timer (GTask      *task,
           gint64      delay,
           GSourceFunc callback)
{
  Post *post = g_task_get_task_data (task);

  clear_source (&post->timer);
  post->timer = post->policy->new_timer (delay);
  g_source_set_callback (post->timer, callback, task, NULL);
  g_source_attach (post->timer, g_task_get_context (task));
}

/* Takes over error. If it is the endpoint that is in trouble, all jobs pause;
 * else the trouble is with this post, as far as is known: it waits for itself,
 * and lets others run. */
static void
try_again (GTask   *task,
           gboolean all_pause,
           gint64   retry_after,
           GError  *error)
{
  Post *post = g_task_get_task_data (task);
  gboolean again = post->n_attempts < post->policy->max_attempts;
  g_autofree char *kind = pusher_loggable (error);
  PusherHttpTimer new_timer = post->policy->new_timer;
  double random = post->policy->random ();

  return_to_endpoint (post);
  if (!again)
    {
      if (all_pause)
        pusher_http_queue_pause (post->queue, &post->job, new_timer, random, retry_after, FALSE);
      end (task, NULL, error);
      return;
    }

  g_debug ("An endpoint is asked again%s: %s",
           all_pause ? " after a pause" : "", kind);
  g_error_free (error);
  if (all_pause)
    {
      pusher_http_queue_pause (post->queue, &post->job, new_timer, random, retry_after, TRUE);
      return;
    }

  set_timer (task, pusher_backoff_delay (post->n_attempts - 1, random, retry_after), wait_over_cb);
  pusher_http_queue_remove (post->queue, &post->job);
}

/* --- One attempt --------------------------------------------------------- */

static GError *
new_timeout_error (Post *post)
{
  if (post->policy->purpose == PUSHER_HTTP_FOR_BACKFILL)
    return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                        g_dngettext (GETTEXT_PACKAGE,
                                     "The store of events did not answer within %u second",
                                     "The store of events did not answer within %u seconds",
                                     post->timeout),
                        post->timeout);

  return g_error_new (PUSHER_ERROR, PUSHER_ERROR_TIMEOUT,
                      g_dngettext (GETTEXT_PACKAGE,
                                   "The authorization endpoint did not answer within "
                                   "%u second",
                                   "The authorization endpoint did not answer within "
                                   "%u seconds",
                                   post->timeout),
                      post->timeout);
}

/* why: (nullable): NULL if there was no answer, and no reason for that */
static GError *
new_failure (Post       *post,
             PusherError code,
             const char *why)
{
  gboolean backfill = post->policy->purpose == PUSHER_HTTP_FOR_BACKFILL;

  if (why == NULL)
    return g_error_new_literal (
      PUSHER_ERROR, code,
      backfill
        ? _("Cannot ask the store of events: it did not come to an answer")
        : _("Cannot ask the authorization endpoint: it did not come to an answer"));

  return g_error_new (PUSHER_ERROR, (int) code,
                      backfill ? _("Cannot ask the store of events: %s")
                               : _("Cannot ask the authorization endpoint: %s"),
                      why);
}

static void
fail_attempt (GTask        *task,
              const GError *cause)
{
  Post *post = g_task_get_task_data (task);
  g_autofree char *reason = pusher_proxy_login_explain (post->proxy_login);

  if (post->timed_out)
    try_again (task, FALSE, 0, new_timeout_error (post));
  else if (reason == NULL && pusher_answer_is_missing (post->message))
    try_again (task, TRUE, 0, new_failure (post, PUSHER_ERROR_UNREACHABLE, NULL));
  else
    try_again (task, TRUE, 0,
               new_failure (post, PUSHER_ERROR_UNREACHABLE,
                            reason != NULL ? reason : cause->message));
}

static void
wait_for_credentials (GTask *task)
{
  Post *post = g_task_get_task_data (task);

  return_to_endpoint (post);
  pusher_http_queue_put_back (post->queue, &post->job);
}

/* body: (nullable): what the endpoint says of it */
static void
refuse (GTask      *task,
        const char *body)
{
  Post *post = g_task_get_task_data (task);
  guint status = soup_message_get_status (post->message);
  g_autoptr (JsonNode) json = body != NULL ? pusher_json_parse (body, -1, NULL) : NULL;
  GError *error = pusher_http_refusal_new (status, json, post->policy->purpose);

  if (pusher_http_renewal_refused (post->policy->renewal, &post->credentials, status))
    {
      g_error_free (error);
      post->n_attempts--;
      wait_for_credentials (task);
      return;
    }

  if (pusher_http_error_may_pass (error))
    try_again (task, pusher_http_status_is_of_endpoint (status),
               pusher_http_get_retry_after (post->message), error);
  else
    end (task, NULL, error);
}

/* Another attempt some seconds later would find the same certificate. */
static void
reject_certificate (GTask *task)
{
  Post *post = g_task_get_task_data (task);
  g_autofree char *why = pusher_certificate_describe_flaws (
    soup_message_get_tls_peer_certificate_errors (post->message));

  end (task, NULL, new_failure (post, PUSHER_ERROR_CERTIFICATE, why));
}

static void read_on (GTask *task);

static GError *
new_size_error (Post *post)
{
  if (post->policy->purpose == PUSHER_HTTP_FOR_BACKFILL)
    return g_error_new_literal (PUSHER_ERROR, PUSHER_ERROR_BACKFILL,
                                _("The response of the store of events is over 16 MB"));

  return g_error_new_literal (PUSHER_ERROR, PUSHER_ERROR_AUTHORIZATION,
                              _("The response of the authorization endpoint is over 1 MB"));
}

/* The whole body is there, or as much of it as will be read. */
static void
end_of_body (GTask   *task,
             gboolean whole)
{
  Post *post = g_task_get_task_data (task);
  g_autoptr (GByteArray) body = g_steal_pointer (&post->body);

  /* Nothing is left to wait for; and the next job can have the connection. */
  if (whole)
    g_input_stream_close (post->stream, NULL, NULL);
  g_byte_array_append (body, (const guint8 *) "", 1);

  if (soup_message_get_status (post->message) != SOUP_STATUS_OK)
    refuse (task, whole ? (const char *) body->data : NULL);
  else if (whole)
    end (task, (char *) g_byte_array_free (g_steal_pointer (&body), FALSE), NULL);
  else
    end (task, NULL, new_size_error (post));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Post *post = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gboolean refused;
  gsize max_size;
  g_autoptr (GBytes) bytes =
    g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (post->ended)
    return;

  refused = soup_message_get_status (post->message) != SOUP_STATUS_OK;
  max_size = refused ? MAX_REFUSAL_SIZE : post->policy->max_body_size;
  if (bytes == NULL && !refused)
    {
      fail_attempt (task, error);
    }
  else if (bytes == NULL || post->body->len + g_bytes_get_size (bytes) > max_size)
    {
      end_of_body (task, FALSE);
    }
  else if (g_bytes_get_size (bytes) == 0)
    {
      end_of_body (task, TRUE);
    }
  else
    {
      g_byte_array_append (post->body, g_bytes_get_data (bytes, NULL),
                           (guint) g_bytes_get_size (bytes));
      read_on (task);
    }
}

static void
read_on (GTask *task)
{
  Post *post = g_task_get_task_data (task);

  g_input_stream_read_bytes_async (post->stream, READ_SIZE, G_PRIORITY_DEFAULT, post->attempt,
                                   read_cb, g_object_ref (task));
}

static void
follow_redirect (GTask *task)
{
  Post *post = g_task_get_task_data (task);
  GError *error = NULL;
  GUri *there = pusher_http_get_redirect (post->message, post->n_redirects,
                                          post->policy->purpose, &error);

  if (there == NULL)
    {
      end (task, NULL, error);
      return;
    }

  g_clear_pointer (&post->redirected, g_uri_unref);
  post->redirected = there;
  post->n_redirects++;
  post->n_attempts--;
  end_attempt (post);
  start_attempt (task);
}

static void
handle_response (GTask *task)
{
  Post *post = g_task_get_task_data (task);
  guint status = soup_message_get_status (post->message);

  if (!pusher_http_status_is_of_endpoint (status))
    pusher_http_queue_responded (post->queue, &post->job);

  if (pusher_http_status_is_redirect (status))
    {
      follow_redirect (task);
      return;
    }

  /* It was cut short. */
  if (post->stream == NULL)
    {
      refuse (task, NULL);
      return;
    }

  post->body = g_byte_array_new ();
  read_on (task);
}

static void
sent_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Post *post = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream =
    soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (post->ended)
    return;

  if (stream != NULL || pusher_answer_is_cut_short (post->message))
    {
      post->stream = g_steal_pointer (&stream);
      handle_response (task);
    }
  else if (g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    {
      reject_certificate (task);
    }
  else
    {
      fail_attempt (task, error);
    }
}

static gboolean
timed_out_cb (gpointer user_data)
{
  Post *post = g_task_get_task_data (user_data);

  post->timed_out = TRUE;
  g_cancellable_cancel (post->attempt);

  return G_SOURCE_REMOVE;
}

/* The session may let the message wait for a connection to be free: that is not
 * the fault of the endpoint, whose time begins when the session sets to work. */
static void
start_timeout (GTask *task)
{
  Post *post = g_task_get_task_data (task);

  g_signal_handlers_disconnect_by_data (post->message, task);
  set_timer (task, (gint64) post->timeout * G_USEC_PER_SEC, timed_out_cb);
}

static void
send_message (GTask       *task,
              SoupSession *session)
{
  Post *post = g_task_get_task_data (task);
  GCallback started = G_CALLBACK (start_timeout);

  if (post->redirected != NULL)
    soup_message_set_uri (post->message, post->redirected);

  /* To post twice does no harm: without this flag libsoup would make a connection
   * for each post. */
  soup_message_add_flags (post->message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_IDEMPOTENT);
  g_signal_connect_swapped (post->message, "network-event", started, task);
  g_signal_connect_swapped (post->message, "starting", started, task);

  post->n_attempts++;
  post->timeout = post->policy->timeout;
  post->attempt = g_cancellable_new ();
  pusher_answer_limit_apply (post->message, post->attempt);
  post->proxy_login = pusher_proxy_login_new (session, post->message, post->attempt);
  soup_session_send_async (session, post->message, G_PRIORITY_DEFAULT,
                           post->attempt, sent_cb, g_object_ref (task));
}

/* Nothing is sent once the caller has cancelled, also while preparing it;
 * cancelled_cb() is on its way. */
static void
start_attempt (GTask *task)
{
  Post *post = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  PusherHttpRenewal *renewal = post->policy->renewal;
  SoupSession *session = NULL;
  GError *error = NULL;

  if (g_cancellable_is_cancelled (cancellable))
    return;

  if (pusher_http_renewal_is_due (renewal, &post->credentials))
    {
      wait_for_credentials (task);
      return;
    }

  post->credentials.sent = pusher_http_renewal_get_generation (renewal);
  post->message = post->prepare (post->prepare_data, &session, &error);
  if (post->message == NULL)
    end (task, NULL, error);
  else if (g_cancellable_is_cancelled (cancellable))
    end_attempt (post);
  else
    send_message (task, session);
}

static void
return_cancelled (GTask *task)
{
  GError *error = NULL;

  g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error);
  end (task, NULL, error);
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  GTask *task = user_data;
  Post *post = g_task_get_task_data (task);

  if (post->attempt != NULL)
    g_cancellable_cancel (post->attempt);
  return_cancelled (task);

  return G_SOURCE_REMOVE;
}

/* Only posts that have begun have a source: a main context with thousands of them
 * is slow. */
static void
watch_cancellable (GTask *task)
{
  Post *post = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_clear_signal_handler (&post->cancelled_id, cancellable);
  if (post->cancelled != NULL)
    return;

  post->cancelled = g_cancellable_source_new (cancellable);
  g_source_set_callback (post->cancelled, G_SOURCE_FUNC (cancelled_cb), task, NULL);
  g_source_attach (post->cancelled, g_task_get_context (task));
}

static void
start_job (gpointer user_data)
{
  watch_cancellable (user_data);
  start_attempt (user_data);
}

/* prepare_data and policy must live until the callback is called; prepare is not
 * called any more once the cancellable is cancelled. */
void
pusher_http_post_async (PusherHttpQueue        *queue,
                        gboolean                urgent,
                        PusherHttpPrepare       prepare,
                        gpointer                prepare_data,
                        const PusherHttpPolicy *policy,
                        GCancellable           *cancellable,
                        GAsyncReadyCallback     callback,
                        gpointer                user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Post *post = g_new0 (Post, 1);

  post->queue = pusher_http_queue_ref (queue);
  post->job = (PusherHttpJob) {
    .start = start_job,
    .user_data = task,
    .context = g_task_get_context (task),
    .urgent = urgent,
  };
  post->prepare = prepare;
  post->prepare_data = prepare_data;
  post->policy = policy;
  post->credentials.born = pusher_http_renewal_get_generation (policy->renewal);
  g_task_set_source_tag (task, pusher_http_post_async);
  g_task_set_task_data (task, post, post_free);

  if (g_cancellable_is_cancelled (cancellable))
    {
      watch_cancellable (task);
      return;
    }

  post->cancelled_id =
    g_signal_connect_swapped (cancellable, "cancelled", G_CALLBACK (return_cancelled), task);
  pusher_http_queue_add (queue, &post->job);
}

/* Returns: (transfer full): the body of the response, which had status 200 */
char *
pusher_http_post_finish (GAsyncResult *result,
                         GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
