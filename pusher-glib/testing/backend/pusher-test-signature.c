/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Signatures of requests to the REST interface, as the server libraries of
 * Pusher make them: "Generating authentication signatures" in
 * https://pusher.com/docs/channels/library_auth_reference/rest-api/
 */

#include "config.h"

#include "pusher-test-signature-private.h"

#include "testing/app/pusher-test-auth-private.h"

static GHashTable *
parse_query (const char *query,
             GError    **error)
{
  g_autoptr (GHashTable) params =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GUriParamsIter iter;
  g_autoptr (GError) problem = NULL;
  char *name;
  char *value;

  g_uri_params_iter_init (&iter, query != NULL ? query : "", -1, "&", G_URI_PARAMS_NONE);
  while (g_uri_params_iter_next (&iter, &name, &value, &problem))
    {
      g_autofree char *original = name;

      g_hash_table_replace (params, g_ascii_strdown (original, -1), value);
    }

  if (problem == NULL)
    return g_steal_pointer (&params);

  pusher_test_http_fail (error, SOUP_STATUS_BAD_REQUEST,
                         "The query of the URL is malformed: %s", problem->message);
  return NULL;
}

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
build_signed_text (const PusherTestRequest *request,
                   GHashTable              *params)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, params);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!g_str_equal (name, "auth_signature"))
      g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_strings);

  g_string_append_printf (text, "%s\n%s\n", request->method, request->path);
  for (guint i = 0; i < names->len; i++)
    {
      name = g_ptr_array_index (names, i);
      g_string_append_printf (text, "%s%s=%s", i > 0 ? "&" : "", (char *) name,
                              (char *) g_hash_table_lookup (params, name));
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
require (GHashTable *params,
         const char *name,
         GError    **error)
{
  const char *value = g_hash_table_lookup (params, name);

  if (value == NULL)
    pusher_test_http_fail (error, SOUP_STATUS_UNAUTHORIZED,
                           "The query of the URL has no %s", name);

  return value;
}

static gboolean
check_key (GHashTable    *params,
           PusherTestApp *app,
           GError       **error)
{
  const char *key = require (params, "auth_key", error);
  const char *version;

  if (key == NULL)
    return FALSE;

  if (!g_str_equal (key, app->key))
    return pusher_test_http_fail (error, SOUP_STATUS_UNAUTHORIZED,
                                  "The app %s does not have the auth_key %s",
                                  app->id, key);

  version = require (params, "auth_version", error);
  if (version == NULL || g_str_equal (version, "1.0"))
    return version != NULL;

  return pusher_test_http_fail (error, SOUP_STATUS_UNAUTHORIZED,
                                "The auth_version is %s instead of 1.0", version);
}

static gboolean
check_timestamp (GHashTable *params,
                 gint64      now,
                 GError    **error)
{
  const char *text = require (params, "auth_timestamp", error);
  guint64 timestamp;

  if (text == NULL)
    return FALSE;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, &timestamp, NULL))
    return pusher_test_http_fail (error, SOUP_STATUS_UNAUTHORIZED,
                                  "The auth_timestamp %s is not a number of seconds", text);

  if (ABS ((gint64) timestamp - now) <= PUSHER_TEST_MAX_CLOCK_SKEW)
    return TRUE;

  return pusher_test_http_fail (error, SOUP_STATUS_UNAUTHORIZED,
                                "Timestamp expired: the auth_timestamp %s is not within %d "
                                "seconds of the server's %" G_GINT64_FORMAT,
                                text, PUSHER_TEST_MAX_CLOCK_SKEW, now);
}

static gboolean
check_body (GHashTable *params,
            GBytes     *body,
            GError    **error)
{
  g_autofree char *expected = NULL;
  const char *given;

  /* Server libraries leave it out if there is no body. */
  if (g_bytes_get_size (body) == 0 && !g_hash_table_contains (params, "body_md5"))
    return TRUE;

  given = require (params, "body_md5", error);
  if (given == NULL)
    return FALSE;

  expected = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, body);
  if (g_str_equal (given, expected))
    return TRUE;

  return pusher_test_http_fail (error, SOUP_STATUS_UNAUTHORIZED,
                                "The body_md5 is %s, that of the body is %s", given, expected);
}

/*
 * pusher_test_signature_check:
 * @now: the time, in seconds of Unix
 * @error: with the HTTP status for the answer as its code
 */
gboolean
pusher_test_signature_check (const PusherTestRequest *request,
                             PusherTestApp           *app,
                             gint64                   now,
                             GError                 **error)
{
  g_autoptr (GHashTable) params = parse_query (request->query, error);
  g_autofree char *text = NULL;
  const char *signature;

  if (params == NULL ||
      !check_key (params, app, error) ||
      !check_timestamp (params, now, error) ||
      !check_body (params, request->body, error))
    return FALSE;

  signature = require (params, "auth_signature", error);
  if (signature == NULL)
    return FALSE;

  text = build_signed_text (request, params);
  if (pusher_test_auth_check_text (app, text, signature))
    return TRUE;

  return pusher_test_http_fail (error, SOUP_STATUS_UNAUTHORIZED,
                                "Invalid signature: the auth_signature is not the HMAC-SHA256 of "
                                "this text with the secret of the app:\n%s",
                                text);
}
