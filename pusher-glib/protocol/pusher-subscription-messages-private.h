/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-message-private.h"

G_BEGIN_DECLS

#define PUSHER_MESSAGE_SUBSCRIBE "pusher:subscribe"
#define PUSHER_MESSAGE_UNSUBSCRIBE "pusher:unsubscribe"
#define PUSHER_MESSAGE_SUBSCRIBED "pusher_internal:subscription_succeeded"
#define PUSHER_MESSAGE_SUBSCRIPTION_ERROR "pusher:subscription_error"

char   *pusher_subscription_encode       (const char          *event,
                                          const char          *channel,
                                          const char          *auth,
                                          const char          *channel_data);
GError *pusher_subscription_error_parse  (const PusherMessage *message);
char   *pusher_subscription_error_encode (const GError        *error);
gint64  pusher_subscription_count_parse  (const PusherMessage *message);

G_END_DECLS
