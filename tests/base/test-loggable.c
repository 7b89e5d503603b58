/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "base/pusher-loggable-private.h"

#include <pusher-glib/pusher.h>

static void
assert_logged (GQuark      domain,
               int         code,
               const char *expected)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "a secret");
  g_autofree char *logged = pusher_loggable (error);

  g_assert_cmpstr (logged, ==, expected);
}

static void
test_kinds (void)
{
  assert_logged (PUSHER_SERVER_ERROR, 4009, "server error 4009");
  assert_logged (PUSHER_SERVER_ERROR, 0, "server error 0");
  assert_logged (PUSHER_HTTP_ERROR, 403, "HTTP status 403");
  assert_logged (PUSHER_ERROR, PUSHER_ERROR_CONNECTION_LOST, "error connection-lost");
  assert_logged (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "I/O error connection-refused");
  assert_logged (G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "resolver error not-found");
  assert_logged (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, "TLS error bad-certificate");

  /* Whatever an application or a library makes up */
  assert_logged (PUSHER_ERROR, 12345, "error 12345");
  assert_logged (G_IO_ERROR, -1, "I/O error -1");
  assert_logged (g_quark_from_static_string ("chat-error"), 7, "chat-error 7");
}

static void
assert_name (const char *name,
             const char *expected)
{
  g_autofree char *logged = pusher_loggable_name (name);

  g_assert_cmpstr (logged, ==, expected);
}

static void
test_names (void)
{
  g_autofree char *longest = g_strnfill (100, 'a');
  g_autofree char *longer = g_strnfill (101, 'a');
  g_autofree char *quoted = g_strdup_printf ("“%s”", longest);

  assert_name ("price-changed", "“price-changed”");
  assert_name ("Preis geändert", "“Preis geändert”");
  assert_name ("App\\Events\\TheOrderHasBeenShipped", "“App\\Events\\TheOrderHasBeenShipped”");
  assert_name ("0d9a6b1e-5a3b-4b5e-9e53-2f1c0f9a7a11",
               "“0d9a6b1e-5a3b-4b5e-9e53-2f1c0f9a7a11”");
  assert_name ("", "“”");
  assert_name (longest, quoted);
  assert_name (longer, "a name of 101 bytes that is not shown");
  assert_name ("two\nlines", "a name of 9 bytes that is not shown");
  assert_name ("\xff", "a name of 1 bytes that is not shown");

  /* A key, and what is as long but none */
  assert_name ("278d425bdf160c739803", "a name of 20 bytes that is not shown");
  assert_name ("of 278d425bdf160c739803:", "a name of 24 bytes that is not shown");
  assert_name ("278d425bdf160c73980", "“278d425bdf160c73980”");
  assert_name ("abcdefghijklmnopqrs1", "“abcdefghijklmnopqrs1”");
  assert_name ("abcdefghijklmnopqr12", "a name of 20 bytes that is not shown");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/loggable/kinds", test_kinds);
  g_test_add_func ("/loggable/names", test_names);

  return g_test_run ();
}
