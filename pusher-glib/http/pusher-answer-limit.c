/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-answer-limit-private.h"

#define COUNT "pusher-answer-limit-count"

static void
got_body_data_cb (SoupMessage *message,
                  guint        n_bytes,
                  gpointer     user_data)
{
  GCancellable *attempt = user_data;
  guint *count = g_object_get_data (G_OBJECT (message), COUNT);

  if (n_bytes > PUSHER_ANSWER_MAX_BODY - *count)
    g_cancellable_cancel (attempt);
  else
    *count += n_bytes;
}

/* Of this answer; there may be another one, when libsoup has sent the message again. */
static void
count_body (SoupMessage  *message,
            GCancellable *attempt)
{
  gboolean first = g_object_get_data (G_OBJECT (message), COUNT) == NULL;

  g_object_set_data_full (G_OBJECT (message), COUNT, g_new0 (guint, 1), g_free);
  if (first)
    g_signal_connect_object (message, "got-body-data", G_CALLBACK (got_body_data_cb), attempt, 0);
}

/*
 * pusher_answer_limit_body:
 * @message: whose answer has come as far as its headers
 * @attempt: the message's; is cancelled if the body is larger than
 *   %PUSHER_ANSWER_MAX_BODY
 *
 * libsoup reads a body that nobody asked for to its end, at full speed, because it
 * may use the connection again: to answer with a login, say.
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
        g_cancellable_cancel (attempt);
    }
  else if (g_signal_lookup ("got-body-data", SOUP_TYPE_MESSAGE) != 0)
    {
      count_body (message, attempt);
    }
  else
    {
      g_cancellable_cancel (attempt);
    }
}
