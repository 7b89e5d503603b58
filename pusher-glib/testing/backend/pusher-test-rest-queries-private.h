/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "testing/app/pusher-test-app-private.h"

G_BEGIN_DECLS

char *pusher_test_rest_list_channels    (PusherTestApp *app,
                                         const char    *query,
                                         GError       **error);
char *pusher_test_rest_describe_channel (PusherTestApp *app,
                                         const char    *name,
                                         const char    *query,
                                         GError       **error);
char *pusher_test_rest_list_users       (PusherTestApp *app,
                                         const char    *name,
                                         GError       **error);

G_END_DECLS
