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

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/loggable/kinds", test_kinds);

  return g_test_run ();
}
