/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* How much of the body of an answer is waited for, when only its headers count. */

#include "http/pusher-answer-limit-private.h"

/* In the place of libsoup's, if this version has none. */
static void
ensure_signal (void)
{
  if (g_signal_lookup ("got-body-data", SOUP_TYPE_MESSAGE) == 0)
    g_signal_new ("got-body-data", SOUP_TYPE_MESSAGE, G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);
}

static SoupMessage *
begin_answer (SoupEncoding  encoding,
              goffset       length,
              GCancellable *attempt)
{
  SoupMessage *message = soup_message_new (SOUP_METHOD_GET, "http://localhost/");
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);

  soup_message_headers_set_encoding (headers, encoding);
  if (encoding == SOUP_ENCODING_CONTENT_LENGTH)
    soup_message_headers_set_content_length (headers, length);
  pusher_answer_limit_body (message, attempt);

  return message;
}

static gboolean
accepts_length (goffset length)
{
  g_autoptr (GCancellable) attempt = g_cancellable_new ();
  g_autoptr (SoupMessage) message =
    begin_answer (SOUP_ENCODING_CONTENT_LENGTH, length, attempt);
  gboolean accepted = !g_cancellable_is_cancelled (attempt);

  g_assert_true (pusher_answer_is_cut_short (message) == !accepted);
  g_assert_false (pusher_answer_is_missing (message));

  return accepted;
}

static void
test_length (void)
{
  g_assert_true (accepts_length (0));
  g_assert_true (accepts_length (PUSHER_ANSWER_MAX_BODY));
  g_assert_false (accepts_length (PUSHER_ANSWER_MAX_BODY + 1));
  g_assert_false (accepts_length (G_MAXINT64));
}

/* A body that does not say how long it is */
static void
test_count (void)
{
  g_autoptr (GCancellable) attempt = g_cancellable_new ();
  g_autoptr (SoupMessage) message = NULL;

  if (g_signal_lookup ("got-body-data", SOUP_TYPE_MESSAGE) == 0)
    {
      message = begin_answer (SOUP_ENCODING_CHUNKED, 0, attempt);
      g_assert_true (g_cancellable_is_cancelled (attempt));
      g_clear_object (&message);
      g_cancellable_reset (attempt);
    }

  ensure_signal ();
  message = begin_answer (SOUP_ENCODING_CHUNKED, 0, attempt);
  g_signal_emit_by_name (message, "got-body-data", PUSHER_ANSWER_MAX_BODY - 1);
  g_signal_emit_by_name (message, "got-body-data", 1);
  g_assert_false (g_cancellable_is_cancelled (attempt));

  /* The answer to the same message, with a login this time */
  pusher_answer_limit_body (message, attempt);
  g_signal_emit_by_name (message, "got-body-data", PUSHER_ANSWER_MAX_BODY);
  g_assert_false (g_cancellable_is_cancelled (attempt));
  g_assert_false (pusher_answer_is_cut_short (message));
  g_signal_emit_by_name (message, "got-body-data", 1);
  g_assert_true (g_cancellable_is_cancelled (attempt));
  g_assert_true (pusher_answer_is_cut_short (message));
}

/* Answers that are not the one that counts */
static void
test_informational (void)
{
  g_autoptr (GCancellable) attempt = g_cancellable_new ();
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, "http://localhost/");

  for (guint i = 0; i < PUSHER_ANSWER_MAX_INFORMATIONAL; i++)
    pusher_answer_limit_informational (message, attempt);
  g_assert_false (g_cancellable_is_cancelled (attempt));
  g_assert_false (pusher_answer_is_missing (message));
  pusher_answer_limit_informational (message, attempt);
  g_assert_true (g_cancellable_is_cancelled (attempt));
  g_assert_true (pusher_answer_is_missing (message));
  g_assert_false (pusher_answer_is_cut_short (message));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/answer-limit/length", test_length);
  g_test_add_func ("/answer-limit/count", test_count);
  g_test_add_func ("/answer-limit/informational", test_informational);

  return g_test_run ();
}
