/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean pusher_json_validate (const char *text,
                               gssize      length,
                               GError    **error);

G_END_DECLS
