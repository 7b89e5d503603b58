/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

/* Errors are in the language of the user; what somebody else said, and what somebody else
 * is told, is not.
 *
 * The locale is glibc's C.UTF-8 under the name of a German one: translations need no more,
 * and the packages that have real locales need not be there.
 */

#include "fixture.h"
#include "raw-client.h"

#include "json/pusher-json-validator-private.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

#define C_UTF8 "/usr/lib/locale/C.utf8"

static char *bound_directory; /* before main() has bound another one */

/* --- The messages -------------------------------------------------------- */

static void
test_bound (void)
{
  g_assert_cmpstr (bound_directory, ==, LOCALEDIR);
  g_assert_cmpstr (bind_textdomain_codeset (GETTEXT_PACKAGE, NULL), ==, "UTF-8");
}

static void
assert_refused (PusherClient *client,
                const char   *name,
                const char   *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pusher_client_subscribe (client, name, &error));
  g_assert_error (error, PUSHER_ERROR, PUSHER_ERROR_INVALID_NAME);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_errors (Fixture      *fixture,
             gconstpointer user_data)
{
  g_autofree char *long_name = g_strnfill (513, 'a');
  g_autoptr (GError) error = NULL;

  assert_refused (fixture->client, "", "Der Kanalname ist leer");
  assert_refused (fixture->client, "#a", "Der Kanalname »#a« ist reserviert: Er beginnt mit »#«");
  assert_refused (fixture->client, long_name, "Der Kanalname hat 513 Bytes, erlaubt sind 512");

  g_assert_false (pusher_json_validate ("[1", -1, &error));
  g_assert_cmpstr (error->message, ==,
                   "JSON-Text, Byte 2: ein Komma oder eine schließende Klammer wurde erwartet");
}

static void
error_cb (PusherClient *client,
          const GError *error,
          char        **message)
{
  g_free (*message);
  *message = g_strdup (error->message);
}

static void
test_plural_forms (Fixture      *fixture,
                   gconstpointer user_data)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("a", 1);
  g_autoptr (GBytes) two = g_bytes_new_static ("ab", 2);
  g_autofree char *message = NULL;

  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), &message);
  fixture_connect (fixture);
  pusher_test_faults_send_bytes (fixture->faults, NULL, one, TRUE);
  wait_until (message != NULL);
  g_assert_cmpstr (message, ==, "Der Server hat einen Binärframe von 1 Byte gesendet");

  g_clear_pointer (&message, g_free);
  pusher_test_faults_send_bytes (fixture->faults, NULL, two, TRUE);
  wait_until (message != NULL);
  g_assert_cmpstr (message, ==, "Der Server hat einen Binärframe von 2 Bytes gesendet");
}

/* --- What others say ----------------------------------------------------- */

static void
test_words_of_the_server (Fixture      *fixture,
                          gconstpointer user_data)
{
  g_autofree char *message = NULL;
  PusherChannel *channel;

  pusher_test_faults_fail_subscription (fixture->faults, "a", "AuthError", "not today", 403);
  g_signal_connect (fixture->client, "error", G_CALLBACK (error_cb), &message);
  fixture_connect (fixture);
  channel = pusher_client_subscribe (fixture->client, "a", NULL);
  wait_until (pusher_channel_get_last_error (channel) != NULL);
  g_assert_cmpstr (pusher_channel_get_last_error (channel)->message, ==, "AuthError: not today");
  g_assert_cmpstr (message, ==, "»a« kann nicht abonniert werden: AuthError: not today");

  pusher_test_faults_close_connections (fixture->faults, 4009, "go away");
  wait_until (pusher_client_get_state (fixture->client) == PUSHER_CONNECTION_STATE_FAILED);
  g_assert_cmpstr (pusher_client_get_last_error (fixture->client)->message, ==, "go away");
}

/* Then the client says what the code means. */
static void
test_silent_server (Fixture      *fixture,
                    gconstpointer user_data)
{
  fixture_connect (fixture);
  pusher_test_faults_close_connections (fixture->faults, 4009, NULL);
  wait_until (pusher_client_get_state (fixture->client) == PUSHER_CONNECTION_STATE_FAILED);
  g_assert_cmpstr (pusher_client_get_last_error (fixture->client)->message, ==,
                   "Die Verbindung ist nicht autorisiert");
}

/* --- What others are told ------------------------------------------------ */

static void
take_violation_cb (PusherTestServer *server,
                   const char       *socket_id,
                   const char       *what,
                   char            **violation)
{
  g_free (*violation);
  *violation = g_strdup (what);
}

static void
test_words_for_others (void)
{
  static const char expected[] =
    "A message is not JSON: JSON text, byte 2: a comma or a closing bracket was expected";
  g_autoptr (PusherTestServer) server = pusher_test_server_new ();
  g_autoptr (RawClient) client = NULL;
  g_autofree char *violation = NULL;
  g_autofree char *heard = NULL;

  g_signal_connect (server, "violation", G_CALLBACK (take_violation_cb), &violation);
  g_assert_true (pusher_test_server_start (server, NULL));
  client = raw_client_connect (pusher_test_server_get_port (server));
  raw_client_send (client, "[1");
  heard = raw_client_take (client);
  g_assert_nonnull (strstr (heard, expected));
  g_assert_cmpstr (violation, ==, expected);
}

/* --- The language -------------------------------------------------------- */

/* Returns: (nullable): why there is none */
static const char *
speak_german (const char *folder)
{
  g_autofree char *locale = g_build_filename (folder, "de_DE.utf8", NULL);

  if (!g_file_test (C_UTF8, G_FILE_TEST_IS_DIR))
    return "there is no " C_UTF8;

  g_assert_no_errno (symlink (C_UTF8, locale));
  g_setenv ("LOCPATH", folder, TRUE);
  g_setenv ("LC_ALL", "de_DE.UTF-8", TRUE);
  g_unsetenv ("LANGUAGE");
  g_assert_nonnull (setlocale (LC_ALL, ""));

  /* It is in memory now, and each locale that a library makes would leak this path. */
  g_unlink (locale);
  g_unsetenv ("LOCPATH");

  g_assert_nonnull (g_getenv ("PUSHER_TESTS_LOCALEDIR"));
  bindtextdomain (GETTEXT_PACKAGE, g_getenv ("PUSHER_TESTS_LOCALEDIR"));

  return NULL;
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *folder = NULL;
  const char *obstacle;
  int result;

  g_test_init (&argc, &argv, NULL);
  bound_directory = g_strdup (bindtextdomain (GETTEXT_PACKAGE, NULL));
  folder = g_dir_make_tmp ("pusher-locale-XXXXXX", NULL);
  obstacle = speak_german (folder);
  g_rmdir (folder);

  g_test_add_func ("/translations/bound", test_bound);
  if (obstacle == NULL)
    {
      fixture_add ("/translations/errors", NULL, test_errors);
      fixture_add ("/translations/plural-forms", NULL, test_plural_forms);
      fixture_add ("/translations/words-of-the-server", NULL, test_words_of_the_server);
      fixture_add ("/translations/silent-server", NULL, test_silent_server);
      g_test_add_func ("/translations/words-for-others", test_words_for_others);
    }
  else
    {
      g_test_message ("Nothing is tested in another language: %s", obstacle);
    }
  result = g_test_run ();
  g_free (bound_directory);

  return result;
}
