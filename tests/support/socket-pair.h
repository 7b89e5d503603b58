/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocketConnection *socket_pair_new (int       type,
                                    GSocket **peer);

G_END_DECLS
