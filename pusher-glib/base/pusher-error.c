/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#include "config.h"

#include "pusher-error.h"

#include <libintl.h>

/* Messages are looked up in the domain of the library, whatever the application's is.
 * This file is in every program that makes errors, also if it is linked statically. */
__attribute__ ((constructor)) static void
bind_translations (void)
{
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
}

/**
 * pusher_error_quark:
 *
 * Gets the domain of the client's own errors, %PUSHER_ERROR.
 *
 * Returns: the domain
 *
 * Since: 1.0
 */
G_DEFINE_QUARK (pusher-error-quark, pusher_error)

/**
 * pusher_server_error_quark:
 *
 * Gets the domain of the errors that a server reports, %PUSHER_SERVER_ERROR.
 *
 * Returns: the domain
 *
 * Since: 1.0
 */
G_DEFINE_QUARK (pusher-server-error-quark, pusher_server_error)

/**
 * pusher_http_error_quark:
 *
 * Gets the domain of the errors of authorization endpoints, %PUSHER_HTTP_ERROR.
 *
 * Returns: the domain
 *
 * Since: 1.0
 */
G_DEFINE_QUARK (pusher-http-error-quark, pusher_http_error)
