/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "trust.h"

gboolean
tool_trust_file (SoupSession *session,
                 const char  *ca_file,
                 GError     **error)
{
  g_autofree char *path = g_canonicalize_filename (ca_file, NULL);
  g_autoptr (GTlsDatabase) database = g_tls_file_database_new (path, error);

  if (database == NULL)
    {
      g_prefix_error (error, "%s: ", ca_file);
      return FALSE;
    }
  soup_session_set_tls_database (session, database);

  return TRUE;
}
