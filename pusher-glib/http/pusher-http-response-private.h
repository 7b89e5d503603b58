/* Copyright 2026 The pusher-glib authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What an endpoint is asked for: errors speak of it. */
typedef enum
{
  PUSHER_HTTP_FOR_AUTHORIZATION,
  PUSHER_HTTP_FOR_BACKFILL,
} PusherHttpPurpose;

/* What the response of an endpoint means. */
gboolean pusher_http_status_is_redirect    (guint        status);
gboolean pusher_http_status_is_of_endpoint (guint        status);
gboolean pusher_http_error_may_pass        (const GError *error);
gint64   pusher_http_get_retry_after       (SoupMessage *message);
gboolean pusher_http_same_origin           (GUri        *one,
                                            GUri        *other);
GUri    *pusher_http_get_redirect          (SoupMessage      *message,
                                            guint             n_redirects,
                                            PusherHttpPurpose purpose,
                                            GError          **error);
char    *pusher_http_explain_refusal       (JsonNode    *json);
GError  *pusher_http_refusal_new           (guint             status,
                                            JsonNode         *json,
                                            PusherHttpPurpose purpose);

G_END_DECLS
