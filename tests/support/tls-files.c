/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "tls-files.h"

static char *
get_path (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);

  return g_test_build_filename (G_TEST_DIST, "support", "tls", file, NULL);
}

/* A server's, with its key. */
GTlsCertificate *
tls_load_certificate (const char *name)
{
  g_autofree char *certificate = get_path (name);
  g_autofree char *key = get_path ("key");
  g_autoptr (GError) error = NULL;
  GTlsCertificate *self = g_tls_certificate_new_from_files (certificate, key, &error);

  g_assert_no_error (error);

  return self;
}

/* Trusts this one and no other. */
GTlsDatabase *
tls_load_authority (const char *name)
{
  g_autofree char *path = get_path (name);
  g_autoptr (GError) error = NULL;
  GTlsDatabase *self = g_tls_file_database_new (path, &error);

  g_assert_no_error (error);

  return self;
}
