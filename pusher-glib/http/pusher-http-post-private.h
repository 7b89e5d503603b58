/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include "pusher-http-renewal-private.h"
#include "pusher-http-response-private.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Of one response, in bytes */
#define PUSHER_HTTP_MAX_AUTHORIZATION_SIZE (1024 * 1024)
#define PUSHER_HTTP_MAX_BACKFILL_SIZE (16 * 1024 * 1024)

/* How long and how often a post is tried. */
typedef struct
{
  guint timeout; /* of one attempt, in seconds */
  guint max_attempts;
  PusherHttpPurpose purpose;
  gsize max_body_size;
  PusherHttpTimer new_timer; /* tests have their own, also of the following */
  double (*random) (void);   /* in [0, 1) */
  PusherHttpRenewal *renewal; /* of credentials, or NULL */
} PusherHttpPolicy;

/* Makes the message of one attempt, and says which session sends it. */
typedef SoupMessage *(*PusherHttpPrepare) (gpointer      user_data,
                                           SoupSession **session,
                                           GError      **error);

/* Posts to an endpoint when the queue lets it, until there is a response: what
 * may pass is tried again. */
void  pusher_http_post_async  (PusherHttpQueue        *queue,
                               gboolean                urgent,
                               PusherHttpPrepare       prepare,
                               gpointer                prepare_data,
                               const PusherHttpPolicy *policy,
                               GCancellable           *cancellable,
                               GAsyncReadyCallback     callback,
                               gpointer                user_data);
char *pusher_http_post_finish (GAsyncResult           *result,
                               GError                **error);

GSource *pusher_http_timer_new (gint64 delay);

G_END_DECLS
