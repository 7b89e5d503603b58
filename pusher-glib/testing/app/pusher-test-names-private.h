/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Characters (protocol, "Limits") */
#define PUSHER_TEST_MAX_EVENT_NAME_LENGTH 200

gboolean pusher_test_channel_name_check (const char *name,
                                         GError    **error);

G_END_DECLS
