/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-host-private.h"

G_BEGIN_DECLS

void     pusher_admissions_wake           (PusherHost   *host);
gboolean pusher_admissions_hear_error     (PusherHost   *host,
                                           const GError *error);
gboolean pusher_admissions_hear_objection (PusherHost   *host);
gboolean pusher_admissions_resolve_errors (PusherHost   *host);

G_END_DECLS
