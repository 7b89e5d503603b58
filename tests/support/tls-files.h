/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Of tests/support/tls */
GTlsCertificate *tls_load_certificate (const char *name);
GTlsDatabase    *tls_load_authority   (const char *name);

G_END_DECLS
