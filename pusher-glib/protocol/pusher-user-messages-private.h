/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-message-private.h"

G_BEGIN_DECLS

/* Protocol, "Users" */
#define PUSHER_MESSAGE_SIGN_IN "pusher:signin"
#define PUSHER_MESSAGE_SIGN_IN_SUCCESS "pusher:signin_success"
#define PUSHER_MESSAGE_SIGN_IN_ERROR "pusher:signin_error"
#define PUSHER_MESSAGE_WATCHLIST "pusher_internal:watchlist_events"
#define PUSHER_USER_CHANNEL_PREFIX "#server-to-user-"

/* What has happened to users of a watchlist */
typedef struct
{
  char *name;
  char **user_ids;
} PusherWatchlistEvent;

char      *pusher_sign_in_encode  (const char          *auth,
                                   const char          *user_data);
gboolean   pusher_sign_in_parse   (const PusherMessage *message,
                                   char               **id,
                                   char               **user_data,
                                   GError             **error);
GPtrArray *pusher_watchlist_parse (const PusherMessage *message);

G_END_DECLS
