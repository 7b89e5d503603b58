/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-answer-limit-private.h"

#define COUNT "pusher-answer-limit-count"

/* What has come of the answers to a message */
typedef struct
{
  gboolean watched;
  guint n_bytes; /* of the body of this answer */
  guint n_informational;
  gboolean cut_short;
} Count;

static Count *
get_count (SoupMessage *message)
{
  Count *count = g_object_get_data (G_OBJECT (message), COUNT);

  if (count == NULL)
    {
      count = g_new0 (Count, 1);
      g_object_set_data_full (G_OBJECT (message), COUNT, count, g_free);
    }

  return count;
}

static void
cut_short (SoupMessage  *message,
           GCancellable *attempt)
{
  get_count (message)->cut_short = TRUE;
  g_cancellable_cancel (attempt);
}

static void
got_body_data_cb (SoupMessage *message,
                  guint        n_bytes,
                  gpointer     user_data)
{
  Count *count = get_count (message);

  if (n_bytes > PUSHER_ANSWER_MAX_BODY - count->n_bytes)
    cut_short (message, user_data);
  else
    count->n_bytes += n_bytes;
}

/* Of this answer; there may be another one, when libsoup has sent the message again. */
static void
count_body (SoupMessage  *message,
            GCancellable *attempt)
{
  Count *count = get_count (message);

  count->n_bytes = 0;
  if (!count->watched)
    g_signal_connect_object (message, "got-body-data", G_CALLBACK (got_body_data_cb), attempt, 0);
  count->watched = TRUE;
}

/*
 * pusher_answer_limit_body:
 * @message: whose answer has come as far as its headers
 * @attempt: the message's; is cancelled if the body is larger than
 *   %PUSHER_ANSWER_MAX_BODY
 *
 * libsoup reads a body that nobody asked for to its end, at full speed, because it
 * may use the connection again: to answer with a login, say. It even keeps it.
 *
 * libsoup before 3.4 does not tell how much has come. There a body that does not
 * say how long it is counts as too large.
 */
void
pusher_answer_limit_body (SoupMessage  *message,
                          GCancellable *attempt)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH)
    {
      if (soup_message_headers_get_content_length (headers) > PUSHER_ANSWER_MAX_BODY)
        cut_short (message, attempt);
    }
  else if (g_signal_lookup ("got-body-data", SOUP_TYPE_MESSAGE) != 0)
    {
      count_body (message, attempt);
    }
  else
    {
      cut_short (message, attempt);
    }
}

/*
 * pusher_answer_limit_informational:
 * @message: to which there is an answer that is not the one that counts
 * @attempt: the message's; is cancelled if that is more than the
 *   %PUSHER_ANSWER_MAX_INFORMATIONAL th one
 *
 * libsoup reads one after another without coming back to the main loop.
 */
void
pusher_answer_limit_informational (SoupMessage  *message,
                                   GCancellable *attempt)
{
  if (soup_message_get_status (message) != SOUP_STATUS_SWITCHING_PROTOCOLS &&
      ++get_count (message)->n_informational > PUSHER_ANSWER_MAX_INFORMATIONAL)
    g_cancellable_cancel (attempt);
}

/* The server's, or the proxy's */
gboolean
pusher_answer_demands_login (SoupMessage *message)
{
  guint status = soup_message_get_status (message);

  return status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED;
}

static void
got_informational_cb (SoupMessage *message,
                      gpointer     user_data)
{
  pusher_answer_limit_informational (message, user_data);
}

/* Comes after libsoup has looked at the answer. */
static void
got_headers_cb (SoupMessage *message,
                gpointer     user_data)
{
  if (pusher_answer_demands_login (message))
    pusher_answer_limit_body (message, user_data);
}

/*
 * pusher_answer_limit_apply:
 * @message: one that is about to be sent
 * @attempt: the message's; is cancelled if an answer that demands a login, or those
 *   before the one that counts, have no end
 */
void
pusher_answer_limit_apply (SoupMessage  *message,
                           GCancellable *attempt)
{
  g_signal_connect_object (message, "got-informational", G_CALLBACK (got_informational_cb),
                           attempt, 0);
  g_signal_connect_object (message, "got-headers", G_CALLBACK (got_headers_cb), attempt,
                           G_CONNECT_AFTER);
}

/* Whether the attempt was cancelled because of the body: the rest of the answer is
 * there. */
gboolean
pusher_answer_is_cut_short (SoupMessage *message)
{
  return get_count (message)->cut_short;
}

/* Whether the attempt was cancelled because it did not come to the answer that counts */
gboolean
pusher_answer_is_missing (SoupMessage *message)
{
  return get_count (message)->n_informational > PUSHER_ANSWER_MAX_INFORMATIONAL;
}
