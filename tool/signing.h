/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The HMAC-SHA256 of a text with the secret of the application, in hexadecimal digits: what
 * the protocol calls a signature. */
char *tool_sign (const char *secret,
                 const char *text);

G_END_DECLS
