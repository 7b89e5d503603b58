/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *pusher_certificate_describe_flaws (GTlsCertificateFlags flaws);

G_END_DECLS
