/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* What the REST interface, the auth endpoint and the store have in common. */

#include "config.h"

#include "pusher-test-http-private.h"

G_DEFINE_QUARK (pusher-test-http-error-quark, pusher_test_http_error)

/* Returns: %FALSE, for the caller to return */
gboolean
pusher_test_http_fail (GError    **error,
                       guint       status,
                       const char *format,
                       ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (error, g_error_new_valist (PUSHER_TEST_HTTP_ERROR, (int) status,
                                                format, arguments));
  va_end (arguments);

  return FALSE;
}

/*
 * pusher_test_http_check_method:
 * @what: what the request is to, for people to read
 */
gboolean
pusher_test_http_check_method (SoupServerMessage *message,
                               const char        *method,
                               const char        *what,
                               GError           **error)
{
  if (g_str_equal (soup_server_message_get_method (message), method))
    return TRUE;

  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Allow", method);

  return pusher_test_http_fail (error, SOUP_STATUS_METHOD_NOT_ALLOWED, "%s takes %s only", what,
                                method);
}

/* A %ff in the form is a byte of its own. */
gboolean
pusher_test_http_check_text (GHashTable *form,
                             GError    **error)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, form);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!g_utf8_validate (value, -1, NULL))
      return pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST,
                                    "A parameter is not UTF-8");

  return TRUE;
}

/*
 * pusher_test_http_answer:
 * @error: (nullable): what says the status; %NULL for 200, and @text is JSON then
 */
void
pusher_test_http_answer (SoupServerMessage *message,
                         const GError      *error,
                         const char        *text)
{
  /* libsoup ends a connection that it did not accept itself after a request. */
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Connection", "close");

  soup_server_message_set_status (message, error != NULL ? (guint) error->code : SOUP_STATUS_OK,
                                  NULL);
  soup_server_message_set_response (message,
                                    error != NULL ? "text/plain; charset=utf-8"
                                                  : "application/json",
                                    SOUP_MEMORY_COPY, text, strlen (text));
}

gboolean
pusher_test_http_is_socket_id (const char *text)
{
  return g_regex_match_simple ("^[0-9]+\\.[0-9]+$", text, G_REGEX_DOLLAR_ENDONLY, 0);
}
