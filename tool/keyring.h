/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Secrets of contexts in the keyring of the user. Where the tool was built without
 * libsecret, all of this is an error. */

gboolean tool_keyring_store  (const char *context,
                              const char *setting,
                              const char *secret,
                              GError    **error);

/* NULL without an error: there is none. */
char    *tool_keyring_lookup (const char *context,
                              const char *setting,
                              GError    **error);

gboolean tool_keyring_clear  (const char *context,
                              const char *setting,
                              GError    **error);

G_END_DECLS
