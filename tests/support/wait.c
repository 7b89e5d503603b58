/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "wait.h"

#include <libsoup/soup.h>

/* Real time, for a machine under load. No test measures by it: it only says of a program
 * that hangs what it waits for. */
#define WAIT_LIMIT SECONDS (60)

gint64
wait_get_end (void)
{
  const char *patience = g_getenv ("PUSHER_TESTS_PATIENCE");

  return g_get_monotonic_time () +
         (patience != NULL ? (gint64) (WAIT_LIMIT * g_ascii_strtod (patience, NULL)) : WAIT_LIMIT);
}

static gboolean
alarm_cb (gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

void
wait_iterate (gint64      end,
              const char *condition,
              const char *file,
              int         line,
              const char *function)
{
  GMainContext *context = g_main_context_get_thread_default ();
  g_autoptr (GSource) alarm = g_timeout_source_new (0);

  if (g_get_monotonic_time () >= end)
    {
      g_autofree char *complaint = g_strdup_printf ("in vain: wait_until (%s)", condition);

      g_assertion_message (G_LOG_DOMAIN, file, line, function, complaint);
    }

  g_source_set_ready_time (alarm, end);
  g_source_set_callback (alarm, alarm_cb, NULL, NULL);
  g_source_attach (alarm, context);
  g_main_context_iteration (context, TRUE);
  g_source_destroy (alarm);
}

/* What the main context has ready, and what follows from it at once. */
void
settle (void)
{
  while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
    ;
}

/* Also what goes over the network: makes a request of its own to a server of this
 * thread, and waits for the answer. What was sent there before arrives first. */
void
settle_by (const char *uri)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
  g_autoptr (GAsyncResult) result = NULL;

  soup_session_send_and_read_async (session, message, G_PRIORITY_LOW, NULL,
                                    store_result_cb, &result);
  wait_until (result != NULL);
  settle ();
}

void
store_result_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GAsyncResult **stored = user_data;

  g_assert_null (*stored);
  *stored = g_object_ref (result);
}
