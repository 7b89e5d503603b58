/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Has the session trust the certificates of a file, and no others. */
gboolean tool_trust_file (SoupSession *session,
                          const char  *ca_file,
                          GError     **error);

G_END_DECLS
