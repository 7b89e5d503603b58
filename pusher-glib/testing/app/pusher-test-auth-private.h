/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-test-app-private.h"

G_BEGIN_DECLS

gboolean pusher_test_auth_check_channel (PusherTestApp *app,
                                         const char    *socket_id,
                                         const char    *channel,
                                         const char    *channel_data,
                                         const char    *auth);
gboolean pusher_test_auth_check_user    (PusherTestApp *app,
                                         const char    *socket_id,
                                         const char    *user_data,
                                         const char    *auth);
gboolean pusher_test_auth_check_text    (PusherTestApp *app,
                                         const char    *text,
                                         const char    *signature);

G_END_DECLS
