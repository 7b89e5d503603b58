/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

void pusher_test_rest_handle (SoupServerMessage *message,
                              const char        *route,
                              GPtrArray         *apps);

G_END_DECLS
