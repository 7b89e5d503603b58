/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The `auth` of subscriptions and of sign-ins (protocol, "Authorization"). */
char *pusher_signature_for_channel (const char *key,
                                    const char *secret,
                                    const char *socket_id,
                                    const char *channel_name,
                                    const char *channel_data);
char *pusher_signature_for_user    (const char *key,
                                    const char *secret,
                                    const char *socket_id,
                                    const char *user_data);

G_END_DECLS
